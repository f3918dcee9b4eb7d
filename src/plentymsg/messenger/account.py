"""Reading the e-mail account: what stands under messages, and where tests go."""

from __future__ import annotations

from typing import NamedTuple

from plentymsg.messenger import access
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

THE_ONE = 1
"""The ID of the only row."""


class Signed(str):
    """One part of a signature, that knows whose it is."""

    __slots__ = ("owner",)
    owner: str
    """Login of the user; empty for the account's."""

    def __new__(cls, text: str, owner: str) -> Signed:
        new = super().__new__(cls, text)
        new.owner = owner
        return new


class Signature(NamedTuple):
    """What stands under a message, in its two parts."""

    text: Signed
    html: Signed


def shown(connection: Connection, actor: Actor) -> Row:
    """The account."""
    access.require(actor, access.MESSENGER_READ)
    return read(connection)


def read(connection: Connection, _id: int = THE_ONE) -> Row:
    """The account, as a configuration file would write it."""
    return views.select(connection, "v_account")[0]


def signature_of(connection: Connection, user_id: int | None) -> Signature:
    """The signature under what a user writes: their own if they have one, else the account's.

    One of which only the text or only the HTML is there has the other made from it, so that both parts of a
    message say the same.
    """
    from plentymsg.mail.html import html_of_text, text_of_html

    own = views.first(connection, "v_user", {"id": user_id}) if user_id is not None else None
    for row in (own, read(connection)):
        if row and (row["signature_text"] or row["signature_html"]):
            text, html = row["signature_text"], row["signature_html"]
            owner = row.get("login", "")
            return Signature(
                Signed(text or text_of_html(html), owner), Signed(html or html_of_text(text), owner)
            )
    return Signature(Signed("", ""), Signed("", ""))
