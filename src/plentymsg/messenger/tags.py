"""Reading tags: keywords with a colour, for the kinds of things they are available for."""

from __future__ import annotations

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "name COLLATE NOCASE, id"

MESSENGER = "messenger"
"""The availability of tags for conversations and messages."""


def listed(connection: Connection, actor: Actor) -> list[Row]:
    """All tags, by name."""
    access.require(actor, access.TAG_READ)
    return every(connection)


def shown(connection: Connection, actor: Actor, tag_id: int) -> Row:
    """One tag."""
    access.require(actor, access.TAG_READ)
    return read(connection, tag_id)


def every(connection: Connection) -> list[Row]:
    """All tags, for use cases that have asked for their own right."""
    return [shaped(row) for row in views.select(connection, "v_tag", order_by=ORDER)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the tag that `reference` names: an ID or a name. Raises NotFound."""
    return naming.find(
        reference, naming.candidates(views.select(connection, "v_tag", order_by=ORDER), shown="name"), "tag"
    )


def read(connection: Connection, tag_id: int) -> Row:
    """The tag with this ID, as a configuration file would write it."""
    row = views.first(connection, "v_tag", {"id": tag_id})
    if row is None:
        raise naming.unknown("tag", tag_id)
    return shaped(row)


def shaped(row: Row) -> Row:
    """A row of `v_tag` as users and scripts see it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "colour": row["colour"],
        "availabilities": views.parsed(row["availabilities"]),
        "translations": views.parsed(row["translations"]),
    }


def require_for_conversations(tag: Row) -> None:
    """Raise InvalidInput unless a tag (as `read` gives it) may be put on conversations and messages."""
    if MESSENGER not in tag["availabilities"]:
        available = ",".join([*tag["availabilities"], MESSENGER])
        raise InvalidInput(
            f"The tag {tag['name']!r} is not available for the messenger.",
            hint=f"Make it so with: plentymsg tag set {tag['name']!r} --availabilities {available}",
        )
