"""Reading: rows of the views, by the bare driver."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plentymsg.store.driver import Connection

Row = dict[str, Any]


def select(
    connection: Connection,
    view: str,
    where: Mapping[str, Any] | None = None,
    *,
    order_by: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The rows of `view` for which every column of `where` has its value.

    A list or tuple as a value means any of its members, and none of them no row. `view`,
    columns and `order_by` come from code, never from a user.
    """
    condition, values = _condition(where or {})
    order = f" ORDER BY {order_by}" if order_by else ""
    window = (
        "" if limit is None and not offset else f" LIMIT {-1 if limit is None else limit} OFFSET {offset}"
    )
    cursor = connection.execute(f"SELECT * FROM {view}{condition}{order}{window}", values)
    return [dict(row) for row in cursor]


def conversations(
    connection: Connection,
    user_id: int,
    where: Mapping[str, Any] | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The rows of `v_conversation`, newest first, each with `unread`: has this user not seen all of it?

    `where` is as in `select`, of the table's columns; `tag_id` in it means that one of these tags is on
    the conversation. The IDs of the page come from the table alone: where rows must be sorted, SQLite
    would else count and collect for every row that the view has, and then give a page of them.
    """
    conditions = {column: value for column, value in (where or {}).items() if column != "tag_id"}
    condition, values = _condition(conditions)
    tag_ids = (where or {}).get("tag_id")
    if tag_ids is not None:
        marks = ", ".join("?" * len(tag_ids))
        condition += " AND" if condition else " WHERE"
        condition += f" id IN (SELECT conversation_id FROM conversation_tag WHERE tag_id IN ({marks}))"
        values.extend(tag_ids)
    cursor = connection.execute(
        "SELECT c.*, coalesce(c.last_incoming_id, 0) > coalesce((SELECT s.message_id FROM conversation_seen s"
        " WHERE s.conversation_id = c.id AND s.user_id = ?), 0) AS unread"
        " FROM v_conversation c WHERE c.id IN (SELECT id FROM conversation"
        f"{condition} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?)"
        " ORDER BY c.created_at DESC, c.id DESC",
        (user_id, *values, -1 if limit is None else limit, offset),
    )
    return [dict(row) for row in cursor]


def outbox(
    connection: Connection, states: Sequence[str] = (), *, limit: int | None = None, offset: int = 0
) -> list[Row]:
    """The rows of `v_outbox`, newest first: all, or those in one of `states`.

    Found by way of the ledger, since most messages of a store have come in and are not in the outbox. A
    message is in the state of one of its recipients, so the ledger's index narrows that too.
    """
    window = (-1 if limit is None else limit, offset)
    if not states:
        cursor = connection.execute(
            "SELECT * FROM v_outbox WHERE id IN (SELECT DISTINCT message_id FROM delivery"
            " ORDER BY message_id DESC LIMIT ? OFFSET ?) ORDER BY id DESC",
            window,
        )
    else:
        marks = ", ".join("?" * len(states))
        cursor = connection.execute(
            f"SELECT * FROM v_outbox WHERE state IN ({marks})"
            f" AND id IN (SELECT message_id FROM delivery WHERE state IN ({marks}))"
            " ORDER BY id DESC LIMIT ? OFFSET ?",
            (*states, *states, *window),
        )
    return [dict(row) for row in cursor]


def first(connection: Connection, view: str, where: Mapping[str, Any]) -> Row | None:
    """The first such row, or None."""
    rows = select(connection, view, where, limit=1)
    return rows[0] if rows else None


def count(connection: Connection, view: str) -> int:
    """How many rows a view has."""
    return int(connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0])


def templates_say(connection: Connection, word: str) -> bool:
    """Whether a template has this word in a text or HTML."""
    cursor = connection.execute(
        "SELECT 1 FROM v_template_version WHERE instr(text, ?) OR instr(html, ?) LIMIT 1", (word, word)
    )
    return cursor.fetchone() is not None


def exists(connection: Connection, view: str, where: Mapping[str, Any]) -> bool:
    """Whether there is such a row."""
    return first(connection, view, where) is not None


def parsed(text: str | None) -> Any:
    """The list or mapping that a view gives as JSON."""
    return json.loads(text) if text else []


def statements() -> Iterator[str]:
    """The statements of `views.sql`, one for each view, in order of what they stand on."""
    from importlib.resources import files

    text = files("plentymsg.store").joinpath("views.sql").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("--"))
    for statement in "\n".join(lines).split(";"):
        if statement.strip():
            yield statement.strip()


def _condition(where: Mapping[str, Any]) -> tuple[str, list[Any]]:
    terms: list[str] = []
    values: list[Any] = []
    for column, value in where.items():
        if value is None:
            terms.append(f"{column} IS NULL")
        elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
            terms.append(f"{column} IN ({', '.join('?' * len(value))})")
            values.extend(value)
        else:
            terms.append(f"{column} = ?")
            values.append(value)
    return (" WHERE " + " AND ".join(terms)) if terms else "", values
