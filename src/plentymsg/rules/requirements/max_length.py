"""PM205: the text is not longer than the marketplace passes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM205",
    name="max-length",
    summary="The text has at most so many characters.",
    why="The marketplace does not pass a longer message on.",
    fix="Shorten the text, or send the rest as a second message.",
    example=Example("text", bad=("And then there is … (5000 characters)",), good=("It is on its way.",)),
    takes=frozenset({"limit"}),
    unit="characters",
    least=1,
)

_ONE = {"text": re.compile(r"\r\n"), "html": re.compile(r"[ \t\r\n\f]{2,}")}
"""What a reader sees as one character: a line break, and in HTML a run of spaces and line breaks."""


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Text and HTML each for itself, as a reader sees it: without tags, and without empty lines around it."""
    limit = demand.requirement.limit
    for part, passage in manuscript.passages:
        if part == "subject" or len(passage.text) <= limit:
            continue
        start = len(passage.text) - len(passage.text.lstrip())
        end = len(passage.text.rstrip())
        runs = [run.span() for run in _ONE[part].finditer(passage.text, start, end)]
        length = end - start - sum(behind - at - 1 for at, behind in runs)
        if length > limit:
            place = passage.span(_behind(limit, start, runs), end)
            message = f"The text has {length:,} characters; {demand.marketplace.name} takes {limit:,}."
            yield Flaw(part, message, RULE.fix, *place)


def _behind(count: int, start: int, runs: Iterable[tuple[int, int]]) -> int:
    """Where so many characters from `start` on end."""
    end = start + count
    for at, behind in runs:
        if at >= end:
            break
        end += behind - at - 1
    return end
