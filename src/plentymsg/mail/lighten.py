"""A mail without its attachments."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP

from plentymsg.mail.header import split_headers
from plentymsg.mail.message import Mail

_ABOUT_THE_BODY = re.compile(
    rb"^(?:content-[a-z-]+|mime-version)[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE
)
_POLICY = SMTP.clone(cte_type="7bit")


def without_attachments(raw: bytes, mail: Mail) -> bytes:
    """`raw`, which `mail` was parsed from, with its headers and texts but without anything else.

    A mail that has no attachments is left as it is, to the byte.
    """
    if not mail.attachments:
        return raw
    body = split_headers(raw, 0, len(raw))[1]
    head = _ABOUT_THE_BODY.sub(b"", raw[:body].rstrip(b"\r\n") + b"\n")
    message = EmailMessage(policy=_POLICY)
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return head + message.as_bytes()
