"""What an answer answers: the message above it, the thread, the subject, and who gets it."""

from __future__ import annotations

import re
from typing import NamedTuple

from plentymsg.errors import NotFound
from plentymsg.messenger.recipients import is_usable
from plentymsg.store import filing, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Thread(NamedTuple):
    """Where an answer hangs: its conversation, and the Message-IDs above it, the nearest last."""

    conversation: Row
    references: tuple[str, ...]


_ANSWERABLE_FIRST = (
    "CASE WHEN direction <> 'in' THEN 1"
    """ WHEN marks LIKE '%"bounce"%' OR marks LIKE '%"auto-reply"%' THEN 2 ELSE 0 END, date DESC, id DESC"""
)
"""What a person wrote, then what we wrote, then what a machine wrote; of each the newest first."""


def parent_in(connection: Connection, conversation: Row) -> Row:
    """What an answer answers: the customer's newest message, else our own, else a machine's.

    Raises NotFound if the conversation has none of these.
    """
    messages = views.select(
        connection,
        "v_message",
        {"conversation_id": conversation["id"], "direction": ["in", "out"]},
        order_by=_ANSWERABLE_FIRST,
        limit=1,
    )
    if not messages:
        raise NotFound(
            f"Conversation {conversation['id']} has no message to answer.",
            hint="Write one with: plentymsg send",
        )
    return messages[0]


def customer_of(parent: Row) -> list[str]:
    """Where the customer wants the answer: Reply-To, else From; for a message of ours, its recipients."""
    held = views.parsed(parent["addresses"])
    if parent["direction"] == "in":
        reply_to = [a["email"] for a in held if a["field"] == "reply-to" and is_usable(a["email"])]
        return reply_to or [email for email in [parent["from_email"]] if is_usable(email)]
    return [a["email"] for a in held if a["field"] == "to"]


def thread_below(connection: Connection, conversation: Row, parent: Row) -> Thread:
    """The thread of an answer to `parent` (RFC 5322, section 3.6.4)."""
    references = (*filing.references_of(connection, parent["id"]), parent["header_id"])
    return Thread(conversation, tuple(filter(None, dict.fromkeys(references))))


def subject_answering(subject: str) -> str:
    """The subject of an answer (RFC 5322, section 3.6.5): `Re: ` once, whatever stood there before."""
    return "Re: " + re.sub(r"^(?:(?:re|aw|antw|sv|r)\s*:\s*)+", "", subject, flags=re.IGNORECASE)
