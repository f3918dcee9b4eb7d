"""Give conversations a group, a type and a status that go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.messenger import groups, naming, statuses, types
from plentymsg.store import handling, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Place(NamedTuple):
    """What conversations are to have, by names, paths or IDs. None is as it is, an empty text is none."""

    group: str | None = None
    type: str | None = None
    status: str | None = None


_Ids = tuple[int, int | None, int | None]
"""Of group, type and status."""


def plan(connection: Connection, rows: Mapping[int, Row], wanted: Place) -> Callable[[], None]:
    """What puts conversations (`handling.states`) where they are wanted.

    What moves to another group loses its type, and with another type its status, unless that is given.
    Raises NotFound, or InvalidInput for a type of another group or a status of another type.
    """
    if wanted == Place():
        return lambda: None
    group_id = None if wanted.group is None else real_group(connection, wanted.group)
    moves: dict[_Ids, list[int]] = defaultdict(list)
    for number, row in rows.items():
        moves[row["group_id"], row["type_id"], row["status_id"]].append(number)
    targets = {ids: _target(connection, rows[numbers[0]], group_id, wanted) for ids, numbers in moves.items()}

    def write() -> None:
        for ids, numbers in moves.items():
            if targets[ids] != ids:
                handling.place(connection, numbers, *targets[ids])

    return write


def real_group(connection: Connection, reference: str) -> int:
    """The ID of a group that conversations can be in. Raises NotFound, or InvalidInput for All."""
    group_id = groups.find(connection, reference)
    if group_id == groups.ALL:
        raise InvalidInput(
            f"No conversation can be in {reference}: it is the view over every group.",
            hint="Name another group; see: plentymsg group list",
        )
    return group_id


def _target(connection: Connection, row: Row, group_id: int | None, wanted: Place) -> _Ids:
    """Where a conversation goes; all that are in the same place go to the same one."""
    group_id = row["group_id"] if group_id is None else group_id
    type_id = row["type_id"] if group_id == row["group_id"] else None
    if wanted.type is not None:
        type_id = _type(connection, row, group_id, wanted.type) if wanted.type else None
    status_id = row["status_id"] if type_id == row["type_id"] else None
    if wanted.status is not None:
        status_id = _status(connection, row, type_id, wanted.status) if wanted.status else None
    return group_id, type_id, status_id


def _type(connection: Connection, row: Row, group_id: int, reference: str) -> int:
    found = _within(connection, _TYPE, group_id, reference)
    if found is None:
        group = groups.read(connection, group_id)["name"]["de"]
        known = types.every(connection, group_id)
        raise InvalidInput(
            f"The type {reference!r} does not belong to the group {group} of conversation {row['id']}.",
            hint=f"Nothing was changed. Its types are: {_listed(known)}; or move it as well, with --group.",
        )
    return found


def _status(connection: Connection, row: Row, type_id: int | None, reference: str) -> int:
    if type_id is None:
        raise InvalidInput(
            f"A status belongs to a type, and conversation {row['id']} has none.",
            hint="Nothing was changed. Give the type as well, with --type.",
        )
    found = _within(connection, _STATUS, type_id, reference)
    if found is None:
        type_ = types.path_of(types.read(connection, type_id))
        known = statuses.every(connection, type_id)
        raise InvalidInput(
            f"The status {reference!r} does not belong to the type {type_} of conversation {row['id']}.",
            hint=f"Nothing was changed. Its statuses are: {_listed(known)}; or change its type with --type.",
        )
    return found


class _Nested(NamedTuple):
    """A kind of thing that belongs to another one: how it is found, and the column that says to which."""

    what: str
    view: str
    column: str
    find: Callable[[Connection, str], int]
    find_in: Callable[[Connection, int, str], int]


_TYPE = _Nested("type", "v_type", "group_id", types.find, types.find_in)
_STATUS = _Nested("status", "v_status", "type_id", statuses.find, statuses.find_in)


def _within(connection: Connection, kind: _Nested, parent_id: int, reference: str) -> int | None:
    """The ID of the thing that `reference` names; None if it belongs to another parent. Raises NotFound."""
    if naming.is_path(reference):
        found = kind.find(connection, reference)
        row = views.first(connection, kind.view, {"id": found, kind.column: parent_id})
        return found if row else None
    try:
        return kind.find_in(connection, parent_id, reference)
    except NotFound:
        # Raises it again, with the nearest names of all, if there is no such thing anywhere.
        naming.find_all(reference, naming.candidates(views.select(connection, kind.view)), kind.what)
        return None


def _listed(things: list[Row]) -> str:
    return ", ".join(naming.identity(thing) for thing in things) or "none yet"
