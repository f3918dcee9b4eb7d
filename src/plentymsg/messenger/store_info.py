"""What is in the store."""

from __future__ import annotations

from pathlib import Path

from plentymsg.messenger import access
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.location import captured_path
from plentymsg.store.revisions import HEAD
from plentymsg.store.views import Row


def info(store: Path, connection: Connection, actor: Actor) -> Row:
    """Where the store lies, its schema, its size in bytes and what it holds."""
    access.require(actor, access.MESSENGER_READ)
    return {
        "store": str(store),
        "schema": HEAD,
        "size": store.stat().st_size,
        "channels": views.count(connection, "v_channel"),
        "conversations": views.count(connection, "v_conversation"),
        "messages": views.count(connection, "v_message"),
        "quarantined": views.count(connection, "v_quarantine"),
        "captured_in": str(captured_path(store)),
        "live_mode": bool(views.select(connection, "v_settings")[0]["live_mode"]),
    }
