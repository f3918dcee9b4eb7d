"""Changing the e-mail account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from plentymsg.messenger import access, account
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Address, Fields, Text
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Account

NOUN = Noun("account", account.read, lambda _: "")


class AccountFields(Fields):
    """What there is to set."""

    signature_text: Text = ""
    signature_html: Text = ""
    test_address: Address = ""


def alter(session: Session, actor: Actor, changes: Mapping[str, Any]) -> Change:
    """Change what is given of the account."""
    access.require(actor, access.ADMIN)
    before = account.read(driver_of(session))
    target = change.target(AccountFields, before, changes)
    row = session.get_one(Account, account.THE_ONE)
    for key, value in target.model_dump().items():
        setattr(row, key, value)
    return change.changed(session, actor, NOUN, account.THE_ONE, before)
