"""Where a violation is to be mended: in what a person wrote, in place of in what was made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from plentymsg.messenger.passages import Passage, Passages, Spot
from plentymsg.rules.violation import Origin, OriginKind, Violation

_VARIABLE = re.compile(r"(?!apply\b|spaceless\b)[A-Za-z_]\w*(?:\.\w+|\['[^'\\]*'\])*")
_LONGEST_EXCERPT = 120
_LONGEST_SNIPPET = 160
_BEFORE = 60
"""Characters of a long line that are shown in front of the place in it."""


def located(violations: Iterable[Violation], parts: Passages, signer: str = "") -> tuple[Violation, ...]:
    """The violations with their places in what people wrote; one for each thing that is to be mended there.

    What is given as text shows in the text and in the HTML of a message, and is told once. `parts` are those
    of the message, `signer` is whose signature is under it.
    """
    told: list[Violation] = []
    for violation in violations:
        passage: Passage | None = getattr(parts, violation.part, None)
        spot = passage.find(violation.offset, violation.offset + violation.length) if passage else None
        if spot is None:
            told.append(violation)
            continue
        found = _moved(violation, spot, signer)
        same = next((at for at, other in enumerate(told) if _is_same(found, other)), None)
        if same is None:
            told.append(found)
        else:
            told[same] = replace(told[same], places=(*told[same].places, *found.places))
    return tuple(told)


def _moved(violation: Violation, spot: Spot, signer: str) -> Violation:
    """The violation with its place in the original, and the place in the message kept aside."""
    original, start, end = spot.original, spot.start, spot.end
    line, column = original.places.line_and_column(start)
    excerpt = violation.excerpt
    if not spot.expression and start < end:
        excerpt = original.text[start : min(end, start + _LONGEST_EXCERPT)]
    return replace(
        violation,
        part=original.part,
        line=line,
        column=column,
        offset=start,
        length=end - start,
        excerpt=excerpt,
        places=violation.in_message(),
        origin=_origin(spot, start - column + 1, signer),
    )


def _origin(spot: Spot, line_start: int, signer: str) -> Origin:
    original = spot.original
    named = _VARIABLE.match(spot.expression)
    variable = named.group() if named else ""
    kind: OriginKind = original.kind
    if variable.startswith("globals.account.signature"):
        kind = "signature"
    elif variable.startswith("messenger.formattedMessage."):
        kind = "history"
    elif variable:
        kind = "variable"
    shown_from = max(line_start, spot.start - _BEFORE)
    snippet = re.split(r"[\r\n]", original.text[shown_from : shown_from + _LONGEST_SNIPPET], maxsplit=1)[0]
    return Origin(
        kind=kind,
        name=original.name,
        language=original.language,
        variable=variable,
        whose=signer if kind == "signature" else "",
        snippet=snippet,
        snippet_column=spot.start - shown_from + 1,
    )


def _is_same(one: Violation, other: Violation) -> bool:
    """Whether two violations are one mistake, which shows in several parts of the message."""
    if one.origin is None or other.origin is None or (one.code, one.severity) != (other.code, other.severity):
        return False
    if {each.part for each in one.places} & {each.part for each in other.places}:
        return False
    if one.origin.kind != other.origin.kind or one.origin.name != other.origin.name:
        return False
    if one.origin.variable:
        same_value = one.origin.kind == "signature" or one.origin.variable == other.origin.variable
        return same_value and one.excerpt == other.excerpt
    return (one.part, one.origin.language) == (other.part, other.origin.language) and (
        one.offset < other.offset + other.length and other.offset < one.offset + one.length
    )
