"""Reading the history: who changed what, when, and how it was before.

What was done in conversations is for everyone who may read them; changes to the set-up are for admins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.messenger import (
    access,
    access_roles,
    channels,
    conversations,
    groups,
    naming,
    packs,
    roles,
    statuses,
    tags,
    templates,
    types,
    users,
)
from plentymsg.messenger.access import Actor
from plentymsg.messenger.differences import differences
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

DAILY = ("conversation", "message")
"""The kinds of things that are not part of the set-up."""

_FIND: dict[str, Callable[[Connection, str], int]] = {
    "channel": channels.find,
    "group": groups.find,
    "type": types.find,
    "status": statuses.find,
    "tag": tags.find,
    "role": roles.find,
    "user": users.find,
    "access role": access_roles.find,
    "template": templates.find,
    "pack": packs.find,
    "conversation": lambda connection, reference: int(conversations.row_of(connection, reference)["id"]),
}
"""How a thing of a kind is found by its name. All others, and what was deleted, the history itself knows."""


_NOTHING: tuple[Any, ...] = (None, "", [])


class Search(NamedTuple):
    """Which lines are wanted: of a thing (`KIND` or `KIND:NAME`), by a user, from a time on, of an action."""

    thing: str | None = None
    user: str | None = None
    since: str | None = None
    action: str | None = None


def listed(
    connection: Connection, actor: Actor, search: Search, *, limit: int | None = None, offset: int = 0
) -> list[Row]:
    """The lines that `search` asks for, newest first; for who is no admin, of conversations only.

    Raises Forbidden, NotFound, or InvalidInput for a kind that there is not.
    """
    kind, _, reference = (search.thing or "").partition(":")
    kind, reference = kind.strip(), reference.strip()
    access.require(actor, access.ADMIN if kind and kind not in DAILY else access.MESSENGER_READ)
    where: dict[str, Any] = {}
    if kind:
        where["kind"] = _known_kind(connection, kind)
    elif not actor.admin:
        where["kind"] = DAILY
    if reference:
        where["thing_id"] = _thing(connection, kind, reference)
    if search.user is not None:
        where["user_id"] = users.find(connection, search.user)
    if search.action is not None:
        where["action"] = search.action
    rows = views.history(connection, where, since=search.since, limit=limit, offset=offset)
    return [_shaped(row) for row in rows]


def of_conversation(
    connection: Connection, actor: Actor, conversation_id: int, *, limit: int | None = None, offset: int = 0
) -> list[Row]:
    """What was done in a conversation and to its messages, newest first."""
    access.require(actor, access.MESSENGER_READ)
    rows = views.history(connection, {}, conversation_id=conversation_id, limit=limit, offset=offset)
    return [_shaped(row) for row in rows]


def _known_kind(connection: Connection, kind: str) -> str:
    known = [*_FIND, *DAILY]
    if kind not in known:
        known = sorted({*known, *views.kinds_of_history(connection)})
    if kind not in known:
        raise InvalidInput(
            f"There is no history of {kind!r}.",
            hint=f"Write KIND or KIND:NAME, such as channel:Shop; the kinds are: {', '.join(known)}.",
        )
    return kind


def _thing(connection: Connection, kind: str, reference: str) -> int:
    """The ID of a thing by its ID or name, or of a deleted one by the last name that it had."""
    try:
        return _FIND.get(kind, partial(_unfound, kind))(connection, reference)
    except NotFound:
        thing_id = _remembered(connection, kind, reference)
        if thing_id is None:
            raise
        return thing_id


def _unfound(kind: str, _connection: Connection, reference: str) -> int:
    raise NotFound(
        f"The history knows no {kind} {reference!r}.", hint=f"See all of it with: plentymsg history {kind!r}"
    )


def _remembered(connection: Connection, kind: str, reference: str) -> int | None:
    """The ID of the thing that was called so last, or has this ID."""
    if naming.is_id(reference):
        known = views.exists(connection, "v_history", {"kind": kind, "thing_id": int(reference)})
        return int(reference) if known else None
    if kind in DAILY:  # they have no names
        return None
    for row in views.history(connection, {"kind": kind}):
        if naming.fold(_name(row)) == naming.fold(reference):
            return int(row["thing_id"])
    return None


def _shaped(row: Row) -> Row:
    changes = _changes(views.parsed(row["before"]), views.parsed(row["after"]))
    return {
        "id": row["id"],
        "at": row["at"],
        "user": row["user"],
        "action": row["action"],
        "kind": row["kind"],
        "thing_id": row["thing_id"],
        "name": _name(row),
        "changes": {key: {"before": old, "after": new} for key, (old, new) in changes.items()},
    }


def _changes(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    if before and after:
        return dict(_whole(differences(before, after)))
    # Begun or ended: what it did not have is no news.
    held = {key: value for key, value in _flat(before or after) if key != "id" and value not in _NOTHING}
    return {key: (value, None) if before else (None, value) for key, value in held.items()}


def _whole(found: Mapping[str, tuple[Any, Any]]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The differences, those in what is new or gone as a whole by its keys."""
    for key, (old, new) in found.items():
        if isinstance(old, Mapping) or isinstance(new, Mapping):
            yield from differences(old or {}, new or {}, f"{key}.").items()
        else:
            yield key, (old, new)


def _flat(state: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in state.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _name(row: Row) -> str:
    """What the thing of a line is called: as it was then, by its path if it is a type or a status."""
    state = views.parsed(row["after"]) or views.parsed(row["before"])
    if row["kind"] in DAILY or not ({"login", "name"} & set(state)):
        return ""
    above = {"type": ("group",), "status": ("group", "type")}.get(row["kind"], ())
    names = [*(state[key] for key in above if key in state), naming.identity(state)]
    return naming.join_path(*names) if above else names[-1]
