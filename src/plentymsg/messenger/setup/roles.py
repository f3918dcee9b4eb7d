"""Adding, changing and deleting Messenger roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from plentymsg.messenger import access, naming, roles
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change, named, usage
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.named import NamedFields, Place, columns_of, retire, write
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Role

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


def move(session: Session, actor: Actor, role_id: int, place: Place) -> list[Change]:
    """Put a role beside another one; return its change, then those of the roles that make room."""
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    neighbour_id = roles.find(connection, place.neighbour)
    every = roles.every(connection)
    return named.move(session, actor, NOUN, Role, every, role_id, neighbour_id, behind=place.behind)


def delete(session: Session, actor: Actor, role_id: int, *, force: bool = False) -> Change:
    """Delete a role softly.

    Raises Conflict while an owner of a channel or conversation has it; with `force` they are owners no more.
    """
    access.require(actor, access.ADMIN)
    before = roles.read(driver_of(session), role_id)
    uses = [
        *usage.channels_owned_in(session, actor, role_id),
        *usage.conversations_owned_in(session, actor, role_id),
    ]
    warnings = usage.release(uses, f"The role {NOUN.called(before)!r} is that of an owner of", force=force)
    retire(session.get_one(Role, role_id))
    return change.deleted(session, actor, NOUN, role_id, before)._replace(warnings=warnings)
