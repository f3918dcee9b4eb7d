"""Reading groups: the lanes of conversations."""

from __future__ import annotations

from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "position, id"


def listed(connection: Connection, actor: Actor) -> list[Row]:
    """All groups, by position."""
    access.require(actor, access.MESSENGER_READ)
    return every(connection)


def shown(connection: Connection, actor: Actor, group_id: int) -> Row:
    """One group, with its types."""
    access.require(actor, access.MESSENGER_READ)
    types = views.select(connection, "v_type", {"group_id": group_id}, order_by=ORDER)
    names = [{"id": t["id"], "name": naming.names_of(t), "position": t["position"]} for t in types]
    return {**read(connection, group_id), "types": names}


def every(connection: Connection) -> list[Row]:
    """All groups, for use cases that have asked for their own right."""
    return [shaped(row) for row in views.select(connection, "v_group", order_by=ORDER)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the group that `reference` names: an ID, a name, or a system group's key. Raises NotFound."""
    return naming.find(
        reference, naming.candidates(views.select(connection, "v_group", order_by=ORDER)), "group"
    )


def read(connection: Connection, group_id: int) -> Row:
    """The group with this ID, as a configuration file would write it."""
    row = views.first(connection, "v_group", {"id": group_id})
    if row is None:
        raise naming.unknown("group", group_id)
    return shaped(row)


def shaped(row: Row) -> Row:
    """A row of `v_group` as users and scripts see it."""
    return {
        "id": row["id"],
        "system": row["system"],
        "name": naming.names_of(row),
        "position": row["position"],
        "visible": bool(row["visible"]),
    }
