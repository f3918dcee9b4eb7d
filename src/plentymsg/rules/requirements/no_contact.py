"""PM402: no contact among the recipients."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.marketplaces import Marketplace

RULE = Rule(
    code="PM402",
    name="no-contact",
    summary="There is no contact among the recipients.",
    why="The marketplace delivers only to the e-mail address that it gave for the buyer.",
    fix="Write to the e-mail address instead.",
)


def check(manuscript: Manuscript, marketplace: Marketplace) -> Iterator[Flaw]:
    """Every recipient that was given as a contact."""
    for recipient in manuscript.draft.recipients:
        if recipient.kind == "contact":
            yield Flaw(
                part="recipients",
                message=f"{marketplace.name} accepts only e-mail addresses as recipients, no contacts.",
                fix=RULE.fix,
                excerpt=f"contact:{recipient.value}",
            )
