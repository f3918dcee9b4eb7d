"""Disguised dots, put back: `shop[.]de`, `shop (dot) de`, `shop punkt de`, `shop . de`, `shop·de`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plentymsg.rules.links.sentences import is_an_end
from plentymsg.rules.links.words import NOT_BEFORE_A_SPOKEN_DOT, NOT_BEHIND_A_SPOKEN_DOT
from plentymsg.rules.mapped import MappedText, edited

Edit = tuple[int, int, str]

_SPOKEN_DOTS = ("dot", "punkt", "point", "punto", "punt", "kropka")
_SIGNS = {
    **dict.fromkeys((*_SPOKEN_DOTS, ".", "d0t", "ponto", "%2e", "&#46;", "&period;"), "."),
    **dict.fromkeys(("@", "at", "ät", "arroba", "chiocciola", "małpa", "malpa"), "@"),
    **{sign: sign for sign in ("://", "//", "/", ":")},
}
"""What stands in brackets, and what it means there."""

_PLAIN_TOP = "com|net|org|eu|de|at|ch|fr|nl|pl|uk|co|shop|store|online|biz|io"
_ANY_SPOKEN = "|".join(_SPOKEN_DOTS)
_END = r"(?:[ \t\u00a0\r]*+(?:\Z|[\n,;:!?)\]\"'/])|\.(?:\s|\Z))"
"""The end of a line or a clause: `de` is a word in other languages, but none that stands there."""
_GERMAN_GOES_ON = (
    r"[ \t\u00a0]+(?:für|und|oder|ist|hat|zu|mit|gibt|finden|an|auf|im|um|wenn|da|dort|mehr|nach)(?!\w)"
)
"""What follows a host, but never the `de` of French, Spanish or Dutch."""

_BRACKETED = re.compile(
    r"[\[({<][ \t\u00a0]{0,2}+(?P<sign>" + "|".join(map(re.escape, _SIGNS)) + r")"
    r"[ \t\u00a0]{0,2}+[\])}>][ \t\u00a0]{0,3}+(?=[\w/\[({<])",
    re.IGNORECASE,
)
_WIDEST_GAP = 3
_ENTITY = re.compile(r"(?:&#0{0,5}46(?:;|(?=[^\W\d]))|&#x0{0,5}2e;|&period;|%2e)(?=\w)", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?<=\w)(?P<gap>[ \t\u00a0]{1,3}|[-_~*]|[ \t\u00a0]{1,2}[-_~*|/\"'][ \t\u00a0]?)"
    r"(?:(?:dot|punkt)(?P<end>(?P=gap)|[ \t\u00a0]?[-_~*|/\"'][ \t\u00a0]{1,2})"
    rf"(?=(?:{_PLAIN_TOP}|app|xyz)(?![\w-]))"
    r"|(?:point|punto|punt|kropka)(?P=gap)"
    rf"(?=(?:com|org|eu|fr|it|nl|be|pl|shop|online)(?![\w-])|es{_END})"
    rf"|(?:{_ANY_SPOKEN})(?P=gap)"
    rf"(?=[^\W_]{{1,63}}+(?P=gap)(?:{_ANY_SPOKEN}|slash|schrägstrich|barra|ukośnik)(?!\w)))",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"(?<=[a-z0-9])(?:DOT|PUNKT)(?=(?:{_PLAIN_TOP})(?![\w-]))")
_SHORT_TOPS = "me|ly|gl|gg"
_WORD_TOPS = "be|es|it"
_STOP = re.compile(
    r"\.(?P<behind>[ \t\u00a0]{0,2}|[*_~`\"'„“”‚‘’»«‹›(\[]{1,3}|\.{1,2})"
    rf"(?=(?P<top>{_PLAIN_TOP}|{_SHORT_TOPS}|{_WORD_TOPS})(?![\w-]))"
)
_BEFORE_STOP = frozenset(" \t\u00a0*_~`\"'”“’»«‹›)]")
"""What may stand between a host and its full stop."""
_BEHIND_SPACED = re.compile(rf"\w+(?:{_END}|{_GERMAN_GOES_ON}|[ \t\u00a0]+(?<=(?:com|net|org)[ \t\u00a0]))")
_BEHIND_APART = re.compile(r"(?:com|org)(?!\w)|\w+(?:[ \t\u00a0\r\n]*+\Z|[)\]!?,;]|/[\w-]{3})")
_BEHIND_SHORT = re.compile(r"\w+[ \t\u00a0]{0,2}/")
_BEHIND_MARK = re.compile(r"\w")
_SHORT = frozenset(_SHORT_TOPS.split("|"))
_WORDS = frozenset(_WORD_TOPS.split("|"))
_BEHIND_LAST = re.compile(rf"\w+{_END}")
_MIDDLE_DOT = re.compile(rf"[·•∙⋅˙・‧⸱۔܁܂](?<=\w.)(?=(?:{_PLAIN_TOP})(?![\w-]))")
_COMMA = re.compile(rf",(?<=[^\W\d_]{{4}},)(?=(?:com|de){_END})")
_WWW = re.compile(
    r"(?<![\w.])(?:www|w w w)(?P<gap>[ \t\u00a0]{1,3}\.?[ \t\u00a0]{0,2}|\.[ \t\u00a0]{1,3}|,)"
    r"(?=[\w-]{1,63}(?:[ \t\u00a0]{0,2}[.,][ \t\u00a0]{0,2}|[ \t\u00a0]{1,3})"
    rf"(?:{_PLAIN_TOP}|{_WORD_TOPS})(?![\w-]))",
    re.IGNORECASE,
)
_TOP = re.compile(r"[A-Z][A-Za-z]{1,9}(?![\w-])")
_LONGEST_WORD = 25
_WORD_AFTER_NEXT = re.compile(r"\w+[ \t\u00a0]+(\w+)")


def undisguised(text: str) -> MappedText | None:
    """`text` with `shop[.]de`, `shop (dot) de`, `shop punkt de` written as `shop.de`; None if it has none."""
    edits = list(_apart(sorted(_disguises(text, text.lower()))))
    return edited(text, edits) if edits else None


def _disguises(text: str, lowered: str) -> Iterator[Edit]:
    """Every edit that some disguise asks for. Plain substrings are looked for first: most text has none."""
    spoken = any(word in lowered for word in _SPOKEN_DOTS)
    if any(bracket in text for bracket in "[({<"):
        yield from _bracketed(text)
    if "%2e" in lowered or "&period;" in lowered or "&#" in text:
        yield from _dots(_ENTITY.finditer(text))
    yield from _stops(text)
    yield from _dots(_COMMA.finditer(text))
    if not text.isascii():
        yield from _dots(_MIDDLE_DOT.finditer(text))
    if spoken:
        yield from _spoken(text, (each for each in _SPOKEN.finditer(text) if _is_behind_a_name(text, each)))
        yield from _spoken(text, _GLUED.finditer(text))
    if "www" in lowered or "w w w" in lowered:
        yield from ((each.start("gap"), each.end("gap"), ".") for each in _WWW.finditer(text))


def _dots(found: Iterable[re.Match[str]]) -> Iterator[Edit]:
    return ((each.start(), each.end(), ".") for each in found)


def _spoken(text: str, found: Iterable[re.Match[str]]) -> Iterator[Edit]:
    """A dot for each, and what it ends in in small letters: `Shop Punkt De` is no sentence."""
    for each in found:
        top = _TOP.match(text, each.end())
        end = top.end() if top else each.end()
        yield each.start(), end, "." + text[each.end() : end].lower()


def _bracketed(text: str) -> Iterator[Edit]:
    done = 0
    for each in _BRACKETED.finditer(text):
        start = each.start()
        while start > max(done, each.start() - _WIDEST_GAP) and text[start - 1] in " \t\u00a0":
            start -= 1
        if each["sign"] == "AT" and start < each.start():  # Austria, as in `Wien (AT)`
            continue
        done = each.end()
        yield start, done, _SIGNS[each["sign"].lower()]


def _is_behind_a_name(text: str, spoken: re.Match[str]) -> bool:
    """Whether a host may end here: not so behind an article, nor in `the dot com bubble`."""
    if _word_before(text, spoken.start()) in NOT_BEFORE_A_SPOKEN_DOT:
        return False
    after = _WORD_AFTER_NEXT.match(text, spoken.end())
    return after is None or after[1].lower() not in NOT_BEHIND_A_SPOKEN_DOT


def _stops(text: str) -> Iterator[Edit]:
    """Full stops that stand apart from their host, behind quotes, or doubled."""
    for each in _STOP.finditer(text):
        start = each.start()
        while start > max(0, each.start() - _WIDEST_GAP) and text[start - 1] in _BEFORE_STOP:
            start -= 1
        before, behind = text[start : each.start()], each["behind"]
        if (before or behind) and start and text[start - 1].isalnum():
            follows = _what_follows(before, behind, each["top"])
            if (
                follows
                and follows.match(text, each.end())
                and not _ends_a_sentence(_word_before(text, start))
            ):
                yield start, each.end(), "."


def _what_follows(before: str, behind: str, top: str) -> re.Pattern[str] | None:
    """How the text must go on behind a full stop between such characters for it to be a host's."""
    if top in _SHORT:
        return _BEHIND_SHORT if before.isspace() else None
    if top in _WORDS:
        return _BEHIND_LAST if before.isspace() else None
    if before.isspace():
        return _BEHIND_SPACED
    if before:
        return _BEHIND_MARK
    if behind.isspace():
        return _BEHIND_APART
    return _BEHIND_LAST if "." in behind else _BEHIND_MARK


def _ends_a_sentence(word: str) -> bool:
    """Whether a full stop behind this word is no part of a host: `gracias . de`, `eine .de`."""
    return word in NOT_BEFORE_A_SPOKEN_DOT or word in _SPOKEN_DOTS or is_an_end(word)


def _word_before(text: str, end: int) -> str:
    start = end
    low = max(0, end - _LONGEST_WORD)
    while start > low and (text[start - 1].isalnum() or text[start - 1] == "-"):
        start -= 1
    return text[start:end].lower()


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    done = 0
    for edit in edits:
        if edit[0] >= done:
            yield edit
            done = edit[1]
