"""Which language version a message takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import NotFound
from plentymsg.messenger.languages import Wish, choose, code_of, difference, language_of

LANGUAGES = ("all", "de", "en", "fr")
chosen = st.sampled_from(["", *LANGUAGES[1:], "xx"])
wishes = st.builds(Wish, chosen, chosen, chosen)
languages = st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)


@given(languages, wishes)
def test_the_first_wish_that_can_be_met_is(have: list[str], wish: Wish) -> None:
    versions = [{"id": index, "language": language} for index, language in enumerate(have)]
    if wish.asked and not {wish.asked, "all"} & set(have):
        with pytest.raises(NotFound):
            choose("T", versions, wish)
        return
    version = choose("T", versions, wish)
    asked = [wish.asked, "all"] if wish.asked else [wish.recipient, "all", wish.writer]
    wanted = next((language for language in asked if language in have), have[0])
    assert version["language"] == wanted
    warned = bool(wish.recipient) and version["language"] not in (wish.recipient, "all")
    assert bool(difference("T", version, wish)) == warned
    assert language_of(version, wish) in {wanted, wish.asked, wish.recipient}


@pytest.mark.parametrize(
    ("given", "code"),
    [("de_AT", "de"), ("EN-gb", "en"), ("sv", "se"), ("cs_CZ", "cz"), ("no", "nn"), (" fr ", "fr"), ("", "")],
)
def test_a_customers_language_is_read_however_it_is_written(given: str, code: str) -> None:
    assert code_of(given) == code
