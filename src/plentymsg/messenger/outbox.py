"""The outbox: what waits, what was sent, and what a person decides where the machine must not."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from plentymsg.errors import Conflict, NotFound
from plentymsg.messenger import access
from plentymsg.messenger.access import Actor
from plentymsg.store import history, ledger, lock, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

STATES = (
    "queued",
    "handing-over",
    "deferred",
    "uncertain",
    "failed",
    "cancelled",
    "sent",
    "captured",
    "skipped",
)


def listed(
    store: Path, connection: Connection, actor: Actor, states: list[str], *, limit: int | None, offset: int
) -> list[Row]:
    """The messages of the outbox, newest first; what a killed run has left is settled before."""
    access.require(actor, access.MESSENGER_READ)
    ledger.recover(connection, partial(lock.is_alive, store))
    return [shaped(row) for row in views.outbox(connection, states, limit=limit, offset=offset)]


def shown(store: Path, connection: Connection, actor: Actor, message_id: int) -> Row:
    """A message of the outbox with each of its recipients. Raises NotFound."""
    access.require(actor, access.MESSENGER_READ)
    ledger.recover(connection, partial(lock.is_alive, store))
    lines = views.select(connection, "v_delivery", {"message_id": message_id}, order_by="urgency, recipient")
    keys = ("recipient", "kind", "state", "attempts", "next_attempt_at", "response", "updated_at")
    return {
        **shaped(_row(connection, message_id)),
        "recipients": [{key: line[key] for key in keys} for line in lines],
    }


def require_there(connection: Connection, message_id: int) -> None:
    """Raise NotFound unless the outbox has the message."""
    _row(connection, message_id)


def retry(connection: Connection, actor: Actor, message_id: int) -> Row:
    """Let a message that is deferred, failed or uncertain be tried again, under its old Message-ID.

    Raises Conflict if its channel was deleted, so that nothing would ever send it.
    """
    access.require(actor, access.MESSENGER_UPDATE, access.MESSAGE_CREATE)
    if not views.exists(connection, "v_channel", {"id": _row(connection, message_id)["channel_id"]}):
        raise Conflict(
            f"The channel of message {message_id} was deleted, so nothing can send it.",
            hint="Write to the customer anew with: plentymsg send --channel NAME --to ADDRESS",
        )
    return _decide(connection, actor, message_id, ("deferred", "failed", "uncertain"), "queued", "retried")


def settle(connection: Connection, actor: Actor, message_id: int) -> Row:
    """Take an uncertain message for sent: the customer has it."""
    return _decide(connection, actor, message_id, ("uncertain",), "sent", "settled")


def cancel(connection: Connection, actor: Actor, message_id: int) -> Row:
    """Never send a message that still waits, or give one up that failed."""
    return _decide(connection, actor, message_id, ("queued", "deferred", "failed"), "cancelled", "cancelled")


def shaped(row: Row) -> Row:
    """A row of `v_outbox` as users and scripts see it."""
    return {
        "id": row["id"],
        "conversation": row["conversation_id"],
        "channel": row["channel"],
        "to": views.parsed(row["recipients"]),
        "subject": row["subject"],
        "state": row["state"],
        "attempts": row["attempts"],
        "next_attempt_at": row["next_attempt_at"],
        "error": row["error"],
        "message_id": row["header_id"],
        "created_at": row["created_at"],
    }


def _decide(
    connection: Connection, actor: Actor, message_id: int, states: tuple[str, ...], to: str, action: str
) -> Row:
    """Within the caller's transaction. Raises NotFound, or Conflict if no recipient is in one of `states`."""
    access.require(actor, access.MESSENGER_UPDATE, access.MESSAGE_CREATE)
    before = shaped(_row(connection, message_id))
    if not ledger.decide(connection, message_id, states, to):
        raise Conflict(
            f"Message {message_id} is {before['state']}: it cannot be {action}.",
            hint=f"Only what is {' or '.join(states)} can be; see: plentymsg outbox show {message_id}",
        )
    after = shaped(_row(connection, message_id))
    history.record(
        connection,
        user_id=actor.id,
        kind="message",
        thing_id=message_id,
        action=action,
        before=before,
        after=after,
    )
    return after


def _row(connection: Connection, message_id: int) -> Row:
    row = views.first(connection, "v_outbox", {"id": message_id})
    if row is None:
        raise NotFound(
            f"There is no message {message_id} in the outbox.",
            hint="See what there is with: plentymsg outbox list",
        )
    return row
