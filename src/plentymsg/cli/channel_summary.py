"""A channel as it is shown: everything that is set of it, on one screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plentymsg.cli.output import Column, Row, as_text, print_thing
from plentymsg.messenger import references

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("marketplace", "Marketplace"),
    Column("active", "Active"),
    Column("default", "Default"),
    Column("group", "Group", flexible=True),
    Column("type", "Type", flexible=True),
    Column("status", "Status", flexible=True),
    Column("target_address", "Target address", extra=True),
)
_LINES = (
    *COLUMNS,
    Column("notifications", "Notifications"),
    Column("tags", "Tags"),
    Column("owners", "Owners"),
    Column("subscribers", "Subscribers"),
    Column("match_orders", "Match orders"),
    Column("allowed_senders", "Allowed senders"),
    Column("since", "Since"),
    Column("incoming", "Incoming"),
    Column("outgoing", "Outgoing"),
    Column("outgoing.sender_email", "Sender"),
    Column("outgoing.sender_name", "Sender's name"),
    Column("skip.orders", "Skip orders"),
    Column("skip.contacts", "Skip contacts"),
    Column("skip.emails", "Skip e-mails"),
    Column("templates.new", "Template, new"),
    Column("templates.reply", "Template, reply"),
)

Chapter = tuple[str, Sequence[tuple[str, str]]]


def print_channel(channel: Row, *, json: bool) -> None:
    """Print a channel: for people in the sections of PlentyONE's settings, else a line for each key."""
    if json or not sys.stdout.isatty():
        print_thing(channel, _LINES, json=json)
        return
    from plentymsg.cli.table import draw_chapters

    draw_chapters(list(_chapters(channel)))


def _chapters(channel: Row) -> Iterator[Chapter]:
    yield "Activate", [("Active", _yes(channel["active"]))]
    yield (
        "Login",
        [
            ("Incoming", _server(channel["incoming"])),
            ("Outgoing", _server(channel["outgoing"])),
            ("Sender", _sender(channel["outgoing"])),
        ],
    )
    everyone = "everyone who may read" if channel["notifications"] else "subscribers only"
    yield (
        "General",
        [
            ("Name", f"{channel['name']} (ID {channel['id']})"),
            ("Marketplace", channel["marketplace"] or "none"),
            ("Default", _yes(channel["default"])),
            ("Notifications", everyone),
        ],
    )
    senders = channel["allowed_senders"]
    yield (
        "Receiving",
        [
            ("Target address", channel["target_address"] or "none: settings set --target-domain"),
            ("Filed under", " / ".join(filter(None, (channel["group"], channel["type"], channel["status"])))),
            ("Tags", as_text(channel["tags"]) or "none"),
            ("Owners", ", ".join(f"{o['role']}={o['user']}" for o in channel["owners"]) or "none"),
            ("Subscribers", as_text(channel["subscribers"]) or "none"),
            ("Match orders", _yes(channel["match_orders"])),
            ("Allowed senders", as_text(senders) or "everyone"),
            ("Since", channel["since"] or "30 days before the first fetch"),
        ],
    )
    templates = channel["templates"]
    yield (
        "Sending",
        [
            ("Skip", _skipped(channel["skip"])),
            ("New template", templates["new"] or "none"),
            ("Reply template", templates["reply"] or "none"),
        ],
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _server(server: Mapping[str, Any] | None) -> str:
    if server is None:
        return "none"
    if server["protocol"] == "maildir":
        return f"Maildir {server['path']}"
    words = [f"{server['protocol']} {server['host']}:{server['port']} {server['encryption']}"]
    if server.get("folder") not in (None, "INBOX"):
        words.append(f"folder {server['folder']}")
    if server["username"]:
        words.append(f"as {server['username']}")
    password = server["password"]
    return ", ".join([*words, f"password {references.as_argument(password)}" if password else "no password"])


def _sender(server: Mapping[str, Any] | None) -> str:
    if server is None:
        return "none"
    name, email = server["sender_name"], server["sender_email"]
    return f"{name} <{email}>" if name else str(email)


def _skipped(skip: Mapping[str, Any]) -> str:
    kinds = [kind for kind in ("orders", "contacts") if skip[kind]]
    return ", ".join([*kinds, *([f"addresses like {skip['emails']}"] if skip["emails"] else [])]) or "nobody"
