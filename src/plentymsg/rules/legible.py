"""Whether people can read anything in a text."""

from __future__ import annotations

from plentymsg.rules.links.unmask import readable


def is_legible(text: str) -> bool:
    """Whether it holds a letter or a digit, of any script, that can be seen."""
    read = readable(text)
    return any(sign.isalnum() for sign in (text if read is None else read.text))
