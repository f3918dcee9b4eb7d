"""Reading statuses: how far the conversations of a type have come. The path is `GROUP/TYPE/STATUS`."""

from __future__ import annotations

from typing import Any

from plentymsg.messenger import access, groups, listing, naming, types
from plentymsg.messenger.access import Actor
from plentymsg.messenger.listing import Wanted
from plentymsg.messenger.naming import Candidate
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

PATH = "GROUP/TYPE/STATUS"
ORDER = "group_position, group_id, type_position, type_id, position, id"


def listed(
    connection: Connection,
    actor: Actor,
    wanted: Wanted,
    *,
    group: str | None = None,
    type_: str | None = None,
) -> list[Row]:
    """The statuses that are wanted, or those of them in one group or of the types that `type_` names.

    `type_` looks in that group, if given.
    """
    access.require(actor, access.MESSENGER_READ)
    where: dict[str, Any] = {}
    if group is not None:
        where["group_id"] = groups.find(connection, group)
    if type_ is not None and naming.is_path(type_):
        where["type_id"] = types.find(connection, type_)
    elif type_ is not None:
        (name,) = naming.split_path(type_, 1, types.PATH)
        known = types.candidates(views.select(connection, "v_type", where, order_by=types.ORDER))
        where["type_id"] = naming.find_all(name, known, "type")
    return listing.listed(connection, "status", wanted, shaped, ORDER, where)


def shown(connection: Connection, actor: Actor, status_id: int) -> Row:
    """One status."""
    access.require(actor, access.MESSENGER_READ)
    return read(connection, status_id)


def every(connection: Connection, type_id: int) -> list[Row]:
    """The statuses of one type, for use cases that have asked for their own right."""
    return [shaped(row) for row in _rows(connection, type_id)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the status that `reference` names: an ID, a path, or a name that only one status has.

    Raises NotFound with the nearest names, or InvalidInput if several statuses have that name.
    """
    if naming.is_path(reference):
        group, type_, name = naming.split_path(reference, 3, PATH)
        type_id = types.find_in(connection, groups.find(connection, group), type_)
        return find_in(connection, type_id, name)
    (name,) = naming.split_path(reference, 1, PATH)
    return naming.find(name, _candidates(_rows(connection)), "status")


def find_all(connection: Connection, reference: str) -> list[int]:
    """The IDs of all statuses that `reference` names: an ID, a path, or a name anywhere. Raises NotFound."""
    if naming.is_path(reference):
        return [find(connection, reference)]
    (name,) = naming.split_path(reference, 1, PATH)
    return naming.find_all(name, _candidates(_rows(connection)), "status")


def find_in(connection: Connection, type_id: int, name: str) -> int:
    """The ID of the status that `name` (or an ID) names within a type. Raises NotFound."""
    return naming.find(name, _candidates(_rows(connection, type_id)), "status")


def find_beside(connection: Connection, type_id: int, reference: str) -> int:
    """The ID of the status that `reference` names from the side of one in this type: a path, or a name there.

    Raises NotFound.
    """
    return (
        find(connection, reference) if naming.is_path(reference) else find_in(connection, type_id, reference)
    )


def parent_of(connection: Connection, status_id: int) -> int:
    """The ID of the type of a status. Raises NotFound."""
    return int(_row(connection, status_id)["type_id"])


def read(connection: Connection, status_id: int) -> Row:
    """The status with this ID, as a configuration file would write it."""
    return shaped(_row(connection, status_id))


def path_of(thing: Row) -> str:
    """The path that names this status without doubt."""
    return naming.join_path(thing["group"], thing["type"], naming.identity(thing))


def shaped(row: Row) -> Row:
    """A row of `v_status` as users and scripts see it."""
    return {
        "id": row["id"],
        "group": row["group_de"],
        "type": row["type_de"],
        "name": naming.names_of(row),
        "progress": row["progress"],
        "colour": row["colour"],
        "position": row["position"],
    }


def _candidates(rows: list[Row]) -> list[Candidate]:
    return [
        candidate._replace(shown=naming.join_path(row["group_de"], row["type_de"], candidate.shown))
        for row, candidate in zip(rows, naming.candidates(rows), strict=True)
    ]


def _row(connection: Connection, status_id: int) -> Row:
    row = views.first(connection, "v_status", {"id": status_id})
    if row is None:
        raise naming.unknown("status", status_id)
    return row


def _rows(connection: Connection, type_id: int | None = None) -> list[Row]:
    return views.select(
        connection, "v_status", {} if type_id is None else {"type_id": type_id}, order_by=ORDER
    )
