"""A mail as plain values: what `parse` makes of the bytes, and what `compose` takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox (RFC 5322, section 3.4). Either field may be empty in mail from outside."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the text. `name` is safe as a file name, `content_id` has no angle brackets."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """A parsed mail.

    Message IDs keep their angle brackets; malformed ones are left out. `date` is the sender's
    claim, in UTC. `marks` is a subset of `auto-reply`, `bounce` and `list`. `digest` names the mail
    apart from how it travelled: it is the same for every delivery of the same mail. `delivered_to` and
    `passed_on_by` are the addresses, in lower case, that servers have noted on its way.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    date: datetime | None
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    marks: frozenset[str]
    digest: str
    delivered_to: tuple[str, ...]
    passed_on_by: tuple[str, ...]
