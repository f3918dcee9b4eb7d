"""Text as people read it: without invisible characters, and with disguised dots put back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from plentymsg.rules.links.words import NOT_BEFORE_A_SPOKEN_DOT, NOT_BEHIND_A_SPOKEN_DOT
from plentymsg.rules.mapped import MappedText, edited

Edit = tuple[int, int, str]

_EXOTIC = re.compile(
    "[^\t-\r -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u052f\u1e00-\u1fff"
    "\u2010-\u2023\u2026\u2030-\u203b\u20a0-\u20bf]+"
)
"""Everything but the letters and signs of European text: only these can be invisible or stand for others."""

_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_VARIATION_SELECTORS = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_IDEOGRAPHIC_DOT = "\u3002"  # a dot of IDNA (RFC 3490, section 3.1) that NFKC leaves alone

_SPOKEN_DOTS = ("dot", "punkt", "point", "punto", "punt", "kropka")
_SIGNS = {
    **dict.fromkeys((*_SPOKEN_DOTS, ".", "d0t", "ponto", "%2e", "&#46;", "&period;"), "."),
    **dict.fromkeys(("@", "at", "ät", "arroba", "chiocciola", "małpa", "malpa"), "@"),
    **{sign: sign for sign in ("://", "//", "/", ":")},
}
"""What stands in brackets, and what it means there."""

_PLAIN_TOP = "com|net|org|eu|de|at|ch|fr|nl|pl|uk|co|shop|store|online|biz|io"
_ANY_SPOKEN = "|".join(_SPOKEN_DOTS)

_BRACKETED = re.compile(
    r"[\[({<][ \t]{0,2}+(?P<sign>" + "|".join(map(re.escape, _SIGNS)) + r")"
    r"[ \t]{0,2}+[\])}>][ \t]{0,3}+(?=[\w/\[({<])",
    re.IGNORECASE,
)
_WIDEST_GAP = 3
_ENTITY = re.compile(r"(?:&#0{0,5}46;|&#x0{0,5}2e;|&period;|%2e)(?=\w)", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?<=\w)(?P<gap>[ \t]{1,3}|[-_~*])"
    rf"(?:(?:dot|punkt)(?P=gap)(?=(?:{_PLAIN_TOP})(?![\w-]))"
    r"|(?:point|punto|punt|kropka)(?P=gap)(?=(?:com|org|eu|fr|it|nl|be|pl)(?![\w-]))"
    rf"|(?:{_ANY_SPOKEN})(?P=gap)(?=[^\W_]{{1,63}}+(?P=gap)(?:{_ANY_SPOKEN})(?!\w)))",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"(?<=[a-z0-9])(?:DOT|PUNKT)(?=(?:{_PLAIN_TOP})(?![\w-]))")
_SPACED = re.compile(
    r"(?<=\w)[ \t]{1,2}\.[ \t]{0,2}"
    rf"(?=(?:{_PLAIN_TOP})(?:[ \t\r]*+(?:\Z|[\n,;:!?)\]\"'/])|\.(?:\s|\Z)"
    r"|[ \t]+(?<=(?:com|net|org)[ \t])))"
)
_WWW = re.compile(
    r"(?<![\w.])(?:www|w w w)(?P<gap>[ \t]{1,3}\.?[ \t]{0,2}|\.[ \t]{1,3})"
    rf"(?=[\w-]{{1,63}}(?:[ \t]{{0,2}}\.[ \t]{{0,2}}|[ \t]{{1,3}})(?:{_PLAIN_TOP})(?![\w-]))",
    re.IGNORECASE,
)
_LONGEST_ARTICLE = max(map(len, NOT_BEFORE_A_SPOKEN_DOT))
_WORD_AFTER_NEXT = re.compile(r"\w+[ \t]+(\w+)")


def readable(text: str) -> MappedText | None:
    """`text` without invisible characters, in NFKC; None if it is that already."""
    if not _EXOTIC.search(text):
        return None
    edits = [edit for run in _EXOTIC.finditer(text) for edit in _read_run(run.group(), run.start())]
    return edited(text, edits) if edits else None


def undisguised(text: str) -> MappedText | None:
    """`text` with `shop[.]de`, `shop (dot) de`, `shop punkt de` written as `shop.de`; None if it has none."""
    edits = list(_apart(sorted(_disguises(text, text.lower()))))
    return edited(text, edits) if edits else None


def _read_run(run: str, start: int) -> Iterator[Edit]:
    """Edits for a run of exotic characters: one for all of it where that loses no place."""
    characters = [_READABLE[character] for character in run]
    replacement = "".join(characters)
    if replacement == run:
        return
    if not replacement or all(len(character) == 1 for character in characters):
        yield start, start + len(run), replacement
        return
    for at, character in enumerate(characters, start):
        yield at, at + 1, character


class _Readable(dict[str, str]):
    """What each exotic character reads as, worked out when it is first met."""

    def __missing__(self, character: str) -> str:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[character] = read = _read(character)
        return read


_READABLE = _Readable()
_MOST_REMEMBERED = 10_000


def _read(character: str) -> str:
    code = ord(character)
    if unicodedata.category(character) in {"Cf", "Cc"} or character in _INVISIBLE_LETTERS:
        return ""
    if any(low <= code <= high for low, high in _VARIATION_SELECTORS):
        return ""
    return unicodedata.normalize("NFKC", character).replace(_IDEOGRAPHIC_DOT, ".")


def _disguises(text: str, lowered: str) -> Iterator[Edit]:
    """Every edit that some disguise asks for. Plain substrings are looked for first: most text has none."""
    spoken = any(word in lowered for word in _SPOKEN_DOTS)
    if any(bracket in text for bracket in "[({<"):
        yield from _bracketed(text)
    if "%2e" in lowered or "&period;" in lowered or "&#" in text:
        yield from _dots(_ENTITY.finditer(text))
    if " ." in text:
        yield from _dots(each for each in _SPACED.finditer(text) if _is_behind_a_name(text, each))
    if spoken:
        yield from _dots(each for each in _SPOKEN.finditer(text) if _is_behind_a_name(text, each))
        yield from _dots(_GLUED.finditer(text))
    if "www" in lowered or "w w w" in lowered:
        yield from ((each.start("gap"), each.end("gap"), ".") for each in _WWW.finditer(text))


def _dots(found: Iterable[re.Match[str]]) -> Iterator[Edit]:
    return ((each.start(), each.end(), ".") for each in found)


def _bracketed(text: str) -> Iterator[Edit]:
    done = 0
    for each in _BRACKETED.finditer(text):
        start = each.start()
        while start > max(done, each.start() - _WIDEST_GAP) and text[start - 1] in " \t":
            start -= 1
        if each["sign"] == "AT" and start < each.start():  # Austria, as in `Wien (AT)`
            continue
        done = each.end()
        yield start, done, _SIGNS[each["sign"].lower()]


def _is_behind_a_name(text: str, spoken: re.Match[str]) -> bool:
    """Whether a host may end here: not so behind an article, nor in `the dot com bubble`."""
    end = start = spoken.start()
    while start > max(0, end - _LONGEST_ARTICLE - 1) and (
        text[start - 1].isalnum() or text[start - 1] == "-"
    ):
        start -= 1
    if text[start:end].lower() in NOT_BEFORE_A_SPOKEN_DOT:
        return False
    after = _WORD_AFTER_NEXT.match(text, spoken.end())
    return after is None or after[1].lower() not in NOT_BEHIND_A_SPOKEN_DOT


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    done = 0
    for edit in edits:
        if edit[0] >= done:
            yield edit
            done = edit[1]
