"""An HTML part, taken apart: its text, what it links to and which images it shows, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plentymsg.rules.images import ImageReference
from plentymsg.rules.links.link import Link
from plentymsg.rules.links.reading import find_links, first_of_each_kind
from plentymsg.rules.mapped import MappedText
from plentymsg.rules.markup.css import style_references
from plentymsg.rules.markup.entities import decoded, decoded_pieces
from plentymsg.rules.markup.scanner import Attribute, Tag, Text, attributes, scan
from plentymsg.rules.wordlist import words

_BREAKS = words(
    """
    address article aside blockquote body br button caption center dd details dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu meta nav ol
    optgroup option p pre section select summary table tbody td textarea tfoot th thead title tr ul
    """
)
"""Elements that end a word. All others may stand in the middle of one: `<b>www.</b>shop.de`."""

_LEADING = words(
    """
    action cite codebase data-href data-saferedirecturl formaction href longdesc manifest ping
    xlink:href
    """
)
"""Attributes that lead elsewhere, whatever their value is."""
_LOADING = words(
    """
    background classid data data-src data-srcset dynsrc imagesrcset lowsrc poster src srcset
    """
)
"""Attributes that load something: from elsewhere, or from the mail itself."""
_UNREAD = words(
    """
    align bgcolor border cellpadding cellspacing charset class color colspan coords dir face for headers
    height http-equiv id itemid itemprop itemtype lang media name profile rel role rowspan scope shape
    size target type usemap valign version width xml:lang
    """
)
"""Attributes that hold names and sizes: nobody reads them, no client makes a link of them."""

_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|[/\\]{2})(?!\s*\Z)", re.IGNORECASE)
_OWN = re.compile(r"(?:cid|mid|data|about):", re.IGNORECASE)
_REMOTE_CANDIDATE = re.compile(r"(?:\A|[\s,])(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}", re.IGNORECASE)
_REFRESH = re.compile(r"\d\s*[;,]\s*(?:url\s*=)?\s*\S", re.IGNORECASE)
_INLINE_IMAGE = re.compile(r"\s*(?:cid:|data:image/)", re.IGNORECASE)
_IMAGE_FILE = re.compile(r"\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg|avif|heic|ico)(?:[?#]|\Z)", re.IGNORECASE)
_SOURCES = ("src", "href", "xlink:href", "data-src")
_IMAGE_ELEMENTS = frozenset({"img", "image", "amp-img"})
_VECTOR_IMAGES = frozenset({"v:fill", "v:imagedata", "v:image"})  # VML, which Outlook shows


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
    for token in scan(html):
        if isinstance(token, Tag):
            reader.tag(token)
        else:
            reader.content(token)
    return Document(MappedText(reader.pieces), tuple(reader.references), tuple(reader.images))


@dataclass(slots=True)
class _Reader:
    html: str
    pieces: list[tuple[str, int, int]] = field(default_factory=list)
    references: list[Link] = field(default_factory=list)
    images: list[ImageReference] = field(default_factory=list)

    def content(self, text: Text) -> None:
        if text.element == "style":
            self._style(MappedText([(self.html[text.start : text.end], text.start, -1)]))
        elif text.element == "script":
            if "://" in self.html[text.start : text.end]:
                self._link(text.start, text.end)
        elif self.html.find("&", text.start, text.end) < 0:
            self.pieces.append((self.html[text.start : text.end], text.start, -1))
        else:
            self.pieces += decoded_pieces(self.html, text.start, text.end)

    def tag(self, tag: Tag) -> None:
        if tag.name in _BREAKS:
            self.pieces.append(("\n", tag.start, tag.end))
        if tag.is_end:
            return
        if tag.attributes_end - tag.attributes_start < 3:  # no room for a value
            self._image(tag, {})
            return
        values: dict[str, str] = {}
        for attribute in attributes(self.html, tag):
            if attribute.name not in _UNREAD and not attribute.name.startswith("xmlns"):
                value = decoded(self.html, attribute.start, attribute.end)
                values.setdefault(attribute.name, value.text)
                self._attribute(tag, attribute, value)
            elif attribute.name == "type":
                values["type"] = self.html[attribute.start : attribute.end].lower()
        self._image(tag, values)

    def _attribute(self, tag: Tag, attribute: Attribute, value: MappedText) -> None:
        name, text = attribute.name, value.text.strip()
        if not text:
            return
        if name == "style":
            self._style(value)
        elif name in _LEADING:
            if not _INLINE_IMAGE.match(text):
                self._link(attribute.start, attribute.end)
        elif name in _LOADING and _is_remote(name, text):
            self._link(attribute.start, attribute.end)
        elif name.startswith("on"):
            if "://" in text:
                self._link(attribute.start, attribute.end)
        elif tag.name == "meta" and name == "content" and _REFRESH.match(text):
            self._link(attribute.start, attribute.end)
        elif not _OWN.match(text):
            self.references += (
                Link(each.kind, *value.span(each.start, each.end)) for each in find_links(value.text)
            )

    def _style(self, style: MappedText) -> None:
        for reference in style_references(style):
            if _is_remote("", reference.value) or (
                not _OWN.match(reference.value) and any(find_links(reference.value))
            ):
                self._link(reference.start, reference.end)
            if reference.is_image:
                self.images.append(ImageReference(reference.value, reference.start, reference.end))

    def _image(self, tag: Tag, values: dict[str, str]) -> None:
        source = _image_source(tag.name, values)
        if source is not None:
            self.images.append(
                ImageReference(source.strip(), tag.start, tag.end, counts=tag.name != "source")
            )

    def _link(self, start: int, end: int) -> None:
        self.references.append(Link("link", start, end))


def _is_remote(name: str, value: str) -> bool:
    """Whether what is loaded lies outside the mail."""
    if "srcset" in name:
        return bool(_REMOTE_CANDIDATE.search(value))
    return bool(_SCHEME.match(value)) and not _OWN.match(value)


def _image_source(element: str, values: dict[str, str]) -> str | None:
    """What an element's image refers to; empty if it is drawn in the HTML itself, None if there is none."""
    if element == "svg":
        return ""
    if element in _IMAGE_ELEMENTS:
        return next((values[name] for name in _SOURCES if values.get(name)), "") or _first_candidate(values)
    if element == "source":
        return _first_candidate(values) or None
    if element in _VECTOR_IMAGES or (element == "input" and values.get("type") == "image"):
        return values.get("src") or None
    return _other_image(element, values)


def _first_candidate(values: dict[str, str]) -> str:
    return (values.get("srcset", "").split() or [""])[0]


def _other_image(element: str, values: dict[str, str]) -> str | None:
    """Backgrounds, posters, and `cid:` or `data:` wherever it stands."""
    backdrop = values.get("background") or values.get("poster")
    inline = next((value for value in values.values() if _INLINE_IMAGE.match(value)), None)
    loaded = values.get("data") or values.get("src") or ""
    shown = loaded if element in {"object", "embed"} and _IMAGE_FILE.search(loaded) else None
    return backdrop or inline or shown
