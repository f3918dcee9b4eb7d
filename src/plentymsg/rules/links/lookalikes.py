"""What only looks like a host: abbreviations, quantities, file names, sentences without their space."""

from __future__ import annotations

import re
from typing import NamedTuple

from plentymsg.rules.links.run_on import is_led_up_to, runs_on
from plentymsg.rules.links.sentences import SENTENCE_STARTS, is_an_end, meet
from plentymsg.rules.links.tlds import UNMISTAKABLE
from plentymsg.rules.links.words import (
    ABBREVIATIONS,
    ABBREVIATIONS_BEFORE_DE,
    ALSO_NAMES,
    AMBIGUOUS_EXTENSIONS,
    FILE_EXTENSIONS,
    FILE_STEMS,
    NEVER_BARE,
    SOFTWARE,
    UNITS,
)

_NUMBER_BEFORE = re.compile(r"\d[\s>|]{1,6}\Z")
_VERSION = re.compile(r"v\d+", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[\s>|]{1,20}(\w+)")
_WORD_GOES_ON = re.compile(r"[ \t\u00a0]+[^\W\d_]")
_SCORE = re.compile(r"\d{1,3}-\d{1,3}")
_WIDEST_GAP = 7
_LINE_GOES_ON = re.compile(r"[ \t\u00a0]+[a-zà-ÿ]")
_SHORTEST_HOSTS = frozenset({("t", "me"), ("m", "me"), ("t", "co"), ("g", "co"), ("a", "co")})
_COUNTRIES = frozenset({"es", "it", "se", "us"})
_SHORT = 3


class Name(NamedTuple):
    """A dotted word that ends in a top-level domain, and where it stands."""

    text: str
    start: int
    end: int
    labels: list[str]
    """Without the top-level domain."""
    top: str
    tail: str
    """The beginning of port, path, query or fragment behind it."""


def is_between_sentences(name: Name) -> bool:
    """`kaputt.es geht`, `nein.danke.am Montag`; but `auf weg.de`."""
    top = name.top.lower()
    if top not in SENTENCE_STARTS:
        return False
    *others, before = (label.lower() for label in name.labels)
    return meet(before, top) and all(map(is_an_end, others)) and not is_led_up_to(name.text, name.start)


def runs_into_the_next(name: Name) -> bool:
    """`die lampe flackert.so geht es`, `21-19.so close`: whatever word, or score, ends the sentence."""
    top = name.top.lower()
    if len(name.labels) > 1 or not _WORD_GOES_ON.match(name.text, name.end):
        return False
    if _SCORE.fullmatch(name.labels[0]):
        return top in SENTENCE_STARTS and len(top) <= _SHORT
    return name.labels[0].isalpha() and runs_on(name.text, name.start, name.end, top)


def is_no_host(name: Name, evidence: bool) -> bool:
    """Abbreviations, quantities and file names, whatever their letter case."""
    top = name.top.lower()
    before = name.labels[-1].lower()
    if _is_quantity(name, evidence) or (top == "net" and before in SOFTWARE):
        return True
    if evidence:
        return False
    return top in NEVER_BARE or _is_file(before, top) or _is_measured(name) or _is_shortened(name)


def _is_shortened(name: Name) -> bool:
    """`evtl.am Montag`, `m.in.`, `p.es.`, `réf.de commande`: abbreviations before a plain word."""
    top = name.top.lower()
    before = name.labels[-1].lower()
    if top == "de":
        return _is_word_of(name)
    if top in UNMISTAKABLE or (before, top) in _SHORTEST_HOSTS:
        return False
    if before == "co" and len(name.labels) > 1:  # shop.co.jp
        return False
    if _is_initials(name.labels):
        return True
    is_name = top in _COUNTRIES and before in ALSO_NAMES
    others = (label.lower() for label in name.labels[:-1])
    return is_abbreviation(before) and not is_name and all(map(_is_no_shop, others))


def _is_no_shop(label: str) -> bool:
    """Whether this is hardly what a host is called: `gut` before `evtl.am Montag`, `Whg` before `3.OG.re`."""
    return len(label) <= _SHORT or label.isdecimal() or is_abbreviation(label) or is_an_end(label)


def _is_word_of(name: Name) -> bool:
    """`réf.de commande`, `o.a.de mok`: an abbreviation, and `de` as a word of its language."""
    before = name.labels[-1].lower()
    word = _NEXT_WORD.match(name.text, name.end)
    if word is None:
        return False
    if len(name.labels) > 1:
        return _is_initials(name.labels)
    is_initial = len(before) == 1 and name.labels[0].isupper() and word[1].istitle()  # J.de Vries
    return is_initial or before in ABBREVIATIONS_BEFORE_DE


def _is_initials(labels: list[str]) -> bool:
    return all(len(label) == 1 for label in labels)


def is_abbreviation(word: str) -> bool:
    """`evtl`, also with a number, as in `12in` and `nr1`, and streets, as in `Hauptstr`."""
    return word.strip("0123456789") in ABBREVIATIONS or word.endswith("str")


def _is_quantity(name: Name, evidence: bool) -> bool:
    """`3.am`, `12.in`, `10.5.kg`, `v1.dev`; but `123.de` is a host."""
    before = name.labels[-1]
    if not before[-1].isdecimal():
        return False
    known = name.top.lower() in UNMISTAKABLE
    if all(label.isdecimal() or _VERSION.fullmatch(label) for label in name.labels):
        return not known or (len(before) < 3 and not _is_name_of_digits(name))
    if len(name.labels) > 1 and name.top.isupper():  # XK.99.DE
        return before.isdecimal() and not evidence
    return before.isdecimal() and not known and not evidence


def _is_measured(name: Name) -> bool:
    """`50 lbs.at most`, `20 cm.de large`: a unit behind a number, before a word that goes on."""
    top = name.top.lower()
    if len(name.labels) > 1 or name.labels[0].lower() not in UNITS or top not in SENTENCE_STARTS:
        return False
    goes_on = _LINE_GOES_ON if top == "de" else _NEXT_WORD
    number = _NUMBER_BEFORE.search(name.text, max(0, name.start - _WIDEST_GAP), name.start)
    return bool(number and goes_on.match(name.text, name.end))


def _is_name_of_digits(name: Name) -> bool:
    """`24.com`, and `24.de` unless another word follows, as in `12.de mayo`."""
    if len(name.labels) > 1 or not name.labels[0].isdecimal():
        return False
    return name.top in {"com", "net", "org"} or (
        name.top in {"de", "eu", "shop"} and not _LINE_GOES_ON.match(name.text, name.end)
    )


def _is_file(stem: str, extension: str) -> bool:
    if extension in FILE_EXTENSIONS:
        return True
    return extension in AMBIGUOUS_EXTENSIONS and (
        "_" in stem
        or stem in FILE_STEMS
        or stem.rstrip("0123456789-") in FILE_STEMS
        or stem.startswith("lib")
    )
