"""Reading the types that variables of templates have been given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

if TYPE_CHECKING:  # what tells links apart loads when there is a type to hold a value to
    from plentymsg.messenger.value_types import Declared

KIND = "template variable"


def listed(connection: Connection, actor: Actor) -> list[Row]:
    """The variables that have a type, by name."""
    access.require(actor, access.TEMPLATE_READ)
    return every(connection)


def every(connection: Connection) -> list[Row]:
    """The same for use cases that have asked for their own right."""
    return [_shaped(row) for row in views.select(connection, "v_template_variable", order_by="name")]


def find(connection: Connection, reference: str) -> int:
    """The ID of the variable with a type that `reference` names. Raises NotFound."""
    rows = views.select(connection, "v_template_variable", order_by="name")
    return naming.find(reference, naming.candidates(rows, shown="name"), KIND)


def read(connection: Connection, variable_id: int) -> Row:
    """The variable with this ID, as a configuration file would write it."""
    row = views.first(connection, "v_template_variable", {"id": variable_id})
    if row is None:
        raise naming.unknown(KIND, variable_id)
    return _shaped(row)


def declared(connection: Connection) -> Mapping[str, Declared]:
    """The types by the variables' names."""
    rows = every(connection)
    if not rows:
        return {}
    from plentymsg.messenger.value_types import Declared

    return {row["name"]: Declared(row["type"], row["max_length"], tuple(row["values"])) for row in rows}


def _shaped(row: Row) -> Row:
    return {
        "id": row["id"],
        "name": row["name"],
        "type": row["type"],
        "max_length": row["max_length"],
        "values": views.parsed(row["allowed"]),
    }
