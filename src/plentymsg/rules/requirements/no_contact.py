"""PM402: no contact among the recipients."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM402",
    name="no-contact",
    summary="There is no contact among the recipients.",
    why="The marketplace delivers only to the e-mail address that it gave for the buyer.",
    fix="Write to the e-mail address instead.",
    example=Example("recipients", bad=("contact:12",), good=("buyer@example.com",)),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Every recipient that was given as a contact."""
    for recipient in manuscript.draft.recipients:
        if recipient.kind == "contact":
            yield Flaw(
                part="recipients",
                message=f"{demand.marketplace.name} accepts only e-mail addresses, no contacts.",
                fix=RULE.fix,
                excerpt=f"contact:{recipient.value}",
            )
