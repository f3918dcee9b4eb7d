"""Adding, changing and deleting Messenger roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from plentymsg.errors import Conflict
from plentymsg.messenger import access, naming, roles
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.named import NamedFields, columns_of, write
from plentymsg.store.clock import now, stamp
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, ChannelOwner, ConversationOwner, Role

NOUN = Noun("role", roles.read)


class RoleFields(NamedFields):
    """What a role has."""


def add(session: Session, actor: Actor, fields: RoleFields) -> Change:
    """Add a role, by default behind the others. The same again is `unchanged`.

    Raises Conflict if its name is taken by one with other values.
    """
    access.require(actor, access.ADMIN)
    others = roles.every(driver_of(session))
    existing = naming.id_of(others, fields.name.de)
    if existing is not None:
        return change.same(alter(session, actor, existing, fields.given()))
    row = Role(**columns_of(fields, position=change.place_of(fields, others)))
    session.add(row)
    session.flush()
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, role_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a role. Raises Conflict if the new name is taken."""
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    before = roles.read(connection, role_id)
    target = change.target(RoleFields, before, changes)
    naming.require_free(roles.every(connection), target.name.de, NOUN.kind, but=role_id)
    row = session.get_one(Role, role_id)
    write(row, target)
    return change.changed(session, actor, NOUN, role_id, before)


def delete(session: Session, actor: Actor, role_id: int) -> Change:
    """Delete a role softly. Raises Conflict while an owner of a channel or conversation has it."""
    access.require(actor, access.ADMIN)
    before = roles.read(driver_of(session), role_id)
    name = NOUN.called(before)
    owning = select(ChannelOwner.channel_id).where(col(ChannelOwner.role_id) == role_id)
    change.require_unused(session, col(Channel.id).in_(owning), f"The role {name!r} is that of an owner of")
    if session.exec(select(ConversationOwner).where(col(ConversationOwner.role_id) == role_id)).first():
        raise Conflict(
            f"The role {name!r} is that of an owner of conversations.",
            hint="Rename it instead, with: plentymsg role set --name",
        )
    session.get_one(Role, role_id).deleted_at = stamp(now())
    return change.deleted(session, actor, NOUN, role_id, before)
