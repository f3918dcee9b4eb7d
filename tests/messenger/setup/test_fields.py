from __future__ import annotations

import colorsys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput
from plentymsg.messenger.setup.fields import AnyColour, Fields, HexColour, Name, Text, checked


class Sample(Fields):
    """One of each kind."""

    name: Name = "x"
    text: Text = ""
    hex: HexColour = ""
    colour: AnyColour = ""


def accepted(**values: object) -> Sample | None:
    try:
        return checked(Sample, values)
    except InvalidInput:
        return None


octets = st.integers(0, 255)


@given(octets, octets, octets)
def test_every_colour_is_the_same_in_each_way_of_writing_it(red: int, green: int, blue: int) -> None:
    stored = f"#{red:02x}{green:02x}{blue:02x}"
    for written in (stored, stored.upper(), stored[1:], f" {stored} "):
        assert checked(Sample, {"hex": written}).hex == stored
        assert checked(Sample, {"colour": written}).colour == stored
    assert checked(Sample, {"colour": f"rgb({red},{green},{blue})"}).colour == stored
    hue, light, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    hsl = f"hsl({hue * 360:.6f}, {saturation * 100:.6f}%, {light * 100:.6f}%)"
    assert checked(Sample, {"colour": hsl}).colour == stored


@given(st.text(max_size=12))
def test_a_colour_is_stored_in_one_way_or_refused(text: str) -> None:
    for key in ("hex", "colour"):
        sample = accepted(**{key: text})
        if sample is not None:
            stored = getattr(sample, key)
            assert len(stored) == 7
            assert int(stored[1:], 16) >= 0


@given(st.text(st.characters(codec=None), max_size=30))
def test_a_name_that_is_accepted_is_one_line_that_cannot_act(text: str) -> None:
    sample = accepted(name=text)
    if sample is not None:
        assert sample.name == text.strip() != ""
        assert not {unicodedata.category(letter) for letter in sample.name} & {"Cc", "Cs", "Zl", "Zp"}
        assert not set(sample.name) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_body_is_kept_to_the_letter(text: str) -> None:
    assert checked(Sample, {"text": text}).text == text
