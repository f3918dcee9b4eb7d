"""PM205: the text is not longer than the marketplace passes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM205",
    name="max-length",
    summary="The text has at most so many characters.",
    why="The marketplace does not pass a longer message on.",
    fix="Shorten the text, or send the rest as a second message.",
    example=Example("text", bad=("And then there is this. " * 200,), good=("It is on its way.",)),
    takes=frozenset({"limit"}),
)

_SHOWN = {"text": re.compile(r"\r\n|[^\r]|\r"), "html": re.compile(r"[ \t\r\n\f]+|[^ \t\r\n\f]")}
"""What a reader sees as one character. In HTML a run of spaces and line breaks is one."""


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Text and HTML each for itself, as a reader sees it: without tags, and without empty lines around it."""
    limit = demand.requirement.limit
    for part, passage in manuscript.passages:
        if part == "subject" or len(passage.text) <= limit:
            continue
        start = len(passage.text) - len(passage.text.lstrip())
        end = len(passage.text.rstrip())
        ends = [shown.end() for shown in _SHOWN[part].finditer(passage.text, start, end)]
        if len(ends) > limit:
            place = passage.span(ends[limit - 1] if limit else start, end)
            name = demand.marketplace.name
            message = f"The text has {len(ends):,} characters; {name} takes {limit:,}."
            yield Flaw(part, message, RULE.fix, *place)
