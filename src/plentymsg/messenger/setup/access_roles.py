"""Adding, changing, copying and deleting access roles, and granting rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Any

from pydantic import Field
from sqlmodel import Session, col
from sqlmodel import delete as delete_rows

from plentymsg.errors import Conflict
from plentymsg.messenger import access, access_roles, naming, permissions, users
from plentymsg.messenger.access import Actor
from plentymsg.messenger.permissions import SEPARATOR, Preset
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import LONGEST_NAME, Fields, Line, Name, concerning, each_of
from plentymsg.messenger.setup.users import NOUN as USER
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import AccessRole, AccessRoleRight, AccessRoleVisibility, UserAccessRole
from plentymsg.store.views import Row

NOUN = Noun("access role", access_roles.read)


class AccessRoleFields(Fields):
    """What an access role has. `presets` and `rights` add up, and a section is all rights under it.

    Which mode it is in need not be said of a new one: rights make it advanced.
    """

    name: Name
    advanced: bool = False
    presets: list[Preset] = Field(default=[])
    rights: list[Line] = Field(default=[])
    visibilities: list[Line] = Field(default=[])


def add(session: Session, actor: Actor, fields: AccessRoleFields) -> Change:
    """Add an access role. The same again is `unchanged`; Conflict if its name is taken with other values.

    Raises NotFound for a right or visibility that there is not.
    """
    access.require(actor, access.ADMIN)
    given = fields.given()
    existing = naming.id_of(access_roles.every(driver_of(session)), fields.name)
    if existing is not None:
        return change.same(alter(session, actor, existing, given))
    advanced = bool(fields.rights or fields.presets)
    nothing: Row = {"name": fields.name, "advanced": advanced, "rights": [], "visibilities": []}
    row = AccessRole(name=fields.name)
    session.add(row)
    session.flush()
    assert row.id is not None
    _write(session, row, nothing, given)
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, role_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of an access role; what is given as a list replaces the list.

    Ticking a visibility adds the rights that it ticks; un-ticking takes none. Raises NotFound for a right
    or visibility that there is not, Conflict for a name that is taken, or for what the role's mode does not
    take: rights in simple mode, visibilities in advanced mode.
    """
    access.require(actor, access.ADMIN)
    before = access_roles.read(driver_of(session), role_id)
    _write(session, session.get_one(AccessRole, role_id), before, changes)
    return change.changed(session, actor, NOUN, role_id, before)


def grant(session: Session, actor: Actor, role_id: int, rights: Sequence[str]) -> Change:
    """Give rights, or whole sections of them, to a role: all or none. Raises as `alter`."""
    access.require(actor, access.ADMIN)
    held = access_roles.read(driver_of(session), role_id)["rights"]
    return alter(session, actor, role_id, {"rights": [*held, *permissions.TREE.expand(rights)]})


def revoke(session: Session, actor: Actor, role_id: int, rights: Sequence[str]) -> Change:
    """Take rights, or whole sections of them, from a role: all or none. Raises as `alter`."""
    access.require(actor, access.ADMIN)
    held = access_roles.read(driver_of(session), role_id)["rights"]
    taken = permissions.TREE.expand(rights)
    return alter(session, actor, role_id, {"rights": [right for right in held if right not in taken]})


def copy(session: Session, actor: Actor, role_id: int) -> Change:
    """Add a role `Copy of …` with the same rights and visibilities, and no users. Twice is `unchanged`."""
    access.require(actor, access.ADMIN)
    role = access_roles.read(driver_of(session), role_id)
    name = f"Copy of {role['name']}"[:LONGEST_NAME]
    kept = {key: role[key] for key in ("advanced", "rights", "visibilities")}
    return add(session, actor, AccessRoleFields(name=name, **kept))


def delete(session: Session, actor: Actor, role_id: int, *, force: bool = False) -> Change:
    """Delete a role. Raises Conflict, naming them, while accounts have it; `force` takes it from them."""
    access.require(actor, access.ADMIN)
    before = access_roles.read(driver_of(session), role_id)
    holders = access_roles.shown(driver_of(session), role_id)["users"]
    if holders and not force:
        raise Conflict(
            f"The access role {before['name']!r} is that of {', '.join(holders)}.",
            hint="Delete it with --force, or take it from them: plentymsg user set LOGIN --access-roles …",
            details={"users": holders},
        )
    connection = driver_of(session)
    accounts = [users.kept(connection, users.find(connection, login)) for login in holders]
    session.execute(delete_rows(UserAccessRole).where(col(UserAccessRole.role_id) == role_id))
    session.delete(session.get_one(AccessRole, role_id))
    for account in accounts:
        change.changed(session, actor, USER, account["id"], account)
    done = change.deleted(session, actor, NOUN, role_id, before)
    return done._replace(warnings=tuple(f"{login} has lost this role." for login in holders))


def _write(session: Session, row: AccessRole, before: Row, changes: Mapping[str, Any]) -> None:
    target = change.target(AccessRoleFields, before, changes)
    assert row.id is not None
    others = access_roles.every(driver_of(session))
    naming.require_free(others, target.name, NOUN.kind, but=row.id)
    ticked: list[str] = []
    granted: list[str] = []

    def expand(key: str, tree: permissions.Tree, names: list[str], into: list[str]) -> None:
        with concerning(key):
            into += tree.expand(names)

    each_of(
        lambda: expand("visibilities", permissions.VISIBILITIES, target.visibilities, ticked),
        lambda: expand("rights", permissions.TREE, target.rights, granted),
    )
    if _names_rights(changes):
        # The list as it is wanted; with visibilities beside it, what these tick belongs to it.
        granted += [right for name in target.presets for right in permissions.PRESETS[name]]
        granted += permissions.ticked_by(ticked) if "visibilities" in changes else []
    else:
        granted += permissions.ticked_by(set(ticked) - set(before["visibilities"]))
    _require_mode(target, before, changes, granted, ticked)
    row.name, row.advanced = target.name, target.advanced
    for table in (AccessRoleRight, AccessRoleVisibility):
        session.execute(delete_rows(table).where(col(table.role_id) == row.id))
    for right in permissions.TREE.ordered(granted):
        session.add(AccessRoleRight(role_id=row.id, right=right))
    for tick in ticked:
        node, _, action = tick.rpartition(SEPARATOR)
        session.add(AccessRoleVisibility(role_id=row.id, node=node, action=action))


def _names_rights(changes: Mapping[str, Any]) -> bool:
    return bool("rights" in changes or changes.get("presets"))


def _require_mode(
    target: AccessRoleFields,
    before: Row,
    changes: Mapping[str, Any],
    granted: Sequence[str],
    ticked: Sequence[str],
) -> None:
    """Raise Conflict for permissions in simple mode, or visibilities in advanced mode.

    Who gives both describes the whole role, as a configuration file does, and may.
    """
    if _names_rights(changes) and "visibilities" in changes:
        return
    name = target.name
    if _names_rights(changes) and not target.advanced and set(granted) != set(before["rights"]):
        raise Conflict(
            f"The access role {name!r} is in simple mode, which takes visibilities and no single rights.",
            hint=f"Switch it first: plentymsg rights role set {quote(name)} --advanced",
            details={"key": "advanced"},
        )
    if "visibilities" in changes and target.advanced and set(ticked) != set(before["visibilities"]):
        raise Conflict(
            f"The access role {name!r} is in advanced mode, which takes rights and no visibilities.",
            hint=f"Switch it first: plentymsg rights role set {quote(name)} --simple",
            details={"key": "advanced"},
        )
