"""HTML cut into tags and text, as tolerantly as a mail client does it, and in one pass.

Follows the tokenisation of the HTML standard (section 13.2.5) where it matters: quotes count only behind
an equals sign, anything else until `>` is an attribute. It never looks at a character a second time but
for a constant number of steps back, so a hostile text costs no more than a friendly one of its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

_MARKUP = re.compile(
    r"<(?:[!?]|/(?![A-Za-z])|(/?[A-Za-z][^\s/>]*+)"
    r"((?:\s++|/|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|))?+)*+)>?)"
)
"""A tag, with its name and attributes, or else the beginning of a comment or declaration."""
_ATTRIBUTE = re.compile(r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?+")
_CONDITION = re.compile(r"<!--\[if[^\]>]{0,200}\]>(?:<!-->)?", re.IGNORECASE)
"""Outlook reads what stands in such a comment, so it is no comment here."""
_RAW_TEXT_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}


class Handler(Protocol):
    """Who is told what the HTML consists of, in order. Numbers are offsets in the HTML."""

    def tag(self, name: str, start: int, end: int, attributes: tuple[int, int]) -> None:
        """A tag, with its name in lower case, `/` in front if it is an end tag, and its attributes' span."""

    def text(self, start: int, end: int) -> None:
        """Text between tags, entities still encoded."""

    def raw_text(self, element: str, start: int, end: int) -> None:
        """What stands in a `script` or `style` element."""


def scan(html: str, handler: Handler) -> None:
    """Tell `handler` about every tag and text of `html`. Comments and declarations are left out."""
    done = 0
    comments_end = True
    goes_on = True
    while goes_on:
        goes_on = False
        for markup in _MARKUP.finditer(html, done):
            if done < markup.start():
                handler.text(done, markup.start())
            if markup[1] is None:
                done, comments_end = _behind_declaration(html, markup.start(), comments_end)
                goes_on = True
                break
            name = markup[1].lower()
            done = markup.end()
            handler.tag(name, markup.start(), done, markup.span(2))
            if name in _RAW_TEXT_ENDS:
                close = _RAW_TEXT_ENDS[name].search(html, done)
                end = close.start() if close else len(html)
                handler.raw_text(name, done, end)
                done = end
                goes_on = True
                break
    if done < len(html):
        handler.text(done, len(html))


def attributes(html: str, span: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    """Name, in lower case, and span of the value, entities still encoded, of the attributes that have one."""
    for found in _ATTRIBUTE.finditer(html, *span):
        group = found.lastindex or 1
        if group > 1:
            yield found[1].lower(), *found.span(group)


def attribute_spans(html: str, span: tuple[int, int]) -> Iterator[tuple[str, int, int, int, int]]:
    """The same, with the span of the whole attribute, quotes included, before that of its value."""
    for found in _ATTRIBUTE.finditer(html, *span):
        group = found.lastindex or 1
        if group > 1:
            yield found[1].lower(), *found.span(), *found.span(group)


def _behind_declaration(html: str, at: int, comments_end: bool) -> tuple[int, bool]:
    """Where a comment, doctype or the like ends, and whether a `-->` can still come.

    A comment that never ends is read as text: a browser hides the rest, but not every mail client does.
    """
    if html.startswith("<!--", at):
        condition = _CONDITION.match(html, at)
        if condition:
            return condition.end(), comments_end
        end = html.find("-->", at + 2) if comments_end else -1
        return (end + 3, True) if end >= 0 else (at + 4, False)
    end = html.find(">", at)
    return (end + 1 if end >= 0 else len(html)), comments_end
