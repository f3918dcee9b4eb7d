"""Reading the Messenger integration: whether mail that other systems send is collected, and where."""

from __future__ import annotations

from typing import NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

THE_ONE = 1
"""The ID of the only row."""


class Source(NamedTuple):
    """An area of PlentyONE that sends mail."""

    key: str
    name_en: str
    name_de: str


SOURCES = (
    Source("auto_dispatch", "Automatic dispatch", "Automatischer Versand"),
    Source("order_events", "Order events", "Auftragsereignisse"),
    Source("order_procedures", "Order procedures", "Auftragsaktionen"),
    Source(
        "contact_group_function",
        "Group function in the contact data record",
        "Gruppenfunktion im Kontaktdatensatz",
    ),
    Source("orders", "Orders » Orders", "Aufträge » Aufträge"),
    Source("order_group_function", "Group function in the order", "Gruppenfunktion im Auftrag"),
)
"""The only ones that are collected."""


def source_named(name: str) -> Source:
    """The source with this key or name, in any case. Raises InvalidInput for any other."""
    wanted = naming.fold(name)
    found = next((source for source in SOURCES if wanted in map(naming.fold, source)), None)
    if found is None:
        raise InvalidInput(
            f"Mail is not collected from {name!r}.",
            hint=f"It is from: {', '.join(source.key for source in SOURCES)}.",
        )
    return found


def shown(connection: Connection, actor: Actor) -> Row:
    """The integration's settings."""
    access.require(actor, access.MESSENGER_READ)
    return read(connection)


def read(connection: Connection, _id: int = THE_ONE) -> Row:
    """The integration's settings, as a configuration file would write them."""
    row = row_of(connection)
    return {
        "active": bool(row["active"]),
        "attachments": bool(row["attachments"]),
        "channel": row["channel"],
        "group": row["group_de"],
        "tags": views.parsed(row["tags"]),
    }


def row_of(connection: Connection) -> Row:
    """The only row of `v_collecting`."""
    return views.select(connection, "v_collecting")[0]
