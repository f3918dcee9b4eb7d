"""Adding, changing and deleting groups."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, func, select

from plentymsg.errors import Conflict
from plentymsg.messenger import access, groups, naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change, named, usage
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.named import NamedFields, Place, columns_of, retire, write
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, Conversation, Group, Type, UserAccount

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


def move(session: Session, actor: Actor, group_id: int, place: Place) -> list[Change]:
    """Put a group beside another one; return its change, then those of the groups that make room."""
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    neighbour_id = groups.find(connection, place.neighbour)
    every = groups.every(connection)
    return named.move(session, actor, NOUN, Group, every, group_id, neighbour_id, behind=place.behind)


def switch(session: Session, actor: Actor, group_id: int) -> Change:
    """Have the actor's lists of conversations show those of one group, or of all.

    It has no line in the history, as it changes only what the actor sees. Raises Conflict for a hidden group.
    """
    access.require(actor, access.MESSENGER_READ)
    connection = driver_of(session)
    group = groups.read(connection, group_id)
    name = naming.identity(group)
    if not group["visible"] and group_id != groups.ALL:
        raise Conflict(
            f"The group {name} is hidden and not offered for switching.",
            hint=f"Name it for one list, with `plentymsg conversation list --group {shlex.quote(name)}`,"
            f" or have an admin show it: plentymsg group set {shlex.quote(name)} --visible",
        )
    before = groups.current_id(connection, actor)
    session.get_one(UserAccount, actor.id).group_id = None if group_id == groups.ALL else group_id
    fields = {} if before == group_id else {"current": (False, True)}
    thing = {**group, "current": True}
    return Change(NOUN.kind, "changed" if fields else "unchanged", group_id, name, thing, fields)


def delete(session: Session, actor: Actor, group_id: int, *, force: bool = False) -> Change:
    """Delete a group softly, with its types. Its conversations stay, in General.

    Raises Conflict for a system group, and for one that a channel or the collecting files into or that a
    user has switched to; with `force` those go back to what they had without it.
    """
    access.require(actor, access.ADMIN)
    before = groups.read(driver_of(session), group_id)
    row = session.get_one(Group, group_id)
    if row.system is not None:
        raise Conflict(
            f"{row.name_de} is a system group and stays.",
            hint=f"Hide it with: plentymsg group set {shlex.quote(row.name_de)} --hidden",
        )
    home = {"group_id": system_group_id(session, "general"), "type_id": None, "status_id": None}
    uses = [
        *usage.channels_with(session, actor, col(Channel.group_id) == group_id, **home),
        *usage.collecting_into(session, actor, group_id),
        *usage.users_in(session, group_id),
    ]
    warnings = usage.release(uses, f"The group {row.name_de!r} is the group of", force=force)
    retire(row)
    for type_ in session.exec(
        select(Type).where(col(Type.group_id) == group_id, col(Type.deleted_at).is_(None))
    ):
        retire(type_)
    usage.reassign(session, actor, col(Conversation.group_id) == group_id, **home)
    return change.deleted(session, actor, NOUN, group_id, before)._replace(warnings=warnings)


def system_group_id(session: Session, system: str) -> int:
    """The ID of a system group, by its key."""
    group_id = session.exec(select(Group.id).where(col(Group.system) == system)).one()
    assert group_id is not None
    return group_id


def _next_id(session: Session) -> int:
    highest = session.exec(select(func.max(col(Group.id)))).one()
    return max(LAST_RESERVED_ID, highest or 0) + 1
