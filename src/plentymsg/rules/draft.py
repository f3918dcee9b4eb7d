"""A message as it would leave: the plain value that the rules judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RecipientKind = Literal["address", "contact", "order"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of To, Cc or Bcc, as it was given: before a contact or an order becomes an address."""

    kind: RecipientKind
    value: str
    """The address, or the ID of the contact or order as text."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One part of the message besides its text and HTML."""

    name: str
    content_type: str
    """What the sender says it is. The rules look at the content instead."""
    content: bytes
    content_id: str = ""
    """Content-ID (RFC 2392), with or without angle brackets; empty if there is none."""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A final message: template, signature and quoted history included, headers decoded."""

    marketplaces: frozenset[str]
    """Keys of the marketplaces whose requirements it must meet, all of them."""
    recipients: tuple[Recipient, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
