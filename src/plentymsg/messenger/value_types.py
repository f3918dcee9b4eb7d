"""The types that a variable's values can have, and what each of them promises.

A type is there to settle what a rule asks for, whatever the value turns out to be. `no_links` promises
most, because words can become a link by what stands beside them: `shop` before `.de`, `dot com` behind
`shop`. So its values are free of links on their own and between words and punctuation, whatever these are.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Final, NamedTuple

from plentymsg.rules.links.reading import find_links
from plentymsg.rules.telephone.finding import find_telephones


class Declared(NamedTuple):
    """What is said of a variable's values."""

    type: str
    max_length: int | None = None
    """Characters that a value has at most."""
    values: tuple[str, ...] = ()
    """All there are, for `one_of`."""


class ValueType(NamedTuple):
    """A type: what its values are, in words; which texts fit; and the worst of these for a rule."""

    meaning: str
    fits: Callable[[str], bool]
    samples: tuple[str, ...]
    """Values such as make trouble if any does; an empty one is always possible besides."""
    longest: int | None = None
    """Characters that a value has at most."""
    is_free: bool = False
    """Whether it says nothing about links."""
    is_wordy: bool = False
    """Whether it promises nothing if a letter or sign stands right beside it."""


_BEFORE: Final = (
    *("", "Laden ", "Laden. ", "Laden . "),
    *("w ", "h ", "h t ", "http: ", "[x ", "Laden (", "(", '"'),
)
_BEHIND: Final = (
    *("", " x", " X", " Laden", " Laden de", " w", " p", " t p", " x](/y)", " :/ x", ": / /x", ") com"),
    *(",", ".", ":", ";", "!", "?", ")", '"'),
)
_BEHIND_A_DOT: Final = (" de", " com")
"""What stands behind a value but for its full stop, which ends a sentence."""
_WORD: Final = "Anna"
_LONGEST_WORDS: Final = 2000
"""Longer values are looked at with fewer neighbours, which are then a small part of them."""


def _has_no_links(text: str) -> bool:
    if "<" in text or any(sign in text for sign in "\ufdd0\ufdd1\ufdd2"):
        return False
    return all(_is_free_of_links(form) for form in {text, html.unescape(text), text.strip()})


def _is_free_of_links(text: str) -> bool:
    if len(text) > _LONGEST_WORDS:
        return not find_links(text) and not find_links(f"Laden {text} de")
    spoken = text.rstrip(".")
    return not any(find_links(f"{before}{text}{behind}") for before, behind in _neighbours()) and not any(
        find_links(f"Laden {spoken}{behind}") for behind in _BEHIND_A_DOT
    )


@cache
def _neighbours() -> list[tuple[str, str]]:
    """What may stand on both sides of a value: words and signs of a sentence, no link with a word between."""
    every = product(_BEFORE, _BEHIND)
    return [(before, behind) for before, behind in every if not find_links(f"{before}{_WORD}{behind}")]


WRITTEN: Final = "text"
"""The variable for what someone writes. All of it is judged with the message that it is written for, so of a
template only what it makes of such words is to be proven."""

NAME: Final = "name"
_SIGNS_OF_NAMES = frozenset(" \u00a0.,'’‘´“”„‚–—·&/()-")
_PICTURE = "\u2139"
"""The letter that an emoji can be made of."""


def _is_name(text: str) -> bool:
    """Letters, in each form that they are read in, with the signs of a name, and no link."""
    read = unicodedata.normalize("NFKC", text)
    return (
        all(map(_is_of_a_name, text))
        and any(map(str.isalpha, text))
        and not any(map(str.isdigit, read))
        and _has_no_links(text)
    )


def _is_of_a_name(sign: str) -> bool:
    if sign in _SIGNS_OF_NAMES:
        return True
    category = unicodedata.category(sign)
    is_mark = category in {"Mn", "Mc"} and not unicodedata.name(sign, "").startswith("VARIATION SELECTOR")
    return (category[0] == "L" and sign != _PICTURE) or is_mark


def _has_telephone(text: str) -> bool:
    return any(True for _ in find_telephones(text))


_NUMBER = re.compile(
    r"[-+]?[0-9]{1,15}(?:[.,][0-9]{1,6})?|[-+]?[0-9]{1,3}(?:[., '][0-9]{3}){1,4}(?:[.,][0-9]{1,6})?"
)
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_TIME = r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_DATE = re.compile(
    rf"(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}([./-])[0-9]{{1,2}}\1(?:[0-9]{{2}}){{1,2}}){_TIME}"
)


def _is_date(text: str) -> bool:
    """What has the form of a date and can be one: `99.99.9999` is read as a number instead."""
    return bool(_DATE.fullmatch(text)) and not _has_telephone(f"Tel. {text}")


_ORDER_ID = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_LONGEST_ORDER_ID = 64
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255}")
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,30}:\S+")


def _is_order_id(text: str) -> bool:
    """Letters, digits and hyphens that no full stop makes a host of: `Nr.com-1` is none, nor `www2.Danke`."""
    if len(text) > _LONGEST_ORDER_ID or not _ORDER_ID.fullmatch(text):
        return False
    forms = {text, text.lower(), text.upper(), text.capitalize(), text.title()}
    return not any(find_links(each) for form in forms for each in (f"x.{form}", f"{form}.X", f"x.{form}.X"))


WORDS: Final = ("Muster", "Muster.", "Muster de", "Shop", "x", "12", "AB", "muster.d", "e")
"""Words that become links beside others: a host, what ends with a full stop, a top-level domain, a number."""

TYPES: Final[dict[str, ValueType]] = {
    "text": ValueType("a text of any kind", lambda _: True, WORDS, is_free=True, is_wordy=True),
    "no_links": ValueType(
        "a text without links, also beside other words", _has_no_links, WORDS, is_wordy=True
    ),
    NAME: ValueType(
        "a name: letters without digits, links or emoji",
        _is_name,
        ("Muster", "Muster.", "Ruf", *(word for word in WORDS[2:] if not any(map(str.isdigit, word)))),
        is_wordy=True,
    ),
    "number": ValueType(
        "a number",
        lambda text: bool(_NUMBER.fullmatch(text)),
        ("2", "12", "129", "-1234.56", "1.234,50", "12345678"),
        longest=30,
    ),
    "integer": ValueType(
        "a whole number",
        lambda text: bool(_INTEGER.fullmatch(text)),
        ("2", "12", "129", "-5", "12345678"),
        longest=19,
    ),
    "date": ValueType(
        "a date",
        _is_date,
        ("2026-11-25", "1.2.2026", "25.11.26", "2026-11-25 08:30:00", "11/25/2026"),
        longest=40,
    ),
    "order_id": ValueType(
        "an order number: letters, digits and hyphens",
        _is_order_id,
        ("12", "1", "304-1234567-7654321", "M3GH2Z9K", "a1", "AB-1-C", "1a", "123456"),
        longest=_LONGEST_ORDER_ID,
    ),
    "one_of": ValueType("one of its values", lambda _: True, ()),
    "email": ValueType(
        "an e-mail address",
        lambda text: bool(_EMAIL.fullmatch(text)),
        ("anna@example.com", "a.b@shop.de"),
        longest=320,
        is_wordy=True,
    ),
    "url": ValueType(
        "a link", lambda text: bool(_URL.fullmatch(text)), ("https://shop.example/track?id=1", "https://a.de")
    ),
}
"""The types by their names."""

NATURAL: Final[dict[str, Declared]] = {
    **dict.fromkeys(("contact.id", "order.id", "messenger.shortId"), Declared("integer")),
    **dict.fromkeys(
        (
            "order.formattedGeneral.invoiceTotal",
            "order.orderItems.quantity",
            "order.orderItems.formattedAmounts.grossPrice",
        ),
        Declared("number"),
    ),
    **dict.fromkeys(
        ("order.formattedDates.createdOn", "order.formattedDates.createdOnDateAndTime"), Declared("date")
    ),
    **dict.fromkeys(
        ("contact.formattedOptions.emailPrivate", "contact.formattedOptions.emailWork"), Declared("email")
    ),
    "order.formattedShipping.trackingURL": Declared("url"),
    WRITTEN: Declared("no_links"),
}
"""Variables whose type needs no saying: what plentymsg makes itself, or has checked when it was imported.
What someone writes (`text`) is checked as it is written: only what stands beside it is left to prove."""


QUOTED: Final = "messenger.formattedMessage."
"""Variables that begin so are messages as they were written, text and HTML: they have no type."""


def misfit(declared: Declared, value: object) -> str:
    """Why a value is not of a type, as the end of a sentence; empty if it is, or is empty."""
    if isinstance(value, (list, tuple)):
        return next(filter(None, (misfit(declared, entry) for entry in value)), "")
    text = "" if value is None else str(value)
    if not text:
        return ""
    if declared.values and text not in declared.values:
        return f"which is none of {', '.join(declared.values)}"
    if declared.max_length is not None and len(text) > declared.max_length:
        return f"which is longer than {declared.max_length} characters"
    found = TYPES[declared.type]
    return "" if found.fits(text) else f"which is not {found.meaning}"


def samples(declared: Declared | None) -> tuple[str, ...]:
    """Values of a type such as make trouble if any does; without a type, words."""
    if declared is None:
        return WORDS
    if declared.type == "one_of":
        return declared.values
    longest = declared.max_length
    return tuple(text for text in TYPES[declared.type].samples if longest is None or len(text) <= longest)
