"""Character references of HTML, decoded without losing where they stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from plentymsg.rules.mapped import MappedText

_REFERENCE = re.compile(r"&(?:#[0-9]{1,40}+;?|#[xX][0-9a-fA-F]{1,40}+;?|[A-Za-z][A-Za-z0-9]{1,31}+;?)")


def decoded_pieces(html: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Pieces of a MappedText for `html[start:end]`, which holds no markup."""
    done = start
    for reference in _REFERENCE.finditer(html, start, end):
        character = _character(reference.group())
        if character != reference.group():
            yield html[done : reference.start()], done, -1
            yield character, reference.start(), reference.end()
            done = reference.end()
    yield html[done:end], done, -1


def decoded(html: str, start: int, end: int) -> MappedText:
    """`html[start:end]` as a reader of the attribute or the text would get it."""
    if html.find("&", start, end) < 0:
        return MappedText([(html[start:end], start, -1)])
    return MappedText(decoded_pieces(html, start, end))


@lru_cache(maxsize=1024)
def _character(reference: str) -> str:
    from html import unescape

    return unescape(reference)
