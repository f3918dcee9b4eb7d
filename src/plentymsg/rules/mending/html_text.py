"""Take words out of the text of an HTML part, together with the elements that would be left empty."""

from __future__ import annotations

from plentymsg.rules.markup.outline import Outline, Piece
from plentymsg.rules.markup.tags import BREAKING
from plentymsg.rules.mending.edit import Edit, Fix
from plentymsg.rules.mending.excision import Passage, excised

_QUOTES = (("&lt;", "&gt;"), *((quote, quote) for quote in ("&quot;", "&#x27;", "&#39;", "&#34;")))


def without_text(outline: Outline, at: int, start: int, end: int) -> Fix:
    """Take `html[start:end]` out, which begins in the text `pieces[at]`. Tags that run through it stay."""
    piece = outline.pieces[at]
    if end > piece.end:
        return tuple(
            Edit("html", max(start, each.start), min(end, each.end))
            for each in outline.pieces[at : outline.at(end - 1) + 1]
            if each.kind == "text"
        )
    html = outline.html
    for before, behind in _QUOTES:
        if html.endswith(before, piece.start, start) and html.startswith(behind, end, piece.end):
            start, end = start - len(before), end + len(behind)
    first = last = at
    while (
        not html[outline.pieces[first].start : start].strip()
        and not html[end : outline.pieces[last].end].strip()
    ):
        if not _wraps(outline, first, last):
            break
        first, last = first - 1, last + 1
        start, end = outline.pieces[first].start, outline.pieces[last].end
        first, last = _with_texts(outline, first, last)
    return _without_passage(outline, first, last, start, end)


def _wraps(outline: Outline, first: int, last: int) -> bool:
    """Whether nothing but an element within the line is around these pieces."""
    if first == 0 or last + 1 == len(outline.pieces):
        return False
    opener, closer = outline.pieces[first - 1], outline.pieces[last + 1]
    return (
        closer.name == f"/{opener.name}"
        and opener.name not in BREAKING
        and (opener.end, outline.pieces[last].end) == (outline.pieces[first].start, closer.start)
    )


def _with_texts(outline: Outline, first: int, last: int) -> tuple[int, int]:
    pieces = outline.pieces
    if first and pieces[first - 1].kind == "text" and pieces[first - 1].end == pieces[first].start:
        first -= 1
    if (
        last + 1 < len(pieces)
        and pieces[last + 1].kind == "text"
        and pieces[last + 1].start == pieces[last].end
    ):
        last += 1
    return first, last


def _without_passage(outline: Outline, first: int, last: int, start: int, end: int) -> Fix:
    """Take a span out of neighbouring pieces that are one running text but for the span itself."""
    opener = outline.pieces[first - 1] if first else None
    closer = outline.pieces[last + 1] if last + 1 < len(outline.pieces) else None
    passage = Passage(
        outline.html,
        outline.pieces[first].start,
        outline.pieces[last].end,
        spaces=" \t\r\n",
        line_ends="",
        opens_line=_is_break(opener),
        closes_line=_is_break(closer),
    )
    low, high, replacement = excised(passage, start, end)
    if passage.opens_line and passage.closes_line and (low, high) == (passage.low, passage.high):
        return _without_line(passage.low, passage.high, opener, closer)
    return (Edit("html", low, high, replacement),)


def _is_break(piece: Piece | None) -> bool:
    return piece is None or piece.name.removeprefix("/") in BREAKING


def _without_line(start: int, end: int, opener: Piece | None, closer: Piece | None) -> Fix:
    """A line that holds nothing any more: with its element, or with its line break."""
    if closer and closer.name == "br":
        end = closer.end
    elif opener and opener.name == "br":
        start = opener.start
    elif opener and closer and closer.name == f"/{opener.name}" and opener.name in {"p", "li", "div"}:
        start, end = opener.start, closer.end
    return (Edit("html", start, end),)
