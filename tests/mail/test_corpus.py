"""Mail as customers send it, and what it must become; each `.eml` has its twin in `.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plentymsg.mail.message import Address, Mail
from plentymsg.mail.parse import parse

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.eml"))


def as_json(mail: Mail) -> dict[str, Any]:
    """A mail as the twins have it: without the digest, and attachments by their size."""

    def addresses(found: tuple[Address, ...]) -> list[list[str]]:
        return [[each.name, each.email] for each in found]

    return {
        "message_id": mail.message_id,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "subject": mail.subject,
        "sender": [mail.sender.name, mail.sender.email],
        "reply_to": addresses(mail.reply_to),
        "to": addresses(mail.to),
        "cc": addresses(mail.cc),
        "date": mail.date.isoformat() if mail.date else None,
        "text": mail.text,
        "html": mail.html,
        "attachments": [
            [each.name, each.content_type, len(each.content), each.content_id, each.inline]
            for each in mail.attachments
        ],
        "marks": sorted(mail.marks),
    }


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_mail_becomes_what_its_twin_says(path: Path) -> None:
    assert as_json(parse(path.read_bytes())) == json.loads(path.with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_line_endings_and_trace_headers_change_nothing(path: Path) -> None:
    """The same mail, once from a Maildir and once over IMAP, on another way."""
    raw = path.read_bytes()
    delivered = b"Delivered-To: amazon@holzweg.example\nReceived: by elsewhere.example\n" + raw
    one, other = parse(raw), parse(raw.replace(b"\n", b"\r\n"))
    assert other.digest == one.digest
    assert as_json(other)["text"] == one.text
    if b":" in raw.split(b"\n")[0]:
        assert parse(delivered).digest == one.digest
