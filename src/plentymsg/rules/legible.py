"""Whether people can read anything in a text."""

from __future__ import annotations

from plentymsg.rules.links.unmask import readable

_BLANK_PATTERN = "\u2800"
"""Of braille: a sign by its category, though it has no dots."""


def is_legible(text: str) -> bool:
    """Whether it holds a letter or a digit, of any script, that can be seen."""
    return any(sign.isalnum() for sign in _readable(text))


def is_visible(text: str) -> bool:
    """Whether it holds anything that can be seen, be it a smiley or a mere dot."""
    return any(not sign.isspace() and sign != _BLANK_PATTERN for sign in _readable(text))


def _readable(text: str) -> str:
    read = readable(text)
    return text if read is None else read.text
