"""The way back from a text to the one that it was made from."""

from __future__ import annotations

import pytest

from plentymsg.rules.mapped import MappedText, edited

ENTITIES = MappedText.of([("ab", 3, -1), ("&", 5, 10), ("", 10, -1), ("cd", 12, -1)])
"""Of a source that has `ab` at 3, `&amp;` at 5 and `cd` at 12."""


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (0, 1, (3, 4)),
        (1, 2, (4, 5)),
        (0, 2, (3, 5)),
        (0, 3, (3, 10)),
        (1, 3, (4, 10)),
        (2, 3, (5, 10)),
        (2, 4, (5, 13)),
        (0, 5, (3, 14)),
        (3, 4, (12, 13)),
        (4, 5, (13, 14)),
    ],
)
def test_a_span_leads_to_its_source(start: int, end: int, span: tuple[int, int]) -> None:
    assert ENTITIES.text == "ab&cd"
    assert ENTITIES.span(start, end) == span


def test_an_edited_text_knows_its_source() -> None:
    text = edited("shop[.]de xyz ab", [(4, 7, "."), (10, 13, "XYZ"), (14, 16, "")])
    assert text.text == "shop.de XYZ "
    assert text.span(0, 7) == (0, 9)
    assert text.span(4, 5) == (4, 7)
    assert text.span(5, 7) == (7, 9)
    assert text.span(9, 10) == (11, 12)
    assert text.span(8, 11) == (10, 13)


def test_what_grows_stands_for_all_that_it_replaces() -> None:
    text = edited("aßb", [(1, 2, "ss")])
    assert text.text == "assb"
    assert (text.span(1, 2), text.span(2, 3), text.span(3, 4)) == ((1, 2), (1, 2), (2, 3))
