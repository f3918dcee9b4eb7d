"""Internal messages: notes between colleagues, which never leave the store and need no channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, conversations, groups, tags
from plentymsg.messenger.access import Actor
from plentymsg.messenger.placing import real_group
from plentymsg.messenger.plain import require_plain
from plentymsg.messenger.tagging import for_conversations
from plentymsg.store import filing, history, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection
from plentymsg.store.filing import ConversationRecord, MessageRecord
from plentymsg.store.views import Row

GENERAL = "general"
"""The group of what is begun without saying where: a system group's key."""


class Note(NamedTuple):
    """What is whispered. `minutes` is the working time that it records, `billable` that it is paid for."""

    text: str
    tags: Sequence[str] = ()
    minutes: int | None = None
    billable: bool = False


def whisper(connection: Connection, actor: Actor, reference: str, note: Note) -> Row:
    """Whisper in a conversation, in the caller's transaction; the message, as `conversation show` has it.

    Raises NotFound, or InvalidInput for a note without text, or with minutes but no tag for that.
    """
    access.require(actor, access.MESSAGE_CREATE, access.MESSENGER_UPDATE)
    conversation = conversations.row_of(connection, reference)
    if conversation["group_system"] == conversations.CONTACT_NOTES:
        access.require(actor, access.COMMENTS_CREATE)
    return file_note(connection, actor, conversation["id"], "whispered", "", note)


def begin(connection: Connection, actor: Actor, subject: str, group: str | None, note: Note) -> Row:
    """Begin a conversation that is only for colleagues, and so has no channel. Raises as `whisper` does."""
    access.require(actor, access.MESSENGER_CREATE, access.MESSAGE_CREATE)
    line = " ".join(subject.split())
    if not line:
        raise InvalidInput("A new conversation has a subject.", hint="Give it with --subject.")
    require_plain("subject", line)
    group_id = real_group(connection, group or GENERAL)
    if groups.read(connection, group_id)["system"] == conversations.CONTACT_NOTES:
        raise InvalidInput(
            "The notes of that group are each about a contact.",
            hint="Write one with: plentymsg contact note add CONTACT --text NOTE",
        )
    conversation_id = filing.open_conversation(
        connection,
        ConversationRecord(
            subject=line,
            channel_id=None,
            group_id=group_id,
            type_id=None,
            status_id=None,
            marketplace=None,
            created_at=stamp(now()),
        ),
    )
    return file_note(connection, actor, conversation_id, "begun", line, note)


def file_note(
    connection: Connection, actor: Actor, conversation_id: int, action: str, subject: str, note: Note
) -> Row:
    """The message that a note becomes, for use cases that have asked for their own right.

    `action` is what the history calls it. Raises InvalidInput as `whisper` does.
    """
    if not note.text.strip():
        raise InvalidInput("The message has no text.", hint="Give it with --text or --text-file.")
    require_plain("text", note.text)
    tag_ids = for_conversations(connection, note.tags)
    _require_tag_for_minutes(connection, note, tag_ids)
    message_id = filing.file_message(
        connection,
        conversation_id,
        MessageRecord(
            direction="whisper",
            channel_id=None,
            header_id="",
            subject=subject,
            from_name=actor.name or actor.login,
            from_email="",
            date=stamp(now()),
            text=note.text,
            html="",
            raw=b"",
            evidence="written here",
            created_by=actor.id,
            minutes=note.minutes,
            billable=note.billable,
            tag_ids=tag_ids,
        ),
    )
    told = {"message": message_id, "minutes": note.minutes, "billable": note.billable}
    history.record(
        connection,
        user_id=actor.id,
        kind="conversation",
        thing_id=conversation_id,
        action=action,
        after={key: value for key, value in told.items() if value}
        | ({"subject": subject} if subject else {}),
    )
    row = views.select(connection, "v_message", {"id": message_id})[0]
    return {**conversations.message_of(row), "conversation": conversation_id}


def _require_tag_for_minutes(connection: Connection, note: Note, tag_ids: Sequence[int]) -> None:
    """Raise InvalidInput for minutes, paid or free, without a tag that is available for such messages."""
    if note.billable and note.minutes is None:
        raise InvalidInput(
            "A billable message records how long it took.", hint="Give the time with --minutes."
        )
    if note.minutes is None:
        return
    known = [tag for tag in tags.every(connection) if tags.BILLABLE in tag["availabilities"]]
    if any(tag["id"] in tag_ids for tag in known):
        return
    names = ", ".join(tag["name"] for tag in known[:8])
    raise InvalidInput(
        "A message with minutes needs a tag that is available for billable messages.",
        hint=f"Give one with --tag; there are: {names}."
        if known
        else f"Add one first: plentymsg tag add NAME --colour COLOUR --availabilities {tags.BILLABLE}",
    )
