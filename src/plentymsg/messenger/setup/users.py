"""Adding, changing and deleting user accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator
from sqlmodel import Session, SQLModel, col, select

from plentymsg.errors import Conflict, InvalidInput
from plentymsg.messenger import access, naming, users
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Address, Fields, Line, Name, quoted, wrong
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import UserAccount

NOUN = Noun("user", users.read)
SHORTEST_LOGIN = 5


def _one_word(login: str) -> str:
    if any(letter.isspace() for letter in login):
        raise wrong(f"{quoted(login)} has a space in it; a login has none")
    return login


class UserFields(Fields):
    """What an account has. The login is its identity and stays."""

    login: Annotated[Name, AfterValidator(_one_word)]
    name: Line = ""
    email: Address = ""
    admin: bool = False
    active: bool = True


def add(session: Session, actor: Actor, fields: UserFields) -> Change:
    """Add an account. The same again is `unchanged`; Conflict if its login is taken with other values.

    Raises InvalidInput for a login of less than five characters.
    """
    access.require(actor, access.ADMIN)
    existing = naming.id_of(users.every(driver_of(session)), fields.login)
    if existing is not None:
        return change.same(alter(session, actor, existing, fields.given()))
    if len(fields.login) < SHORTEST_LOGIN:
        raise InvalidInput(
            f"login: {fields.login!r} is too short.",
            hint=f"A login has at least {SHORTEST_LOGIN} characters.",
        )
    row = UserAccount(**fields.model_dump())
    session.add(row)
    session.flush()
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, user_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of an account. Raises Conflict if no active admin would be left."""
    access.require(actor, access.ADMIN)
    before = users.read(driver_of(session), user_id)
    target = change.target(UserFields, before, {**changes, "login": before["login"]})
    if not (target.admin and target.active):
        _require_another_admin(session, before)
    row = session.get_one(UserAccount, user_id)
    row.name, row.email, row.admin, row.active = target.name, target.email, target.admin, target.active
    return change.changed(session, actor, NOUN, user_id, before)


def delete(session: Session, actor: Actor, user_id: int) -> Change:
    """Delete an account that has done nothing yet.

    Raises Conflict if anything names it (its changes stay in the history under its login), or no active
    admin would be left.
    """
    access.require(actor, access.ADMIN)
    before = users.read(driver_of(session), user_id)
    _require_another_admin(session, before)
    naming_it = _tables_naming(session, user_id)
    if naming_it:
        raise Conflict(
            f"{before['login']} is still named by: {', '.join(naming_it)}.",
            hint=f"Deactivate it instead: plentymsg user set {before['login']} --inactive",
        )
    session.delete(session.get_one(UserAccount, user_id))
    return change.deleted(session, actor, NOUN, user_id, before)


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
    """In words, what refers to an account: every table with a foreign key to it is asked."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            to_users = any(key.target_fullname == "user_account.id" for key in column.foreign_keys)
            if to_users and session.execute(select(column).where(column == user_id).limit(1)).first():
                found.append(table.name.replace("_", " "))
    return found
