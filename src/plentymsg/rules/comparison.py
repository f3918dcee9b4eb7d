"""What differs between what is asked for under two policies, or on two days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import ANY
from plentymsg.rules.policy import Demand, Policy

Side = tuple[Policy, date]


class Difference(NamedTuple):
    """A rule that a marketplace asks for on one side only, or otherwise."""

    kind: Literal["added", "removed", "changed"]
    marketplace: Marketplace
    rule: str
    before: Demand | None
    after: Demand | None


def differences(before: Side, after: Side) -> list[Difference]:
    """What is asked for `after` and not `before`, the other way round, or otherwise.

    In the order of the marketplaces and codes; what is asked of every message comes last. That another
    pack or another day says the same is no difference.
    """
    old, new = _all_demands(*before), _all_demands(*after)
    found = []
    for place in sorted({*old, *new}, key=lambda place: (place[0] == ANY, place)):
        was, will_be = old.get(place), new.get(place)
        asked = will_be or was
        if asked is not None and _asked(was) != _asked(will_be):
            kind: Literal["added", "removed", "changed"]
            kind = "added" if was is None else "removed" if will_be is None else "changed"
            found.append(Difference(kind, asked.marketplace, place[1], was, will_be))
    return found


def _all_demands(policy: Policy, on: date) -> Mapping[tuple[str, str], Demand]:
    everything = policy.demands(frozenset(policy.by_key), on)
    return {(each.marketplace.key, each.requirement.rule): each for each in everything}


def _asked(demand: Demand | None) -> object:
    if demand is None:
        return None
    asked = demand.requirement
    return (asked.severity, dict(asked.words), asked.limit, asked.allowed)
