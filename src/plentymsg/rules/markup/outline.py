"""The tags and texts of an HTML part in their order, to find what stands at a place and around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from plentymsg.rules.markup.scanner import scan
from plentymsg.rules.markup.tags import Attribute, attributes_of, name_of

_MOST_INSIDE = 5_000
"""Tags and texts of an element behind which its end tag is not looked for any more."""


class Piece(NamedTuple):
    """A tag, with `/` in front of its name if it is an end tag, a text, or what a script or style holds."""

    kind: str
    """`tag`, `text` or `raw`."""
    name: str
    """Of the tag, or of the element that holds the raw text; empty for text."""
    start: int
    end: int


class Outline:
    """What an HTML part consists of; comments and declarations are left out."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.pieces = list(_pieces(html))
        self._starts = [piece.start for piece in self.pieces]

    def at(self, offset: int) -> int:
        """The position in `pieces` of the last one that begins there or before; -1 if none does."""
        return bisect_right(self._starts, offset) - 1

    def attributes_of(self, tag: Piece) -> list[Attribute]:
        """The attributes of a tag that have a value."""
        return attributes_of(self.html, tag.start, tag.end)

    def end_tag_of(self, at: int) -> Piece | None:
        """The end tag of the element that `pieces[at]` begins; None if it has none.

        A link in a link ends the outer one (HTML standard, 13.2.6.4.7).
        """
        name = self.pieces[at].name
        depth = 1
        for piece in self.pieces[at + 1 : at + _MOST_INSIDE]:
            if piece.name == f"/{name}":
                depth -= 1
                if not depth:
                    return piece
            elif piece.name == name and piece.kind == "tag":
                if name == "a":
                    return None
                depth += 1
        return None


def _pieces(html: str) -> Iterator[Piece]:
    done = 0
    for start, end, markup in scan(html):
        if done < start:
            yield Piece("text", "", done, start)
        if markup.kind == "content" and start < end:
            yield Piece("raw", markup.element, start, end)
        elif markup.kind == "tag" and start < end:
            yield Piece("tag", name_of(html[start:end])[0], start, end)
        done = end
