"""Adding, changing and deleting types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col

from plentymsg.errors import Conflict
from plentymsg.messenger import access, groups, naming, types
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change, named, usage
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.defaults import add_default_types
from plentymsg.messenger.setup.named import NamedFields, Place, columns_of, retire, write
from plentymsg.messenger.setup.statuses import NOUN as STATUS
from plentymsg.store.driver import Connection
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, Conversation, Type

NOUN = Noun("type", types.read, types.path_of)


class TypeFields(NamedFields):
    """What a type has."""


def add(session: Session, actor: Actor, fields: TypeFields, *, group_id: int) -> Change:
    """Add a type to a group, by default behind the others. The same again is `unchanged`.

    Raises Conflict if its name is taken in the group by one with other values, or for the group `All`.
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    siblings = types.every(connection, group_id)
    existing = naming.id_of(siblings, fields.name.de)
    if existing is not None:
        return change.same(alter(session, actor, existing, fields.given()))
    _require_place_for_types(connection, group_id)
    row = Type(
        group_id=group_id,
        **columns_of(fields, position=change.place_of(fields, siblings)),
    )
    session.add(row)
    session.flush()
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, type_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a type. Raises Conflict if the new name is taken in its group."""
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    before = types.read(connection, type_id)
    target = change.target(TypeFields, before, changes)
    row = session.get_one(Type, type_id)
    naming.require_free(types.every(connection, row.group_id), target.name.de, NOUN.kind, but=type_id)
    write(row, target)
    return change.changed(session, actor, NOUN, type_id, before)


def move(session: Session, actor: Actor, type_id: int, place: Place) -> list[Change]:
    """Put a type beside another one of its group; return its change, then those that make room.

    Raises InvalidInput if that is of another group.
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    group_id = types.parent_of(connection, type_id)
    neighbour_id = types.find_beside(connection, group_id, place.neighbour)
    siblings = types.every(connection, group_id)
    return named.move(session, actor, NOUN, Type, siblings, type_id, neighbour_id, behind=place.behind)


def add_defaults(session: Session, actor: Actor, group_id: int) -> list[Change]:
    """Add those default types, with their statuses, that the group has none of that name.

    Raises Conflict for the group `All`.
    """
    access.require(actor, access.ADMIN)
    _require_place_for_types(driver_of(session), group_id)
    return [
        change.added(session, actor, NOUN if isinstance(row, Type) else STATUS, row.id)
        for row in add_default_types(session, group_id)
    ]


def delete(session: Session, actor: Actor, type_id: int, *, force: bool = False) -> Change:
    """Delete a type softly, with its statuses. Its conversations stay in their group, and lose both.

    Raises Conflict if a channel gives it to new conversations; with `force` it no longer does.
    """
    access.require(actor, access.ADMIN)
    before = types.read(driver_of(session), type_id)
    none = {"type_id": None, "status_id": None}
    uses = [*usage.channels_with(session, actor, col(Channel.type_id) == type_id, **none)]
    warnings = usage.release(uses, f"The type {NOUN.called(before)!r} is the type of", force=force)
    retire(session.get_one(Type, type_id))
    usage.reassign(session, actor, col(Conversation.type_id) == type_id, **none)
    return change.deleted(session, actor, NOUN, type_id, before)._replace(warnings=warnings)


def _require_place_for_types(connection: Connection, group_id: int) -> None:
    if group_id == groups.ALL:
        name = naming.identity(groups.read(connection, group_id))
        raise Conflict(
            f"{name} shows the conversations of every group and has no types.",
            hint="Add the type to the group whose conversations it sorts.",
        )
