"""A mail turned to another address than those it was written to."""

from __future__ import annotations

import re

from plentymsg.mail.address import wire_address

_RECIPIENTS = re.compile(rb"^(to|cc|bcc)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


def redirected(raw: bytes, to: str) -> bytes:
    """`raw` with `to` as its only recipient; whom it was written to is told in X-Original-To and -Cc.

    Not only the envelope is another one: some ways out, such as a Maildir that is sent from, go by the
    headers. Raises InvalidInput if `to` is no address.
    """
    end = _END_OF_HEADERS.search(raw)
    head, rest = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    return f"To: {wire_address(to)}\r\n".encode() + _RECIPIENTS.sub(rb"X-Original-\1:", head) + rest
