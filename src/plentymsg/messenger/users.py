"""Reading user accounts: who works with the messenger.

Everyone who has an account may read them: who lacks a right is sent here, to find an admin.
"""

from __future__ import annotations

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, naming, permissions
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "login COLLATE NOCASE, id"
SIGNATURES = ("signature_text", "signature_html")


def every(connection: Connection) -> list[Row]:
    """All accounts, by login, without their signatures."""
    rows = views.select(connection, "v_user", order_by=ORDER)
    return [{key: value for key, value in shaped(row).items() if key not in SIGNATURES} for row in rows]


def every_with_rights(connection: Connection) -> list[Row]:
    """All accounts, by login, with the rights that their access roles add up to."""
    return [_with_rights(row) for row in views.select(connection, "v_user", order_by=ORDER)]


def searched(users: list[Row], text: str | None) -> list[Row]:
    """Those of the accounts whose login, name or e-mail address contains `text`, in any case."""
    if text is None:
        return users
    keys = ("login", "name", "email")
    return [user for user in users if any(naming.fold(text) in naming.fold(user[key]) for key in keys)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the account that `reference` names: an ID, a login or a name. Raises NotFound."""
    rows = views.select(connection, "v_user", order_by=ORDER)
    return naming.find(reference, naming.candidates(rows, shown="login"), "user")


def read(connection: Connection, user_id: int) -> Row:
    """The account with this ID, and the rights that its access roles add up to."""
    return _with_rights(_row(connection, user_id))


def kept(connection: Connection, user_id: int) -> Row:
    """The account with this ID, as a configuration file would write it: what it has of its own."""
    return shaped(_row(connection, user_id))


def shaped(row: Row) -> Row:
    """A row of `v_user` as users and scripts see it."""
    return {
        "id": row["id"],
        "login": row["login"],
        "name": row["name"],
        "email": row["email"],
        "admin": bool(row["admin"]),
        "active": bool(row["active"]),
        "language": row["language"],
        "time_zone": row["time_zone"],
        "access_roles": views.parsed(row["access_roles"]),
        "signature_text": row["signature_text"],
        "signature_html": row["signature_html"],
    }


def _with_rights(row: Row) -> Row:
    return {**shaped(row), "rights": permissions.TREE.ordered(views.parsed(row["rights"]))}


def _row(connection: Connection, user_id: int) -> Row:
    row = views.first(connection, "v_user", {"id": user_id})
    if row is None:
        raise naming.unknown("user", user_id)
    return row


def require_may_own(user: Row) -> None:
    """Raise InvalidInput unless an account (as `read` gives it) may be chosen as owner.

    That are active admins, and active users with the right of Ownership.
    """
    if user["active"] and (user["admin"] or access.OWNERSHIP in user["rights"]):
        return
    raise InvalidInput(
        f"{user['login']} cannot be an owner: the account is not active, or lacks {access.OWNERSHIP}.",
        hint=f"Give one of their access roles that right, or see who has it with:"
        f" plentymsg rights who '{access.OWNERSHIP}'",
    )
