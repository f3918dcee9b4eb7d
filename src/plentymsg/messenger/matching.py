"""Link what comes in to the order that it is about, by the address of who wrote it."""

from __future__ import annotations

from plentymsg.messenger import relations
from plentymsg.store import filing, history
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def link(connection: Connection, channel: Row, conversation_id: int, sender: str) -> None:
    """Link a conversation to the sender's newest order and its contact, else to the contact alone.

    Only in a channel that matches orders (a row of `v_channel`), and not where there is an order already
    or a person has taken one away. A conversation with one contact is not linked to another one's: an
    answer in it would speak of both. Within the caller's transaction.
    """
    email = sender.strip().lower()
    if not channel["match_orders"] or not email:
        return
    linked = filing.relations_of(connection, conversation_id)
    contacts = {relation for relation in linked if relation.kind == "contact"}
    if any(relation.kind == "order" for relation in linked):
        return
    found = relations.of_buyer(connection, email)
    if not found or (contacts and not contacts & set(found)):
        return
    if not history.has(connection, "conversation", conversation_id, relations.UNLINKED):
        filing.relate(connection, conversation_id, found)
