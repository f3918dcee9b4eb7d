"""Change conversations, any number of them in one statement.

By the bare driver, because a person changes thousands at once; nothing here begins or ends a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_THESE = "(SELECT value FROM json_each(?))"
"""IDs as one value: a list of them has more than SQLite takes values."""


def states(connection: Connection, ids: Iterable[int]) -> dict[int, Row]:
    """What a person can change of these conversations, by ID; what does not exist is left out."""
    cursor = connection.execute(
        "SELECT id, group_id, group_name, type_id, type_name, status_id, status_name, tags, owners"
        f" FROM v_conversation WHERE id IN {_THESE}",
        (_json(ids),),
    )
    return {row["id"]: dict(row) for row in cursor}


def place(
    connection: Connection, ids: Iterable[int], group_id: int, type_id: int | None, status_id: int | None
) -> None:
    """Put conversations into a group, with a type and a status, or with none."""
    connection.execute(
        f"UPDATE conversation SET group_id = ?, type_id = ?, status_id = ? WHERE id IN {_THESE}",
        (group_id, type_id, status_id, _json(ids)),
    )


def add_tags(connection: Connection, ids: Iterable[int], tag_ids: Sequence[int]) -> None:
    """Put tags on conversations, besides those that are there."""
    connection.execute(
        "INSERT INTO conversation_tag (conversation_id, tag_id)"
        " SELECT c.id, t.id FROM conversation c CROSS JOIN tag t"
        f" WHERE c.id IN {_THESE} AND t.id IN {_THESE} ON CONFLICT DO NOTHING",
        (_json(ids), _json(tag_ids)),
    )


def add_tags_of_channel(connection: Connection, conversation_id: int, channel_id: int) -> None:
    """Put a channel's tags on a conversation in which it receives or sends a message.

    What a person has once decided about the tags of the conversation stays.
    """
    connection.execute(
        "INSERT INTO conversation_tag (conversation_id, tag_id)"
        " SELECT ?, x.tag_id FROM channel_tag x WHERE x.channel_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM history h WHERE h.kind = 'conversation' AND h.thing_id = ?"
        " AND h.action = 'changed' AND json_type(h.before, '$.tags') IS NOT NULL) ON CONFLICT DO NOTHING",
        (conversation_id, channel_id, conversation_id),
    )


def remove_tags(connection: Connection, ids: Iterable[int], tag_ids: Sequence[int]) -> None:
    """Take tags off conversations."""
    connection.execute(
        f"DELETE FROM conversation_tag WHERE conversation_id IN {_THESE} AND tag_id IN {_THESE}",
        (_json(ids), _json(tag_ids)),
    )


def set_owner(connection: Connection, ids: Iterable[int], role_id: int, user_id: int) -> None:
    """Give a role in conversations to a user, whoever had it."""
    connection.execute(
        "INSERT INTO conversation_owner (conversation_id, role_id, user_id)"
        f" SELECT id, ?, ? FROM conversation WHERE id IN {_THESE}"
        " ON CONFLICT (conversation_id, role_id) DO UPDATE SET user_id = excluded.user_id",
        (role_id, user_id, _json(ids)),
    )


def remove_owners(connection: Connection, ids: Iterable[int], role_ids: Sequence[int]) -> None:
    """Take roles in conversations from whoever has them."""
    connection.execute(
        f"DELETE FROM conversation_owner WHERE conversation_id IN {_THESE} AND role_id IN {_THESE}",
        (_json(ids), _json(role_ids)),
    )


def _json(ids: Iterable[int]) -> str:
    return json.dumps(list(ids))
