"""Reading what was set aside: mail that its channel does not take, or that could not be filed."""

from __future__ import annotations

from plentymsg.errors import NotFound
from plentymsg.messenger import access
from plentymsg.messenger.access import Actor
from plentymsg.store import arrivals, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def listed(connection: Connection, actor: Actor, *, limit: int | None = None, offset: int = 0) -> list[Row]:
    """The mails that were set aside, the newest first."""
    access.require(actor, access.MESSENGER_READ, access.MESSAGE_READ)
    rows = views.select(connection, "v_quarantine", order_by="id DESC", limit=limit, offset=offset)
    keys = ("id", "channel", "reason", "size", "created_at")
    return [{key: row[key] for key in keys} for row in rows]


def raw(connection: Connection, actor: Actor, quarantine_id: int) -> bytes:
    """A mail that was set aside, as it came. Raises NotFound."""
    access.require(actor, access.MESSENGER_READ, access.MESSAGE_READ)
    if not views.exists(connection, "v_quarantine", {"id": quarantine_id}):
        raise NotFound(
            f"No mail was set aside as {quarantine_id}.", hint="See them with: plentymsg message quarantine"
        )
    return arrivals.raw_set_aside(connection, quarantine_id)
