"""Reading access roles: sets of rights, which user accounts have.

Everyone who has an account may read them, as they may read the accounts: who lacks a right can see which
role would give it.
"""

from __future__ import annotations

from plentymsg.messenger import naming, permissions
from plentymsg.messenger.permissions import SEPARATOR
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def every(connection: Connection) -> list[Row]:
    """All access roles, by ID, each with the logins of the accounts that have it."""
    holders: dict[str, list[str]] = {}
    for user in views.select(connection, "v_user", order_by="login COLLATE NOCASE, id"):
        for name in views.parsed(user["access_roles"]):
            holders.setdefault(name, []).append(user["login"])
    rows = views.select(connection, "v_access_role", order_by="id")
    return [{**shaped(row), "users": holders.get(row["name"], [])} for row in rows]


def searched(roles: list[Row], text: str | None) -> list[Row]:
    """Those of the roles whose name contains `text`, in any case."""
    return [role for role in roles if text is None or naming.fold(text) in naming.fold(role["name"])]


def find(connection: Connection, reference: str) -> int:
    """The ID of the access role that `reference` names: an ID or a name. Raises NotFound."""
    rows = views.select(connection, "v_access_role", order_by="id")
    return naming.find(reference, naming.candidates(rows, shown="name"), "access role")


def read(connection: Connection, role_id: int) -> Row:
    """The access role with this ID, as a configuration file would write it."""
    row = views.first(connection, "v_access_role", {"id": role_id})
    if row is None:
        raise naming.unknown("access role", role_id)
    return shaped(row)


def shown(connection: Connection, role_id: int) -> Row:
    """One access role, with the logins of the accounts that have it."""
    return next(role for role in every(connection) if role["id"] == role_id)


def shaped(row: Row) -> Row:
    """A row of `v_access_role` as users and scripts see it."""
    ticks = [SEPARATOR.join((tick["node"], tick["action"])) for tick in views.parsed(row["visibilities"])]
    return {
        "id": row["id"],
        "name": row["name"],
        "advanced": bool(row["advanced"]),
        "rights": permissions.TREE.ordered(views.parsed(row["rights"])),
        "visibilities": permissions.VISIBILITIES.ordered(ticks),
    }
