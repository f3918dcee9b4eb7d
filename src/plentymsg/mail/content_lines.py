"""What a person sees of appointments and of contacts: text/calendar (RFC 5545) and text/vcard (RFC 6350)."""

from __future__ import annotations

import re

_TYPES = frozenset({"text/calendar", "text/vcard", "text/x-vcard", "text/directory"})
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r'(?:[\w-]+\.)?([\w-]+)(?:;(?:[^":\n]|"[^"\n]*")*)?:(.*)')
_ESCAPED = re.compile(r"\\(.)")
_UNSEEN = frozenset({"ATTENDEE", "ORGANIZER", "PHOTO", "PRODID", "TZURL", "UID"})
"""Names of lines for programs. People are shown by their names, not by the `mailto:` that stands there."""


def is_content_lines(content_type: str) -> bool:
    """Whether a part of this type is made of content lines."""
    return content_type in _TYPES


def read_content_lines(text: str) -> str:
    """The values that are shown, one a line or more: unfolded, without names and escapes."""
    return "\n".join(_value(line) for line in _FOLD.sub("", text).splitlines())


def _value(line: str) -> str:
    found = _LINE.match(line)
    if found is None:
        return line
    if found[1].upper() in _UNSEEN:
        return ""
    return _ESCAPED.sub(lambda escape: "\n" if escape[1] in "nN" else escape[1], found[2])
