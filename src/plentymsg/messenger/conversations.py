"""Reading conversations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from plentymsg.messenger import access, groups, naming, statuses, types, users
from plentymsg.messenger.access import Actor
from plentymsg.store import filing, views
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.views import Row

CONTACT_NOTES = "contact_notes"
"""The key of the system group with the notes about contacts."""


class Filters(NamedTuple):
    """What a list is narrowed to, by names or IDs: one of each kind that is given must fit."""

    channels: Sequence[str] = ()
    groups: Sequence[str] = ()
    types: Sequence[str] = ()
    statuses: Sequence[str] = ()
    tags: Sequence[str] = ()
    owners: Sequence[str] = ()
    no_owner: bool = False
    """Those that nobody owns, besides those of `owners`."""


def listed(
    connection: Connection,
    actor: Actor,
    filters: Filters,
    *,
    sort: str = "created",
    reverse: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The conversations, sorted as `views.conversations` says. Raises NotFound for an unknown name."""
    access.require(actor, access.MESSENGER_READ)
    where = _condition(connection, filters)
    rows = views.conversations(
        connection, actor.id, where, sort=sort, reverse=reverse, limit=limit, offset=offset
    )
    return [_shaped(row) for row in rows]


def find(connection: Connection, actor: Actor, reference: str) -> Row:
    """The row of `v_conversation` with this ID. Raises NotFound."""
    access.require(actor, access.MESSENGER_READ)
    return row_of(connection, reference)


def row_of(connection: Connection, reference: str) -> Row:
    """The same, for use cases that have asked for their own right."""
    row = None
    if naming.is_id(reference):
        row = views.first(connection, "v_conversation", {"id": int(reference)})
    if row is None:
        raise naming.unknown("conversation", reference)
    return row


def shown(connection: Connection, actor: Actor, conversation_id: int) -> Row:
    """A conversation with its messages, oldest first. Notes about a contact take the right to read them."""
    access.require(actor, access.MESSENGER_READ, access.MESSAGE_READ)
    row = views.conversations(connection, actor.id, {"id": conversation_id})[0]
    if row["group_system"] == CONTACT_NOTES:
        access.require(actor, access.COMMENTS_READ)
    messages = views.select(
        connection, "v_message", {"conversation_id": conversation_id}, order_by="date, id"
    )
    return {
        **_shaped(row),
        "relations": views.parsed(row["relations"]),
        "messages": [message_of(m) for m in messages],
    }


def mark_seen(connection: Connection, actor: Actor, thing: Row) -> None:
    """Note that the actor has seen those messages of a conversation that `shown` gave."""
    access.require(actor, access.MESSENGER_READ)
    seen = max((m["id"] for m in thing["messages"] if m["direction"] == "in"), default=None)
    if seen is not None and thing["unread"]:
        with transaction(connection):
            filing.mark_seen(connection, thing["id"], actor.id, seen)


def message_of(row: Row) -> Row:
    """A row of `v_message` as users and scripts see it."""
    addresses = views.parsed(row["addresses"])
    deliveries = views.parsed(row["deliveries"])
    return {
        "id": row["id"],
        "direction": row["direction"],
        "from": mailbox(row["from_name"], row["from_email"]),
        "to": _mailboxes(addresses, "to"),
        "cc": _mailboxes(addresses, "cc"),
        "subject": row["subject"],
        "text": row["text"],
        "attachments": views.parsed(row["attachments"]),
        "message_id": row["header_id"],
        "date": row["date"],
        "marks": views.parsed(row["marks"]),
        "tags": views.parsed(row["tags"]),
        "minutes": row["minutes"],
        "billable": bool(row["billable"]),
        "delivery": {"state": deliveries[0]["state"], "recipients": deliveries} if deliveries else None,
        "created_by": row["created_by"],
    }


def mailbox(name: str, email: str) -> str:
    """`Name <address>`, or what there is of it."""
    return f"{name} <{email}>" if name and email else name or email


def _mailboxes(addresses: Sequence[dict[str, Any]], field: str) -> list[str]:
    return [mailbox(a["name"], a["email"]) for a in addresses if a["field"] == field]


def _shaped(row: Row) -> Row:
    return {
        "id": row["id"],
        "subject": row["subject"],
        "channel": row["channel"],
        "group": row["group_name"],
        "type": row["type_name"],
        "status": row["status_name"],
        "status_colour": row["status_colour"],
        "progress": row["status_progress"],
        "tags": views.parsed(row["tags"]),
        "owners": views.parsed(row["owners"]),
        "from": mailbox(row["from_name"] or "", row["from_email"] or ""),
        "message_count": row["message_count"],
        "unread": bool(row["unread"]),
        "undelivered": row["undelivered"] > 0,
        "marketplace": row["marketplace"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }


def _condition(connection: Connection, filters: Filters) -> dict[str, Any]:
    where: dict[str, Any] = {}
    for column, find, names in (
        ("channel_id", _named("v_channel", "channel"), filters.channels),
        ("group_id", _named("v_group", "group"), filters.groups),
        ("type_id", types.find_all, filters.types),
        ("status_id", statuses.find_all, filters.statuses),
        ("tag_id", _named("v_tag", "tag"), filters.tags),
    ):
        if names:
            where[column] = [found for name in names for found in find(connection, name)]
    if groups.ALL in where.get("group_id", ()):
        del where["group_id"]
    if filters.owners or filters.no_owner:
        owners = [users.find(connection, login) for login in filters.owners]
        where["owner_id"] = [*owners, None] if filters.no_owner else owners
    return where


def _named(view: str, what: str) -> Callable[[Connection, str], list[int]]:
    """Finds all things of a view that a name means."""
    return lambda connection, name: naming.find_all(
        name, naming.candidates(views.select(connection, view, order_by="id")), what
    )
