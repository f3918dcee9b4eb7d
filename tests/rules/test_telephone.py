"""PM203: telephone numbers, and what looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.rules.judge import judge
from plentymsg.rules.telephone.finding import find_telephones
from tests.rules.corpus import TODAY, draft, lines, only

NUMBERS = lines("telephone.txt")
OTHERS = lines("not_telephone.txt")


def excerpts(**parts: str) -> list[tuple[str, str]]:
    found = judge(draft("", **{"subject": "", **parts}), only("PM203"), TODAY)  # type: ignore[arg-type]
    return [(each.part, each.excerpt) for each in found]


@pytest.mark.parametrize("line", NUMBERS)
def test_a_telephone_number_is_found_once(line: str) -> None:
    assert len(list(find_telephones(line))) == 1


@pytest.mark.parametrize("line", OTHERS)
def test_other_numbers_are_left_alone(line: str) -> None:
    assert [line[start:end] for start, end in find_telephones(line)] == []


def test_the_corpora_are_large_enough() -> None:
    assert min(len(NUMBERS), len(OTHERS)) >= 100


def test_the_place_is_that_of_the_number_in_every_part() -> None:
    found = excerpts(
        subject="Tel. 030 12345",
        text="Bestellung 302-1234567-1234567 vom 3.5.2026:\n030 1234567, +49 170 1234567.",
        html="<p>Ruf <b>0</b>30 1234567</p><a href='&#116;el:+4930123'>an</a>",
    )
    assert found == [
        ("subject", "030 12345"),
        ("text", "030 1234567"),
        ("text", "+49 170 1234567"),
        ("html", "0</b>30 1234567"),
        ("html", "&#116;el:+4930123"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "030_1234567.png",
        "www.shop.de/030/1234567",
        "A030 1234567",
        "030 1234567a",
        "0301234567890123456789",
        "+49 30",
        "+384 1234567",
        "Seite 12-34, 56-78, 90-123",
    ],
)
def test_parts_of_something_longer_are_no_numbers(text: str) -> None:
    assert excerpts(text=text) == []


@given(st.sampled_from(NUMBERS), st.sampled_from(["Hallo,\n{}\n", "> {}\n> Gruß", "({})", "{}!"]))
def test_a_number_stays_found_when_it_is_quoted(line: str, frame: str) -> None:
    assert len(excerpts(text=frame.format(line))) == 1


@given(st.sampled_from(NUMBERS))
def test_a_number_stays_found_in_html(line: str) -> None:
    encoded = "".join(f"&#{ord(character)};" for character in line)
    assert len(excerpts(html=f"<p>{encoded}</p>")) == 1


@given(st.sampled_from(OTHERS), st.sampled_from(["Hallo,\n{}\n", "> {}\n> Gruß", "<p>{}</p>"]))
def test_other_numbers_stay_left_alone(line: str, frame: str) -> None:
    assert excerpts(text=frame.format(line), html=frame.format(line)) == []


@given(st.text(alphabet="0123456789 +-/.()telTELnr\u00a0,€", max_size=60))
def test_any_text_has_an_answer_inside_itself(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in find_telephones(text))
