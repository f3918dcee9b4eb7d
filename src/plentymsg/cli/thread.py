"""A conversation as it is read: what it is, then each message, its quoted lines folded."""

from __future__ import annotations

import sys
from typing import Any

from plentymsg.cli.output import as_text
from plentymsg.cli.terminal import is_plain, out, printable
from plentymsg.store.views import Row

_ARROWS = {"in": "←", "out": "→", "whisper": "·"}


def print_conversation(thing: Row) -> None:
    """Print a conversation with its messages, oldest first, safe whatever they contain."""
    _bold(f"{thing['id']}  {thing['subject'] or '(no subject)'}")
    status = f"{thing['status']} ({thing['progress']} %)" if thing["status"] else ""
    facts = [thing["channel"], thing["group"], thing["type"], status, as_text(thing["tags"])]
    out(_one_line(" · ".join(str(fact) for fact in facts if fact)))
    for owner in thing["owners"]:
        out(_one_line(f"{owner['role']}: {owner['user']}"))
    for message in thing["messages"]:
        _print_message(message)


def _print_message(message: dict[str, Any]) -> None:
    out("")
    marks = "".join(f" [{mark}]" for mark in message["marks"])
    _bold(f"{_ARROWS[message['direction']]} {message['from']}  {_local(message['date'])}{marks}")
    for field in ("to", "cc"):
        if message[field]:
            out(_one_line(f"  {field.title()}: {as_text(message[field])}"))
    if message["subject"]:
        out(_one_line(f"  Subject: {message['subject']}"))
    if message["delivery"]:
        _print_delivery(message["delivery"])
    for attachment in message["attachments"]:
        facts = f"{attachment['content_type']}, {_size(attachment['size'])}"
        out(_one_line(f"  Attachment: {attachment['name']} ({facts})"))
    out("")
    for line in fold_quotes(message["text"].splitlines()):
        out(f"  {line}" if line else "")


def _print_delivery(delivery: dict[str, Any]) -> None:
    for line in delivery["recipients"]:
        told = f": {line['response']}" if line["response"] and line["state"] != "captured" else ""
        out(_one_line(f"  {line['state'].capitalize()} to {line['recipient']}{told}"))


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


def _bold(text: str) -> None:
    """Print a line in bold, made safe before."""
    line = printable(text)
    bold = sys.stdout.isatty() and not is_plain()
    sys.stdout.write((f"\x1b[1m{line}\x1b[0m" if bold else line) + "\n")


def _one_line(text: str) -> str:
    return printable(text)


def _local(time: str) -> str:
    from datetime import datetime

    return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
