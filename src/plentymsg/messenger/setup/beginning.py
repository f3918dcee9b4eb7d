"""What `init` does: make the store, and put in what a messenger begins with."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from sqlmodel import Session

from plentymsg.messenger import access
from plentymsg.messenger.access import os_login
from plentymsg.messenger.setup import settings as settings_setup
from plentymsg.messenger.setup.defaults import add_system_groups
from plentymsg.store import sharing
from plentymsg.store.engine import driver_of, session_at
from plentymsg.store.migrate import make
from plentymsg.store.tables import Settings, Template, TemplateVersion, UserAccount
from plentymsg.templates.default import default_templates

Done = Literal["made", "migrated", "changed", "unchanged"]


class Beginning(NamedTuple):
    """What `init` found or made, and what it did to that; `backup` is the copy of an older store."""

    done: Done
    store: Path
    user: str
    backup: Path | None = None
    warnings: tuple[str, ...] = ()


def begin(store: Path, client_name: str | None = None, unix_group: str | None = None) -> Beginning:
    """Make the store, or bring an older one up to date, and fill it if it is empty. What is there stays.

    The first user is the OS user, an admin. With `unix_group` everyone in that group may open the store. It
    is safe to repeat: an `init` that was cut off is completed.
    Raises StoreFault if the store cannot be made or shared, NotFound for an unknown group, Forbidden if the
    store is there and the OS user has no account, or is no admin and wants to change something.
    """
    group = None if unix_group is None else sharing.require_shareable(store, unix_group)
    made = make(store)
    filled = changed = False
    with session_at(store) as session:
        login = os_login()
        settings = session.get(Settings, 1)
        if settings is None:
            settings = _fill(session, login)
            filled = True
        actor = access.identify(driver_of(session))
        if group is not None:
            access.require(actor, access.ADMIN)
        if client_name is not None:
            changed = settings_setup.alter(session, actor, {"client_name": client_name}).changed
        session.commit()
    warnings: tuple[str, ...] = ()
    if group is not None:
        changed |= sharing.share(store, group)
        closed = sharing.closed_above(store, group)
        if closed:
            way_out = f"let it: chmod o+x {closed}"
            warnings = (f"The group {unix_group} cannot come to the store through {closed}; {way_out}",)
    done: Done = "made" if filled else "migrated" if made.changed else "changed" if changed else "unchanged"
    return Beginning(done, store, login, made.backup, warnings)


def _fill(session: Session, login: str) -> Settings:
    settings = Settings()
    session.add(settings)
    session.add(UserAccount(login=login, name=login, admin=True))
    add_system_groups(session)
    _add_default_templates(session)
    return settings


def _add_default_templates(session: Session) -> None:
    for given in default_templates():
        template = Template(name=given.name, folder=given.folder)
        session.add(template)
        session.flush()
        assert template.id is not None
        for version in given.versions:
            session.add(
                TemplateVersion(
                    template_id=template.id,
                    language=version.language,
                    subject=version.subject,
                    text=version.text,
                    html=version.html,
                )
            )
