"""Which conversation a mail belongs to.

By its reply headers only: a wrong join shows one customer another's mail. The evidence is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plentymsg.mail.message import Mail
from plentymsg.store import filing
from plentymsg.store.driver import Connection
from plentymsg.store.filing import Related


class Joined(NamedTuple):
    """The conversation found, or None for a new one, and why."""

    conversation_id: int | None
    evidence: str


def find(connection: Connection, channel_id: int, mail: Mail, customer: str) -> Joined:
    """The conversation that `mail`, arriving in a channel, continues (RFC 5322, section 3.6.4).

    `customer` is the address of whom it was exchanged with: its sender, or the recipient of what we sent.
    """
    ancestors = ancestors_of(mail)
    parents = filing.messages_with_ids(connection, ancestors) if ancestors else []
    # The nearest ancestor decides, and of two copies of it the one in the mail's own channel.
    parents.sort(key=lambda r: (ancestors.index(r.header_id), r.channel_id == channel_id), reverse=True)
    for parent in parents:
        if not _holds_copy(connection, parent, mail):
            return Joined(parent.conversation_id, f"answers {parent.header_id}")
    return _by_what_is_missing(connection, channel_id, mail, customer, ancestors)


def join_answers(connection: Connection, channel_id: int, mail: Mail, conversation_id: int) -> None:
    """Bring answers to `mail` that came before it, and so began a conversation, into its conversation.

    Only where nobody has worked on them: a conversation that somebody has answered stays as it is. And only
    one: what several customers have answered is a newsletter, and they must not see one another's mail.
    """
    others = list(_answering(connection, channel_id, mail) - {conversation_id})
    if len(others) == 1 and filing.is_untouched(connection, others[0]):
        filing.merge(connection, others[0], conversation_id, f"joined by {mail.message_id}, which it answers")


def ancestors_of(mail: Mail) -> list[str]:
    """All Message-IDs that a mail answers, the nearest last."""
    return list(dict.fromkeys([*mail.references, *mail.in_reply_to]))


def _by_what_is_missing(
    connection: Connection, channel_id: int, mail: Mail, customer: str, ancestors: Sequence[str]
) -> Joined:
    """Join through a message that is not here: the mail's answers came first, or its parent never came.

    A missing parent is shared by everyone who answers it, so then the customer must already take part.
    """
    answering = _answering(connection, channel_id, mail)
    if len(answering) == 1:
        return Joined(answering.pop(), f"is answered by a message that names {mail.message_id}")
    if ancestors and customer:
        sibling = filing.first_of_sender(connection, channel_id, ancestors, customer)
        if sibling is not None:
            return Joined(sibling.conversation_id, f"answers {sibling.header_id}, as others here do")
    return Joined(None, "begins a conversation")


def _answering(connection: Connection, channel_id: int, mail: Mail) -> set[int]:
    """The conversations of the channel in which something answers `mail`, which is not filed yet."""
    if not mail.message_id:
        return set()
    answers = filing.messages_referring_to(connection, [mail.message_id])
    return {answer.conversation_id for answer in answers if answer.channel_id == channel_id}


def _holds_copy(connection: Connection, parent: Related, mail: Mail) -> bool:
    """Whether the parent's conversation has this very mail from another channel: two copies are two."""
    return bool(mail.message_id) and filing.has_message(connection, parent.conversation_id, mail.message_id)
