"""PM204: no emoji in subject, text or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Protocol

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.links.link import MOST
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Fix
from plentymsg.rules.mending.taking_out import taken_out
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM204",
    name="no-emoji",
    summary="There are no emoji in the subject, the text or the HTML.",
    why="The marketplace counts emoji as advertising, and may block the message.",
    fix="Take the emoji out, or write a word instead.",
    example=Example("text", bad=("Thank you \N{SMILING FACE WITH SMILING EYES}",), good=("Thank you :-)",)),
    fixable=frozenset({"unsafe"}),
)

_ELEMENT = r"(?:\p{RI}\p{RI}|\p{Emoji}(?:\p{EMod}|\uFE0F\u20E3?|[\U000E0020-\U000E007E]+\U000E007F)?)"
_SEEN_AS_PICTURE = (
    r"(?:[0-9#*]\uFE0F?\u20E3|(?=\p{Emoji_Presentation}(?!\uFE0E)|\p{Emoji}(?:\uFE0F|\p{EMod}))" + _ELEMENT
)
_EMOJI = rf"{_SEEN_AS_PICTURE}(?:\u200D{_ELEMENT})*+)"
"""A sequence of Unicode Technical Standard 51, section 1.4.9, that is shown as a picture unless it is asked
not to be: what is text by default (digits, `©`, `™`, arrows, check marks) counts only where the sequence asks
for the picture."""


class _Found(Protocol):
    def span(self) -> tuple[int, int]: ...


class _Pattern(Protocol):
    def finditer(self, text: str) -> Iterator[_Found]: ...


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Every emoji, the first 100 of a part; a flag, a keycap, a family or a tone of skin makes it no two."""
    for part, passage in manuscript.passages:
        if not passage.text.isascii():
            for found in islice(_pattern().finditer(passage.text), MOST):
                message = f"{demand.marketplace.name} does not allow emoji."
                yield Flaw(part, message, RULE.fix, *passage.span(*found.span()), fixable="unsafe")


def mend(manuscript: Manuscript, _demand: Demand, flaw: Flaw) -> Fix:
    """Take the emoji out."""
    return taken_out(manuscript, flaw)


@cache
def _pattern() -> _Pattern:
    import regex  # knows the properties of all characters; its import costs 30 ms, which most checks save

    pattern: _Pattern = regex.compile(_EMOJI)
    return pattern
