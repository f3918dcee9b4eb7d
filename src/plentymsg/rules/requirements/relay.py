"""PM403: no address among the recipients that stands for another marketplace's buyer."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.draft import Recipient
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM403",
    name="relay",
    summary="A buyer's address of one marketplace is not written to through another one's channel.",
    why="A marketplace passes on only what comes from the seller's account with it; the rest is lost.",
    fix="Send it through a channel of that marketplace.",
    example=Example(
        "recipients", bad=("x7@members.ebay.de",), good=("x7@marketplace.amazon.de",), marketplace="amazon"
    ),
)


def check(manuscript: Manuscript, _: Demand) -> Iterator[Flaw]:
    """Every recipient whose address, given or known, is such a relay; none where the channel is of none."""
    policy, draft = manuscript.policy, manuscript.draft
    for recipient in draft.recipients if draft.channel else ():
        owners = policy.marketplaces_of_address(recipient.email)
        if owners and draft.channel not in owners:
            names = " or ".join(policy.find_marketplace(key).name for key in sorted(owners))
            channel = policy.find_marketplace(draft.channel).name
            yield Flaw(
                part="recipients",
                message=f"{recipient.email} stands for a buyer of {names}, but the channel is {channel}’s.",
                fix=RULE.fix,
                excerpt=_named(recipient),
            )


def _named(recipient: Recipient) -> str:
    return recipient.value if recipient.kind == "address" else f"{recipient.kind}:{recipient.value}"
