"""Reading user accounts: who works with the messenger.

Everyone who has an account may read them: who lacks a right is sent here, to find an admin.
"""

from __future__ import annotations

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, naming
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "login COLLATE NOCASE, id"


def every(connection: Connection) -> list[Row]:
    """All accounts, by login."""
    return [shaped(row) for row in views.select(connection, "v_user", order_by=ORDER)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the account that `reference` names: an ID, a login or a name. Raises NotFound."""
    rows = views.select(connection, "v_user", order_by=ORDER)
    return naming.find(reference, naming.candidates(rows, shown="login"), "user")


def read(connection: Connection, user_id: int) -> Row:
    """The account with this ID, as a configuration file would write it."""
    row = views.first(connection, "v_user", {"id": user_id})
    if row is None:
        raise naming.unknown("user", user_id)
    return shaped(row)


def shaped(row: Row) -> Row:
    """A row of `v_user` as users and scripts see it."""
    return {
        "id": row["id"],
        "login": row["login"],
        "name": row["name"],
        "email": row["email"],
        "admin": bool(row["admin"]),
        "active": bool(row["active"]),
        "access_roles": views.parsed(row["access_roles"]),
        "rights": views.parsed(row["rights"]),
    }


def require_may_own(user: Row) -> None:
    """Raise InvalidInput unless an account (as `read` gives it) may be chosen as owner.

    That are active admins, and active users with the right of Ownership.
    """
    if user["active"] and (user["admin"] or access.OWNERSHIP in user["rights"]):
        return
    raise InvalidInput(
        f"{user['login']} cannot be an owner: the account is not active, or lacks {access.OWNERSHIP}.",
        hint="Give one of their access roles that right, or see who has it with: plentymsg user list",
    )
