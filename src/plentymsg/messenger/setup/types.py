"""Adding, changing and deleting types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col

from plentymsg.errors import Conflict
from plentymsg.messenger import access, groups, naming, types
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.defaults import ALL_GROUPS_ID
from plentymsg.messenger.setup.named import NamedFields, columns_of, write
from plentymsg.store.clock import now, stamp
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
    if group_id == ALL_GROUPS_ID:
        name = naming.identity(groups.read(connection, group_id))
        raise Conflict(
            f"{name} shows the conversations of every group and has no types.",
            hint="Add the type to the group whose conversations it sorts.",
        )
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


def delete(session: Session, actor: Actor, type_id: int) -> Change:
    """Delete a type softly, with its statuses. Its conversations stay in their group, and lose both.

    Raises Conflict if a channel gives it to new conversations.
    """
    access.require(actor, access.ADMIN)
    before = types.read(driver_of(session), type_id)
    change.require_unused(
        session, col(Channel.type_id) == type_id, f"The type {NOUN.called(before)!r} is the type of"
    )
    session.get_one(Type, type_id).deleted_at = stamp(now())
    change.reassign(session, actor, col(Conversation.type_id) == type_id, type_id=None, status_id=None)
    return change.deleted(session, actor, NOUN, type_id, before)
