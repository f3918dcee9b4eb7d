"""The way that a mail has taken: where servers say that they delivered it, and who passed it on.

These headers have no common syntax: some hold an address, some several, some with brackets. So an address
is whatever looks like one, in lower case, since servers change the case of what they deliver to.
"""

from __future__ import annotations

import re

from plentymsg.mail.header import Headers

_ADDRESS = re.compile(r'[^\s<>(),;:"@]{1,64}@[^\s<>(),;:"@]{1,255}')  # RFC 5321, section 4.5.3.1
_DELIVERED = ("Delivered-To", "X-Original-To", "X-Forwarded-To")
_PASSED_ON = ("Return-Path", "Resent-From", "X-Forwarded-For", *_DELIVERED)


def delivered_to(headers: Headers) -> tuple[str, ...]:
    """The addresses to which the mail was delivered or forwarded, the last delivery first."""
    return _addresses(headers, _DELIVERED)


def passed_on_by(headers: Headers) -> tuple[str, ...]:
    """The addresses that sent the mail on its way or forwarded it; the mailboxes that it came through."""
    return _addresses(headers, _PASSED_ON)


def _addresses(headers: Headers, names: tuple[str, ...]) -> tuple[str, ...]:
    lines = (line for name in names for line in headers.lines(name))
    return tuple(dict.fromkeys(found.lower() for line in lines for found in _ADDRESS.findall(line)))
