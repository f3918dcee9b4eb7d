"""Reading tags: keywords with a colour, for the kinds of things they are available for."""

from __future__ import annotations

from typing import Literal, get_args

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, naming, tag_search
from plentymsg.messenger.access import Actor
from plentymsg.messenger.tag_search import Search
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

ORDER = "name COLLATE NOCASE, id"

MESSENGER = "messenger"
"""The availability of tags for conversations and messages."""
BILLABLE = "messageBillable"
"""The availability of tags for messages that a customer pays for."""
VARIATION = "variation"
"""The availability whose tags customers may see in a shop."""
FOR_CONVERSATIONS = (MESSENGER, BILLABLE)

Language = Literal[
    "de", "en", "bg", "fr", "it", "es", "tr", "nl", "pl", "pt", "nn", "ro", "da", "se", "cz", "ru", "sk",
    "cn", "vn", "fi", "ga", "lt", "lv", "et", "hr", "hu",
]  # fmt: skip
"""PlentyONE's codes: `se`, `cz`, `cn` and `vn` are countries."""
LANGUAGES: tuple[str, ...] = get_args(Language)


def listed(connection: Connection, actor: Actor, search: Search | None = None) -> list[Row]:
    """The tags that `search` finds, or all, by name. Raises InvalidInput or NotFound for a wrong search."""
    access.require(actor, access.TAG_READ)
    return tag_search.found(connection, every(connection), search or Search())


def shown(connection: Connection, actor: Actor, tag_id: int) -> Row:
    """One tag, and on how many things of each kind it is."""
    access.require(actor, access.TAG_READ)
    links = links_of(connection, tag_id)
    return {
        **read(connection, tag_id),
        "link_count": sum(link["count"] for link in links),
        "links": links,
    }


def links_of(connection: Connection, tag_id: int) -> list[Row]:
    """On how many things of each kind a tag is, without those where it is on none."""
    rows = views.select(connection, "v_tag_use", {"tag_id": tag_id}, order_by="kind")
    return [{"kind": row["kind"], "count": row["uses"]} for row in rows]


def every(connection: Connection) -> list[Row]:
    """All tags, for use cases that have asked for their own right."""
    return [shaped(row) for row in views.select(connection, "v_tag", order_by=ORDER)]


def find(connection: Connection, reference: str) -> int:
    """The ID of the tag that `reference` names: an ID or a name. Raises NotFound."""
    return naming.find(reference, _candidates(connection), "tag")


def find_several(connection: Connection, references: list[str]) -> list[int]:
    """The IDs of the tags that are named, each once, in that order. Raises NotFound."""
    known = _candidates(connection)
    return list(dict.fromkeys(naming.find(reference, known, "tag") for reference in references))


def nearest(connection: Connection, reference: str) -> str:
    """A sentence with the tags whose names come nearest to `reference`."""
    return naming.nearest(reference, _candidates(connection), "tag")


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
        "clients": views.parsed(row["clients"]),
    }


def require_for_conversations(tag: Row) -> None:
    """Raise InvalidInput unless a tag (as `read` gives it) may be put on conversations and messages."""
    if not set(FOR_CONVERSATIONS) & set(tag["availabilities"]):
        available = ",".join([*tag["availabilities"], MESSENGER])
        raise InvalidInput(
            f"The tag {tag['name']!r} is not available for the messenger.",
            hint=f"Make it so with: plentymsg tag set {tag['name']!r} --availabilities {available}",
        )


def _candidates(connection: Connection) -> list[naming.Candidate]:
    return naming.candidates(views.select(connection, "v_tag", order_by=ORDER), shown="name")
