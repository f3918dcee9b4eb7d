"""Which requirements ask for less than what they take the place of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from plentymsg.rules.pack import Pack, Requirement

_STRICTNESS = ("off", "warning", "error")


class Loosened(NamedTuple):
    """What a requirement takes the place of although it asks for more, and in what it does."""

    pack: str
    requirement: Requirement
    how: str


def loosened_by(requirement: Requirement, standing: Sequence[Pack]) -> Loosened | None:
    """What this requirement loosens of the packs that it stands on, on any of its days; None for nothing."""
    below = [
        (pack.name, other)
        for pack in standing
        for other in pack.requirements
        if (other.marketplace, other.rule) == (requirement.marketplace, requirement.rule)
    ]
    for day in _turns(requirement, [other for _, other in below]):
        decisive = [(pack, other) for pack, other in below if other.holds(day)][-1:]
        for pack, other in decisive:
            how = _less(requirement, other)
            if how:
                return Loosened(pack, other, how)
    return None


def _turns(requirement: Requirement, others: Sequence[Requirement]) -> Iterator[date]:
    """The days of `requirement` on which another of the others may begin to decide."""
    days = {requirement.valid_from or date.min}
    days.update(other.valid_from for other in others if other.valid_from)
    days.update(
        other.valid_until + timedelta(days=1)
        for other in others
        if other.valid_until and other.valid_until < date.max
    )
    return (day for day in sorted(days) if requirement.holds(day))


def _less(ours: Requirement, theirs: Requirement) -> str:
    """In what `ours` asks for less than `theirs`, in words; empty if in nothing."""
    if theirs.severity == "off":
        return ""
    if _STRICTNESS.index(ours.severity) < _STRICTNESS.index(theirs.severity):
        return f"severity {ours.severity} instead of {theirs.severity}"
    if ours.severity == "off":
        return ""
    more = {word.casefold() for word in ours.words.values()}
    more -= {word.casefold() for word in theirs.words.values()}
    if more:
        return "other words will do"
    if ours.limit > theirs.limit:
        return f"limit {ours.limit} instead of {theirs.limit}"
    return "more is allowed" if set(ours.allowed) - set(theirs.allowed) else ""
