"""Whom a message is about: what templates may say of them, and their language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from plentymsg.errors import NotFound
from plentymsg.messenger import thread_variables, variables
from plentymsg.messenger.access import Actor
from plentymsg.messenger.languages import Wish, code_of
from plentymsg.rules.draft import Recipient
from plentymsg.store import views
from plentymsg.store.customers import as_id
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Audience(NamedTuple):
    """What is known of the customer, the order and the conversation of a message."""

    variables: dict[str, object]
    """Flat, as templates name them; what is not known is left out."""
    wish: Wish


def of_message(
    connection: Connection, actor: Actor, recipients: Iterable[Recipient], conversation: Row | None = None
) -> Audience:
    """Of the first contact and order among the recipients, else of those that the conversation is linked to.

    `conversation` is a row of `v_conversation`. A contact or order that is not in the store is left out.
    """
    given = [(recipient.kind, recipient.value) for recipient in recipients]
    if conversation is not None:
        given += [(held["kind"], held["value"]) for held in views.parsed(conversation["relations"])]
    known: dict[str, object] = {}
    if conversation is not None:
        known |= thread_variables.of_conversation(connection, conversation)
    for kind, of_thing in (("order", variables.of_order), ("contact", variables.of_contact)):
        number = next((as_id(value) for which, value in given if which == kind), None)
        try:
            known |= {} if number is None else of_thing(connection, number)
        except NotFound:  # a recipient is refused elsewhere, by its name; a link may be older than the data
            continue
    return _audience(connection, actor, known)


def of_things(
    connection: Connection, actor: Actor, *, contact_id: int | None = None, order_id: int | None = None
) -> Audience:
    """Of a contact and an order, as far as they are given. Raises NotFound."""
    known: dict[str, object] = {}
    if order_id is not None:
        known |= variables.of_order(connection, order_id)
    if contact_id is not None:
        known |= variables.of_contact(connection, contact_id)
    return _audience(connection, actor, known)


def _audience(connection: Connection, actor: Actor, known: dict[str, object]) -> Audience:
    writer = views.select(connection, "v_user", {"id": actor.id})[0]
    language = code_of(str(known.get("contact.lang", "")))
    return Audience(known, Wish(recipient=language, writer=code_of(writer["language"])))
