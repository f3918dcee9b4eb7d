"""Who may do what: asked of the accounts and access roles as they are now.

As the accounts themselves, this may be read by everyone who has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plentymsg.messenger import access, access_roles, operations, users
from plentymsg.messenger.permissions import PRESETS, TREE, presets_with
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Need(NamedTuple):
    """What somebody is to be checked for: the rights of an operation, or those of a preset."""

    kind: str
    name: str
    rights: tuple[str, ...]


def tree() -> list[Row]:
    """The sections and rights, in order, with their names and meaning, and the presets each is in."""
    return [
        {
            "right": entry.path,
            "name": {"de": entry.german, "en": entry.path},
            "section": entry.is_section,
            "meaning": entry.meaning,
            "presets": presets_with(entry.path),
        }
        for entry in TREE.entries
    ]


def need_of_operation(operation: str) -> Need:
    """The rights of a command, given as it is typed. Raises NotFound."""
    name = operations.named(operation)
    return Need("operation", name, operations.OPERATIONS[name])


def need_of_preset(preset: str) -> Need:
    """The rights of one of `PRESETS`."""
    return Need("preset", preset, PRESETS[preset])


def checked(connection: Connection, user_id: int, need: Need) -> Row:
    """Whether an account may do something: what it lacks, and which access roles give each right."""
    user = users.read(connection, user_id)
    roles = access_roles.every(connection)
    lines = [_line(user, roles, right) for right in need.rights]
    missing = [line["right"] for line in lines if not line["held"]]
    return {
        "user": user["login"],
        need.kind: need.name,
        "may": user["active"] and not missing,
        "active": user["active"],
        "admin": user["admin"],
        "missing": missing,
        "rights": lines,
    }


def holders(connection: Connection, reference: str) -> list[Row]:
    """The active accounts that have a right, or all rights of a section, and by which access roles.

    The word Administrator stands for being an admin. Raises NotFound for an unknown right.
    """
    is_admin = reference.strip().casefold() == access.ADMIN.casefold()
    rights = (access.ADMIN,) if is_admin else TREE.named(reference).leaves
    roles = access_roles.every(connection)
    found = []
    for user in _active(connection):
        lines = [_line(user, roles, right) for right in rights]
        if all(line["held"] for line in lines):
            origins = dict.fromkeys(role for line in lines for role in line["from"])
            found.append(
                {key: user[key] for key in ("id", "login", "name", "admin")} | {"from": list(origins)}
            )
    return found


def by_role(connection: Connection) -> tuple[list[Row], list[str]]:
    """The matrix of rights and access roles, a row for each right, and the names of the roles."""
    roles = access_roles.every(connection)
    rights = [entry.path for entry in TREE.entries if not entry.is_section]
    rows = [
        {"right": right, "roles": {role["name"]: right in role["rights"] for role in roles}}
        for right in rights
    ]
    return rows, [role["name"] for role in roles]


def by_user(connection: Connection) -> tuple[list[Row], list[str]]:
    """The matrix of operations and active accounts, a row for each operation, and the logins."""
    accounts = _active(connection)
    rows = [
        {"operation": name, "users": {user["login"]: _may(user, rights) for user in accounts}}
        for name, rights in operations.OPERATIONS.items()
    ]
    return rows, [user["login"] for user in accounts]


def _active(connection: Connection) -> list[Row]:
    return [user for user in users.every_with_rights(connection) if user["active"]]


def _may(user: Row, rights: Sequence[str]) -> bool:
    return user["admin"] or set(rights) <= set(user["rights"])


def _line(user: Row, roles: Sequence[Row], right: str) -> Row:
    """A right: whether an account has it, from what, and which access roles give it at all."""
    giving = [role["name"] for role in roles if right in role["rights"]]
    own = [name for name in giving if name in user["access_roles"]]
    return {
        "right": right,
        "held": _may(user, (right,)),
        "from": [access.ADMIN] if user["admin"] else own,
        "given_by": giving,
    }
