"""Text as people read it: without invisible characters, in plain letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from plentymsg.rules.mapped import MappedText, edited

Edit = tuple[int, int, str]

_PLAIN = (
    "\t-\r -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u052f\u1e00-\u1fff"
    "\u2010-\u2023\u2026\u2030-\u203b\u20a0-\u20bf"
)
"""The letters and signs of European text: only others can be invisible or stand for one of these."""
_ALL_PLAIN = re.compile(f"[{_PLAIN}]*+")
_EXOTIC = re.compile(f"[^{_PLAIN}]+")

_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_VARIATION_SELECTORS = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_OVERLAYS = (0x0300, 0x036F)
"""Combining marks: struck-through letters, and accents that stand apart from their letter."""
_SQUARED = ((0x1F150, 0x1F169), (0x1F170, 0x1F189))
"""White letters on black, which NFKC leaves alone."""
_IDEOGRAPHIC_DOT = "\u3002"  # a dot of IDNA (RFC 3490, section 3.1) that NFKC leaves alone


def readable(text: str) -> MappedText | None:
    """`text` without invisible characters, in NFKC; None if it is that already."""
    if _ALL_PLAIN.fullmatch(text):  # a fifth of the time that looking for something else takes
        return None
    edits: list[Edit] = []
    for run in _EXOTIC.finditer(text):
        start, end = run.span()
        read = _read_short_run if end - start <= _SHORT else _read_run
        edits += [(start + low, start + high, replacement) for low, high, replacement in read(run[0])]
    return edited(text, edits) if edits else None


def _read_run(run: str) -> Sequence[Edit]:
    """Edits for a run of exotic characters: one for all of it where that loses no place."""
    characters = [_READABLE[character] for character in run]
    replacement = "".join(characters)
    if replacement == run:
        return ()
    if not replacement or all(len(character) == 1 for character in characters):
        return ((0, len(run), replacement),)
    pairs = enumerate(zip(run, characters, strict=True))
    return [(at, at + 1, read) for at, (character, read) in pairs if read != character]


_SHORT = 4
_read_short_run = lru_cache(maxsize=1024)(_read_run)


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
    if any(low <= code <= high for low, high in (*_VARIATION_SELECTORS, _OVERLAYS)):
        return ""
    for low, high in _SQUARED:
        if low <= code <= high:
            return chr(ord("a") + code - low)
    return unicodedata.normalize("NFKC", character).replace(_IDEOGRAPHIC_DOT, ".")
