"""The engine room of conversations: file messages, and find threads.

By the bare driver, because a fetch files thousands of mails; nothing here begins or ends a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection

MOST_REFERENCES = 500
"""How many Message-IDs of a thread are kept and looked for; a real thread has fewer."""


class AddressLine(NamedTuple):
    """An address in the header `field`: `to`, `cc`, `bcc` or `reply-to`."""

    field: str
    name: str
    email: str


class AttachmentLine(NamedTuple):
    """An attachment as it is listed; `size` in bytes."""

    name: str
    content_type: str
    size: int


class Relation(NamedTuple):
    """What a conversation is linked to: a `contact` or an `order` by its ID, or an `email` address."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A message to be filed. `raw` is as it came over the wire, or as it will leave."""

    direction: str
    channel_id: int | None
    header_id: str
    subject: str
    from_name: str
    from_email: str
    date: str
    text: str
    html: str
    raw: bytes
    marks: Sequence[str] = ()
    evidence: str = ""
    addresses: Sequence[AddressLine] = ()
    references: Sequence[str] = ()
    attachments: Sequence[AttachmentLine] = ()
    key: str | None = None
    key_digest: str | None = None
    created_by: int | None = None
    minutes: int | None = None
    billable: bool = False
    tag_ids: Sequence[int] = ()
    template_id: int | None = None
    """The template that it was made with."""


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """A conversation to be opened, with what its channel gives to new ones."""

    subject: str
    channel_id: int | None
    group_id: int
    type_id: int | None
    status_id: int | None
    marketplace: str | None
    created_at: str
    tag_ids: Sequence[int] = field(default=())
    owners: Sequence[tuple[int, int]] = field(default=())
    """(role ID, user ID)"""
    subscriber_ids: Sequence[int] = field(default=())


class Related(NamedTuple):
    """A filed message that a thread may hang on."""

    conversation_id: int
    channel_id: int | None
    header_id: str


def open_conversation(connection: Connection, record: ConversationRecord) -> int:
    """Add a conversation without messages; return its ID."""
    cursor = connection.execute(
        "INSERT INTO conversation (subject, channel_id, group_id, type_id, status_id, marketplace,"
        " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.subject,
            record.channel_id,
            record.group_id,
            record.type_id,
            record.status_id,
            record.marketplace,
            record.created_at,
            record.created_at,
        ),
    )
    conversation_id = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO conversation_tag (conversation_id, tag_id) VALUES (?, ?)",
        [(conversation_id, tag_id) for tag_id in record.tag_ids],
    )
    connection.executemany(
        "INSERT INTO conversation_owner (conversation_id, role_id, user_id) VALUES (?, ?, ?)",
        [(conversation_id, role_id, user_id) for role_id, user_id in record.owners],
    )
    connection.executemany(
        "INSERT INTO conversation_subscriber (conversation_id, user_id) VALUES (?, ?)",
        [(conversation_id, user_id) for user_id in record.subscriber_ids],
    )
    return conversation_id


def file_message(connection: Connection, conversation_id: int, record: MessageRecord) -> int:
    """Add a message, whole, to a conversation; return its ID."""
    cursor = connection.execute(
        "INSERT INTO message"
        " (conversation_id, channel_id, direction, header_id, subject, from_name, from_email,"
        " date, text, html, marks, evidence, key, key_digest, created_at, created_by,"
        " minutes, billable, template_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            conversation_id,
            record.channel_id,
            record.direction,
            record.header_id,
            record.subject,
            record.from_name,
            record.from_email,
            record.date,
            record.text,
            record.html,
            json.dumps(sorted(record.marks)),
            record.evidence,
            record.key,
            record.key_digest,
            stamp(now()),
            record.created_by,
            record.minutes,
            record.billable,
            record.template_id,
        ),
    )
    message_id = int(cursor.lastrowid or 0)
    _file_parts(connection, message_id, record)
    connection.execute(
        "UPDATE conversation SET updated_at = max(updated_at, ?) WHERE id = ?", (record.date, conversation_id)
    )
    return message_id


def _file_parts(connection: Connection, message_id: int, record: MessageRecord) -> None:
    connection.execute("INSERT INTO message_raw (message_id, raw) VALUES (?, ?)", (message_id, record.raw))
    connection.executemany(
        "INSERT INTO message_address (message_id, place, field, name, email) VALUES (?, ?, ?, ?, ?)",
        [(message_id, place, *address) for place, address in enumerate(record.addresses)],
    )
    references = list(dict.fromkeys(record.references))[-MOST_REFERENCES:]
    connection.executemany(
        "INSERT INTO message_reference (message_id, place, header_id) VALUES (?, ?, ?)",
        [(message_id, place, header_id) for place, header_id in enumerate(references)],
    )
    connection.executemany(
        "INSERT INTO attachment (message_id, place, name, content_type, size) VALUES (?, ?, ?, ?, ?)",
        [(message_id, place, *attachment) for place, attachment in enumerate(record.attachments)],
    )
    connection.executemany(
        "INSERT INTO message_tag (message_id, tag_id) VALUES (?, ?)",
        [(message_id, tag_id) for tag_id in record.tag_ids],
    )


def messages_with_ids(connection: Connection, header_ids: Sequence[str]) -> list[Related]:
    """The filed messages whose Message-ID is among `header_ids`."""
    wanted = list(header_ids)[-MOST_REFERENCES:]
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(
        "SELECT conversation_id, channel_id, header_id FROM message"
        f" WHERE header_id IN ({marks}) ORDER BY id",
        wanted,
    )
    return [Related(*row) for row in rows]


def messages_referring_to(connection: Connection, header_ids: Sequence[str]) -> list[Related]:
    """The filed messages that name one of `header_ids` in their References or In-Reply-To."""
    wanted = list(header_ids)[-MOST_REFERENCES:]
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(
        "SELECT m.conversation_id, m.channel_id, r.header_id FROM message_reference r"
        f" JOIN message m ON m.id = r.message_id WHERE r.header_id IN ({marks}) ORDER BY m.id",
        wanted,
    )
    return [Related(*row) for row in rows]


def first_of_sender(
    connection: Connection, channel_id: int, header_ids: Sequence[str], email: str
) -> Related | None:
    """The first message of a channel that names one of `header_ids`, in a conversation of this address.

    A conversation is of an address if a message in it came from there or was sent to it. Thousands may
    name the same newsletter: one query asks once for each of their conversations.
    """
    wanted = list(header_ids)[-MOST_REFERENCES:]
    marks = ", ".join("?" * len(wanted))
    row = connection.execute(
        "SELECT s.conversation_id, s.channel_id, s.header_id FROM"
        # With min(), SQLite takes the other columns from the row that has the minimum.
        " (SELECT m.conversation_id, m.channel_id, r.header_id, min(m.id) AS message_id"
        "  FROM message_reference r JOIN message m ON m.id = r.message_id"
        f" WHERE r.header_id IN ({marks}) AND m.channel_id = ? GROUP BY m.conversation_id) s"
        " WHERE EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = s.conversation_id AND ("
        " (m.direction = 'in' AND lower(m.from_email) = lower(?)) OR (m.direction = 'out' AND EXISTS ("
        "  SELECT 1 FROM message_address a WHERE a.message_id = m.id AND a.field <> 'reply-to'"
        "  AND lower(a.email) = lower(?)))))"
        " ORDER BY s.message_id LIMIT 1",
        (*wanted, channel_id, email, email),
    ).fetchone()
    return Related(*row) if row else None


def has_message(connection: Connection, conversation_id: int, header_id: str) -> bool:
    """Whether a conversation holds a message with this Message-ID."""
    row = connection.execute(
        "SELECT 1 FROM message WHERE conversation_id = ? AND header_id = ?", (conversation_id, header_id)
    ).fetchone()
    return row is not None


def is_untouched(connection: Connection, conversation_id: int) -> bool:
    """Whether nobody has worked on a conversation: all of it is what customers wrote."""
    row = connection.execute(
        "SELECT 1 FROM message WHERE conversation_id = ? AND direction <> 'in' UNION ALL"
        " SELECT 1 FROM history WHERE kind = 'conversation' AND thing_id = ? LIMIT 1",
        (conversation_id, conversation_id),
    ).fetchone()
    return row is None


def merge(connection: Connection, conversation_id: int, into: int, reason: str) -> None:
    """Move all messages of a conversation into another one, which tells why, and delete it."""
    connection.execute(
        "UPDATE message SET conversation_id = ?, evidence = evidence || ? WHERE conversation_id = ?",
        (into, f"; {reason}", conversation_id),
    )
    connection.execute(
        "UPDATE conversation SET (created_at, updated_at) = (SELECT min(c.created_at), max(c.updated_at)"
        " FROM conversation c WHERE c.id IN (?, ?)) WHERE id = ?",
        (into, conversation_id, into),
    )
    connection.execute(
        "INSERT OR IGNORE INTO conversation_relation (conversation_id, kind, value)"
        " SELECT ?, kind, value FROM conversation_relation WHERE conversation_id = ?",
        (into, conversation_id),
    )
    # What has come in may be older than what somebody has seen: it must not count as seen.
    connection.execute("DELETE FROM conversation_seen WHERE conversation_id = ?", (into,))
    connection.execute("DELETE FROM conversation WHERE id = ?", (conversation_id,))


def relate(connection: Connection, conversation_id: int, relations: Iterable[Relation]) -> bool:
    """Link a conversation to what it is about; whether any of these links is new."""
    before = connection.total_changes
    connection.executemany(
        "INSERT OR IGNORE INTO conversation_relation (conversation_id, kind, value) VALUES (?, ?, ?)",
        [(conversation_id, *relation) for relation in relations],
    )
    return connection.total_changes > before


def unrelate(connection: Connection, conversation_id: int, relation: Relation) -> bool:
    """Take a link from a conversation; whether it had it."""
    cursor = connection.execute(
        "DELETE FROM conversation_relation WHERE conversation_id = ? AND kind = ? AND value = ?",
        (conversation_id, *relation),
    )
    return cursor.rowcount == 1


def relations_of(connection: Connection, conversation_id: int) -> list[Relation]:
    """What a conversation is linked to."""
    rows = connection.execute(
        "SELECT kind, value FROM conversation_relation WHERE conversation_id = ? ORDER BY kind, value",
        (conversation_id,),
    )
    return [Relation(*row) for row in rows]


def internal_conversation(connection: Connection, relation: Relation, group_system: str) -> int | None:
    """The first conversation without a channel, in this system group, that is linked so; None without one."""
    row = connection.execute(
        "SELECT c.id FROM conversation_relation r JOIN conversation c ON c.id = r.conversation_id"
        " JOIN messenger_group g ON g.id = c.group_id WHERE r.kind = ? AND r.value = ?"
        " AND c.channel_id IS NULL AND g.system = ? ORDER BY c.id LIMIT 1",
        (*relation, group_system),
    ).fetchone()
    return int(row[0]) if row else None


def mark_seen(connection: Connection, conversation_id: int, user_id: int, message_id: int) -> None:
    """Note that a user has seen a conversation up to a message."""
    connection.execute(
        "INSERT INTO conversation_seen (conversation_id, user_id, message_id) VALUES (?, ?, ?)"
        " ON CONFLICT (conversation_id, user_id)"
        " DO UPDATE SET message_id = max(message_id, excluded.message_id)",
        (conversation_id, user_id, message_id),
    )


def defaults_of_channel(
    connection: Connection, channel_id: int
) -> tuple[list[int], list[tuple[int, int]], list[int]]:
    """What a channel puts on new conversations: tag IDs, (role, user) IDs of owners, subscribers' IDs."""
    tags = connection.execute("SELECT tag_id FROM channel_tag WHERE channel_id = ?", (channel_id,))
    owners = connection.execute(
        "SELECT role_id, user_id FROM channel_owner WHERE channel_id = ?", (channel_id,)
    )
    users = connection.execute("SELECT user_id FROM channel_subscriber WHERE channel_id = ?", (channel_id,))
    return _ints(tags), [(int(role), int(user)) for role, user in owners], _ints(users)


def tags_of_collecting(connection: Connection) -> list[int]:
    """The IDs of the tags for collected conversations."""
    return _ints(connection.execute("SELECT tag_id FROM collecting_tag"))


def message_in_channel(connection: Connection, channel_id: int, header_id: str) -> tuple[int, int] | None:
    """The conversation and the ID of a channel's first message with this Message-ID, if there is one."""
    row = connection.execute(
        "SELECT conversation_id, id FROM message WHERE header_id = ? AND header_id <> ''"
        " AND channel_id = ? ORDER BY id LIMIT 1",
        (header_id, channel_id),
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else None


def raw_of(connection: Connection, message_id: int) -> bytes | None:
    """A message as it came over the wire, or as it leaves; None if it was lost."""
    row = connection.execute("SELECT raw FROM message_raw WHERE message_id = ?", (message_id,)).fetchone()
    return None if row is None else bytes(row[0])


def forget_template(connection: Connection, template_id: int) -> None:
    """Take from messages that they were made with a template, which is to be deleted."""
    connection.execute("UPDATE message SET template_id = NULL WHERE template_id = ?", (template_id,))


def message_with_key(connection: Connection, key: str) -> tuple[int, str] | None:
    """The message that was sent under `key`, and the digest of what was asked for; None if there is none."""
    row = connection.execute("SELECT id, key_digest FROM message WHERE key = ?", (key,)).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def references_of(connection: Connection, message_id: int) -> list[str]:
    """The Message-IDs of the thread above a message, oldest first."""
    rows = connection.execute(
        "SELECT header_id FROM message_reference WHERE message_id = ? ORDER BY place", (message_id,)
    )
    return [str(row[0]) for row in rows]


def _ints(rows: Iterable[Sequence[int]]) -> list[int]:
    return [int(row[0]) for row in rows]
