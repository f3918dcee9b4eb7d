"""HTML cut into tags and text, as tolerantly as a mail client does it, and in one pass.

Follows the tokenisation of the HTML standard (section 13.2.5) where it matters: quotes count only behind
an equals sign, anything else until `>` is an attribute. It never looks at a character a second time but
for a constant number of steps back, so a hostile text costs no more than a friendly one of its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(
    r"<(/?)([A-Za-z][^\s/>]*+)"
    r"((?:\s++|/|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|))?+)*+)>?"
)
_ATTRIBUTE = re.compile(r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?+")
_CONDITION = re.compile(r"<!--\[if[^\]>]{0,200}\]>(?:<!-->)?", re.IGNORECASE)
"""Outlook reads what stands in such a comment, so it is no comment here."""
_RAW_TEXT_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag or an end tag; `html[start:end]` is all of it."""

    name: str
    is_end: bool
    start: int
    end: int
    attributes_start: int
    attributes_end: int


@dataclass(frozen=True, slots=True)
class Text:
    """Text between tags; `element` is `script` or `style` if it is the content of one."""

    start: int
    end: int
    element: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute; its value, entities still encoded, is `html[start:end]`."""

    name: str
    start: int
    end: int


def scan(html: str) -> Iterator[Tag | Text]:
    """Tags and text of `html`, in order. Comments and declarations are left out."""
    done = 0
    comments_end = True
    at = html.find("<")
    while at >= 0:
        if done < at:
            yield Text(done, at)
        following = html[at + 1 : at + 2]
        tag = _TAG.match(html, at) if following.isalpha() or following == "/" else None
        if tag:
            done = tag.end()
            yield Tag(tag[2].lower(), bool(tag[1]), at, done, tag.start(3), tag.end(3))
            raw = _RAW_TEXT_ENDS.get(tag[2].lower()) if not tag[1] else None
            if raw:
                close = raw.search(html, done)
                end = close.start() if close else len(html)
                yield Text(done, end, tag[2].lower())
                done = end
        elif following in {"!", "?", "/"}:
            done, comments_end = _behind_declaration(html, at, comments_end)
        else:
            done = at + 1
            yield Text(at, done)
        at = html.find("<", done)
    if done < len(html):
        yield Text(done, len(html))


def attributes(html: str, tag: Tag) -> Iterator[Attribute]:
    """The attributes of `tag` that have a value, in order."""
    for found in _ATTRIBUTE.finditer(html, tag.attributes_start, tag.attributes_end):
        group = found.lastindex or 1
        if group > 1:
            yield Attribute(found[1].lower(), found.start(group), found.end(group))


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
