"""Adding, changing and deleting user accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from sqlmodel import Session, SQLModel, col, select
from sqlmodel import delete as delete_rows

from plentymsg.errors import Conflict
from plentymsg.messenger import access, access_roles, naming, users
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import (
    Address,
    Fields,
    Line,
    Name,
    Problem,
    Text,
    concerning,
    quoted,
    refused,
    wrong,
)
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import UserAccessRole, UserAccount

NOUN = Noun("user", users.kept)
SHORTEST_LOGIN = 5

Language = Literal[
    "de", "en", "bg", "fr", "it", "es", "tr", "nl", "pl", "pt", "nn", "ro", "da", "se", "cz", "ru", "sk",
    "cn", "vn",
]  # fmt: skip
"""PlentyONE's codes: `se`, `cz`, `cn` and `vn` are countries."""


def _one_word(login: str) -> str:
    if any(letter.isspace() for letter in login):
        raise wrong(f"{quoted(login)} has a space in it; a login has none")
    return login


def _time_zone(name: str) -> str:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):  # how it says so depends on the file that has no such name
        zones = {zone.casefold(): zone for zone in available_timezones()}
        near = get_close_matches(name[:50].casefold(), zones, n=2, cutoff=0.5)
        nearest = " and ".join(zones[zone] for zone in near) or "one such as Europe/Berlin"
        raise wrong(f"there is no time zone {quoted(name)}; there is {nearest}") from None


class UserFields(Fields):
    """What an account has. The login is its identity and stays."""

    login: Annotated[Name, AfterValidator(_one_word)]
    name: Line = ""
    email: Address = ""
    admin: bool = False
    active: bool = True
    language: Language = "de"
    time_zone: Annotated[Name, AfterValidator(_time_zone)] = "Europe/Berlin"
    access_roles: list[Line] = Field(default=[])
    signature_text: Text = ""
    signature_html: Text = ""


def add(session: Session, actor: Actor, fields: UserFields) -> Change:
    """Add an account. The same again is `unchanged`; Conflict if its login is taken with other values.

    Raises InvalidInput for a login of less than five characters, NotFound for an unknown access role.
    """
    access.require(actor, access.ADMIN)
    existing = naming.id_of(users.every(driver_of(session)), fields.login)
    if existing is not None:
        return change.same(alter(session, actor, existing, fields.given()))
    if len(fields.login) < SHORTEST_LOGIN:
        sentence = f"{quoted(fields.login)} is too short; a login has at least {SHORTEST_LOGIN} characters"
        raise refused([Problem(("login",), sentence)])
    row = UserAccount(**fields.model_dump(exclude={"access_roles"}))
    session.add(row)
    session.flush()
    assert row.id is not None
    _give_roles(session, row.id, fields.access_roles)
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, user_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of an account.

    Raises NotFound for an unknown access role, Conflict if no active admin would be left.
    """
    access.require(actor, access.ADMIN)
    before = users.kept(driver_of(session), user_id)
    target = change.target(UserFields, before, {**changes, "login": before["login"]})
    if not (target.admin and target.active):
        _require_another_admin(session, before)
    row = session.get_one(UserAccount, user_id)
    for key, value in target.model_dump(exclude={"login", "access_roles"}).items():
        setattr(row, key, value)
    _give_roles(session, user_id, target.access_roles)
    done = change.changed(session, actor, NOUN, user_id, before)
    gives_up = user_id == actor.id and before["admin"] and not (target.admin and target.active)
    return done._replace(warnings=_no_admin_any_more(session)) if gives_up else done


def delete(session: Session, actor: Actor, user_id: int) -> Change:
    """Delete an account that has done nothing yet.

    Raises Conflict if anything names it (its changes stay in the history under its login), or no active
    admin would be left.
    """
    access.require(actor, access.ADMIN)
    before = users.kept(driver_of(session), user_id)
    _require_another_admin(session, before)
    naming_it = _tables_naming(session, user_id)
    if naming_it:
        raise Conflict(
            f"{before['login']} is still named by: {', '.join(naming_it)}.",
            hint=f"Deactivate it instead: plentymsg user set {before['login']} --inactive",
        )
    session.delete(session.get_one(UserAccount, user_id))
    return change.deleted(session, actor, NOUN, user_id, before)


def _give_roles(session: Session, user_id: int, names: Iterable[str]) -> None:
    """Let an account have these access roles and no others; several add up."""
    with concerning("access_roles"):
        role_ids = {access_roles.find(driver_of(session), name) for name in names}
    session.execute(delete_rows(UserAccessRole).where(col(UserAccessRole.user_id) == user_id))
    session.add_all(UserAccessRole(user_id=user_id, role_id=role_id) for role_id in role_ids)


def _no_admin_any_more(session: Session) -> tuple[str, ...]:
    others = select(UserAccount.login).where(col(UserAccount.admin), col(UserAccount.active))
    return (f"You are no admin any more; ask one to become one again: {', '.join(session.exec(others))}.",)


def _require_another_admin(session: Session, before: Mapping[str, Any]) -> None:
    if not (before["admin"] and before["active"]):
        return
    others = select(UserAccount.id).where(
        col(UserAccount.admin), col(UserAccount.active), col(UserAccount.id) != before["id"]
    )
    if session.exec(others).first() is None:
        raise Conflict(
            f"{before['login']} is the last active admin and must stay one.",
            hint="Make somebody else an admin first: plentymsg user set LOGIN --admin",
        )


def _tables_naming(session: Session, user_id: int) -> list[str]:
    """In words, what refers to an account and would not go with it: every table with such a key is asked."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            to_users = any(
                key.target_fullname == "user_account.id" and key.ondelete != "CASCADE"
                for key in column.foreign_keys
            )
            if to_users and session.execute(select(column).where(column == user_id).limit(1)).first():
                found.append(table.name.replace("_", " "))
    return found
