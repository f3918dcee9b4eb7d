"""Notes about a contact: for colleagues only, and so in a conversation without a channel.

A contact has one such conversation, in the group Contact notes; each note is a whisper in it.
"""

from __future__ import annotations

from plentymsg.messenger import access, contacts, whisper
from plentymsg.messenger.access import Actor
from plentymsg.messenger.conversations import CONTACT_NOTES
from plentymsg.messenger.whisper import Note
from plentymsg.store import filing, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection
from plentymsg.store.filing import ConversationRecord, Relation
from plentymsg.store.views import Row


def add(connection: Connection, actor: Actor, contact_id: int, text: str) -> Row:
    """Note something about a contact, in the caller's transaction; the note, as `listed` gives it.

    Raises NotFound, or InvalidInput for a note without text.
    """
    access.require(actor, access.COMMENTS_CREATE)
    conversation_id = _conversation_of(connection, contact_id) or _begin(connection, contact_id)
    message = whisper.file_note(connection, actor, conversation_id, "noted", "", Note(text))
    return _shaped(message, conversation_id)


def listed(connection: Connection, actor: Actor, contact_id: int) -> list[Row]:
    """The notes about a contact, oldest first. Raises NotFound."""
    access.require(actor, access.COMMENTS_READ)
    contacts.read(connection, contact_id)
    conversation_id = _conversation_of(connection, contact_id)
    if conversation_id is None:
        return []
    rows = views.select(connection, "v_message", {"conversation_id": conversation_id}, order_by="date, id")
    return [_shaped(row, conversation_id) for row in rows]


def _conversation_of(connection: Connection, contact_id: int) -> int | None:
    return filing.internal_conversation(connection, Relation("contact", str(contact_id)), CONTACT_NOTES)


def _begin(connection: Connection, contact_id: int) -> int:
    contact = contacts.read(connection, contact_id)
    group = views.select(connection, "v_group", {"system": CONTACT_NOTES})[0]
    conversation_id = filing.open_conversation(
        connection,
        ConversationRecord(
            subject=contacts.full_name(contact) or f"Contact {contact_id}",
            channel_id=None,
            group_id=group["id"],
            type_id=None,
            status_id=None,
            marketplace=None,
            created_at=stamp(now()),
        ),
    )
    filing.relate(connection, conversation_id, [Relation("contact", str(contact_id))])
    return conversation_id


def _shaped(message: Row, conversation_id: int) -> Row:
    return {
        "id": message["id"],
        "conversation": conversation_id,
        "date": message["date"],
        "created_by": message["created_by"],
        "text": message["text"],
    }
