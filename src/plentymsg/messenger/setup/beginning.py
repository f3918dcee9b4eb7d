"""What `init` does: make the store, and put in what a messenger begins with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session

from plentymsg.messenger import access
from plentymsg.messenger.access import os_login
from plentymsg.messenger.setup import settings as settings_setup
from plentymsg.messenger.setup.defaults import add_system_groups
from plentymsg.store.engine import driver_of, session_at
from plentymsg.store.migrate import make
from plentymsg.store.tables import Settings, Template, TemplateVersion, UserAccount
from plentymsg.templates.default import default_templates


class Beginning(NamedTuple):
    """What `init` found or made; `changed` says whether it made anything."""

    changed: bool
    store: Path
    user: str


def begin(store: Path, client_name: str | None = None) -> Beginning:
    """Make the store, or bring it up to date, and fill it if it is empty. What is there already stays.

    The first user is the OS user, an admin. It is safe to repeat: an `init` that was cut off is completed.
    Raises StoreFault if the store cannot be made, Forbidden if it is there and the OS user has no account.
    """
    changed = make(store)
    with session_at(store) as session:
        login = os_login()
        settings = session.get(Settings, 1)
        if settings is None:
            settings = _fill(session, login)
            changed = True
        else:
            access.identify(driver_of(session))
        if client_name is not None:
            actor = access.identify(driver_of(session))
            changed |= settings_setup.alter(session, actor, {"client_name": client_name}).changed
        session.commit()
    return Beginning(changed, store, login)


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
