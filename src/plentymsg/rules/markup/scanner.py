"""HTML cut into tags and text, as tolerantly as a mail client does it, and in one pass.

Follows the tokenisation of the HTML standard (section 13.2.5) where it matters: quotes count only behind
an equals sign, anything else until `>` is an attribute. It never looks at a character a second time but
for a constant number of steps back, so a hostile text costs no more than a friendly one of its length.

No library does this: lxml and selectolax do not say where in the source a tag stands, and `html.parser`
and html5lib, which do, take ten to fifty times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plentymsg.rules.markup.tags import DECLARATION, INLINE, MEANINGS, Markup, read_content

_MARKUP = re.compile(
    r"<(?:[!?]|/(?![A-Za-z])|/?[A-Za-z][^\s/>]*+"
    r"(?:\s++|/|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|))?+)*+>?)"
)
"""A tag, or else the beginning of a comment or declaration."""
_CONDITION = re.compile(r"<!--\[if[^\]>]{0,200}\]>(?:<!-->)?", re.IGNORECASE)
"""Outlook reads what stands in such a comment, so it is no comment here."""
_CONTENT_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}


def scan(html: str) -> Iterator[tuple[int, int, Markup]]:
    """Everything that is no text, in its order, with its span: tags, comments, what a style holds.

    What stands between is text, with its entities still encoded. The last one is empty, at the end.
    """
    done = 0
    comments_end = True
    while done < len(html):
        for found in _MARKUP.finditer(html, done):
            start, done = found.span()
            markup = MEANINGS[found[0]]
            if markup.element or markup is DECLARATION:
                break
            yield start, done, markup
        else:
            break
        if markup is DECLARATION:
            done, comments_end = _end_of_declaration(html, start, comments_end)
        yield start, done, markup
        if markup.element:
            start, done = done, _end_of_content(html, done, markup.element)
            yield start, done, read_content(markup.element, html[start:done])
    yield len(html), len(html), INLINE


def _end_of_content(html: str, start: int, element: str) -> int:
    close = _CONTENT_ENDS[element].search(html, start)
    return close.start() if close else len(html)


def _end_of_declaration(html: str, at: int, comments_end: bool) -> tuple[int, bool]:
    """Where a comment, doctype or the like ends, and whether a `-->` can still come.

    A comment that never ends is read as text: a browser hides the rest, but not every mail client does.
    """
    if html.startswith("<!--", at):
        condition = _CONDITION.match(html, at)
        if condition:
            return condition.end(), comments_end
        end = html.find("-->", at + 2) if comments_end else -1
        return (end + 3, True) if end >= 0 else (at + 4, False)
    return html.find(">", at) + 1 or len(html), comments_end
