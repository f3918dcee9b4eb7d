"""Which values fit a type, and what a type promises about them."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from plentymsg.messenger.value_types import TYPES, Declared, misfit, samples
from plentymsg.rules.links.reading import find_links

FITTING = {
    "no_links": [
        "Anna Müller",
        "Dr. Hans-Peter O'Neill",
        "Müller & Söhne GmbH & Co. KG",
        "J.R.R. Tolkien",
        "Kaffee 1,5 kg (Bio)",
        "Zahnbürste v1.2",
        "José de la Cruz",
        "Straße 5/7",
        "Zeile eins\nZeile zwei",
    ],
    "name": [
        "Anna Müller",
        "Dr. Hans-Peter O'Neill",
        "Müller & Söhne GmbH & Co. KG",
        "José de la Cruz",
        "Hans Ruf",
        "Max Handy",
        "Tom Call",
        "Le",
        "Anna–Maria",
        "Ana “Ani” Paz",
        "Paul·Meier",
        "प्रिया शर्मा",
        "สมชาย ใจดี",
        "مُحَمَّد",
        "Zoe\u0308",
    ],
    "number": ["0", "-3", "12.50", "1.234,56", "1 234", "12,5"],
    "integer": ["0", "-3", "123456789"],
    "date": [
        "2026-11-25",
        "25.11.2026",
        "25.11.26",
        "11/25/2026",
        "12-31-1999",
        "2026-11-25 14:05:00",
        "2026-11-25T14:05:00Z",
    ],
    "order_id": ["304-1234567-7654321", "12-34567-89012", "M3GH2Z9K", "cb9n8k", "7"],
    "email": ["anna@example.com"],
    "url": ["https://shop.example/track?id=1"],
}
BROKEN = {
    "no_links": [
        "www.shop.de",
        "shop.de",
        "anna@shop.de",
        "https://x",
        "dot com",
        ".de",
        "Shop punkt",
        "www",
        "shop[.]de",
        "(dot)",
        "[dot] de",
        "sh\u200bop.de",
        "shop&#46;de",
        "shop.d&#101;",
        "<b>",
        "Shop](/x)",
        "w w",
        "a \ufdd00\ufdd1",
    ],
    "name": [
        "Haus 24",
        "shop.de",
        "anna@shop.de",
        "Anna ☺",
        "Anna ℹ",
        "Anna\ufe0f",
        "Anna\u20e3",
        "①②③④⑤",
        "Ⅷ",
        "Shop·de",
        "-",
        "“”",
        "Anna\nMüller",
        "w w",
    ],
    "number": ["zwölf", "1.2.3.4", "12 €", "www2", "1e5", "٣"],
    "integer": ["1.5", "1 000", "x"],
    "date": ["morgen", "2026", "2100-01-01", "99-99-1999", "99.99.9999", "25.11.2026.de", "1.2-3"],
    "order_id": ["Bestellung", "AB", "12 34", "12.de", "www2", "com-a1", "12/3", "1" * 65],
    "email": ["anna", "a b@c.de"],
    "url": ["shop", "https://a b"],
}


@pytest.mark.parametrize(("type", "value"), [(t, v) for t, values in FITTING.items() for v in values])
def test_what_fits(type: str, value: str) -> None:
    assert misfit(Declared(type), value) == ""


@pytest.mark.parametrize(("type", "value"), [(t, v) for t, values in BROKEN.items() for v in values])
def test_what_does_not_fit(type: str, value: str) -> None:
    assert TYPES[type].meaning in misfit(Declared(type), value)


def test_length_and_values_are_part_of_a_type() -> None:
    assert misfit(Declared("text", max_length=3), "abc") == ""
    assert "longer than 3" in misfit(Declared("no_links", max_length=3), "abcd")
    assert misfit(Declared("one_of", values=("DHL", "UPS")), "DHL") == ""
    assert "none of DHL, UPS" in misfit(Declared("one_of", values=("DHL", "UPS")), "GLS")


def test_what_is_empty_fits_and_each_entry_of_a_list_must() -> None:
    assert misfit(Declared("number"), None) == misfit(Declared("number"), "") == ""
    assert misfit(Declared("number"), ["1", "2"]) == ""
    assert misfit(Declared("number"), ["1", "x"])


@pytest.mark.parametrize("type", TYPES)
def test_the_samples_of_a_type_are_values_of_it(type: str) -> None:
    assert [sample for sample in samples(Declared(type)) if misfit(Declared(type), sample)] == []


_SCRAPS = [
    "shop",
    "Shop",
    "de",
    "com",
    "dot",
    "punkt",
    "www",
    "w",
    ".",
    " ",
    ",",
    "(",
    ")",
    "[",
    "]",
    "@",
    "12",
]
_SCRAPS += ["://", "http", ":", "/", "-", "&#46;", "\u200b", "Dr", "x", "\n"]
_texts = st.lists(st.sampled_from(_SCRAPS), min_size=1, max_size=6).map("".join)


@given(one=_texts, two=_texts, between=st.sampled_from([" ", ", ", ". ", "\n", ": ", " (", ") ", '" ']))
@example("Shop", "dot com", " ")
@example("www", "shop de", " ")
def test_values_without_links_make_none_beside_one_another(one: str, two: str, between: str) -> None:
    assume(not misfit(Declared("no_links"), one))
    assume(not misfit(Declared("no_links"), two))
    assert find_links(f"Guten Tag {one}{between}{two}, wir danken.") == []


_PARTS = ["shop", "Shop", "de", "com", "www", "w", "A", "x", "1", "12", "2026", "AB"]
_numbers = st.lists(st.sampled_from(_PARTS), min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from(["", "-"]).map(lambda glue: glue.join([*parts, "7"]))
)


@given(value=_numbers)
@example("www2")
@example("com-a1")
def test_an_order_number_is_no_link_beside_a_full_stop(value: str) -> None:
    assume(not misfit(Declared("order_id"), value))
    assert find_links(f"Nr.{value}.Danke") == []
