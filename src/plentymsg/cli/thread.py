"""A conversation as it is read: what it is, then each message, its quoted lines folded."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from plentymsg.cli.output import as_text
from plentymsg.cli.pager import show
from plentymsg.cli.terminal import is_plain, local, printable, styled
from plentymsg.store.views import Row

_ARROWS = {"in": "←", "out": "→", "whisper": "·"}
_HEX = re.compile("#[0-9a-f]{6}")


def print_conversation(thing: Row) -> None:
    """Print a conversation with its messages, oldest first, safe whatever they contain."""
    lines = [*_head(thing), *(line for message in thing["messages"] for line in _message(message))]
    show("".join(f"{line}\n" for line in lines))


def _head(thing: Row) -> Iterator[str]:
    yield styled(f"{thing['id']}  {thing['subject'] or '(no subject)'}", "1")
    status = f"{thing['status']} ({thing['progress']} %)" if thing["status"] else ""
    facts = (thing["channel"], thing["group"], thing["type"], status, as_text(thing["tags"]))
    yield " · ".join(
        (_dot(thing["status_colour"]) if fact is status else "") + printable(fact) for fact in facts if fact
    )
    for owner in thing["owners"]:
        yield printable(f"{owner['role']}: {owner['user']}")
    if thing["relations"]:
        links = ", ".join(f"{relation['kind']} {relation['value']}" for relation in thing["relations"])
        yield printable(f"Linked to: {links}")


def _message(message: dict[str, Any]) -> Iterator[str]:
    yield ""
    marks = ["internal", *message["marks"]] if message["direction"] == "whisper" else message["marks"]
    told = "".join(f" [{mark}]" for mark in marks)
    yield styled(f"{_ARROWS[message['direction']]} {message['from']}  {local(message['date'])}{told}", "1")
    yield from (printable(f"  {fact}") for fact in _facts(message))
    yield ""
    for line in fold_quotes(message["text"].splitlines()):
        yield printable(f"  {line}" if line else "", lines=True)


def _facts(message: dict[str, Any]) -> Iterator[str]:
    for field in ("to", "cc", "subject", "tags"):
        if message[field]:
            yield f"{field.title()}: {as_text(message[field])}"
    if message["minutes"] is not None:
        yield f"Minutes: {message['minutes']} ({'billable' if message['billable'] else 'free'})"
    for line in message["delivery"]["recipients"] if message["delivery"] else ():
        told = f": {line['response']}" if line["response"] and line["state"] != "captured" else ""
        yield f"{line['state'].capitalize()} to {line['recipient']}{told}"
    for attachment in message["attachments"]:
        yield f"Attachment: {attachment['name']} ({attachment['content_type']}, {_size(attachment['size'])})"


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
