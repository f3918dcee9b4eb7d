"""An HTML part, taken apart: its text, what it links to and which images it shows, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from plentymsg.rules.images import ImageReference
from plentymsg.rules.links.link import Link, first_of_each_kind
from plentymsg.rules.links.reading import find_links
from plentymsg.rules.mapped import MappedText
from plentymsg.rules.markup.scanner import scan


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
    pieces, tags = scan(html)
    references = (Link(kind, at + start, at + end) for at, tag in tags for kind, start, end in tag.links)
    images = (
        ImageReference(source, at + start, at + end, counts)
        for at, tag in tags
        for source, start, end, counts in tag.images
    )
    return Document(MappedText(pieces), tuple(references), tuple(images))
