"""Who acts, and whether they may.

Every use case asks here first. Rights are named as PlentyONE names them; an administrator has
them all, anybody else has those of their access roles, added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from plentymsg.errors import Forbidden
from plentymsg.store import views
from plentymsg.store.driver import Connection

ADMIN: Final = "Administrator"
MESSAGE_READ: Final = "CRM > Message > Read"
MESSAGE_CREATE: Final = "CRM > Message > Create"
MESSAGE_DELETE: Final = "CRM > Message > Delete"
MESSENGER_READ: Final = "CRM > Messenger > Read"
MESSENGER_UPDATE: Final = "CRM > Messenger > Update"
MESSENGER_CREATE: Final = "CRM > Messenger > Create"
MESSENGER_DELETE: Final = "CRM > Messenger > Delete"
OWNERSHIP: Final = "CRM > Messenger > Ownership"
COMMENTS_READ: Final = "Comments > Read"
COMMENTS_CREATE: Final = "Comments > Create"
TAG_READ: Final = "Setup > Tag > Read"
TAG_CREATE: Final = "Setup > Tag > Create"
TAG_UPDATE: Final = "Setup > Tag > Update"
TAG_DELETE: Final = "Setup > Tag > Delete"
TAG_LINK_CREATE: Final = "Setup > Tag > Tag relationship > Create"
TAG_LINK_DELETE: Final = "Setup > Tag > Tag relationship > Delete"
TEMPLATE_READ: Final = "CRM > EmailBuilder > Read"
TEMPLATE_CREATE: Final = "CRM > EmailBuilder > Create"
TEMPLATE_UPDATE: Final = "CRM > EmailBuilder > Update"
TEMPLATE_DELETE: Final = "CRM > EmailBuilder > Delete"


class Actor(NamedTuple):
    """The user account that a command acts for."""

    id: int
    login: str
    name: str
    admin: bool
    rights: frozenset[str] = frozenset()

    def may(self, right: str) -> bool:
        """Whether they have a right; an admin has every one."""
        return self.admin or right in self.rights


def os_login() -> str:
    """The name of the operating system's user; their number where they have no name, as in some containers.

    Not from the environment, which anyone may set.
    """
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def identify(connection: Connection, on_behalf_of: str | None = None) -> Actor:
    """The account of the OS user, or for an administrator the account named by `on_behalf_of`.

    Raises Forbidden if there is no such account, it is not active, or a non-admin asks for another one.
    """
    login = os_login()
    own = _account(connection, login)
    if on_behalf_of is None or on_behalf_of == login:
        if own is None:
            raise Forbidden(
                f"The OS user {login} has no active account in this store.",
                hint=f"Ask an admin for one: plentymsg user add {login}",
            )
        return own
    if own is None or not own.admin:
        raise Forbidden(
            f"Only an admin may act as {on_behalf_of}: {login} is none.",
            hint="Leave out --as and PLENTYMSG_USER, or ask an admin.",
        )
    other = _account(connection, on_behalf_of)
    if other is None:
        raise Forbidden(
            f"There is no active account {on_behalf_of} to act as.",
            hint="See who there is with: plentymsg user list",
        )
    return other


def require(actor: Actor, *rights: str) -> None:
    """Raise Forbidden, naming what is missing and who can give it, unless `actor` has all of `rights`."""
    missing = [right for right in rights if not actor.may(right)]
    if not missing:
        return
    raise Forbidden(
        f"{actor.login} lacks the right {' and '.join(missing)}.",
        hint=_way_out(actor, missing),
        details={"missing": missing},
    )


def _way_out(actor: Actor, missing: Sequence[str]) -> str:
    who = "see who is one with: plentymsg user list"
    if ADMIN in missing:
        return f"Only an admin may; {who}"
    from plentymsg.messenger.permissions import presets_with

    preset = next(iter(presets_with(missing[0])), None)
    if not actor.rights and preset:
        return (
            f"Ask an admin for an access role, such as one with the preset {preset}:"
            f" plentymsg rights role add NAME --presets {preset}, then plentymsg user set {actor.login}"
            f" --access-roles NAME; {who}"
        )
    asked = " ".join(f"'{right}'" for right in missing)
    return (
        "Ask an admin to give it to one of your access roles:"
        f" plentymsg rights role grant ROLE {asked}; {who}"
    )


def _account(connection: Connection, login: str) -> Actor | None:
    try:
        login.encode()
    except UnicodeEncodeError:  # bytes from the command line that are no text, so no login either
        return None
    row = views.first(connection, "v_user", {"login": login, "active": 1})
    if row is None:
        return None
    rights = frozenset(views.parsed(row["rights"]))
    return Actor(row["id"], row["login"], row["name"], bool(row["admin"]), rights)
