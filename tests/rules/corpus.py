"""The corpora, and the smallest drafts that a test needs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from plentymsg.rules.draft import Attachment, Draft, Recipient
from plentymsg.rules.judge import judge
from plentymsg.rules.pack import ANY, Pack, Requirement
from plentymsg.rules.policy import Policy, built_in
from plentymsg.rules.violation import Violation

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
PDF = b"%PDF-1.7\n"
TODAY = date(2026, 11, 25)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def lines(name: str) -> list[str]:
    """The lines of a corpus without its comments; `\\u200b` stands for that character."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    kept = (line for line in text.splitlines() if line and not line.startswith("# "))
    return [_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), line) for line in kept]


LINKS = lines("links.txt")
NOT_LINKS = lines("not_links.txt")
DOUBTFUL = lines("doubtful.txt")


def draft(
    marketplace: str = "ebay",
    *,
    subject: str = "Your order",
    text: str = "",
    html: str = "",
    to: tuple[Recipient, ...] = (Recipient("address", "buyer@members.ebay.de"),),
    attachments: tuple[Attachment, ...] = (),
    channel: str = "",
) -> Draft:
    return Draft(frozenset(marketplace.split()), to, subject, text, html, attachments, channel)


def only(code: str, **parameters: Any) -> Policy:
    """What holds where one rule is all that is asked for, of any message."""
    return Policy([Pack("own", "Ours.", (Requirement(ANY, code, **parameters),))])


def judged(message: Draft) -> tuple[Violation, ...]:
    """What is wrong with a draft by what is asked for where nothing else is said."""
    return judge(message, built_in(), TODAY)
