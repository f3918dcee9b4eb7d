"""Reading Messenger roles: what an owner is to a conversation. They grant nothing."""

from __future__ import annotations

from plentymsg.messenger import access, listing, naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.listing import Wanted
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "position, id"


def listed(connection: Connection, actor: Actor, wanted: Wanted) -> list[Row]:
    """The roles that are wanted, by position or ID."""
    access.require(actor, access.MESSENGER_READ)
    return listing.listed(connection, "role", wanted, shaped, ORDER)


def shown(connection: Connection, actor: Actor, role_id: int) -> Row:
    """One role."""
    access.require(actor, access.MESSENGER_READ)
    return read(connection, role_id)


def every(connection: Connection) -> list[Row]:
    """All roles, for use cases that have asked for their own right."""
    return [shaped(row) for row in views.select(connection, "v_role", order_by=ORDER)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the role that `reference` names: an ID or a name. Raises NotFound."""
    return naming.find(
        reference, naming.candidates(views.select(connection, "v_role", order_by=ORDER)), "role"
    )


def read(connection: Connection, role_id: int) -> Row:
    """The role with this ID, as a configuration file would write it."""
    row = views.first(connection, "v_role", {"id": role_id})
    if row is None:
        raise naming.unknown("role", role_id)
    return shaped(row)


def shaped(row: Row) -> Row:
    """A row of `v_role` as users and scripts see it."""
    return {"id": row["id"], "name": naming.names_of(row), "position": row["position"]}
