"""What the attributes of HTML elements are for: to lead elsewhere, to load something, to show an image."""

from __future__ import annotations

import re

from plentymsg.rules.wordlist import words

_LEADING = words(
    """
    action cite codebase data-href data-saferedirecturl formaction href longdesc manifest ping xlink:href
    """
)
"""Attributes that lead elsewhere, whatever their value is."""

_LOADING = words(
    """
    background classid data data-src data-srcset dynsrc imagesrcset lowsrc poster src srcset
    """
)
"""Attributes that load something: from elsewhere, or from the mail itself."""

UNREAD = words(
    """
    align bgcolor border cellpadding cellspacing charset class color colspan coords dir face for headers
    height http-equiv id itemid itemprop itemtype lang media name profile rel role rowspan scope shape size
    target type usemap valign version width xml:lang xmlns
    """
)
"""Attributes that hold names and sizes: nobody reads them, no client makes a link of them."""

PICTURED = words("amp-img embed image img input object source svg v:fill v:image v:imagedata")
"""Elements that may be an image."""

_SOURCES = ("src", "href", "xlink:href", "data-src")
_IMAGES = frozenset({"img", "image", "amp-img"})
_EMBEDDING = frozenset({"object", "embed", "iframe", "frame"})
_VECTOR_IMAGES = frozenset({"v:fill", "v:imagedata", "v:image"})  # VML, which Outlook shows

_SCHEME = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2})(?!\s*\Z)")
_OWN = ("cid:", "mid:", "data:", "about:")
_REMOTE_CANDIDATE = re.compile(r"(?:\A|[\s,])(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?[/\\]{2}")
_REFRESH = re.compile(r"\d\s*[;,]\s*(?:url\s*=)?\s*\S", re.IGNORECASE)
_IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg", ".avif", ".heic")


def is_own(address: str) -> bool:
    """Whether an address refers to the mail itself (RFC 2392) or carries its content (RFC 2397)."""
    return address[:8].lower().startswith(_OWN)


def is_inline_image(address: str) -> bool:
    """Whether an address is an image that travels in the mail."""
    return address[:11].lower().startswith(("cid:", "data:image/"))


def is_remote(address: str) -> bool:
    """Whether what an address loads lies outside the mail."""
    return bool(_SCHEME.match(address)) and not is_own(address)


def leads_elsewhere(element: str, name: str, value: str) -> bool:
    """Whether this attribute, by what it is for, is a link."""
    if not value:
        return False
    if name in _LEADING:
        return not is_inline_image(value)
    if name in _LOADING:
        return bool(_REMOTE_CANDIDATE.search(value)) if "srcset" in name else is_remote(value)
    if name.startswith("on"):
        return "://" in value
    return element == "meta" and name == "content" and bool(_REFRESH.match(value))


def may_be_read(name: str, value: str) -> bool:
    """Whether someone may read a link in this attribute, as in `alt` and `title`, or its client make one."""
    return not value.isalnum() and not name.startswith("on") and not is_own(value)


def image_source(element: str, values: dict[str, str]) -> str | None:
    """What an element's image refers to; empty if it is drawn in the HTML itself, None if there is none."""
    if element == "svg":
        return ""
    if element in _IMAGES:
        return next((values[name] for name in _SOURCES if values.get(name)), "") or _first_candidate(values)
    if element == "source":
        return _first_candidate(values) or None
    if element in _VECTOR_IMAGES or (element == "input" and _type(values) == "image"):
        return values.get("src") or None
    return _other_image(element, values)


def _first_candidate(values: dict[str, str]) -> str:
    return (values.get("srcset", "").split() or [""])[0]


def _other_image(element: str, values: dict[str, str]) -> str | None:
    """Backgrounds, posters, and `cid:` or `data:` wherever it stands."""
    backdrop = values.get("background") or values.get("poster")
    inline = next((value for value in values.values() if is_inline_image(value)), None)
    return backdrop or inline or (_embedded(values) if element in _EMBEDDING else None)


def _type(values: dict[str, str]) -> str:
    """The attribute `type`, whose value is given as it stands in the source."""
    value = values.get("type", "")
    if "&" in value:
        from html import unescape

        value = unescape(value)
    return value.lower()


def _embedded(values: dict[str, str]) -> str | None:
    """What is embedded, if its type or its name says that it is an image."""
    loaded = values.get("data") or values.get("src") or ""
    path = loaded.partition("?")[0].partition("#")[0].lower()
    said = _type(values).startswith("image/") or path.endswith(_IMAGE_ENDINGS)
    return loaded if loaded and said else None
