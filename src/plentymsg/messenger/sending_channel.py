"""The channel that a message leaves through."""

from __future__ import annotations

from plentymsg.errors import Conflict, InvalidInput, NotFound
from plentymsg.messenger import access, channels
from plentymsg.messenger.access import Actor
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def sending_channel(connection: Connection, actor: Actor, name: str | None) -> Row:
    """The channel named, else the default one, as a row of `v_channel`.

    Raises NotFound for an unknown name, InvalidInput if none is named and none is the default.
    """
    access.require(actor, access.MESSENGER_READ)
    if name is not None:
        return channels.row_of(connection, channels.find(connection, name))
    rows = views.select(connection, "v_channel", order_by="name")
    if not rows:
        raise NotFound(
            "There is no channel yet, so nothing can be sent.",
            hint="Add one with: plentymsg channel add NAME; "
            "without one: plentymsg conversation whisper --new --subject SUBJECT --text NOTE",
        )
    default = next((row for row in rows if row["is_default"]), None)
    if default is None:
        listed = ", ".join(row["name"] for row in rows[:8])
        raise InvalidInput(
            "No channel is the default one.", hint=f"Name one with --channel; there are: {listed}."
        )
    return default


def channel_of(connection: Connection, conversation: Row) -> Row:
    """The row of `v_channel` of a conversation. InvalidInput if it has none, NotFound if it is gone."""
    if conversation["channel_id"] is None:
        raise InvalidInput(
            f"Conversation {conversation['id']} has no channel, so nothing can be sent in it.",
            hint="Write to a customer with: plentymsg send --to ADDRESS; "
            f"to colleagues: plentymsg conversation whisper {conversation['id']} --text NOTE",
        )
    channel = views.first(connection, "v_channel", {"id": conversation["channel_id"]})
    if channel is None:
        raise NotFound(
            "The channel of this conversation does not exist any more.",
            hint="Write to the customer anew with: plentymsg send --channel NAME --to ADDRESS",
        )
    return channel


def require_active(channel: Row) -> None:
    """Raise Conflict if nothing can leave through a channel: it is not active, or has no sender address."""
    if not channel["active"]:
        raise Conflict(
            f"The channel {channel['name']} is not active, so it sends nothing.",
            hint=f"Activate it with: plentymsg channel set {channel['name']!r} --active",
        )
    if not channel["sender_email"]:
        raise Conflict(
            f"The channel {channel['name']} has no sender address.",
            hint=f"Set it with: plentymsg channel set {channel['name']!r} --sender-email ADDRESS",
        )
