"""Character references of HTML, decoded without losing where they stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from plentymsg.rules.mapped import MappedText

_REFERENCE = re.compile(r"&(?:#[0-9]{1,40}+;?|#[xX][0-9a-fA-F]{1,40}+;?|[A-Za-z][A-Za-z0-9]{1,31}+;?)")


def decoded_pieces(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Pieces of a MappedText for text without markup that stands `at` this place of its source."""
    done = 0
    for reference in _REFERENCE.finditer(text):
        source = reference[0]
        character = _character(source)
        if character != source:
            start, end = reference.span()
            if done < start:
                yield text[done:start], at + done, -1
            yield character, at + start, at + end
            done = end
    if done < len(text):
        yield text[done:], at + done, -1


def decoded(html: str, start: int, end: int) -> MappedText:
    """`html[start:end]` as a reader of the attribute or the text would get it."""
    if html.find("&", start, end) < 0:
        return MappedText([html[start:end]], [start], [-1])
    return MappedText.of(decoded_pieces(html[start:end], start))


@lru_cache(maxsize=1024)
def _character(reference: str) -> str:
    from html import unescape

    return unescape(reference)
