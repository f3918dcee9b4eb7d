"""What of a list is wanted: of groups, types, statuses and roles, which keep what was deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from plentymsg.messenger.naming import fold
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Wanted(NamedTuple):
    """Things with `name` within one of their names, in any case: those there are, or the deleted ones."""

    name: str = ""
    deleted: bool = False
    sort: Literal["position", "id"] = "position"


def listed(
    connection: Connection,
    kind: str,
    wanted: Wanted,
    shaped: Callable[[Row], Row],
    order: str,
    where: Mapping[str, Any] | None = None,
) -> list[Row]:
    """What is wanted of things of a `kind`, `shaped`, in `order` or by ID; deleted ones say since when."""
    view = f"v_any_{kind}" if wanted.deleted else f"v_{kind}"
    rows = views.select(connection, view, where, order_by="id" if wanted.sort == "id" else order)
    return [
        {**shaped(row), "deleted_at": row["deleted_at"]} if wanted.deleted else shaped(row)
        for row in rows
        if _fits(row, wanted)
    ]


def _fits(row: Row, wanted: Wanted) -> bool:
    if wanted.deleted and row["deleted_at"] is None:
        return False
    return any(fold(wanted.name) in fold(row[key] or "") for key in ("name_de", "name_en"))
