"""PM203: no telephone number in subject, text or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.links.link import MOST
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Fix
from plentymsg.rules.mending.taking_out import taken_out
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM203",
    name="no-telephone",
    summary="There is no telephone number in the subject, the text or the HTML.",
    why="The marketplace wants buyers and sellers to write through it, and may hold such a message back.",
    fix="Take the number out, and ask for an answer to this message instead.",
    example=Example("text", bad=("Call us: 030 1234567",), good=("Order 302-1234567-1234567, 20 pieces",)),
    fixable=frozenset({"unsafe"}),
)

_SCHEMES = ("tel:", "sms:", "fax:", "callto:", "whatsapp:")


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Every telephone number that a reader sees, and every `tel:` in the HTML; the first 100 of a part."""
    from plentymsg.rules.telephone.finding import find_telephones

    message = f"{demand.marketplace.name} does not allow telephone numbers."
    for part, link in manuscript.links if manuscript.draft.html else ():
        if part == "html" and manuscript.target(part, link).startswith(_SCHEMES):
            yield Flaw("html", message, RULE.fix, link.start, link.end, fixable="unsafe")
    for part, passage in manuscript.passages:
        for found in islice(find_telephones(passage.text), MOST):
            yield Flaw(part, message, RULE.fix, *passage.span(*found), fixable="unsafe")


def mend(manuscript: Manuscript, _demand: Demand, flaw: Flaw) -> Fix:
    """Take the number out."""
    return taken_out(manuscript, flaw)
