"""Who owns conversations: one user for each Messenger role."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.messenger import naming, roles, users
from plentymsg.store import handling, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Owners(NamedTuple):
    """The role that conversations are to give to whom, and the roles that nobody is to have any more."""

    role: str | None = None
    owner: str | None = None
    remove: Sequence[str] = ()


def plan(connection: Connection, rows: Mapping[int, Row], wanted: Owners) -> Callable[[], None]:
    """What changes the owners of conversations (`handling.states`).

    Raises NotFound, or InvalidInput for an owner without a role, and for a user who may not be one; who is
    the owner already stays it, whatever they may now.
    """
    if wanted == Owners():
        return lambda: None
    _require_both(connection, wanted)
    removed = [roles.find(connection, name) for name in wanted.remove]
    role_id = None if wanted.role is None else roles.find(connection, wanted.role)
    user_id = None if wanted.owner is None else users.find(connection, wanted.owner)
    if role_id in removed:
        raise InvalidInput(
            f"The role {wanted.role!r} is to be given and removed.",
            hint="A new owner takes the place of the old one.",
        )
    if role_id is not None and user_id is not None:
        _require_may_own(connection, rows, role_id, user_id)

    def write() -> None:
        if removed:
            handling.remove_owners(connection, rows, removed)
        if role_id is not None and user_id is not None:
            handling.set_owner(connection, rows, role_id, user_id)

    return write


def _require_both(connection: Connection, wanted: Owners) -> None:
    known = [naming.identity(each) for each in roles.every(connection)]
    if not known:
        raise NotFound(
            "There is no Messenger role yet, so a conversation can have no owner.",
            hint="Add a role first: plentymsg role add NAME",
        )
    if wanted.owner is not None and wanted.role is None:
        raise InvalidInput(
            f"{wanted.owner} needs a role to be an owner, and none is given.",
            hint=f"Give one with --role; there are: {', '.join(known[:8])}.",
        )
    if wanted.role is not None and wanted.owner is None:
        raise InvalidInput(
            f"Nobody is named for the role {wanted.role!r}.",
            hint="Give the owner with --owner; to have none: plentymsg conversation assign ID --remove ROLE",
        )


def _require_may_own(connection: Connection, rows: Mapping[int, Row], role_id: int, user_id: int) -> None:
    """Raise InvalidInput unless a user may own, or owns all of these in that role already."""
    user = users.read(connection, user_id)
    held = {"role": naming.identity(roles.read(connection, role_id)), "user": user["login"]}
    if any(held not in views.parsed(row["owners"]) for row in rows.values()):
        users.require_may_own(user)
