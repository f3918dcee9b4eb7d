"""A conversation as it is read: what it is, then each message, its quoted lines folded."""

from __future__ import annotations

import re
import sys
from typing import Any

from plentymsg.cli.output import as_text
from plentymsg.cli.terminal import bold, is_plain, local, out, printable
from plentymsg.store.views import Row

_ARROWS = {"in": "←", "out": "→", "whisper": "·"}
_HEX = re.compile("#[0-9a-f]{6}")


def print_conversation(thing: Row) -> None:
    """Print a conversation with its messages, oldest first, safe whatever they contain."""
    bold(f"{thing['id']}  {thing['subject'] or '(no subject)'}")
    status = f"{thing['status']} ({thing['progress']} %)" if thing["status"] else ""
    facts = [thing["channel"], thing["group"], thing["type"]]
    shown = [printable(str(fact)) for fact in facts if fact]
    if status:
        shown.append(_dot(thing["status_colour"]) + printable(status))
    if thing["tags"]:
        shown.append(printable(as_text(thing["tags"])))
    sys.stdout.write(" · ".join(shown) + "\n")
    for owner in thing["owners"]:
        out(printable(f"{owner['role']}: {owner['user']}"))
    if thing["relations"]:
        links = ", ".join(f"{relation['kind']} {relation['value']}" for relation in thing["relations"])
        out(printable(f"Linked to: {links}"))
    for message in thing["messages"]:
        _print_message(message)


def _print_message(message: dict[str, Any]) -> None:
    out("")
    marks = ["internal", *message["marks"]] if message["direction"] == "whisper" else message["marks"]
    told = "".join(f" [{mark}]" for mark in marks)
    bold(f"{_ARROWS[message['direction']]} {message['from']}  {local(message['date'])}{told}")
    for field in ("to", "cc"):
        if message[field]:
            out(printable(f"  {field.title()}: {as_text(message[field])}"))
    if message["subject"]:
        out(printable(f"  Subject: {message['subject']}"))
    if message["tags"]:
        out(printable(f"  Tags: {as_text(message['tags'])}"))
    if message["minutes"] is not None:
        out(f"  Minutes: {message['minutes']} ({'billable' if message['billable'] else 'free'})")
    if message["delivery"]:
        _print_delivery(message["delivery"])
    for attachment in message["attachments"]:
        facts = f"{attachment['content_type']}, {_size(attachment['size'])}"
        out(printable(f"  Attachment: {attachment['name']} ({facts})"))
    out("")
    for line in fold_quotes(message["text"].splitlines()):
        out(f"  {line}" if line else "")


def _print_delivery(delivery: dict[str, Any]) -> None:
    for line in delivery["recipients"]:
        told = f": {line['response']}" if line["response"] and line["state"] != "captured" else ""
        out(printable(f"  {line['state'].capitalize()} to {line['recipient']}{told}"))


def fold_quotes(lines: list[str]) -> list[str]:
    """The lines of a text; a longer run of quoted ones (`>`) becomes its first line and a count."""
    folded: list[str] = []
    run: list[str] = []
    for line in [*lines, None]:
        if line is not None and line.startswith(">"):
            run.append(line)
            continue
        folded += run if len(run) <= 3 else [run[0], f"> … {len(run) - 1} more quoted lines"]
        run = []
        if line is not None:
            folded.append(line)
    return folded


def _dot(colour: str | None) -> str:
    """A dot in a colour (ISO 8613-6), where there is a terminal that wants colours."""
    if not colour or not _HEX.fullmatch(colour) or is_plain() or not sys.stdout.isatty():
        return ""
    red, green, blue = bytes.fromhex(colour[1:])
    return f"\x1b[38;2;{red};{green};{blue}m●\x1b[0m "


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
