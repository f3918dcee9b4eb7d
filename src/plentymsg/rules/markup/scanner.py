"""HTML cut into tags and text, as tolerantly as a mail client does it, and in one pass.

Follows the tokenisation of the HTML standard (section 13.2.5) where it matters: quotes count only behind
an equals sign, anything else until `>` is an attribute. It never looks at a character a second time but
for a constant number of steps back, so a hostile text costs no more than a friendly one of its length.

No library does this: lxml and selectolax do not say where in the source a tag stands, and `html.parser`
and html5lib, which do, take ten to fifty times as long.
"""

from __future__ import annotations

import re

from plentymsg.rules.markup.entities import decoded_pieces
from plentymsg.rules.markup.tags import BREAK, DECLARATION, INLINE, TAGS, Tag, read_content

Piece = tuple[str, int, int]

_MARKUP = re.compile(
    r"<(?:[!?]|/(?![A-Za-z])|/?[A-Za-z][^\s/>]*+"
    r"(?:\s++|/|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|))?+)*+>?)"
)
"""A tag, or else the beginning of a comment or declaration."""
_CONDITION = re.compile(r"<!--\[if[^\]>]{0,200}\]>(?:<!-->)?", re.IGNORECASE)
"""Outlook reads what stands in such a comment, so it is no comment here."""
_CONTENT_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}


def scan(html: str) -> tuple[list[Piece], list[tuple[int, Tag]]]:
    """The pieces of text (see MappedText), and where each tag begins that refers to or shows something.

    Comments and declarations are left out.
    """
    reading = _Scan(html)
    done = 0
    while done < len(html):
        done = reading.go_on(done)
    return reading.pieces, reading.tags


class _Scan:
    """Collects text and tags."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.pieces: list[Piece] = []
        self.tags: list[tuple[int, Tag]] = []
        self._comments_end = True
        """Whether a `-->` can still come."""

    def go_on(self, done: int) -> int:
        """Read on from `done` to the first thing that is no tag, and return where it ends."""
        html = self.html
        pieces = self.pieces
        for markup in _MARKUP.finditer(html, done):
            start, end = markup.span()
            if done < start:
                text = html[done:start]
                if "&" in text:
                    pieces += decoded_pieces(text, done)
                else:
                    pieces.append((text, done, -1))
            done = end
            tag = TAGS[markup[0]]
            if tag is BREAK:
                pieces.append(("\n", start, end))
            elif tag is not INLINE:
                if tag.ends_word:
                    pieces.append(("\n", start, end))
                if tag.links or tag.images:
                    self.tags.append((start, tag))
                if tag.content:
                    return self._end_of_content(tag.content, start, end)
        pieces += decoded_pieces(html[done:], done)
        return len(html)

    def _end_of_content(self, element: str, start: int, end: int) -> int:
        """Where what is no markup ends, behind the tag or the beginning of a declaration at `start`."""
        html = self.html
        if element == DECLARATION:
            return self._end_of_declaration(start)
        close = _CONTENT_ENDS[element].search(html, end)
        done = close.start() if close else len(html)
        self.tags.append((end, read_content(element, html[end:done])))
        return done

    def _end_of_declaration(self, at: int) -> int:
        """Where a comment, doctype or the like ends.

        A comment that never ends is read as text: a browser hides the rest, but not every mail client does.
        """
        html = self.html
        if not html.startswith("<!--", at):
            return html.find(">", at) + 1 or len(html)
        condition = _CONDITION.match(html, at)
        if condition:
            return condition.end()
        end = html.find("-->", at + 2) if self._comments_end else -1
        self._comments_end = end >= 0
        return end + 3 if end >= 0 else at + 4
