"""The corpora, and the smallest drafts that a test needs."""

from __future__ import annotations

import re
from pathlib import Path

from plentymsg.rules.draft import Attachment, Draft, Recipient

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
PDF = b"%PDF-1.7\n"
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def lines(name: str) -> list[str]:
    """The lines of a corpus without its comments; `\\u200b` stands for that character."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    kept = (line for line in text.splitlines() if line and not line.startswith("# "))
    return [_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), line) for line in kept]


LINKS = lines("links.txt")
NOT_LINKS = lines("not_links.txt")


def draft(
    marketplace: str = "ebay",
    *,
    subject: str = "Your order",
    text: str = "",
    html: str = "",
    to: tuple[Recipient, ...] = (Recipient("address", "buyer@members.ebay.de"),),
    attachments: tuple[Attachment, ...] = (),
) -> Draft:
    return Draft(frozenset(marketplace.split()), to, subject, text, html, attachments)
