"""Notes about a contact: for colleagues only, and so in a conversation without a channel.

A contact has one such conversation, in the group Contact notes; each note is a whisper in it.
"""

from __future__ import annotations

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, contacts
from plentymsg.messenger.access import Actor
from plentymsg.messenger.conversations import CONTACT_NOTES
from plentymsg.messenger.plain import require_plain
from plentymsg.store import filing, history, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection
from plentymsg.store.filing import ConversationRecord, MessageRecord, Relation
from plentymsg.store.views import Row


def add(connection: Connection, actor: Actor, contact_id: int, text: str) -> Row:
    """Note something about a contact, in the caller's transaction; the note, as `listed` gives it.

    Raises NotFound, or InvalidInput for a note without text.
    """
    access.require(actor, access.COMMENTS_CREATE)
    if not text.strip():
        raise InvalidInput("The note has no text.", hint="Give it with --text or --text-file.")
    require_plain("text", text)
    conversation_id = _conversation_of(connection, contact_id) or _begin(connection, contact_id)
    message_id = filing.file_message(
        connection,
        conversation_id,
        MessageRecord(
            direction="whisper",
            channel_id=None,
            header_id="",
            subject="",
            from_name=actor.name or actor.login,
            from_email="",
            date=stamp(now()),
            text=text,
            html="",
            raw=b"",
            evidence="written here",
            created_by=actor.id,
        ),
    )
    history.record(
        connection,
        user_id=actor.id,
        kind="conversation",
        thing_id=conversation_id,
        action="noted",
        after={"contact": contact_id, "message": message_id},
    )
    return _shaped(views.select(connection, "v_message", {"id": message_id})[0])


def listed(connection: Connection, actor: Actor, contact_id: int) -> list[Row]:
    """The notes about a contact, oldest first. Raises NotFound."""
    access.require(actor, access.COMMENTS_READ)
    contacts.read(connection, contact_id)
    conversation_id = _conversation_of(connection, contact_id)
    if conversation_id is None:
        return []
    rows = views.select(connection, "v_message", {"conversation_id": conversation_id}, order_by="date, id")
    return [_shaped(row) for row in rows]


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


def _shaped(row: Row) -> Row:
    return {
        "id": row["id"],
        "conversation": row["conversation_id"],
        "date": row["date"],
        "created_by": row["created_by"],
        "text": row["text"],
    }
