"""An HTML part, taken apart: its text, what it links to and which images it shows, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from plentymsg.rules.images import ImageReference
from plentymsg.rules.links.link import Link, first_of_each_kind
from plentymsg.rules.links.reading import find_links
from plentymsg.rules.mapped import MappedText
from plentymsg.rules.markup.entities import decoded_pieces
from plentymsg.rules.markup.scanner import scan
from plentymsg.rules.markup.tags import BREAK, INLINE


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
    pieces: list[tuple[str, int, int]] = []
    references: list[Link] = []
    images: list[ImageReference] = []
    done = 0
    for start, end, markup in scan(html):
        if done < start:
            text = html[done:start]
            if "&" in text:
                pieces += decoded_pieces(text, done)
            else:
                pieces.append((text, done, -1))
        done = end
        if markup is INLINE:
            continue
        if markup.ends_word:
            pieces.append(("\n", start, end))
        if markup is not BREAK:
            references += (Link(kind, start + low, start + high) for kind, low, high in markup.links)
            images += (
                ImageReference(source, start + low, start + high, counts)
                for source, low, high, counts in markup.images
            )
    return Document(MappedText(pieces), tuple(references), tuple(images))
