"""Put tags on conversations, and take them off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.messenger import tags
from plentymsg.store import handling
from plentymsg.store.driver import Connection


class Tags(NamedTuple):
    """The tags that conversations are to get and to lose, by names or IDs."""

    add: Sequence[str] = ()
    remove: Sequence[str] = ()


def plan(connection: Connection, ids: Iterable[int], wanted: Tags) -> Callable[[], None]:
    """What puts the tags on these conversations, and takes others off.

    Raises NotFound, or InvalidInput for a tag that is not available for the messenger.
    """
    added = for_conversations(connection, wanted.add)
    removed = [tags.find(connection, name) for name in wanted.remove]
    both = next((name for name, tag_id in zip(wanted.remove, removed, strict=True) if tag_id in added), None)
    if both is not None:
        raise InvalidInput(
            f"The tag {both!r} is to be added and removed.", hint="Give it for one of the two only."
        )

    def write() -> None:
        if added:
            handling.add_tags(connection, ids, added)
        if removed:
            handling.remove_tags(connection, ids, removed)

    return write


def for_conversations(connection: Connection, names: Sequence[str]) -> list[int]:
    """The IDs of tags for conversations and messages. Raises NotFound, or InvalidInput for other tags."""
    found = []
    for name in names:
        tag_id = tags.find(connection, name)
        tags.require_for_conversations(tags.read(connection, tag_id))
        found.append(tag_id)
    return list(dict.fromkeys(found))
