"""Clients (German: Mandanten): the web shops in which customers may see tags. The settings list them."""

from __future__ import annotations

from plentymsg.errors import NotFound
from plentymsg.messenger import naming
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def every(connection: Connection) -> list[Row]:
    """All clients, by name."""
    return views.select(connection, "v_client", order_by="name COLLATE NOCASE")


def find(connection: Connection, name: str) -> Row:
    """The client of this name, in any case. Raises NotFound with those that there are."""
    known = every(connection)
    client_id = naming.id_of(known, name)
    if client_id is None:
        there = "There are: " + ", ".join(client["name"] for client in known) + ". " if known else ""
        raise NotFound(
            f"There is no client {name!r}.",
            hint=f"{there}The whole list is given with: plentymsg settings set --clients",
            details={"kind": "client", "name": name},
        )
    return next(client for client in known if client["id"] == client_id)
