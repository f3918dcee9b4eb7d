"""PM401: no order among the recipients."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM401",
    name="no-order",
    summary="There is no order among the recipients.",
    why="The marketplace delivers only to the e-mail address that it gave for the buyer.",
    fix="Write to the e-mail address instead.",
    example=Example("recipients", bad=("order:1034",), good=("buyer@example.com",)),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """Every recipient that was given as an order."""
    for recipient in manuscript.draft.recipients:
        if recipient.kind == "order":
            yield Flaw(
                part="recipients",
                message=f"{demand.marketplace.name} accepts only e-mail addresses, no orders.",
                fix=RULE.fix,
                excerpt=f"order:{recipient.value}",
            )
