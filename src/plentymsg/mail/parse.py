"""From the bytes of a mail to its value: any bytes whatever become a `Mail`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from plentymsg.mail.address import read_addresses
from plentymsg.mail.body import bodies, html_of, segments, text_of
from plentymsg.mail.filename import safe_name
from plentymsg.mail.header import Headers, split_headers
from plentymsg.mail.marks import marks_of
from plentymsg.mail.message import Address, Attachment, Mail
from plentymsg.mail.mime import Part, read_parts
from plentymsg.mail.trace import delivered_to, passed_on_by

_MAX_REFERENCES = 200

_ENDINGS = {
    "application/ms-tnef": ".dat",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/delivery-status": ".txt",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/rfc822-headers": ".txt",
}


def parse(raw: bytes) -> Mail:
    """The mail in `raw`. Never raises, drops nothing, and takes time linear in the size of the mail.

    Charsets are tried as declared, then as UTF-8, then as Windows-1252. Parts beyond the limits of
    `mime` are kept together as one attachment.
    """
    root = read_parts(raw)
    headers = root.headers
    shown = bodies(root)
    body = segments(raw, root, shown)
    return Mail(
        message_id=next(iter(headers.message_ids("Message-ID")), ""),
        in_reply_to=_bounded(headers.message_ids("In-Reply-To")),
        references=_bounded(headers.message_ids("References")),
        subject=headers.text("Subject"),
        sender=_sender(headers),
        reply_to=_addresses(headers, "Reply-To"),
        to=_addresses(headers, "To"),
        cc=_addresses(headers, "Cc"),
        bcc=_addresses(headers, "Bcc"),
        date=headers.date("Date"),
        text=text_of(body),
        html=html_of(body),
        attachments=tuple(_attachments(raw, root, shown)),
        marks=marks_of(raw, root),
        digest=_digest(raw, root),
        delivered_to=delivered_to(headers),
        passed_on_by=passed_on_by(headers),
    )


def _digest(raw: bytes, root: Part) -> str:
    """A hash over Message-ID, From, Date, Subject and body, in hexadecimal.

    Not over trace headers, and not over line endings and folds: they differ between two deliveries
    of one mail.
    """
    digest = hashlib.sha256()
    for name in ("Message-ID", "From", "Date", "Subject"):
        for value in root.headers.raw(name):
            digest.update(name.encode() + b":" + b" ".join(value.split()) + b"\n")
    digest.update(b"\n" + raw[root.body :].replace(b"\r\n", b"\n").rstrip(b"\n"))
    return digest.hexdigest()


def _bounded(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The first names the thread, the last ones are nearest."""
    return ids if len(ids) <= _MAX_REFERENCES else (ids[0], *ids[1 - _MAX_REFERENCES :])


def _addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    return read_addresses(", ".join(headers.lines(name)))


def _sender(headers: Headers) -> Address:
    """From, or else Sender. Of several authors, the first that has an address."""
    found = _addresses(headers, "From") or _addresses(headers, "Sender")
    return next((each for each in found if each.email), found[0] if found else Address("", ""))


def _attachments(raw: bytes, root: Part, shown: frozenset[Part]) -> Iterator[Attachment]:
    """Every leaf that is not shown as text."""
    leaves = (part for part in root.walk() if not part.children and part not in shown)
    for number, part in enumerate(leaves, start=1):
        content = part.content(raw)
        fallback = f"attachment-{number}{_ENDINGS.get(part.content_type, '.bin')}"
        yield Attachment(
            name=safe_name(part.file_name or _subject_as_name(part, content), fallback),
            content_type=part.content_type,
            content=content,
            content_id=part.headers.line("Content-ID").strip("<> "),
            inline=part.disposition == "inline",
        )


def _subject_as_name(part: Part, content: bytes) -> str:
    """A forwarded mail is named by its subject."""
    if part.unread or part.content_type != "message/rfc822":
        return ""
    subject = split_headers(content, 0, len(content))[0].text("Subject")
    return f"{subject.replace('/', '-')[:150]}.eml" if subject else ""
