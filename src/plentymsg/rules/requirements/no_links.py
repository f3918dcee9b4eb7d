"""PM201: no links in subject, text or HTML."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.links.link import Link
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.policy import Demand
from plentymsg.rules.violation import Part

RULE = Rule(
    code="PM201",
    name="no-links",
    summary="There are no links in the subject, the text or the HTML.",
    why="The marketplace holds back messages that lead buyers elsewhere, and may warn the seller.",
    fix="Take the link out and say in words what it leads to.",
    example=Example(
        "text", bad=("Your parcel: www.example.com/track",), good=("Your parcel number is 00340.",)
    ),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """A link is an error. An e-mail address in the text, and what may be no link at all, is a warning."""
    for part, link in manuscript.links:
        yield _flaw(part, link, demand)


def _flaw(part: Part, link: Link, demand: Demand) -> Flaw:
    if link.kind == "address":
        message = f"{demand.marketplace.name} may take an e-mail address for a link."
        return Flaw(part, message, "Leave the address out if you can.", link.start, link.end, "warning")
    if link.kind == "doubtful":
        message = f"{demand.marketplace.name} may take this for a link."
        return Flaw(part, message, "Put a space behind the full stop.", link.start, link.end, "warning")
    message = f"{demand.marketplace.name} does not allow links."
    return Flaw(part, message, RULE.fix, link.start, link.end)
