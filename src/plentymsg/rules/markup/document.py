"""An HTML part, taken apart: its text, what it links to and which images it shows, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plentymsg.rules.images import ImageReference
from plentymsg.rules.links.link import Link, by_place, first_of_each_kind
from plentymsg.rules.links.reading import find_links
from plentymsg.rules.mapped import MappedText
from plentymsg.rules.markup.entities import decoded_pieces
from plentymsg.rules.markup.scanner import scan
from plentymsg.rules.markup.tags import INLINE, Markup


class Document:
    """What an HTML part says, refers to and shows."""

    def __init__(self, text: MappedText, tags: Sequence[Markup], starts: Sequence[int]) -> None:
        """`tags` are those that refer to or show something; they begin at `starts`.

        Most of them are the same few values. What each refers to is put in its place only when it is
        asked for: a hostile text has a million, and that many values at once slow a program down.
        """
        self.text = text
        """What a reader sees, hidden elements included; elements that break a line are line breaks."""
        self._tags = tags
        self._starts = starts

    @property
    def references(self) -> Iterator[Link]:
        """Links in attributes and styles, by their place."""
        for tag, at in zip(self._tags, self._starts, strict=True):
            for kind, start, end in tag.links:
                yield Link(kind, at + start, at + end)

    @property
    def images(self) -> Iterator[ImageReference]:
        """Images that tags and styles show, tag by tag."""
        for tag, at in zip(self._tags, self._starts, strict=True):
            for source, start, end, counts in tag.images:
                yield ImageReference(source, at + start, at + end, counts)

    def links(self) -> list[Link]:
        """Links and addresses in text, attributes and styles, by their place in the source."""
        seen = [Link(each.kind, *self.text.span(each.start, each.end)) for each in find_links(self.text.text)]
        found = sorted([*seen, *first_of_each_kind(self.references)], key=by_place)
        return first_of_each_kind(found)


def read_html(html: str) -> Document:
    """Take any text whatever apart as HTML. Nothing raises; the work grows with its length only."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    tags: list[Markup] = []
    tag_starts: list[int] = []
    done = 0
    for start, end, markup in scan(html):
        if done < start:
            between = html[done:start]
            if "&" in between:
                for text, low, high in decoded_pieces(between, done):
                    texts.append(text)
                    starts.append(low)
                    ends.append(high)
            else:
                texts.append(between)
                starts.append(done)
                ends.append(-1)
        done = end
        if markup is INLINE:
            continue
        if markup.ends_word:
            texts.append("\n")
            starts.append(start)
            ends.append(end)
        if markup.links or markup.images:
            tags.append(markup)
            tag_starts.append(start)
    return Document(MappedText(texts, starts, ends), tags, tag_starts)
