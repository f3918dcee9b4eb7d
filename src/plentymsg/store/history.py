"""Who changed what, and how it was before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection


def record(
    connection: Connection,
    *,
    user_id: int | None,
    kind: str,
    thing_id: int,
    action: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the history, in the transaction of the change that it tells of."""
    connection.execute(
        "INSERT INTO history (at, user_id, kind, thing_id, action, before, after)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (stamp(now()), user_id, kind, thing_id, action, _json(before), _json(after)),
    )


def has(connection: Connection, kind: str, thing_id: int, action: str) -> bool:
    """Whether this was done to a thing by somebody."""
    row = connection.execute(
        "SELECT 1 FROM history WHERE kind = ? AND thing_id = ? AND action = ? LIMIT 1",
        (kind, thing_id, action),
    ).fetchone()
    return row is not None


def _json(values: Mapping[str, Any] | None) -> str:
    return json.dumps(values or {}, ensure_ascii=False, sort_keys=True)
