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


_BY_CREATION = "{c}created_at DESC, {c}id DESC"
_ORDERS = {
    "created": ("{c}created_at DESC, {c}id DESC", "{c}created_at, {c}id"),
    "updated": ("{c}updated_at DESC, {c}id DESC", "{c}updated_at, {c}id"),
    "type": tuple(
        f"{{c}}type_id IS NULL, {{type_position}}{way}, {{c}}type_id{way}, {_BY_CREATION}"
        for way in ("", " DESC")
    ),
    "status": tuple(
        f"{{c}}status_id IS NULL, {{status_position}}{way}, {{c}}status_id{way}, {_BY_CREATION}"
        for way in ("", " DESC")
    ),
}
"""How conversations are sorted, and the other way round: of what is alike the newest first, and what has no
type or status at the end."""

SORTS = tuple(_ORDERS)
"""What conversations can be sorted by."""


def conversations(
    connection: Connection,
    user_id: int,
    where: Mapping[str, Any] | None = None,
    *,
    sort: str = "created",
    reverse: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The rows of `v_conversation`, each with `unread`: has this user not seen all of it?

    `where` is as in `select`, of the table's columns; besides, `tag_id` in it is a list of tags of which one
    is on the conversation or one of its messages, `owner_id` one of owners, where None is to have none. By
    time the newest come first, by type and status (of `SORTS`) the lowest position; `reverse` turns that
    round. The IDs of the page come from the table alone: where rows must be sorted, SQLite would else count
    and collect for every row that the view has, and then give a page of them.
    """
    condition, values = _conversation_condition(where or {})
    order = _ORDERS[sort][reverse]
    place = "(SELECT p.position FROM messenger_{0} p WHERE p.id = {0}_id)"
    within = order.format(c="", type_position=place.format("type"), status_position=place.format("status"))
    among = order.format(c="c.", type_position="c.type_position", status_position="c.status_position")
    cursor = connection.execute(
        "SELECT c.*, coalesce(c.last_incoming_id, 0) > coalesce((SELECT s.message_id FROM conversation_seen s"
        " WHERE s.conversation_id = c.id AND s.user_id = ?), 0) AS unread"
        " FROM v_conversation c WHERE c.id IN (SELECT id FROM conversation"
        f"{condition} ORDER BY {within} LIMIT ? OFFSET ?)"
        f" ORDER BY {among}",
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


_AT_ONCE = 500


def accepted(connection: Connection, where: Mapping[str, Any], *, since: str | None = None) -> Iterator[Row]:
    """The rows of `v_accepted`, the oldest first; `where` is as in `select`, `since` the time of the oldest.

    A few at once, each time by a query of its own: a store in which somebody reads for minutes grows.
    """
    condition, values = _accepted_condition(where, since)
    last = 0
    while True:
        rows = connection.execute(
            f"SELECT * FROM v_accepted WHERE id > ?{condition} ORDER BY id LIMIT {_AT_ONCE}", (last, *values)
        ).fetchall()
        yield from map(dict, rows)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1]["id"]


def count_accepted(connection: Connection, where: Mapping[str, Any], *, since: str | None = None) -> int:
    """How many rows these are."""
    condition, values = _accepted_condition(where, since)
    query = f"SELECT count(*) FROM v_accepted WHERE id > 0{condition}"
    return int(connection.execute(query, values).fetchone()[0])


def _accepted_condition(where: Mapping[str, Any], since: str | None) -> tuple[str, list[Any]]:
    condition, values = _condition(where)
    condition = condition.replace(" WHERE ", " AND ", 1)
    return (condition, values) if since is None else (f"{condition} AND created_at >= ?", [*values, since])


def history(
    connection: Connection,
    where: Mapping[str, Any],
    *,
    since: str | None = None,
    conversation_id: int | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The rows of `v_history`, newest first, for which every column of `where` has its value, as in `select`.

    `since` is the time of the oldest; `conversation_id` narrows them to a conversation and its messages.
    """
    condition, values = _condition(where)
    terms = [condition.removeprefix(" WHERE ")] if condition else []
    if since is not None:
        terms.append("at >= ?")
        values.append(since)
    if conversation_id is not None:
        terms.append(
            "(kind = 'conversation' AND thing_id = ? OR kind = 'message'"
            " AND thing_id IN (SELECT id FROM message WHERE conversation_id = ?))"
        )
        values += [conversation_id, conversation_id]
    cursor = connection.execute(
        f"SELECT * FROM v_history{' WHERE ' if terms else ''}{' AND '.join(terms)}"
        " ORDER BY id DESC LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    return [dict(row) for row in cursor]


def kinds_of_history(connection: Connection) -> list[str]:
    """The kinds of things that the history has something about."""
    return [str(row[0]) for row in connection.execute("SELECT DISTINCT kind FROM v_history ORDER BY kind")]


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


def _conversation_condition(where: Mapping[str, Any]) -> tuple[str, list[Any]]:
    columns = {key: value for key, value in where.items() if key not in ("tag_id", "owner_id")}
    condition, values = _condition(columns)
    terms = []
    if "tag_id" in where:
        marks = ", ".join("?" * len(where["tag_id"]))
        terms.append(
            f"id IN (SELECT conversation_id FROM conversation_tag WHERE tag_id IN ({marks}) UNION"
            " SELECT m.conversation_id FROM message_tag t JOIN message m ON m.id = t.message_id"
            f" WHERE t.tag_id IN ({marks}))"
        )
        values.extend([*where["tag_id"], *where["tag_id"]])
    if "owner_id" in where:
        owner_ids = [owner_id for owner_id in where["owner_id"] if owner_id is not None]
        marks = ", ".join("?" * len(owner_ids))
        term = f"id IN (SELECT o.conversation_id FROM conversation_owner o WHERE o.user_id IN ({marks}))"
        if None in where["owner_id"]:
            owners = "SELECT 1 FROM conversation_owner o WHERE o.conversation_id = conversation.id"
            term = f"{term} OR NOT EXISTS ({owners})" if owner_ids else f"NOT EXISTS ({owners})"
        terms.append(f"({term})")
        values.extend(owner_ids)
    if terms:
        condition += (" AND " if condition else " WHERE ") + " AND ".join(terms)
    return condition, values
