"""Reading saved filters: searches that somebody has kept, for themselves or for everyone.

A filter belongs to a noun, `tag` so far; what its criteria mean, that noun's search knows. Whoever may
read the noun may keep filters of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from plentymsg.messenger import access, naming, tag_search
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Searched(NamedTuple):
    """What a noun asks of those who have filters of it, and of their criteria."""

    right: str
    checked: Callable[[Connection, Mapping[str, Any]], dict[str, Any]]
    """Gives criteria as they are kept; raises InvalidInput or NotFound for what cannot be looked for."""


NOUNS = {"tag": Searched(access.TAG_READ, tag_search.checked_criteria)}

_ORDER = "user, position, id"


def listed(connection: Connection, actor: Actor, noun: str) -> list[Row]:
    """The filters that `actor` may apply: their own in their order, then those of others for all."""
    access.require(actor, NOUNS[noun].right)
    held = views.select(connection, "v_saved_filter", {"noun": noun}, order_by=_ORDER)
    rows = [_shaped(row, actor) for row in held]
    own = [row for row in rows if row["user"] == actor.login]
    return own + [row for row in rows if row["for_all"] and row["user"] != actor.login]


def owned(connection: Connection, actor: Actor, noun: str, user_id: int) -> list[Row]:
    """The filters of one user in their order, for use cases that have asked for their own right."""
    where = {"noun": noun, "user_id": user_id}
    return [_shaped(row, actor) for row in views.select(connection, "v_saved_filter", where, order_by=_ORDER)]


def shown(connection: Connection, actor: Actor, noun: str, reference: str) -> Row:
    """The filter that `reference` names: by its ID, or its name, an own one first. Raises NotFound."""
    known = listed(connection, actor, noun)
    own = naming.id_of([row for row in known if row["user"] == actor.login], reference)
    if own is None:
        own = naming.find(reference, naming.candidates(known, shown="name"), f"{noun} filter")
    return next(row for row in known if row["id"] == own)


def default_of(connection: Connection, actor: Actor, noun: str) -> Row | None:
    """The filter with which the actor's list of a noun begins, if there is one."""
    return next((row for row in listed(connection, actor, noun) if row["default"]), None)


def read(connection: Connection, filter_id: int, actor: Actor) -> Row:
    """The filter with this ID, as `actor` sees it."""
    row = views.first(connection, "v_saved_filter", {"id": filter_id})
    if row is None:
        raise naming.unknown("tag filter", filter_id)
    return _shaped(row, actor)


def _shaped(row: Row, actor: Actor) -> Row:
    return {
        "id": row["id"],
        "name": row["name"],
        "criteria": views.parsed(row["query"]),
        "default": actor.id in views.parsed(row["default_of"]),
        "for_all": bool(row["for_all"]),
        "user": row["user"],
        "position": row["position"],
    }
