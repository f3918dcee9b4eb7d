"""Links that say so: `https://…`, `mailto:…`, Markdown, `localhost:8080`, and spelled-out ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from plentymsg.rules.links.extent import end_of_run
from plentymsg.rules.links.link import MOST, Link
from plentymsg.rules.wordlist import words

_SCHEME_SIGNS = frozenset("+.-*")  # RFC 3986 section 3.1, and the `*` of `h**p`
_TARGET_SIGNS = frozenset("/\\%$-")

_IP_LITERAL = re.compile(r"\[[0-9a-f:]", re.IGNORECASE)  # RFC 3986 section 3.2.2

_COLON = re.compile(r":(?=[^\s/\\])")
_OPAQUE = words(
    """
    bitcoin callto ethereum facetime feed intent itms javascript magnet mailto market sip sips skype
    spotify tg vbscript viber webcal whatsapp xmpp
    """
)
"""Schemes without `//` that mail clients make a link of."""
_OPAQUE_REST = re.compile(r"\+?\w|\?\w{1,9}=")
_DATA = re.compile(r"data:(?:application|image|text)/\w", re.IGNORECASE)  # RFC 2397
_NUMBERS = frozenset({"tel", "sms", "fax"})
"""A link only with a number in the form of RFC 3966 right behind: people write `Tel:` before any number."""
_PLACE_ON_EARTH = re.compile(r"(?<![^\W_])geo:-?\d{1,2}\.\d{1,9},-?\d{1,3}\.\d", re.IGNORECASE)  # RFC 5870
_LONGEST_OPAQUE = max(map(len, _OPAQUE))

_LOCALHOST = re.compile(r"(?<![^\W_])(?<![.-])localhost(?=:\d{2,5}(?!\d)|/\w)", re.IGNORECASE)
_IPV6 = re.compile(
    r"\[(?=[0-9a-f:]{0,39}::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:.]{2,45}\](?=:\d{2,5}|/\w)", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"\[[^\[\]\n]{1,300}\]\([ ]{0,2}<?(?:(?:/|#|\?|\.{1,2}/)[^\s()<>]{1,500}|[\w/-]{1,99}\.[a-z]{2,5})>?"
    r"(?:[ ]+\"[^\"\n]{0,200}\")?[ ]?\)"
)
_SPELLED = re.compile(
    r"(?<![^\W_])(?:(?:w[ .\t]{1,2}w[ .\t]{1,2}w|h t t p(?: s)?)(?![^\W_])"
    r"|h(?:tt|xx|\*\*)ps?(?::[/\\]{1,2}|:[ ]?/[ ]/[ ]?|[ ]:[ ]?/[ ]?/?[ ]?)(?=[^\W_]))",
    re.IGNORECASE,
)

_LETTERS_APART = re.compile(
    r"(?<![^\W_])(?:[^\W_] ){3,40}\. [a-z](?: [a-z]){1,5}(?![^\W_]| [^\W_](?![^\W_]))"
)
"""A whole host in letters apart: `s h o p . d e`."""


def find_schemes(text: str, lowered: str) -> Iterator[Link]:
    """Everything but bare hosts and addresses, kind by kind; no more of each than is reported.

    `lowered` is the text in small letters.
    """
    yield from islice(_hierarchical(text), MOST)
    if ":" in text:
        yield from islice(_opaque(text), MOST)
    if "data:" in lowered:
        yield from islice(_runs(text, _DATA), MOST)
    if "geo:" in lowered:
        yield from islice(_runs(text, _PLACE_ON_EARTH), MOST)
    if "localhost" in lowered:
        yield from islice(_runs(text, _LOCALHOST), MOST)
    if "]:" in text or "]/" in text:
        yield from islice(_runs(text, _IPV6), MOST)
    if "](" in text:
        yield from (Link("link", *each.span()) for each in islice(_MARKDOWN.finditer(text), MOST))
    if " . " in text:
        yield from islice(_runs(text, _LETTERS_APART), MOST)
    slashed = ("http", "hxxp", "h**p") if "/" in text or "\\" in text else ()
    if any(hint in lowered for hint in ("w w", "w.w", "t t p", *slashed)):
        yield from islice(_runs(text, _SPELLED), MOST)


def _runs(text: str, beginning: re.Pattern[str]) -> Iterator[Link]:
    done = 0
    for found in beginning.finditer(text):
        if found.start() >= done:
            done = end_of_run(text, found.start(), found.end())
            yield Link("link", found.start(), done)


def _hierarchical(text: str) -> Iterator[Link]:
    """`scheme://…` (RFC 3986 section 3), whatever the scheme."""
    end = 0
    at = text.find("://")
    while at >= 0:
        start = _start_of_scheme(text, at, end)
        end = at + 3
        if start < at and end < len(text) and not text[end].isspace() and not _is_empty(text, end):
            end = end_of_run(text, start, end)
            yield Link("link", start, end)
        at = text.find("://", end)


def _start_of_scheme(text: str, at: int, low: int) -> int:
    """However long it is: no character is looked at twice, as the colon before ends the next scheme."""
    start = at
    while start > low and (text[start - 1].isalnum() or text[start - 1] in _SCHEME_SIGNS):
        start -= 1
    while start < at and not text[start].isalnum():
        start += 1
    return start


def _is_empty(text: str, at: int) -> bool:
    """Whether only a quote, a bracket or the like follows, as where someone writes about `https://`."""
    return not (text[at].isalnum() or text[at] in _TARGET_SIGNS or _IP_LITERAL.match(text, at))


def _opaque(text: str) -> Iterator[Link]:
    done = 0
    for colon in _COLON.finditer(text):
        at = start = colon.start()
        low = max(done, at - _LONGEST_OPAQUE - 1)
        while start > low and text[start - 1].isalpha():
            start -= 1
        scheme = text[start:at]
        is_number = scheme in _NUMBERS and re.match(r"\+\d", text[at + 1 : at + 3])
        if is_number or (scheme.lower() in _OPAQUE and _OPAQUE_REST.match(text, at + 1)):
            done = end_of_run(text, start, at + 2)
            yield Link("link", start, done)
