"""Reading, opening and closing one's own notifications: what came in, or was held back."""

from __future__ import annotations

from collections.abc import Sequence

from plentymsg.messenger import access, conversations, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import notices, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def listed(
    connection: Connection, actor: Actor, *, closed: bool = False, limit: int | None = None, offset: int = 0
) -> list[Row]:
    """The actor's notifications, the newest first; with `closed` those too that are closed."""
    access.require(actor, access.MESSENGER_READ)
    where = {"user_id": actor.id} if closed else {"user_id": actor.id, "closed_at": None}
    rows = views.select(connection, "v_notification", where, order_by="id DESC", limit=limit, offset=offset)
    return [_shaped(row) for row in rows]


def count(connection: Connection, actor: Actor) -> int:
    """How many notifications the actor has not closed."""
    access.require(actor, access.MESSENGER_READ)
    return notices.count_open(connection, actor.id)


def opened(connection: Connection, actor: Actor, reference: str) -> Row:
    """The conversation that one of the actor's notifications is about; the notification counts as opened.

    Raises NotFound for an ID that none of theirs has.
    """
    access.require(actor, access.MESSENGER_READ, access.MESSAGE_READ)
    row = _own(connection, actor, reference)
    thing = conversations.shown(connection, actor, row["conversation_id"])
    notices.mark_opened(connection, row["id"])
    return thing


def close(connection: Connection, actor: Actor, references: Sequence[str] | None) -> int:
    """Close these of the actor's notifications, or all with None; return how many were open.

    Raises NotFound for an ID that none of theirs has; then none is to be closed.
    """
    access.require(actor, access.MESSENGER_READ)
    ids = None if references is None else [_own(connection, actor, one)["id"] for one in references]
    return notices.close(connection, actor.id, ids)


def _own(connection: Connection, actor: Actor, reference: str) -> Row:
    number = int(reference) if reference.isascii() and reference.isdecimal() and len(reference) < 19 else -1
    row = views.first(connection, "v_notification", {"id": number, "user_id": actor.id})
    if row is None:
        raise naming.unknown("notification", reference)
    return row


def _shaped(row: Row) -> Row:
    return {
        "id": row["id"],
        "conversation": row["conversation_id"],
        "message": row["message_id"],
        "direction": row["direction"],
        "subject": row["subject"],
        "from": conversations.mailbox(row["from_name"], row["from_email"]),
        "date": row["date"],
        "opened_at": row["opened_at"],
        "closed_at": row["closed_at"],
    }
