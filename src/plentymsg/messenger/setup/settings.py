"""Changing the settings that hold for the whole messenger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field
from sqlmodel import Session

from plentymsg.messenger import access, settings
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.channels import give_target_addresses
from plentymsg.messenger.setup.clients import put_clients
from plentymsg.messenger.setup.fields import Domain, Fields, Line, Name
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Settings

NOUN = Noun("settings", settings.read, lambda _: "")


class SettingsFields(Fields):
    """What there is to set."""

    live_mode: bool = False
    client_name: Line = ""
    clients: list[Name] = Field(default=[])
    target_domain: Domain = ""


def alter(session: Session, actor: Actor, changes: Mapping[str, Any]) -> Change:
    """Change what is given of the settings.

    With a domain for target addresses, each channel that has none gets one; those that are made stay.
    Raises Conflict if a client is left out that tags still have.
    """
    access.require(actor, access.ADMIN)
    before = settings.read(driver_of(session))
    target = change.target(SettingsFields, before, changes)
    row = session.get_one(Settings, settings.THE_ONE)
    row.live_mode, row.client_name = target.live_mode, target.client_name
    put_clients(session, target.clients)
    row.target_domain = target.target_domain
    give_target_addresses(session, actor, target.target_domain)
    return change.changed(session, actor, NOUN, settings.THE_ONE, before)
