"""The engine room of notifications: who is told of a message, and what they made of it.

By the bare driver, because they are written while mail is filed or delivered; nothing here begins or ends a
transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection


def tell(connection: Connection, message_id: int, *, everyone_with: str | None) -> None:
    """Tell the subscribers of a message's conversation and of its channel, so far as they are active.

    With `everyone_with`, also every active account that has this right, or all of them.
    """
    connection.execute(
        "INSERT INTO notification (user_id, message_id, created_at)"
        " SELECT u.id, m.id, ? FROM message m JOIN user_account u ON u.active WHERE m.id = ? AND ("
        "  u.id IN (SELECT c.user_id FROM conversation_subscriber c"
        "   WHERE c.conversation_id = m.conversation_id)"
        "  OR u.id IN (SELECT h.user_id FROM channel_subscriber h WHERE h.channel_id = m.channel_id)"
        "  OR (? IS NOT NULL AND (u.admin OR EXISTS ("
        "   SELECT 1 FROM user_access_role x JOIN access_role_right r ON r.role_id = x.role_id"
        '   WHERE x.user_id = u.id AND r."right" = ?))))',
        (stamp(now()), message_id, everyone_with, everyone_with),
    )


def tell_author(connection: Connection, message_id: int) -> None:
    """Tell who wrote a message that it does not leave; anew, if they were told before."""
    connection.execute(
        "INSERT INTO notification (user_id, message_id, created_at)"
        " SELECT u.id, m.id, ? FROM message m JOIN user_account u ON u.id = m.created_by AND u.active"
        " WHERE m.id = ? ON CONFLICT (message_id, user_id)"
        " DO UPDATE SET created_at = excluded.created_at, opened_at = NULL, closed_at = NULL",
        (stamp(now()), message_id),
    )


def count_open(connection: Connection, user_id: int) -> int:
    """How many notifications a user has not closed."""
    return int(
        connection.execute(
            "SELECT count(*) FROM notification WHERE user_id = ? AND closed_at IS NULL", (user_id,)
        ).fetchone()[0]
    )


def mark_opened(connection: Connection, notification_id: int) -> None:
    """Note that a notification was opened; the first time counts."""
    connection.execute(
        "UPDATE notification SET opened_at = coalesce(opened_at, ?) WHERE id = ?",
        (stamp(now()), notification_id),
    )


def close(connection: Connection, user_id: int, notification_ids: Sequence[int] | None) -> int:
    """Close these of a user's notifications, or all; return how many were open."""
    moment = stamp(now())
    if notification_ids is None:
        return connection.execute(
            "UPDATE notification SET closed_at = ? WHERE user_id = ? AND closed_at IS NULL", (moment, user_id)
        ).rowcount
    return sum(
        connection.execute(
            "UPDATE notification SET closed_at = ? WHERE id = ? AND user_id = ? AND closed_at IS NULL",
            (moment, notification_id, user_id),
        ).rowcount
        for notification_id in notification_ids
    )
