"""PM305: the attached files are not too big together."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM305",
    name="attachment-size",
    summary="All files of the message together have at most so many bytes.",
    why="The marketplace drops or returns what is bigger.",
    fix="Make the files smaller, or send them in several messages.",
    example=Example("attachments", bad=("catalogue.pdf (11 MB)",), good=("invoice.pdf",)),
    takes=frozenset({"limit"}),
    unit="bytes",
)
_MEGABYTE = 1_000_000


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """The files as they are stored, inline parts too; on the way base64 makes them a third bigger.

    The first file too many is the place.
    """
    limit = demand.requirement.limit
    attachments = manuscript.draft.attachments
    total = sum(len(each.content) for each in attachments)
    if total > limit:
        name = demand.marketplace.name
        yield Flaw(
            part="attachments",
            message=f"The files have {_size(total)} together; {name} takes {_size(limit)}.",
            fix=RULE.fix,
            excerpt=_first_too_many(manuscript, limit),
        )


def _first_too_many(manuscript: Manuscript, limit: int) -> str:
    so_far = 0
    for at, each in enumerate(manuscript.draft.attachments, start=1):
        so_far += len(each.content)
        if so_far > limit:
            return each.name or each.content_type or f"attachment {at}"
    return ""


def _size(count: int) -> str:
    return f"{count / _MEGABYTE:.1f} MB" if count >= _MEGABYTE else f"{count:,} bytes"
