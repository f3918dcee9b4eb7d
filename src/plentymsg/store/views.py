"""Reading: rows of the views, by the bare driver."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
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
    cursor = connection.execute(f"SELECT * FROM {view}{condition}{order}{window}", values)  # noqa: S608
    return [dict(row) for row in cursor]


def first(connection: Connection, view: str, where: Mapping[str, Any]) -> Row | None:
    """The first such row, or None."""
    rows = select(connection, view, where, limit=1)
    return rows[0] if rows else None


def exists(connection: Connection, view: str, where: Mapping[str, Any]) -> bool:
    """Whether there is such a row."""
    return first(connection, view, where) is not None


def parsed(text: str | None) -> Any:
    """The list or mapping that a view gives as JSON."""
    return json.loads(text) if text else []


def statements() -> Iterator[str]:
    """The statements of `views.sql`, one for each view, in order of what they stand on."""
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
