"""Reading groups: the lanes of conversations."""

from __future__ import annotations

from plentymsg.messenger import access, listing, naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.listing import Wanted
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "position, id"

ALL = 0
"""The ID of the group All, the view over every group: nothing is ever filed in it, so it has no types."""


def listed(connection: Connection, actor: Actor, wanted: Wanted) -> list[Row]:
    """The groups that are wanted, by position or ID; `current` is the one that the actor has switched to."""
    access.require(actor, access.MESSENGER_READ)
    current = current_id(connection, actor)
    rows = listing.listed(connection, "group", wanted, shaped, ORDER)
    return [{**row, "current": row["id"] == current} for row in rows]


def shown(connection: Connection, actor: Actor, group_id: int) -> Row:
    """One group, with its types."""
    access.require(actor, access.MESSENGER_READ)
    types = views.select(connection, "v_type", {"group_id": group_id}, order_by=ORDER)
    names = [{"id": t["id"], "name": naming.names_of(t), "position": t["position"]} for t in types]
    current = group_id == current_id(connection, actor)
    return {**read(connection, group_id), "current": current, "types": names}


def current_id(connection: Connection, actor: Actor) -> int:
    """The ID of the group that a user has switched to; that of All if they never have."""
    row = views.first(connection, "v_user", {"id": actor.id})
    return int(row["group_id"] or ALL) if row else ALL


def narrowed_to(connection: Connection, actor: Actor) -> Row | None:
    """The group whose conversations alone a user's lists show, unless they name one; None for all."""
    current = current_id(connection, actor)
    return None if current == ALL else read(connection, current)


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
