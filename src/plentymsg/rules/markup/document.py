"""An HTML part, taken apart: its text, what it links to and which images it shows, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from plentymsg.rules.images import ImageReference
from plentymsg.rules.links.link import Link, first_of_each_kind
from plentymsg.rules.links.reading import find_links
from plentymsg.rules.mapped import MappedText
from plentymsg.rules.markup.attributes import (
    PICTURED,
    UNREAD,
    image_source,
    is_remote,
    leads_elsewhere,
    may_be_read,
)
from plentymsg.rules.markup.css import may_refer, style_references
from plentymsg.rules.markup.entities import decoded, decoded_pieces
from plentymsg.rules.markup.scanner import attributes, scan
from plentymsg.rules.wordlist import words

BREAKING = words(
    """
    address article aside blockquote body br button caption center dd details dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu meta nav ol
    optgroup option p pre section select summary table tbody td textarea tfoot th thead title tr ul
    """
)
_BREAKS = BREAKING | {f"/{name}" for name in BREAKING}
"""Tags that end a word. All others may stand in the middle of one: `<b>www.</b>shop.de`."""

_SHORTEST_VALUE = 3
"""Characters of `a=b`: where there are fewer, there is no value."""


@dataclass(frozen=True, slots=True)
class Document:
    """What an HTML part says, refers to and shows."""

    text: MappedText
    """What a reader sees, hidden elements included; elements that break a line are line breaks."""
    references: tuple[Link, ...]
    """Links in attributes and styles."""
    images: tuple[ImageReference, ...]

    def links(self) -> list[Link]:
        """Links and addresses in text, attributes and styles, by their place in the source."""
        seen = [Link(each.kind, *self.text.span(each.start, each.end)) for each in find_links(self.text.text)]
        return first_of_each_kind(sorted([*seen, *self.references], key=lambda each: (each.start, -each.end)))


def read_html(html: str) -> Document:
    """Take any text whatever apart as HTML. Nothing raises; the work grows with its length only."""
    reader = _Reader(html)
    scan(html, reader)
    return Document(MappedText(reader.pieces), tuple(reader.references), tuple(reader.images))


class _Reader:
    """Collects what `scan` tells."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.pieces: list[tuple[str, int, int]] = []
        self.references: list[Link] = []
        self.images: list[ImageReference] = []

    def text(self, start: int, end: int) -> None:
        if self.html.find("&", start, end) < 0:
            self.pieces.append((self.html[start:end], start, -1))
        else:
            self.pieces += decoded_pieces(self.html, start, end)

    def raw_text(self, element: str, start: int, end: int) -> None:
        if element == "style":
            self._style(MappedText([(self.html[start:end], start, -1)]))
        elif "://" in self.html[start:end]:
            self._link(start, end)

    def tag(self, name: str, start: int, end: int, attributes: tuple[int, int]) -> None:
        if name in _BREAKS:
            self.pieces.append(("\n", start, end))
        values: dict[str, str] = {}
        if attributes[1] - attributes[0] >= _SHORTEST_VALUE and name[0] != "/":
            values = self._values(name, attributes)
        if values or name in PICTURED:
            source = image_source(name, values)
            if source is not None:
                self.images.append(ImageReference(source, start, end, counts=name != "source"))

    def _values(self, element: str, span: tuple[int, int]) -> dict[str, str]:
        """Look at each attribute, and return the values of those that may show an image."""
        html = self.html
        values: dict[str, str] = {}
        for name, start, end in attributes(html, span):
            if name == "style":
                if may_refer(html, start, end):
                    self._style(decoded(html, start, end))
            elif name not in UNREAD and not name.startswith("xmlns:"):
                value = html[start:end].strip()
                if "&" in value:
                    value = decoded(html, start, end).text.strip()
                values.setdefault(name, value)
                if leads_elsewhere(element, name, value):
                    self._link(start, end)
                elif may_be_read(name, value):
                    self._read(decoded(html, start, end))
            elif name == "type":
                values.setdefault(name, html[start:end])
        return values

    def _read(self, value: MappedText) -> None:
        found = find_links(value.text)
        self.references += (Link(each.kind, *value.span(each.start, each.end)) for each in found)

    def _style(self, style: MappedText) -> None:
        for reference in style_references(style):
            value = reference.value
            if is_remote(value) or (may_be_read("style", value) and find_links(value)):
                self._link(reference.start, reference.end)
            if reference.is_image:
                self.images.append(ImageReference(reference.value, reference.start, reference.end))

    def _link(self, start: int, end: int) -> None:
        self.references.append(Link("link", start, end))
