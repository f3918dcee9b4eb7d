"""Full stops that are apart from their host, or look otherwise: `shop . de`, `"shop".de`, `shop·de`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plentymsg.rules.links.sentences import is_an_end
from plentymsg.rules.links.words import ABBREVIATIONS, ABBREVIATIONS_BEFORE_DE, NOT_BEFORE_A_SPOKEN_DOT

Edit = tuple[int, int, str]
"""Where a disguise starts and ends, and what it stands for."""

SPOKEN_DOTS = ("dot", "punkt", "point", "punto", "punt", "kropka", "tečka", "tecka")
PLAIN_TOP = "com|net|org|eu|de|at|ch|fr|nl|pl|uk|co|shop|store|online|biz|io"
WORD_TOP = "be|es|it"
_SHORTENER_TOP = "me|ly|gl|gg"

GAP = r"[ \t\u00a0]"
END = rf"(?:{GAP}*+\r?(?:\Z|\n|_|[^\w\s.&+@„‚(\[{{<-])|\.(?:\W|\Z))"
"""The end of a line or a clause: `de` is a word in other languages, but none that stands there."""
_GERMAN_GOES_ON = (
    rf"{GAP}+(?:für|und|oder|ist|hat|zu|mit|gibt|finden|an|auf|im|um|wenn|da|dort|mehr|nach)(?!\w)"
)
"""What follows a host, but never the `de` of French, Spanish or Dutch."""

_STOP = re.compile(
    rf"\.(?P<behind>{GAP}{{0,2}}|[*_~`\"'„“”‚‘’»«‹›(\[]{{1,3}}|\.{{1,2}})"
    rf"(?=(?P<top>{PLAIN_TOP}|{WORD_TOP}|{_SHORTENER_TOP})(?![^\W_]|-))"
)
_BEFORE_STOP = frozenset(" \t\u00a0*_~`\"'”“’»«‹›)]")
"""What may stand between a host and its full stop."""
_WIDEST_GAP = 3

_SPACED_OUT = re.compile(
    rf"(?:{PLAIN_TOP})(?:{END}|{_GERMAN_GOES_ON}|{GAP}\.{GAP}\w)"
    rf"|(?:com|net|org){GAP}|(?:{WORD_TOP}){END}|(?:{_SHORTENER_TOP}){GAP}{{0,2}}/"
)
"""How the text goes on behind ` .` or ` . ` where that belongs to a host."""
_SPACED_BEHIND = re.compile(
    rf"(?:com|org)(?![^\W_])|(?:{PLAIN_TOP})(?:[)\]!?,;]|/[\w-]{{3}})|(?:{PLAIN_TOP}|{WORD_TOP})\s*+\Z"
)
"""The same behind `. `, where mostly a sentence begins."""
_DOUBLED = re.compile(rf"(?:{PLAIN_TOP}){END}")
_MARKED = re.compile(PLAIN_TOP)

_MIDDLE_DOTS = "·•∙⋅˙・‧⸱۔܁܂"
_MIDDLE_DOT = re.compile(rf"[{_MIDDLE_DOTS}](?<=\w.)(?=(?:{PLAIN_TOP})(?![^\W_]|-))")
_COMMA = re.compile(rf",(?<=[^\W\d_]{{4}},)(?=com{END}|de(?:\s*+\Z|[)\]!?\"]|\.(?:\s|\Z)))")
_NO_HOST = NOT_BEFORE_A_SPOKEN_DOT.union(ABBREVIATIONS, ABBREVIATIONS_BEFORE_DE, SPOKEN_DOTS) - {"co"}
_LONGEST_WORD = 25


def find_stops(text: str) -> Iterator[Edit]:
    """Full stops that stand apart from their host, behind quotes or doubled, and what stands for one."""
    for stop in _STOP.finditer(text):
        start = stop.start()
        while start > max(0, stop.start() - _WIDEST_GAP) and text[start - 1] in _BEFORE_STOP:
            start -= 1
        if start and text[start - 1].isalnum() and _is_of_a_host(text, start, stop):
            yield start, stop.end(), "."
    for comma in _COMMA.finditer(text):
        if not is_an_end(word_before(text, comma.start())):
            yield comma.start(), comma.end(), "."
    if any(sign in text for sign in _MIDDLE_DOTS):
        yield from ((dot.start(), dot.end(), ".") for dot in _MIDDLE_DOT.finditer(text))


def _is_of_a_host(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether `stop`, with what stands before it from `start` on, does not end a sentence."""
    before, behind = text[start : stop.start()], stop["behind"]
    if not before and not behind:
        return False
    if not _what_follows(before, behind).match(text, stop.end()):
        return False
    word = word_before(text, start)
    return not (word in _NO_HOST or is_an_end(word))  # `gracias . de`, `eine .de`


def _what_follows(before: str, behind: str) -> re.Pattern[str]:
    if before.isspace():
        return _SPACED_OUT
    if behind.isspace():
        return _SPACED_BEHIND
    return _DOUBLED if "." in behind else _MARKED


def word_before(text: str, end: int) -> str:
    """The word that ends at `end`, in small letters."""
    start = end
    low = max(0, end - _LONGEST_WORD)
    while start > low and (text[start - 1].isalnum() or text[start - 1] == "-"):
        start -= 1
    return text[start:end].lstrip("-").lower()
