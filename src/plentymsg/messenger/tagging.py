"""Put tags on conversations, and take them off."""

from __future__ import annotations

from collections.abc import Sequence

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, tags
from plentymsg.messenger.access import Actor
from plentymsg.messenger.handling import Handled, handle, states_of
from plentymsg.store import handling
from plentymsg.store.driver import Connection


def tag(
    connection: Connection, actor: Actor, references: list[str], add: Sequence[str], remove: Sequence[str]
) -> list[Handled]:
    """Add tags to conversations and remove others, in the caller's transaction.

    Raises NotFound, or InvalidInput for a tag that is not available for the messenger.
    """
    access.require(actor, access.MESSENGER_UPDATE)
    if not add and not remove:
        raise InvalidInput("No tag is given.", hint="Give tags with --add or --remove.")
    added = for_conversations(connection, add)
    removed = [tags.find(connection, name) for name in remove]
    both = [name for name in remove if tags.find(connection, name) in added]
    if both:
        raise InvalidInput(
            f"The tag {both[0]!r} is to be added and removed.", hint="Give it only to --add or to --remove."
        )
    before = states_of(connection, references)

    def write() -> None:
        handling.add_tags(connection, before, added)
        handling.remove_tags(connection, before, removed)

    return handle(connection, actor, before, write)


def for_conversations(connection: Connection, names: Sequence[str]) -> list[int]:
    """The IDs of tags for conversations and messages. Raises NotFound, or InvalidInput for other tags."""
    found = []
    for name in names:
        tag_id = tags.find(connection, name)
        tags.require_for_conversations(tags.read(connection, tag_id))
        found.append(tag_id)
    return list(dict.fromkeys(found))
