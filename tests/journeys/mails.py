"""Customers' mail for the journeys."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from plentymsg.store.clock import now


def mail(
    number: int,
    *,
    subject: str = "Wo ist mein Regal?",
    sender: str = "Petra Müller <petra@example.com>",
    text: str = "Guten Tag,\n\nwann kommt das Regal?\n",
    html: str | None = None,
    answers: str = "",
    references: str = "",
    attachment: bytes = b"",
) -> bytes:
    """A mail with the Message-ID `<number@customer.example>`, of today."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{number}@customer.example>"
    message["Date"] = format_datetime(now())
    message["From"] = sender
    message["To"] = "shop@holzweg.example"
    message["Subject"] = subject
    if answers:
        message["In-Reply-To"] = answers
    if references:
        message["References"] = references
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    if attachment:
        message.add_attachment(attachment, maintype="image", subtype="png", filename="Lieferung Maß.png")
    return message.as_bytes()
