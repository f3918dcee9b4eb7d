"""Links that say so: `https://…`, `mailto:…`, Markdown, `localhost:8080`, and spelled-out ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plentymsg.rules.links.extent import end_of_run, end_of_url
from plentymsg.rules.links.link import Link
from plentymsg.rules.wordlist import words

_LONGEST_SCHEME = 30
_SCHEME_SIGNS = frozenset("+.-*")  # RFC 3986 section 3.1, and the `*` of `h**p`
_NO_TARGET = frozenset("\"'<>()[]{}.,;:!?*“”„")

_COLON = re.compile(r":(?=[^\s/\\])")
_OPAQUE = words(
    """
    bitcoin callto ethereum facetime feed intent itms javascript magnet mailto market sip sips skype
    spotify tg vbscript viber webcal whatsapp xmpp
    """
)
"""Schemes without `//` that mail clients make a link of."""
_NUMBERS = frozenset({"tel", "sms", "fax"})
"""A link only with a number in the form of RFC 3966 right behind: people write `Tel:` before any number."""
_LONGEST_OPAQUE = max(map(len, _OPAQUE))

_LOCALHOST = re.compile(r"(?<![\w.-])localhost(?=:\d{2,5}\b|/\w)", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[[^\[\]\n]{1,300}\]\((?:/|#|\?|\.{1,2}/)[^\s()<>]{1,500}\)")
_SPELLED = re.compile(
    r"(?<!\w)(?:(?:w[ .\t]{1,2}w[ .\t]{1,2}w|h t t p(?: s)?)(?!\w)"
    r"|h(?:tt|xx|\*\*)ps?\s?:\s?[/\\]\s?[/\\]?\s?(?=\w))",
    re.IGNORECASE,
)


def find_schemes(text: str) -> Iterator[Link]:
    """Everything but bare hosts and addresses; kinds one after the other, each in order."""
    yield from _hierarchical(text)
    if ":" in text:
        yield from _opaque(text)
    lowered = text.lower()
    if "localhost" in lowered:
        yield from (
            Link("link", each.start(), end_of_url(text, each.start(), each.end()))
            for each in _LOCALHOST.finditer(text)
        )
    if "](" in text:
        yield from (Link("link", each.start(), each.end()) for each in _MARKDOWN.finditer(text))
    if "w w" in lowered or "w.w" in lowered or "t t p" in lowered or "http" in lowered or "hxxp" in lowered:
        for each in _SPELLED.finditer(text):
            yield Link("link", each.start(), end_of_run(text, each.start(), each.end()))


def _hierarchical(text: str) -> Iterator[Link]:
    """`scheme://…` (RFC 3986 section 3), whatever the scheme."""
    at = text.find("://")
    while at >= 0:
        end = at + 3
        start = _start_of_scheme(text, at)
        if start < at and end < len(text) and not text[end].isspace() and not _is_empty(text, end):
            end = end_of_run(text, start, end)
            yield Link("link", start, end)
        at = text.find("://", end)


def _start_of_scheme(text: str, at: int) -> int:
    low = max(0, at - _LONGEST_SCHEME)
    start = at
    while start > low and (text[start - 1].isalnum() or text[start - 1] in _SCHEME_SIGNS):
        start -= 1
    while start < at and not text[start].isalnum():
        start += 1
    return start


def _is_empty(text: str, at: int) -> bool:
    """Whether only quotes or brackets follow, as where someone writes about `https://`."""
    return text[at] in _NO_TARGET and not text[at : at + 2].strip("[").isalnum()


def _opaque(text: str) -> Iterator[Link]:
    for colon in _COLON.finditer(text):
        at = colon.start()
        start = at
        low = max(0, at - _LONGEST_OPAQUE - 1)
        while start > low and text[start - 1].isalpha():
            start -= 1
        scheme = text[start:at]
        is_number = scheme in _NUMBERS and re.match(r"\+\d", text[at + 1 : at + 3])
        if is_number or (scheme.lower() in _OPAQUE and text[at + 1].isalnum()):
            yield Link("link", start, end_of_run(text, start, at + 2))
