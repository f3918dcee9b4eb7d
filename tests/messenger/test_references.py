from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput
from plentymsg.messenger.references import as_argument, parse_argument, parse_document

words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
references = st.one_of(
    st.builds(lambda name: {"env": name}, st.from_regex("[A-Za-z_][A-Za-z0-9_]*", fullmatch=True)),
    st.builds(lambda path: {"file": path}, words),
    st.builds(lambda name: {"keyring": name}, words),
    st.builds(lambda command: {"command": command}, st.lists(words, min_size=1, max_size=3)),
)


@given(references)
def test_a_reference_is_written_in_a_file_as_on_the_command_line(reference: dict[str, object]) -> None:
    assert parse_document(reference) == reference
    assert parse_argument(as_argument(reference)) == reference


def told(error: InvalidInput) -> str:
    return f"{error.message} {error.hint} {error.details}"


@given(st.text(alphabet="ZQ:' \x00\ud800é{}[]", max_size=30))
def test_anything_else_is_refused_without_being_shown(text: str) -> None:
    for kind in ("", "env:", "command:"):
        try:
            parse_argument(f"{kind}{text}")
        except InvalidInput as error:
            shown = told(error)
            assert not set(shown) & set("ZQ\x00\ud800é")


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "x",
        [],
        {},
        {"env": "A", "file": "B"},
        {"env": None},
        {"command": "ls"},
        {"command": [1]},
        {5: "x"},
    ],
)
def test_what_stands_in_a_file_is_one_reference(value: object) -> None:
    with pytest.raises(InvalidInput):
        parse_document(value)
