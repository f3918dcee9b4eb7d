"""PM204: no emoji."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.rules.judge import judge
from tests.rules.corpus import TODAY, draft, only


def excerpts(**parts: str) -> list[tuple[str, str]]:
    found = judge(draft("", **{"subject": "", **parts}), only("PM204"), TODAY)  # type: ignore[arg-type]
    return [(each.part, each.excerpt) for each in found]


ONE_EACH = [
    "\U0001f600",  # a face
    "\u2764\ufe0f",  # a heart that asks to be a picture
    "\U0001f1e9\U0001f1ea",  # the flag of Germany
    "1\ufe0f\u20e3",  # a keycap
    "#\u20e3",
    "\U0001f44d\U0001f3fd",  # a thumb with a tone of skin
    "\u270c\U0001f3fb",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
    "\U0001f3f3\ufe0f\u200d\U0001f308",  # the rainbow flag
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
    "\u2705",
    "\u2b50",
    "\u00a9\ufe0f",
    "\U0001f469\U0001f3fd\u200d\U0001f4bb",
]


@pytest.mark.parametrize("emoji", ONE_EACH)
def test_an_emoji_is_one_however_many_characters_it_has(emoji: str) -> None:
    assert excerpts(text=f"Danke {emoji}!") == [("text", emoji)]


@given(st.lists(st.sampled_from(ONE_EACH), min_size=1, max_size=5))
def test_several_are_counted_each(emoji: list[str]) -> None:
    assert excerpts(text=" ".join(emoji)) == [("text", each) for each in emoji]


@pytest.mark.parametrize(
    "text",
    [
        "0123456789 # * :-) ;) <3 \u00a9 \u00ae \u2122",
        "\u2192 \u2190 \u2194 \u21d2",
        "\u2713 \u2714 \u2717 \u2022 \u25b6 \u2605 \u263a",
        "\u231a\ufe0e \U0001f600\ufe0e",  # asked to be text
        "Gr\u00fc\u00dfe, z\u0142oty, \u20ac, \u4f60\u597d, \u200d \ufe0f \u20e3",
    ],
)
def test_signs_and_emoticons_are_no_emoji(text: str) -> None:
    assert excerpts(text=text) == []


def test_entities_and_every_part_count_with_their_place() -> None:
    found = excerpts(
        subject="\U0001f600 Hallo", html="<p>a&#128512;b</p><img alt='' src='smile.png'>&#x1F600;"
    )
    assert found == [("subject", "\U0001f600"), ("html", "&#128512;"), ("html", "&#x1F600;")]


def test_a_flood_is_reported_a_hundred_times() -> None:
    assert len(excerpts(text="\U0001f600" * 5000)) == 100
