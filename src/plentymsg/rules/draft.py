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
    address: str = ""
    """What a contact or an order becomes, if that is known."""

    @property
    def email(self) -> str:
        """The address that the message would go to; empty if that is not known."""
        return self.value if self.kind == "address" else self.address


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
    channel: str = ""
    """Key of the marketplace through whose channel it leaves; empty if that channel is no marketplace's."""
    language: str = ""
    """In which it is, as its template has it; empty if that is not known, and its words must tell."""
