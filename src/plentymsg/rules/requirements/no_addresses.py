"""PM202: no e-mail address in subject, text or HTML."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Fix
from plentymsg.rules.mending.taking_out import taken_out
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM202",
    name="no-addresses",
    summary="There is no e-mail address in the subject, the text or the HTML.",
    why="The marketplace wants buyers and sellers to write through it, and may hold such a message back.",
    fix="Take the address out, and ask for an answer to this message instead.",
    example=Example("text", bad=("Write to info@example.com.",), good=("Simply answer this message.",)),
    fixable=frozenset({"unsafe"}),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Every address and every `mailto:`, but not the buyers' own aliases, which stand in quoted mail."""
    for part, link in manuscript.links:
        if link.kind == "address":
            wanted = not manuscript.policy.marketplaces_of_address(manuscript.target(part, link))
        else:
            wanted = link.kind == "link" and manuscript.target(part, link).startswith("mailto:")
        if wanted:
            message = f"{demand.marketplace.name} does not allow e-mail addresses."
            yield Flaw(part, message, RULE.fix, link.start, link.end, fixable="unsafe")


def mend(manuscript: Manuscript, _demand: Demand, flaw: Flaw) -> Fix:
    """Take the address out."""
    return taken_out(manuscript, flaw)
