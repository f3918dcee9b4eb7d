"""Reading channels: the mailboxes, and what arrives in them begins with."""

from __future__ import annotations

from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "name COLLATE NOCASE, id"

NETWORK_KEYS = ("protocol", "host", "port", "encryption", "username", "password", "allow_plain")
MAILDIR_KEYS = ("protocol", "path")


def listed(connection: Connection, actor: Actor, name: str = "") -> list[Row]:
    """The channels that have `name` somewhere in theirs, in any case, by name."""
    access.require(actor, access.MESSENGER_READ)
    return [channel for channel in every(connection) if naming.fold(name) in naming.fold(channel["name"])]


def shown(connection: Connection, actor: Actor, channel_id: int) -> Row:
    """One channel, with all that is set of it; of a password only where it is."""
    access.require(actor, access.MESSENGER_READ)
    return read(connection, channel_id)


def every(connection: Connection) -> list[Row]:
    """All channels, for use cases that have asked for their own right."""
    servers = views.select(connection, "v_channel_server")
    return [_shaped(row, servers) for row in views.select(connection, "v_channel", order_by=ORDER)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the channel that `reference` names: an ID or a name. Raises NotFound."""
    rows = views.select(connection, "v_channel", order_by=ORDER)
    return naming.find(reference, naming.candidates(rows, shown="name"), "channel")


def read(connection: Connection, channel_id: int) -> Row:
    """The channel with this ID, as a configuration file would write it."""
    row = row_of(connection, channel_id)
    return _shaped(row, views.select(connection, "v_channel_server", {"channel_id": channel_id}))


def row_of(connection: Connection, channel_id: int) -> Row:
    """The row of `v_channel` with this ID. Raises NotFound."""
    row = views.first(connection, "v_channel", {"id": channel_id})
    if row is None:
        raise naming.unknown("channel", channel_id)
    return row


def _shaped(row: Row, servers: list[Row]) -> Row:
    sides = {server["side"]: _server(server) for server in servers if server["channel_id"] == row["id"]}
    outgoing = sides.get("outgoing")
    if outgoing is not None:
        outgoing |= {"sender_email": row["sender_email"], "sender_name": row["sender_name"]}
    return {
        "id": row["id"],
        "name": row["name"],
        "marketplace": row["marketplace"],
        "active": bool(row["active"]),
        "default": bool(row["is_default"]),
        "group": row["group_de"],
        "type": row["type_de"],
        "status": row["status_de"],
        "tags": views.parsed(row["tags"]),
        "owners": views.parsed(row["owners"]),
        "subscribers": views.parsed(row["subscribers"]),
        "target_address": row["target_address"],
        "notifications": bool(row["notifications"]),
        "match_orders": bool(row["match_orders"]),
        "allowed_senders": views.parsed(row["allowed_senders"]),
        "since": row["since"],
        "incoming": sides.get("incoming"),
        "outgoing": outgoing,
        "skip": {
            "orders": bool(row["skip_orders"]),
            "contacts": bool(row["skip_contacts"]),
            "emails": row["skip_emails"],
        },
        "templates": {"new": row["template_new"], "reply": row["template_reply"]},
    }


def _server(row: Row) -> Row:
    if row["protocol"] == "maildir":
        return {key: row[key] for key in MAILDIR_KEYS}
    server = {key: row[key] for key in NETWORK_KEYS}
    server["password"] = views.parsed(row["password"]) or None
    server["allow_plain"] = bool(row["allow_plain"])
    if row["protocol"] == "imap":
        server["folder"] = row["folder"]
    return server
