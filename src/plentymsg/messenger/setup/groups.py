"""Adding, changing and deleting groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, func, select

from plentymsg.errors import Conflict
from plentymsg.messenger import access, groups, naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.named import NamedFields, columns_of, write
from plentymsg.store.clock import now, stamp
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, Conversation, Group, Type

NOUN = Noun("group", groups.read)
LAST_RESERVED_ID = 100
"""IDs up to here belong to system groups (PlentyONE's REST reference)."""


class GroupFields(NamedFields):
    """What a group has."""

    visible: bool = True


def add(session: Session, actor: Actor, fields: GroupFields) -> Change:
    """Add a group. The same again is `unchanged`; Conflict if its name is taken by one with other values."""
    access.require(actor, access.ADMIN)
    existing = naming.id_of(groups.every(driver_of(session)), fields.name.de)
    if existing is not None:
        return change.same(alter(session, actor, existing, fields.given()))
    group_id = _next_id(session)
    position = fields.position if "position" in fields.model_fields_set else group_id
    session.add(Group(id=group_id, **columns_of(fields, position=position)))
    return change.added(session, actor, NOUN, group_id)


def alter(session: Session, actor: Actor, group_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a group. Raises Conflict if the new name is taken."""
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    before = groups.read(connection, group_id)
    target = change.target(GroupFields, before, changes)
    naming.require_free(groups.every(connection), target.name.de, NOUN.kind, but=group_id)
    row = session.get_one(Group, group_id)
    write(row, target)
    return change.changed(session, actor, NOUN, group_id, before)


def delete(session: Session, actor: Actor, group_id: int) -> Change:
    """Delete a group softly, with its types. Its conversations stay, in General.

    Raises Conflict for a system group, or one that a channel files into.
    """
    access.require(actor, access.ADMIN)
    before = groups.read(driver_of(session), group_id)
    row = session.get_one(Group, group_id)
    if row.system is not None:
        raise Conflict(
            f"{row.name_de} is a system group and stays.", hint="Hide it with: plentymsg group set --hidden"
        )
    change.require_unused(
        session, col(Channel.group_id) == group_id, f"The group {row.name_de!r} is the group of"
    )
    row.deleted_at = stamp(now())
    for type_ in session.exec(select(Type).where(col(Type.group_id) == group_id)):
        type_.deleted_at = row.deleted_at
    in_group = col(Conversation.group_id) == group_id
    change.reassign(
        session, actor, in_group, group_id=system_group_id(session, "general"), type_id=None, status_id=None
    )
    return change.deleted(session, actor, NOUN, group_id, before)


def system_group_id(session: Session, system: str) -> int:
    """The ID of a system group, by its key."""
    group_id = session.exec(select(Group.id).where(col(Group.system) == system)).one()
    assert group_id is not None
    return group_id


def _next_id(session: Session) -> int:
    highest = session.exec(select(func.max(col(Group.id)))).one()
    return max(LAST_RESERVED_ID, highest or 0) + 1
