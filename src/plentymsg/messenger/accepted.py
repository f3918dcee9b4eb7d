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

_HELD_BACK = "Held back: "
"""How the ledger's words about a message begin that the rules do not let leave any more."""

LOST = "The message itself is not in the store any more."
_MOST_NAMED = 5


def marketplaces_of(policy: Policy, message: Row) -> frozenset[str]:
    """Whose requirements a message (a row of `v_accepted`) must meet where it stands now."""
    return judging.marketplaces_of(
        policy, _recipients(message), channel=_channel(message), group_system=message["group_system"]
    )


def draft_of(policy: Policy, message: Row, raw: bytes) -> Draft:
    """A message (a row of `v_accepted`) as the rules see it where it stands now."""
    return draft_of_mail(policy, message, parse(raw))


def draft_of_mail(policy: Policy, message: Row, mail: Mail) -> Draft:
    """The same of what was parsed already."""
    through = judging.marketplace_of_channel(policy, _channel(message))
    asked = marketplaces_of(policy, message)
    return judging.draft_of(judging.written_in(mail), _recipients(message), asked, through)


def why_held_back(standard: Standard, message: Row, raw: bytes | None) -> str:
    """What the rules say now against a message that was accepted earlier; empty if nothing.

    A message for a marketplace that is not there any more is held back too: nobody knows what it asks for.
    """
    if raw is None:
        return _HELD_BACK + LOST
    try:
        violations = judging.errors(judge(draft_of(standard.policy, message, raw), *standard))
    except NotFound as fault:
        return _HELD_BACK + fault.message
    return _HELD_BACK + _told(violations) if violations else ""


def is_held_back(error: str | None) -> bool:
    """Whether these words of the ledger say that the rules keep a message."""
    return (error or "").startswith(_HELD_BACK)


def _told(violations: Sequence[Violation]) -> str:
    named = dict.fromkeys(f"{each.code} {each.message}" for each in violations)
    more = len(named) - _MOST_NAMED
    return "; ".join([*list(named)[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])])


def _channel(message: Row) -> Row:
    return {"marketplace": message["marketplace"], "group_system": message["channel_group_system"]}


def _recipients(message: Row) -> list[Recipient]:
    return [Recipient(each["kind"], each["value"], each["value"]) for each in parsed(message["recipients"])]
