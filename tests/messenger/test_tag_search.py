"""What counts as like a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.messenger.tag_search import resembles

TEXT = st.text(min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("collect", "Collectors item"),
        ("collect", "collection"),
        ("COLLECT", "Recollection"),
        ("item collect", "item collection"),
        ("urgnet", "Urgent"),
        ("ecole", "École"),
        ("Ecóle", "ecole"),
        ("strasse", "Straße"),
    ],
)
def test_parts_and_misspellings_are_like_a_name(wanted: str, name: str) -> None:
    assert resembles(wanted, name)


@pytest.mark.parametrize(
    ("wanted", "name"), [("collect", "Vintage"), ("urgent", "Sale"), ("order", "Ordnung")]
)
def test_other_words_are_not(wanted: str, name: str) -> None:
    assert not resembles(wanted, name)


@given(before=st.text(max_size=30), wanted=TEXT, after=st.text(max_size=30))
def test_every_part_of_a_name_is_like_it(before: str, wanted: str, after: str) -> None:
    assert resembles(wanted, wanted)
    letters = "".join(letter for letter in wanted if letter.isascii() and letter.isalnum())
    assert resembles(letters.swapcase(), f"{before} {letters} {after}")


@given(TEXT, TEXT)
def test_a_search_ends_for_any_text(wanted: str, name: str) -> None:
    assert resembles(wanted * 3_000, name * 20) in (True, False)
