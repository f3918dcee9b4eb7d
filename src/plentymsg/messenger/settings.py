"""Reading the settings that hold for the whole messenger."""

from __future__ import annotations

from plentymsg.messenger import access
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

THE_ONE = 1
"""The ID of the only row."""


def shown(connection: Connection, actor: Actor) -> Row:
    """The settings."""
    access.require(actor, access.MESSENGER_READ)
    return read(connection)


def read(connection: Connection, _id: int = THE_ONE) -> Row:
    """The settings, as a configuration file would write them."""
    row = views.select(connection, "v_settings")[0]
    return {
        "live_mode": bool(row["live_mode"]),
        "client_name": row["client_name"],
        "clients": views.parsed(row["clients"]),
        "target_domain": row["target_domain"],
    }
