"""Who owns conversations: one user for each Messenger role."""

from __future__ import annotations

from collections.abc import Sequence

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.messenger import access, roles, users
from plentymsg.messenger.access import Actor
from plentymsg.messenger.handling import Handled, handle, states_of
from plentymsg.store import handling
from plentymsg.store.driver import Connection


def assign(
    connection: Connection,
    actor: Actor,
    references: list[str],
    *,
    role: str | None,
    owner: str | None,
    remove: Sequence[str],
) -> list[Handled]:
    """Give `role` in conversations to `owner`, and take the roles of `remove` from whoever has them.

    In the caller's transaction. Raises NotFound, or InvalidInput for an owner without a role, and for a user
    who may not be one; who is the owner already stays it, whatever they may now.
    """
    access.require(actor, access.MESSENGER_UPDATE)
    _require_both(connection, role, owner, remove)
    removed = [roles.find(connection, name) for name in remove]
    role_id = None if role is None else roles.find(connection, role)
    user_id = None if owner is None else users.find(connection, owner)
    if role_id in removed:
        raise InvalidInput(
            f"The role {role!r} is to be given and removed.",
            hint="A new owner takes the place of the old one.",
        )
    before = states_of(connection, references)

    def write() -> None:
        handling.remove_owners(connection, before, removed)
        if role_id is not None and user_id is not None:
            handling.set_owner(connection, before, role_id, user_id)

    done = handle(connection, actor, before, write)
    if user_id is not None:
        _require_may_own(connection, user_id, done)
    return done


def _require_both(connection: Connection, role: str | None, owner: str | None, remove: Sequence[str]) -> None:
    known = [each["name"]["de"] for each in roles.every(connection)]
    if not known:
        raise NotFound(
            "There is no Messenger role yet, so a conversation can have no owner.",
            hint="Add a role first: plentymsg role add NAME",
        )
    if owner is not None and role is None:
        raise InvalidInput(
            f"{owner} needs a role to be an owner, and none is given.",
            hint=f"Give one with --role; there are: {', '.join(known[:8])}.",
        )
    if role is not None and owner is None:
        raise InvalidInput(
            f"Nobody is named for the role {role!r}.",
            hint=f"Give the owner with --owner; to have none: --remove {role!r}",
        )
    if role is None and not remove:
        raise InvalidInput("Nothing is to be changed.", hint="Give --role and --owner, or --remove.")


def _require_may_own(connection: Connection, user_id: int, done: Sequence[Handled]) -> None:
    """Raise InvalidInput unless a user may be an owner, or was one in the same roles before."""
    user = users.read(connection, user_id)
    for each in done:
        gained = [o for o in each.after["owners"] if o not in each.before["owners"]]
        if any(owner["user"] == user["login"] for owner in gained):
            users.require_may_own(user)
