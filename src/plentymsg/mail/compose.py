"""From a value to the bytes of a mail (RFC 5322), ready for any server: 7-bit, CRLF.

The headers are written here and not by the standard library, which turns message IDs longer than a
line into encoded words, so that no mailer finds the thread again.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from plentymsg.errors import InvalidInput
from plentymsg.mail.address import wire_address
from plentymsg.mail.message import Address, Attachment

_MAX_REFERENCES = 20
_SPECIAL = re.compile(r'[()<>\[\]:;@\\,."]')
_PLAIN = re.compile(r"[ -~\t]*")
_LONG_WORD = re.compile(r"\S{70}")
_BREAK = re.compile(r"[\r\n\0]")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_CONTENT_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+", re.IGNORECASE)
# What RFC 2046 forbids to encode in base64, as attachments must be here.
_NEVER_ENCODED = ("message/", "multipart/")

_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail to be written. `date` is aware; `bcc` goes to the server only; `html` may be empty."""

    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    message_id: str
    date: datetime
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    reply_to: tuple[Address, ...] = ()


def compose(outgoing: Outgoing) -> bytes:
    """The mail as it leaves. Raises `InvalidInput` for what would break out of a header.

    Text and HTML become alternatives (RFC 2046, section 5.1.4), pictures with a Content-ID go beside
    the HTML (RFC 2387), other attachments behind. Bcc is not written.
    """
    head = "".join(f"{name}: {value}\r\n" for name, value in _headers(outgoing) if value)
    return head.encode("ascii") + _content(outgoing).as_bytes()


def new_message_id(domain: str) -> str:
    """A message ID that never was before, e.g. `<1f0c…@example.com>`. Raises `InvalidInput`."""
    return f"<{uuid.uuid4().hex}{wire_address('@'.join(('x', domain)))[1:]}>"


def _headers(outgoing: Outgoing) -> Iterator[tuple[str, str]]:
    yield "From", _address_list("From", (outgoing.sender,))
    yield "Reply-To", _address_list("Reply-To", outgoing.reply_to)
    yield "To", _address_list("To", outgoing.to)
    yield "Cc", _address_list("Cc", outgoing.cc)
    yield "Subject", _unstructured("Subject", outgoing.subject)
    yield "Date", format_datetime(outgoing.date)
    yield "Message-ID", _ids("Message-ID", (outgoing.message_id,))
    yield "In-Reply-To", _ids("In-Reply-To", filter(None, (outgoing.in_reply_to,)))
    yield "References", _ids("References", _thread(outgoing))
    yield "MIME-Version", "1.0"


def _thread(outgoing: Outgoing) -> tuple[str, ...]:
    """The first names the thread and the last ones are nearest; in between much may go."""
    all_ids = (*outgoing.references, outgoing.in_reply_to)
    ids = tuple(dict.fromkeys(each for each in all_ids if each))
    return ids if len(ids) <= _MAX_REFERENCES else (ids[0], *ids[1 - _MAX_REFERENCES :])


def _ids(header: str, ids: Iterable[str]) -> str:
    """Message IDs, one a line: they must not be folded, and a line has room for one of any length."""
    found = tuple(ids)
    for each in found:
        if not _MESSAGE_ID.fullmatch(each):
            raise InvalidInput(
                f"{each!r} is no message ID for the header {header}.",
                hint="A message ID looks like <left@right>, without spaces or line breaks.",
            )
    return "\r\n ".join(found)


def _address_list(header: str, addresses: tuple[Address, ...]) -> str:
    return ",\r\n ".join(_address(header, each) for each in addresses)


def _address(header: str, address: Address) -> str:
    _refuse_breaks(header, address.email)
    email = wire_address(address.email)
    name = address.name.strip()
    if not name:
        return email
    _refuse_breaks(header, name)
    if _needs_encoding(name):
        return f"{_encoded(header, name)} <{email}>"
    if _SPECIAL.search(name):
        name = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    fold = "\r\n " if len(name) + len(email) > 65 else " "
    return f"{name}{fold}<{email}>"


def _unstructured(header: str, value: str) -> str:
    _refuse_breaks(header, value)
    if _needs_encoding(value) or value != value.strip():
        return _encoded(header, value)
    return Header(value, "us-ascii", header_name=header, maxlinelen=76).encode(linesep="\r\n")


def _needs_encoding(value: str) -> bool:
    return not _PLAIN.fullmatch(value) or "=?" in value or bool(_LONG_WORD.search(value))


def _encoded(header: str, value: str) -> str:
    """`value` in encoded words (RFC 2047), folded."""
    return Header(value, "utf-8", header_name=header, maxlinelen=76).encode(linesep="\r\n")


def _refuse_breaks(header: str, value: str) -> None:
    if _BREAK.search(value):
        raise InvalidInput(
            f"The header {header} contains a line break: {value!r}.", hint="Write it on one line."
        )


def _content(outgoing: Outgoing) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    message.set_content(outgoing.text)
    related = [each for each in outgoing.attachments if _is_related(outgoing, each)]
    if outgoing.html:
        message.add_alternative(outgoing.html, subtype="html")
        html_part = message.get_payload()[-1]  # type: ignore[index]
        for attachment in related:
            _add(html_part, attachment, related=True)  # type: ignore[arg-type]
    for attachment in outgoing.attachments:
        if attachment not in related:
            _add(message, attachment, related=False)
    for name in list(message.keys()):
        if name.casefold() == "mime-version":
            del message[name]
    return message


def _is_related(outgoing: Outgoing, attachment: Attachment) -> bool:
    return bool(outgoing.html and attachment.inline and attachment.content_id)


def _add(part: EmailMessage, attachment: Attachment, *, related: bool) -> None:
    for value in (attachment.name, attachment.content_id):
        _refuse_breaks("Content-Disposition", value)
    content_type = attachment.content_type
    if not _CONTENT_TYPE.fullmatch(content_type) or content_type.casefold().startswith(_NEVER_ENCODED):
        content_type = "application/octet-stream"
    main, _, sub = content_type.partition("/")
    content, name = attachment.content, attachment.name
    if related:
        cid = f"<{attachment.content_id}>"
        part.add_related(content, maintype=main, subtype=sub, filename=name, cid=cid, disposition="inline")
    else:
        part.add_attachment(content, maintype=main, subtype=sub, filename=name)
