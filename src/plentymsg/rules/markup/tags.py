"""What a tag means: whether it ends a word, what it refers to, which images it shows.

That depends on its own source alone, and mail repeats its tags: `</td>`, `<div>`, the style of a cell.
So what a short one means is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from plentymsg.rules.images import ImageReference
from plentymsg.rules.links.link import Link, LinkKind, by_place
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
from plentymsg.rules.markup.css import StyleReference, may_refer, style_references
from plentymsg.rules.markup.entities import decoded
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
_RAW = frozenset({"script", "style"})
_PLAIN = (UNREAD - {"type"}) | {"style"}

_NAME = re.compile(r"<(/?[A-Za-z][^\s/>]*+)")
_ATTRIBUTE = re.compile(r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?+")
_ATTRIBUTE_NAME = re.compile(r"([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+")
_SHORTEST_VALUE = 3
"""Characters of `a=b`: where there are fewer, there is no value."""
_LONGEST_REMEMBERED = 300
"""Characters of a tag or a value; a picture in a `data:` address would fill the memory."""
_MOST_REMEMBERED = 5000


class Attribute(NamedTuple):
    """An attribute with its span, and that of its value without the quotes."""

    name: str
    start: int
    end: int
    value_start: int
    value_end: int


class Markup(NamedTuple):
    """What a tag, or anything else that is no text, means. Places count from its beginning."""

    kind: Literal["tag", "content", "declaration"]
    """Content is what a script or style holds; a declaration may be a comment too."""
    element: str = ""
    """`script` or `style`: the element whose content this is, or whose content follows this."""
    ends_word: bool = False
    """Whether it is a line break to a reader, or nothing."""
    links: tuple[Link, ...] = ()
    images: tuple[ImageReference, ...] = ()


BREAK = Markup("tag", ends_word=True)
INLINE = Markup("tag")
DECLARATION = Markup("declaration")
"""What most tags are. There is only one of each, so that they can be told by their identity."""


class _Meanings(dict[str, Markup]):
    """What each tag means, worked out when it is first met: `<` and, if it is not missing, `>` included."""

    def __missing__(self, source: str) -> Markup:
        markup = _read(source)
        if len(source) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[source] = markup
        return markup


MEANINGS = _Meanings()


def read_content(element: str, source: str) -> Markup:
    """What stands in a `style` or `script` element."""
    finds = _Finds(source)
    if element == "style":
        finds.style(MappedText([source], [0], [-1]))
    elif "://" in source:
        finds.link(0, len(source))
    links = tuple(sorted(finds.links, key=by_place))
    return Markup("content", element, links=links, images=tuple(finds.images))


def attributes_of(html: str, start: int, end: int) -> list[Attribute]:
    """The attributes that have a value, of the tag `html[start:end]`."""
    low = start + name_of(html[start:end])[1]
    found = _ATTRIBUTE.finditer(html, low, end - html.endswith(">", start, end))
    valued = (each for each in found if each.lastindex != 1)
    return [Attribute(each[1].lower(), *each.span(), *each.span(each.lastindex or 1)) for each in valued]


def name_of(source: str) -> tuple[str, int]:
    """The name of a tag, in lower case and with `/` in front of an end tag's, and where it ends."""
    found = _NAME.match(source)
    return (found[1].lower(), found.end()) if found else ("", 0)


def _read(source: str) -> Markup:
    name, start = name_of(source)
    if not name:
        return DECLARATION
    end = len(source) - source.endswith(">")
    finds = _Finds(source)
    values: dict[str, str] = {}
    if end - start >= _SHORTEST_VALUE and name[0] != "/" and not _is_plain(source, start, end):
        values = finds.attributes(name, start, end)
    if values or name in PICTURED:
        image = image_source(name, values)
        if image is not None:
            finds.images.append(ImageReference(image, 0, len(source), counts=name != "source"))
    if finds.links or finds.images or name in _RAW:
        element = name if name in _RAW else ""
        links = tuple(sorted(finds.links, key=by_place))
        return Markup("tag", element, name in _BREAKS, links, tuple(finds.images))
    return BREAK if name in _BREAKS else INLINE


class _Finds:
    """Collects what a tag refers to."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.links: list[Link] = []
        self.images: list[ImageReference] = []

    def attributes(self, element: str, start: int, end: int) -> dict[str, str]:
        """Look at each attribute, and return the values of those that may show an image."""
        source = self.source
        values: dict[str, str] = {}
        for found in _ATTRIBUTE.finditer(source, start, end):
            name, group = found[1].lower(), found.lastindex or 1
            if name in UNREAD or group == 1 or name.startswith("xmlns:"):
                if name == "type" and group > 1:
                    values.setdefault(name, found[group])
                continue
            if name != "style":
                values.setdefault(name, self._attribute(element, name, *found.span(group)))
            elif may_refer(source, *found.span(group)):
                self.style(decoded(source, *found.span(group)))
        return values

    def _attribute(self, element: str, name: str, start: int, end: int) -> str:
        text = decoded(self.source, start, end)
        value = text.text.strip()
        if leads_elsewhere(element, name, value):
            self.link(start, end)
        elif may_be_read(name, value):
            found = _links_in(text.text)
            self.links += (Link(each.kind, *text.span(each.start, each.end)) for each in found)
        return value

    def style(self, style: MappedText) -> None:
        """Look at what a style refers to."""
        for reference in style_references(style):
            self.links += (Link(kind, reference.start, reference.end) for kind in _kinds_in(reference))
            if reference.is_image:
                self.images.append(ImageReference(reference.value, reference.start, reference.end))

    def link(self, start: int, end: int) -> None:
        """Keep a place that leads elsewhere."""
        self.links.append(Link("link", start, end))


def _kinds_in(reference: StyleReference) -> Iterable[LinkKind]:
    """What a reference in a style is: one kind if it is loaded, or what there is to be read in it."""
    links = _links_in(reference.value) if may_be_read("style", reference.value) else ()
    if reference.is_loaded:
        return ("link",) if links or is_remote(reference.value) else ()
    return dict.fromkeys(link.kind for link in links)


def _links_in(value: str) -> tuple[Link, ...]:
    return _remembered_links(value) if len(value) <= _LONGEST_REMEMBERED else tuple(find_links(value))


@lru_cache(_MOST_REMEMBERED)
def _remembered_links(value: str) -> tuple[Link, ...]:
    return tuple(find_links(value))


def _is_plain(source: str, start: int, end: int) -> bool:
    """Whether it is plain at a glance that no attribute refers to anything. Most tags are so."""
    names = _ATTRIBUTE_NAME.findall(source, start, end)
    return _PLAIN.issuperset(names) and not may_refer(source, start, end)
