"""The engine room of what arrives: how far mailboxes are read, which mails were filed, which were set aside.

By the bare driver, because a fetch files thousands of mails; nothing here begins or ends a transaction.
"""

from __future__ import annotations

from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection


def remember(connection: Connection, channel_id: int, digest: str) -> bool:
    """Note that a channel files the mail with this digest; False if it has filed it before."""
    cursor = connection.execute(
        "INSERT INTO filed_mail (channel_id, digest) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (channel_id, digest),
    )
    return cursor.rowcount == 1


def has_filed(connection: Connection, channel_id: int, digest: str) -> bool:
    """Whether a channel has filed the mail with this digest."""
    row = connection.execute(
        "SELECT 1 FROM filed_mail WHERE channel_id = ? AND digest = ?", (channel_id, digest)
    ).fetchone()
    return row is not None


def deleted_targets(connection: Connection) -> dict[str, int]:
    """The target addresses of deleted channels, in lower case, with the channels' IDs."""
    rows = connection.execute(
        "SELECT lower(target_address), id FROM channel"
        " WHERE deleted_at IS NOT NULL AND target_address IS NOT NULL"
    )
    return {str(address): int(channel_id) for address, channel_id in rows}


def position_of(connection: Connection, channel_id: int, mailbox: str) -> str | None:
    """How far a channel has read a mailbox; None if it never has."""
    row = connection.execute(
        "SELECT position FROM mailbox_position WHERE channel_id = ? AND mailbox = ?", (channel_id, mailbox)
    ).fetchone()
    return str(row[0]) if row else None


def move_position(connection: Connection, channel_id: int, mailbox: str, position: str) -> None:
    """Note how far a channel has read a mailbox, in the transaction that files what was read."""
    connection.execute(
        "INSERT INTO mailbox_position (channel_id, mailbox, position, updated_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (channel_id, mailbox)"
        " DO UPDATE SET position = excluded.position, updated_at = excluded.updated_at",
        (channel_id, mailbox, position, stamp(now())),
    )


def set_aside(
    connection: Connection, *, channel_id: int, mailbox: str, name: str, reason: str, raw: bytes
) -> bool:
    """Keep a mail that could not be filed, whole; False if it was kept before."""
    cursor = connection.execute(
        "INSERT INTO quarantine (channel_id, mailbox, name, reason, raw, created_at)"
        " SELECT ?, ?, ?, ?, ?, ?"
        " WHERE NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.channel_id = ? AND q.raw = ?)",
        (channel_id, mailbox, name, reason, raw, stamp(now()), channel_id, raw),
    )
    return cursor.rowcount == 1


def raw_set_aside(connection: Connection, quarantine_id: int) -> bytes:
    """A mail that was set aside, as it came."""
    row = connection.execute("SELECT raw FROM quarantine WHERE id = ?", (quarantine_id,)).fetchone()
    return bytes(row[0])
