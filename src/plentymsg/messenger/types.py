"""Reading types: what the conversations of a group are about. A type is named by a path, `GROUP/TYPE`."""

from __future__ import annotations

from plentymsg.messenger import access, groups, listing, naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.listing import Wanted
from plentymsg.messenger.naming import Candidate
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

PATH = "GROUP/TYPE"
ORDER = "group_position, group_id, position, id"


def listed(connection: Connection, actor: Actor, wanted: Wanted, *, group: str | None = None) -> list[Row]:
    """The types that are wanted, or those of them in one group, by group and position, or by ID."""
    access.require(actor, access.MESSENGER_READ)
    where = {} if group is None else {"group_id": groups.find(connection, group)}
    return listing.listed(connection, "type", wanted, shaped, ORDER, where)


def shown(connection: Connection, actor: Actor, type_id: int) -> Row:
    """One type, with its statuses."""
    access.require(actor, access.MESSENGER_READ)
    statuses = views.select(connection, "v_status", {"type_id": type_id}, order_by="position, id")
    rows = [
        {
            "id": s["id"],
            "name": naming.names_of(s),
            "progress": s["progress"],
            "colour": s["colour"],
            "position": s["position"],
        }
        for s in statuses
    ]
    return {**read(connection, type_id), "statuses": rows}


def every(connection: Connection, group_id: int | None = None) -> list[Row]:
    """All types, or those of one group, for use cases that have asked for their own right."""
    return [shaped(row) for row in _rows(connection, group_id)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the type that `reference` names: an ID, a path, or a name that only one type has.

    Raises NotFound with the nearest names, or InvalidInput if several types have that name.
    """
    if naming.is_path(reference):
        group, name = naming.split_path(reference, 2, PATH)
        return find_in(connection, groups.find(connection, group), name)
    (name,) = naming.split_path(reference, 1, PATH)
    return naming.find(name, candidates(_rows(connection)), "type")


def find_all(connection: Connection, reference: str) -> list[int]:
    """The IDs of all types that `reference` names: an ID, a path, or a name anywhere. Raises NotFound."""
    if naming.is_path(reference):
        return [find(connection, reference)]
    (name,) = naming.split_path(reference, 1, PATH)
    return naming.find_all(name, candidates(_rows(connection)), "type")


def find_in(connection: Connection, group_id: int, name: str) -> int:
    """The ID of the type that `name` (or an ID) names within a group. Raises NotFound."""
    return naming.find(name, candidates(_rows(connection, group_id)), "type")


def find_beside(connection: Connection, group_id: int, reference: str) -> int:
    """The ID of the type that `reference` names from the side of one in this group: a path, or a name there.

    Raises NotFound.
    """
    return (
        find(connection, reference) if naming.is_path(reference) else find_in(connection, group_id, reference)
    )


def parent_of(connection: Connection, type_id: int) -> int:
    """The ID of the group of a type. Raises NotFound."""
    return int(_row(connection, type_id)["group_id"])


def read(connection: Connection, type_id: int) -> Row:
    """The type with this ID, as a configuration file would write it."""
    return shaped(_row(connection, type_id))


def path_of(thing: Row) -> str:
    """The path that names this type without doubt."""
    return naming.join_path(thing["group"], naming.identity(thing))


def candidates(rows: list[Row]) -> list[Candidate]:
    """The types of `v_type` that a name may mean."""
    return [
        candidate._replace(shown=naming.join_path(row["group_de"], candidate.shown))
        for row, candidate in zip(rows, naming.candidates(rows), strict=True)
    ]


def shaped(row: Row) -> Row:
    """A row of `v_type` as users and scripts see it."""
    return {
        "id": row["id"],
        "group": row["group_de"],
        "name": naming.names_of(row),
        "position": row["position"],
    }


def _row(connection: Connection, type_id: int) -> Row:
    row = views.first(connection, "v_type", {"id": type_id})
    if row is None:
        raise naming.unknown("type", type_id)
    return row


def _rows(connection: Connection, group_id: int | None = None) -> list[Row]:
    return views.select(
        connection, "v_type", {} if group_id is None else {"group_id": group_id}, order_by=ORDER
    )
