"""What kind of mail it is: one that a machine sent is never answered by a machine."""

from __future__ import annotations

import re

from plentymsg.mail.mime import Part

_ACTION = re.compile(rb"^action[ \t]*:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_DAEMON = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon)@", re.IGNORECASE)
_AUTO_FIELDS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply")
_LIST_FIELDS = ("List-Id", "List-Post", "List-Unsubscribe", "List-Help")


def marks_of(raw: bytes, root: Part) -> frozenset[str]:
    """`bounce`, `auto-reply` and `list`, whichever apply."""
    found = {
        "bounce": _is_bounce(raw, root),
        "auto-reply": _is_automatic(root),
        "list": _is_list(root),
    }
    return frozenset(mark for mark, holds in found.items() if holds)


def _is_bounce(raw: bytes, root: Part) -> bool:
    """A report of failure (RFC 3464), or mail without a way back from a mail server."""
    for part in root.walk():
        if part.content_type == "message/delivery-status":
            actions = {action.lower() for action in _ACTION.findall(part.content(raw))}
            return not actions or b"failed" in actions  # not what was delivered, or is only late
    null_sender = root.headers.line("Return-Path").replace(" ", "") == "<>"
    return null_sender and bool(_DAEMON.search(root.headers.line("From")))


def _is_automatic(root: Part) -> bool:
    """RFC 3834, section 5, and what mailers wrote before it, or write in its place."""
    headers = root.headers
    submitted = headers.token("Auto-Submitted")
    suppress = headers.line("X-Auto-Response-Suppress").casefold()
    return (
        submitted not in ("", "no")
        or headers.token("Precedence") in ("auto_reply", "auto-reply")
        or any(name in headers for name in _AUTO_FIELDS)
        or any(word in suppress for word in ("all", "autoreply"))
        or headers.line("Return-Path").replace(" ", "") == "<>"
    )


def _is_list(root: Part) -> bool:
    """RFC 2369, RFC 2919, and the older Precedence."""
    return root.headers.token("Precedence") in ("bulk", "list", "junk") or any(
        name in root.headers for name in _LIST_FIELDS
    )
