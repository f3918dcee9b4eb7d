"""PM201: no links in subject, text or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.links.link import Link
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Edit, Fix
from plentymsg.rules.mending.taking_out import taken_out
from plentymsg.rules.policy import Demand
from plentymsg.rules.violation import Fixable, Part

_DOTTED = re.compile(r"[\w-]+(?:\.[\w-]+)+")
"""Two words and a full stop, without tags or invisible characters between them."""

RULE = Rule(
    code="PM201",
    name="no-links",
    summary="There are no links in the subject, the text or the HTML.",
    why="The marketplace holds back messages that lead buyers elsewhere, and may warn the seller.",
    fix="Take the link out and say in words what it leads to.",
    example=Example(
        "text", bad=("Your parcel: www.example.com/track",), good=("Your parcel number is 00340.",)
    ),
    fixable=frozenset({"safe", "unsafe"}),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """A link is an error. An e-mail address in the text, and what may be no link at all, is a warning."""
    for part, link in manuscript.links:
        yield _flaw(manuscript, part, link, demand)


def mend(manuscript: Manuscript, _demand: Demand, flaw: Flaw) -> Fix:
    """Take a link out; put the space behind the full stop that makes a sentence look like one."""
    if flaw.fixable == "unsafe":
        return taken_out(manuscript, flaw)
    stop = manuscript.source(flaw.part).rfind(".", flaw.start, flaw.end) + 1
    # An attribute without quotes ends at a space.
    is_value = flaw.part == "html" and manuscript.outline.pieces[manuscript.outline.at(stop)].kind == "tag"
    return (Edit(flaw.part, stop, stop, "&#32;" if is_value else " "),)


def _flaw(manuscript: Manuscript, part: Part, link: Link, demand: Demand) -> Flaw:
    if link.kind == "address":
        message = f"{demand.marketplace.name} may take an e-mail address for a link."
        advice = "Leave the address out if you can."
        return Flaw(part, message, advice, link.start, link.end, "warning", fixable="unsafe")
    if link.kind == "doubtful":
        message = f"{demand.marketplace.name} may take this for a link."
        advice = "Put a space behind the full stop."
        fixable: Fixable = (
            "safe" if _DOTTED.fullmatch(manuscript.source(part), link.start, link.end) else "unsafe"
        )
        return Flaw(part, message, advice, link.start, link.end, "warning", fixable=fixable)
    message = f"{demand.marketplace.name} does not allow links."
    return Flaw(part, message, RULE.fix, link.start, link.end, fixable="unsafe")
