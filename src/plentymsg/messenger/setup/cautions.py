"""What someone should know about a channel although nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from plentymsg.messenger import channels
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def cautions(connection: Connection, channel_id: int) -> tuple[str, ...]:
    """A sentence each: a mailbox or sender that another channel has, a hidden group, what it lacks to work,
    mailbox.org's port.
    """
    every = channels.every(connection)
    channel = next(each for each in every if each["id"] == channel_id)
    others = [each for each in every if each["id"] != channel_id]
    return (
        *_shared(channel, others),
        *_hidden(connection, channel),
        *_idle(channel),
        *_mailbox_org(channel),
    )


def _shared(channel: Row, others: list[Row]) -> Iterator[str]:
    for other in others:
        if _mailbox(channel) and _mailbox(channel) == _mailbox(other):
            yield f"The channel {other['name']} reads the same mailbox: each mail will be filed in both."
        if _sender(channel) and _sender(channel) == _sender(other):
            yield (
                f"The channel {other['name']} sends from {_sender(channel)} too;"
                " an address of its own for each marketplace is better."
            )


def _hidden(connection: Connection, channel: Row) -> Iterator[str]:
    groups = views.select(connection, "v_group", {"name_de": channel["group"], "visible": 0})
    if groups:
        yield (
            f"The group {channel['group']} is hidden; show it with:"
            f" plentymsg group set {channel['group']!r} --visible"
        )


def _idle(channel: Row) -> Iterator[str]:
    missing = [side for side in ("incoming", "outgoing") if channel[side] is None]
    if channel["target_address"] is not None and "incoming" in missing:
        missing.remove("incoming")  # mail is forwarded to it
    if channel["active"] and missing:
        options = " and ".join(f"--{side}-host" for side in missing)
        yield f"It is active, but has no {' and no '.join(missing)} server; give it {options}."


def _mailbox_org(channel: Row) -> Iterator[str]:
    server = channel["outgoing"] or {}
    host = server.get("host", "").casefold()
    if host.endswith("mailbox.org") and (server["port"], server["encryption"]) != (465, "ssl"):
        chosen = f"{server['port']} with {server['encryption']}"
        yield f"{server['host']} sends on port 465 with ssl, not on {chosen}."


def _mailbox(channel: Row) -> tuple[str, ...] | None:
    server = channel["incoming"]
    if server is None:
        return None
    if server["protocol"] == "maildir":
        return ("maildir", server["path"])
    return (server["host"].casefold(), server["username"].casefold(), server["folder"])


def _sender(channel: Row) -> str:
    return str((channel["outgoing"] or {}).get("sender_email", "")).casefold()
