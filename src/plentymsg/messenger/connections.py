"""From a channel's settings to its servers, with their passwords."""

from __future__ import annotations

from typing import Literal

from plentymsg.errors import InvalidInput
from plentymsg.mail.server import Server
from plentymsg.mail.source import Source, open_source
from plentymsg.mail.transport import Transport, open_transport
from plentymsg.messenger import secrets
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def source_of(connection: Connection, channel: Row) -> Source:
    """Where the channel's mail comes from. Raises InvalidInput if that is not set, SecretMissing."""
    return open_source(_server(connection, channel, "incoming"))


def transport_of(connection: Connection, channel: Row) -> Transport:
    """Where the channel's mail goes. Raises InvalidInput if that is not set, SecretMissing."""
    return open_transport(_server(connection, channel, "outgoing"))


def _server(connection: Connection, channel: Row, side: Literal["incoming", "outgoing"]) -> Server:
    row = views.first(connection, "v_channel_server", {"channel_id": channel["id"], "side": side})
    if row is None:
        raise InvalidInput(
            f"The channel {channel['name']} has no {side} server.",
            hint=f"Set one with: plentymsg channel set {channel['name']!r} --{side}-host HOST",
        )
    reference = views.parsed(row["password"])
    return Server(
        protocol=row["protocol"],
        host=row["host"],
        port=row["port"],
        encryption=row["encryption"],
        username=row["username"],
        password=secrets.resolve(reference) if reference else "",
        folder=row["folder"] or "INBOX",
        path=row["path"],
        allow_plain=bool(row["allow_plain"]),
    )
