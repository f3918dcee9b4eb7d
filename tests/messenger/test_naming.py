"""Things are found by ID, German or English name, in any case; what is unknown gets the nearest names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.messenger import naming
from plentymsg.messenger.naming import Candidate

KNOWN = [
    Candidate(1, ("Rückfrage", "Question"), "Rückfrage"),
    Candidate(2, ("Reklamation", "Complaint"), "Reklamation"),
    Candidate(7, ("2", "Two"), "2"),
    Candidate(8, ("Neu",), "Neu"),
    Candidate(9, ("Neu",), "Neu"),
]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("1", 1),
        ("RÜCKFRAGE", 1),
        ("Ru\u0308ckfrage", 1),  # the same letters, decomposed, as macOS writes them
        ("  question ", 1),
        ("2", 2),
        ("two", 7),
    ],
)
def test_a_thing_is_found(reference: str, expected: int) -> None:
    assert naming.find(reference, KNOWN, "type") == expected


def test_an_ambiguous_name_lists_what_it_may_mean() -> None:
    with pytest.raises(InvalidInput, match=r"Neu \(8\), Neu \(9\)"):
        naming.find("neu", KNOWN, "type")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        naming.find("Reklamatoin", KNOWN, "type")
    assert caught.value.hint == "Did you mean Reklamation?"


def test_nothing_like_it_gets_what_there_is() -> None:
    with pytest.raises(NotFound) as caught:
        naming.find("xyz", KNOWN[:2], "type")
    assert caught.value.hint == "There are: Rückfrage, Reklamation."


@given(
    st.lists(
        st.text(min_size=1).filter(lambda name: name.strip() and "\\" not in name), min_size=1, max_size=3
    )
)
def test_a_path_is_read_as_it_is_written(names: list[str]) -> None:
    path = naming.join_path(*names)
    assert naming.split_path(path, len(names), "A/B") == [name.strip() for name in names]


@pytest.mark.parametrize("path", ["Amazon", "Amazon/", "/Neu", "a/b/c", ""])
def test_a_path_of_another_form_is_refused(path: str) -> None:
    with pytest.raises(InvalidInput, match="GROUP/TYPE"):
        naming.split_path(path, 2, "GROUP/TYPE")
