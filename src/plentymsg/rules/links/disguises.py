"""Disguised dots, put back: `shop[.]de`, `shop (dot) de`, `shop punkt de`, `shop&#46;de`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plentymsg.rules.links.stops import (
    END,
    GAP,
    PLAIN_TOP,
    SPOKEN_DOTS,
    WORD_TOP,
    Edit,
    find_stops,
    word_before,
)
from plentymsg.rules.links.words import NOT_BEFORE_A_SPOKEN_DOT, NOT_BEHIND_A_SPOKEN_DOT
from plentymsg.rules.mapped import MappedText, edited

_SIGNS = {
    **dict.fromkeys((*SPOKEN_DOTS, ".", ",", "d0t", "ponto", "%2e", "&#46;", "&period;"), "."),
    **dict.fromkeys(("@", "at", "ät", "arroba", "chiocciola", "małpa", "malpa"), "@"),
    **{sign: sign for sign in ("://", "//", "/", ":")},
}
"""What stands in brackets, and what it means there."""

_ANY_SPOKEN = "|".join(SPOKEN_DOTS)

_BRACKETED = re.compile(
    rf"[\[({{<]{GAP}{{0,2}}+(?P<sign>{'|'.join(map(re.escape, _SIGNS))}){GAP}{{0,2}}+[\])}}>]{GAP}{{0,3}}+"
    r"(?=[\w/\[({<])",
    re.IGNORECASE,
)
_WIDEST_GAP = 3
_ENTITY = re.compile(r"(?:&#0{0,5}46(?:;|(?=[^\W\d]))|&#x0{0,5}2e;|&period;|%2e)(?=\w)", re.IGNORECASE)
_BEFORE_SPOKEN = rf"{GAP}{{1,3}}(?:[-_~*|/=\"']{GAP}?)?"
_BEHIND_SPOKEN = rf"(?:{GAP}?[-_~*|/=\"'])?{GAP}{{1,3}}"
_SPOKEN = re.compile(
    rf"(?<=\w)(?:(?P<sign>[-_~*|/=])|{_BEFORE_SPOKEN})"
    rf"(?:(?:dot|punkt)(?:(?P=sign)|{_BEHIND_SPOKEN})(?=(?:{PLAIN_TOP}|app|xyz)(?![^\W_]|-)"
    rf"|(?:se|no|info|dk|cz){END})"
    rf"|(?:point|punto|punt|kropka|te[čc]ka)(?:(?P=sign)|{_BEHIND_SPOKEN})"
    rf"(?=(?:com|org|eu|fr|it|nl|be|pl|cz|sk|shop|online)(?![^\W_]|-)|es{END})"
    rf"|(?:{_ANY_SPOKEN})(?:(?P=sign)|{GAP}{{1,3}})"
    rf"(?=[^\W_]{{1,63}}+(?:(?P=sign)|{GAP}{{1,3}})(?:{_ANY_SPOKEN}|slash|schrägstrich|barra|ukośnik)(?!\w)))",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"(?<=[a-z0-9])(?:DOT|PUNKT)(?=(?:{PLAIN_TOP})(?![^\W_]|-))")
_WWW = re.compile(
    r"(?<![^\W_])(?:www|w w w)"
    rf"(?P<gap>{GAP}{{1,3}}\.?{GAP}{{0,2}}|\.{GAP}{{1,3}}|,|{GAP}(?:{_ANY_SPOKEN}){GAP})"
    rf"(?=[\w-]{{1,63}}(?:{GAP}{{0,2}}[.,]{GAP}{{0,2}}|{GAP}{{1,3}})(?:{PLAIN_TOP}|{WORD_TOP})(?![^\W_]|-))",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[A-Z][A-Za-z]{1,9}(?![^\W_]|-)")
_WORD_AFTER_NEXT = re.compile(r"\w+[\s>|]{1,20}(\w+)")


def undisguised(text: str, lowered: str) -> MappedText | None:
    """`text` with `shop[.]de`, `shop (dot) de`, `shop punkt de` written as `shop.de`; None if it has none.

    `lowered` is the text in small letters.
    """
    edits = list(_apart(sorted(_disguises(text, lowered))))
    return edited(text, edits) if edits else None


def _disguises(text: str, lowered: str) -> Iterator[Edit]:
    """Every edit that some disguise asks for. Plain substrings are looked for first: most text has none."""
    spoken = any(word in lowered for word in SPOKEN_DOTS)
    if any(bracket in text for bracket in "[({<"):
        yield from _bracketed(text)
    if "%2e" in lowered or "&period;" in lowered or "&#" in text:
        yield from _dots(_ENTITY.finditer(text))
    yield from find_stops(text)
    if spoken:
        yield from _spoken(text, (each for each in _SPOKEN.finditer(text) if _is_behind_a_name(text, each)))
        yield from _spoken(text, _GLUED.finditer(text))
    if "www" in lowered or "w w w" in lowered:
        yield from ((each.start("gap"), each.end("gap"), ".") for each in _WWW.finditer(text))


def _dots(found: Iterable[re.Match[str]]) -> Iterator[Edit]:
    return ((each.start(), each.end(), ".") for each in found)


def _spoken(text: str, found: Iterable[re.Match[str]]) -> Iterator[Edit]:
    return (_dot(text, each.start(), each.end()) for each in found)


def _dot(text: str, start: int, end: int) -> Edit:
    """A dot, and the word behind it in small letters: `Shop Punkt De` is no sentence."""
    word = _CAPITALS.match(text, end)
    return (start, word.end(), "." + word.group().lower()) if word else (start, end, ".")


def _bracketed(text: str) -> Iterator[Edit]:
    done = 0
    for each in _BRACKETED.finditer(text):
        start = each.start()
        while start > max(done, each.start() - _WIDEST_GAP) and text[start - 1] in " \t\u00a0":
            start -= 1
        if each["sign"] == "AT" and start < each.start():  # Austria, as in `Wien (AT)`
            continue
        done = each.end()
        sign = _SIGNS[each["sign"].lower()]
        yield _dot(text, start, done) if sign == "." else (start, done, sign)


def _is_behind_a_name(text: str, spoken: re.Match[str]) -> bool:
    """Whether a host may end here: not so behind an article, nor in `the dot com bubble`."""
    if word_before(text, spoken.start()) in NOT_BEFORE_A_SPOKEN_DOT:
        return False
    after = _WORD_AFTER_NEXT.match(text, spoken.end())
    return after is None or after[1].lower() not in NOT_BEHIND_A_SPOKEN_DOT


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    done = 0
    for edit in edits:
        if edit[0] >= done:
            yield edit
            done = edit[1]
