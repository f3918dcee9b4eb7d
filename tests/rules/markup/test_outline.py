"""Where the tags and texts of an HTML part stand, and which end tag belongs to which tag."""

from __future__ import annotations

import pytest

from plentymsg.rules.markup.outline import Outline


@pytest.mark.parametrize(
    ("html", "pieces", "end"),
    [
        ("<a>x<a>y</a>", ["<a>", "x", "<a>", "y", "</a>"], None),
        ("<a>x<a>y</a></a>", ["<a>", "x", "<a>", "y", "</a>", "</a>"], None),
        ("<div><div>x</div></div>", ["<div>", "<div>", "x", "</div>", "</div>"], (17, 23)),
        ("<p>x", ["<p>", "x"], None),
        ("<script>a</script>b", ["<script>", "a", "</script>", "b"], (9, 18)),
        ("<b><!-- x --></b>", ["<b>", "</b>"], (13, 17)),
    ],
)
def test_a_tag_is_matched_with_its_own_end_tag(
    html: str, pieces: list[str], end: tuple[int, int] | None
) -> None:
    outline = Outline(html)
    assert [html[piece.start : piece.end] for piece in outline.pieces] == pieces
    found = outline.end_tag_of(0)
    assert (found and (found.start, found.end)) == end


def test_what_stands_at_a_place_is_the_piece_that_holds_it() -> None:
    outline = Outline("<!-- x --><b>y</b>")
    assert [outline.at(place) for place in (0, 9, 10, 12, 13, 14, 17)] == [-1, -1, 0, 0, 1, 2, 2]
