"""Text that a person gives for a message."""

from __future__ import annotations

import re

from plentymsg.errors import InvalidInput

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab and line breaks, and bytes that are no UTF-8."""


def require_plain(part: str, text: str) -> None:
    """Raise InvalidInput if a part of a message (`subject`, `text` …) has characters that are no text."""
    found = _CONTROL.search(text)
    if found is None:
        return
    code = ord(found.group())
    if code >= 0xD800:
        raise InvalidInput(f"The {part} has a byte that is no UTF-8 text.", hint="Give it in UTF-8.")
    raise InvalidInput(
        f"The {part} has a control character (U+{code:04X}).",
        hint="Take it out: a mail program shows nothing for it, or obeys it.",
    )
