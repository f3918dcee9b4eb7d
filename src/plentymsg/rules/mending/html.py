"""Edits that take links and images out of HTML and leave what a reader reads of the rest."""

from __future__ import annotations

import re

from plentymsg.rules.markup.attributes import image_source, is_inline_image
from plentymsg.rules.markup.entities import decoded
from plentymsg.rules.markup.outline import Outline
from plentymsg.rules.markup.tags import Attribute
from plentymsg.rules.mending.edit import Edit, Fix
from plentymsg.rules.mending.html_text import without_text
from plentymsg.rules.wordlist import words

_NOTHING_WITHOUT = words(
    "amp-img area base bgsound embed iframe image img input link meta script source track"
)
"""Elements that are nothing without what they load or lead to: these go as a whole, not their attribute."""

_WITH_CONTENT = words("iframe script svg v:image")
"""Elements whose content is no text: it goes with them."""

_VOID = words("amp-img area base bgsound embed image img input link meta source track")
_IMAGE_SET = re.compile(r"(?:-webkit-)?image-set", re.IGNORECASE)
_CLOSING = re.compile(r"\s*\)")
_REST_OF_IMPORT = re.compile(r"[^;{}<>\"']{0,200};?")
_MOST_NESTED = 2000


def without(outline: Outline, start: int, end: int) -> Fix:
    """Take out the link, or the words, at this place: in a text, an attribute or a style."""
    at = outline.at(start)
    piece = outline.pieces[at] if at >= 0 else None
    if piece is None or start >= piece.end or (piece.kind == "raw" and piece.name != "style"):
        return (Edit("html", start, end),)
    if piece.kind == "text":
        return without_text(outline, at, start, end)
    if piece.kind == "raw":
        return _without_style(outline, start, end)
    return _without_value(outline, at, start, end)


def without_image(outline: Outline, start: int, end: int) -> Fix:
    """Take out the image at this place: an element, an attribute that shows it, or a reference in a style."""
    at = outline.at(start)
    piece = outline.pieces[at]
    if piece.kind != "tag" or start != piece.start:
        return _without_style(outline, start, end)
    attributes = outline.attributes_of(piece)
    values = {
        a.name: decoded(outline.html, a.value_start, a.value_end).text.strip() for a in reversed(attributes)
    }
    shows = [a for a in attributes if a.name in {"background", "poster"} or is_inline_image(values[a.name])]
    rest = {name: value for name, value in values.items() if name not in {a.name for a in shows}}
    if piece.name in _NOTHING_WITHOUT or not shows or image_source(piece.name, rest) is not None:
        return _unwrapped(outline, at)
    return tuple(_dropped(outline, attribute) for attribute in shows)


def _without_value(outline: Outline, at: int, start: int, end: int) -> Fix:
    """Take out what leads elsewhere in an attribute: the link, the element, the style or the attribute."""
    tag = outline.pieces[at]
    attribute = next((a for a in outline.attributes_of(tag) if a.value_start <= start <= a.value_end), None)
    if attribute is None:
        return (Edit("html", tag.start, tag.end),)
    if attribute.name == "style":
        return _without_style(outline, start, end)
    is_nothing_without = tag.name in _NOTHING_WITHOUT and attribute.name not in {"alt", "title"}
    if is_nothing_without or (tag.name == "a" and attribute.name.endswith("href")):
        return _unwrapped(outline, at)
    return (_dropped(outline, attribute),)


def _unwrapped(outline: Outline, at: int) -> Fix:
    """The tag goes, and its end tag if it has one; what stands between stays if it is text."""
    tag = outline.pieces[at]
    close = None if tag.name in _VOID else outline.end_tag_of(at)
    if tag.name in _WITH_CONTENT:
        return (Edit("html", tag.start, close.end if close else tag.end),)
    start = Edit("html", tag.start, tag.end)
    return (start, Edit("html", close.start, close.end)) if close else (start,)


def _dropped(outline: Outline, attribute: Attribute) -> Edit:
    html = outline.html
    start = attribute.start
    while start > 0 and html[start - 1].isspace():
        start -= 1
    following = html[attribute.end : attribute.end + 1]
    return Edit("html", start, attribute.end, "" if following.isspace() or following in "/>" else " ")


def _without_style(outline: Outline, start: int, end: int) -> Fix:
    """`url(…)` and strings become `none`, which every property takes; an `@import` goes whole."""
    html = outline.html
    if html.startswith("@", start):
        rest = _REST_OF_IMPORT.match(html, end)
        return (Edit("html", start, rest.end() if rest else end),)
    if _IMAGE_SET.match(html, start):
        return (Edit("html", start, _closing(html, start, end), "none"),)
    if html[start] in "\"'&":  # a string of its own, perhaps with its quotes encoded
        return (Edit("html", start, end, "none"),)
    close = _CLOSING.match(html, end)
    return (Edit("html", start, close.end() if close else end, "none"),)


def _closing(html: str, start: int, end: int) -> int:
    """Behind the bracket that closes the first one behind `start`."""
    depth = 0
    for at in range(start, min(len(html), start + _MOST_NESTED)):
        depth += (html[at] == "(") - (html[at] == ")")
        if html[at] == ")" and not depth:
            return at + 1
    return end
