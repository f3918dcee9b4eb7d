"""What was accepted for delivery, judged again: before it leaves, and in a replay of the history."""

from __future__ import annotations

from collections.abc import Sequence

from plentymsg.errors import NotFound
from plentymsg.mail.message import Mail
from plentymsg.mail.parse import parse
from plentymsg.messenger import judging
from plentymsg.messenger.policy import Standard
from plentymsg.rules.draft import Draft, Recipient
from plentymsg.rules.judge import judge
from plentymsg.rules.policy import Policy
from plentymsg.rules.violation import Violation
from plentymsg.store.views import Row, parsed

HELD_BACK = "Held back: "
"""How the ledger's words about a message begin that the rules do not let leave any more."""

_MOST_NAMED = 5


def draft_of(policy: Policy, message: Row, raw: bytes) -> Draft:
    """A message (a row of `v_accepted`) as the rules see it where it stands now."""
    return draft_of_mail(policy, message, parse(raw))


def draft_of_mail(policy: Policy, message: Row, mail: Mail) -> Draft:
    """The same of what was parsed already."""
    channel = {"marketplace": message["marketplace"], "group_system": message["channel_group_system"]}
    to = [Recipient(each["kind"], each["value"], each["value"]) for each in parsed(message["recipients"])]
    asked = judging.marketplaces_of(policy, to, channel=channel, group_system=message["group_system"])
    through = judging.marketplace_of_channel(policy, channel)
    return judging.draft_of(judging.written_in(mail), to, asked, through)


def why_held_back(standard: Standard, message: Row, raw: bytes) -> str:
    """What the rules say now against a message that was accepted earlier; empty if nothing.

    A message for a marketplace that is not there any more is held back too: nobody knows what it asks for.
    """
    try:
        violations = judging.errors(judge(draft_of(standard.policy, message, raw), *standard))
    except NotFound as fault:
        return HELD_BACK + fault.message
    return HELD_BACK + _told(violations) if violations else ""


def _told(violations: Sequence[Violation]) -> str:
    named = dict.fromkeys(f"{each.code} {each.message}" for each in violations)
    more = len(named) - _MOST_NAMED
    return "; ".join([*list(named)[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])])
