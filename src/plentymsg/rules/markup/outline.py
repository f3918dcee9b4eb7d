"""The tags and texts of an HTML part in their order, to find what stands at a place and around it."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from plentymsg.rules.markup.scanner import attribute_spans, scan


class Piece(NamedTuple):
    """A tag, with `/` in front of its name if it is an end tag, a text, or what a script or style holds."""

    kind: str
    """`tag`, `text` or `raw`."""
    name: str
    """Of the tag, or of the element that holds the raw text; empty for text."""
    start: int
    end: int
    attributes: tuple[int, int] = (0, 0)


class Attribute(NamedTuple):
    """An attribute with its span, and that of its value without the quotes."""

    name: str
    start: int
    end: int
    value_start: int
    value_end: int


class Outline:
    """What an HTML part consists of; comments and declarations are left out."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.pieces: list[Piece] = []
        scan(html, self)
        self._starts = [piece.start for piece in self.pieces]

    def tag(self, name: str, start: int, end: int, attributes: tuple[int, int]) -> None:
        """A tag, as `scan` tells it."""
        self.pieces.append(Piece("tag", name, start, end, attributes))

    def text(self, start: int, end: int) -> None:
        """A text, as `scan` tells it; what follows another text directly belongs to it."""
        if self.pieces and self.pieces[-1].kind == "text" and self.pieces[-1].end == start:
            start = self.pieces.pop().start
        self.pieces.append(Piece("text", "", start, end))

    def raw_text(self, element: str, start: int, end: int) -> None:
        """What a script or style holds, as `scan` tells it."""
        if start < end:
            self.pieces.append(Piece("raw", element, start, end))

    def at(self, offset: int) -> int:
        """The position in `pieces` of the last one that begins there or before; -1 if none does."""
        return bisect_right(self._starts, offset) - 1

    def attributes_of(self, tag: Piece) -> list[Attribute]:
        """The attributes of a tag that have a value."""
        return [Attribute(*each) for each in attribute_spans(self.html, tag.attributes)]

    def end_tag_of(self, at: int) -> Piece | None:
        """The end tag of the element that `pieces[at]` begins; None if it has none.

        A link in a link ends the outer one (HTML standard, 13.2.6.4.7).
        """
        name = self.pieces[at].name
        depth = 1
        for piece in self.pieces[at + 1 :]:
            if piece.name == f"/{name}":
                depth -= 1
                if not depth:
                    return piece
            elif piece.name == name and piece.kind == "tag":
                if name == "a":
                    return None
                depth += 1
        return None
