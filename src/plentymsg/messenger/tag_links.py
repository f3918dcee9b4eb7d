"""Reading links: which tag is on which record, by the kind and the ID of the record."""

from __future__ import annotations

from typing import Any

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access
from plentymsg.messenger.access import Actor
from plentymsg.messenger.tag_search import AVAILABILITIES
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def listed(
    connection: Connection,
    actor: Actor,
    *,
    tag_id: int | None = None,
    kind: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The links, of one tag or to one kind of record if that is given. Raises InvalidInput for no kind."""
    access.require(actor, access.TAG_READ)
    if kind is not None and kind not in AVAILABILITIES:
        raise InvalidInput(f"There is no kind {kind!r}.", hint=f"There are: {', '.join(AVAILABILITIES)}.")
    where: dict[str, Any] = {"tag_id": tag_id, "kind": kind}
    where = {column: value for column, value in where.items() if value is not None}
    return views.select(
        connection, "v_tag_link", where, order_by="kind, record_id, tag_id", limit=limit, offset=offset
    )
