"""Parts of a message that know where each of their characters came from.

A part is built of passages: what a person gave, what a template printed, what stands one behind the other,
and what was made of another passage, such as HTML of a text. Building them costs next to nothing; a place is
looked up only where a rule is broken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

from plentymsg.mail.html import html_of_text, text_of_html
from plentymsg.rules.mapped import MappedText
from plentymsg.rules.places import Places
from plentymsg.rules.violation import Part

if TYPE_CHECKING:  # a message without a template loads nothing of templates
    from plentymsg.templates.provenance import Piece, Trace
    from plentymsg.templates.source import Source

_CRLF = re.compile("\r\n")
_RUN = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u200b\ufeff]+")
_OPENED = re.compile(r"\{\{[-~]?\s*$")
_CLOSED = re.compile(r"\s*[-~]?\}\}")
_SAYS_TEXT = re.compile(r"(?<![\w.'\"])text(?![\w'\"])")


@dataclass(frozen=True, eq=False)
class Original:
    """A text as its author wrote it: what a person gave, a part of a template's version, a part of a mail."""

    kind: Literal["given", "template", "mail"]
    part: Part
    text: str
    name: str = ""
    """Of the template; the number of the mail's part, if it is not the mail's one text or HTML."""
    language: str = ""

    @property
    def is_html(self) -> bool:
        """Whether it is HTML."""
        return self.part == "html"

    @cached_property
    def places(self) -> Places:
        """Its lines."""
        return Places(self.text)

    def stored(self, offset: int) -> int:
        """The offset of a character that has the given one where CRLF counts as one character."""
        if "\r\n" not in self.text:
            return offset
        return offset + bisect_left(
            [end.start() - n for n, end in enumerate(_CRLF.finditer(self.text))], offset
        )

    def find(self, start: int, end: int) -> Spot | None:
        """Each character stands for itself."""
        return Spot(self, start, end)


class Spot(NamedTuple):
    """A span of an original.

    If the characters in question do not stand there, `expression` is what stands there and printed them.
    """

    original: Original
    start: int
    end: int
    expression: str = ""


class Passage(Protocol):
    """A text that knows where its characters came from."""

    @property
    def text(self) -> str:
        """How it reads."""

    @property
    def is_html(self) -> bool:
        """Whether it is HTML."""

    def find(self, start: int, end: int) -> Spot | None:
        """Where `text[start:end]` came from; None if that cannot be said."""


class Passages(NamedTuple):
    """The parts of a message."""

    subject: Passage
    text: Passage
    html: Passage


class Joined:
    """Passages one behind the other; empty ones are left out."""

    def __init__(self, passages: Iterable[Passage], between: str) -> None:
        self._passages = [passage for passage in passages if passage.text]
        self.text = between.join(passage.text for passage in self._passages)
        self.is_html = any(passage.is_html for passage in self._passages)
        sizes = (len(passage.text) + len(between) for passage in self._passages)
        self._starts = [0, *accumulate(sizes)]

    def find(self, start: int, end: int) -> Spot | None:
        """In the first passage that has any of the characters."""
        for passage, begin in zip(self._passages, self._starts, strict=False):
            size = len(passage.text)
            if begin + size > start or (start == end and begin + size == start):
                return passage.find(max(0, start - begin), min(size, max(0, end - begin)))
        return None


class Derived:
    """A text made of another one, with the same words: HTML of a text, text of HTML, a mended subject."""

    def __init__(self, text: str, source: Passage, *, is_html: bool | None = None) -> None:
        """`is_html` says whether `text` is; it is what the source is if nothing is said."""
        self.text = text
        self.is_html = source.is_html if is_html is None else is_html
        self._source = source

    @property
    def is_other_form(self) -> bool:
        """Whether it is HTML of a text, or text of HTML."""
        return self.is_html != self._source.is_html

    def find(self, start: int, end: int) -> Spot | None:
        """Where the same characters stand in what it was made of.

        They are the same if both read alike, blanks and mark-up aside. Else it is the place where the same
        words stand, as often in the one as in the other.
        """
        if self.text == self._source.text or start == end:
            span: tuple[int, int] | None = (start, end) if self.text == self._source.text else (0, 0)
        elif self.is_html == self._source.is_html and (
            found := _counterpart(self.text, start, end, self._source.text)
        ):
            span = found
        else:
            span = self._by_letters(start, end)
        return self._source.find(*span) if span is not None else None

    @cached_property
    def _letters(self) -> tuple[_Letters, _Letters]:
        return _Letters(self.text, is_html=self.is_html), _Letters(
            self._source.text, is_html=self._source.is_html
        )

    def _by_letters(self, start: int, end: int) -> tuple[int, int] | None:
        mine, theirs = self._letters
        first, last = mine.index(start), mine.index(end)
        if first == last:
            return None
        if mine.text == theirs.text:
            return theirs.span(first, last)
        found = _counterpart(mine.text, first, last, theirs.text)
        return theirs.span(*found) if found else None


class _Letters:
    """What can be read of a text, without blanks and mark-up, and where each letter stands."""

    def __init__(self, text: str, *, is_html: bool) -> None:
        self._seen: MappedText | None = None
        if is_html:
            from plentymsg.rules.markup.document import read_html

            self._seen = read_html(text).text
            text = self._seen.text
        self._runs = MappedText.of((run.group(), run.start(), -1) for run in _RUN.finditer(text))
        self.text = self._runs.text

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The span in the text of the letters from `first` up to `last`."""
        span = self._runs.span(first, last)
        return self._seen.span(*span) if self._seen else span

    def index(self, offset: int) -> int:
        """The number of letters before an offset of the text."""
        return bisect_left(range(len(self.text)), offset, key=lambda at: self.span(at, at + 1)[0])


def _counterpart(text: str, start: int, end: int, other: str) -> tuple[int, int] | None:
    """Where the words `text[start:end]` stand in `other`: as the how-manieth there as here."""
    words = text[start:end]
    count = other.count(words)
    if count != 1 and count != text.count(words):
        return None
    before = text.count(words, 0, start) if count > 1 else 0
    found = -1
    for _ in range(before + 1):
        found = other.find(words, found + 1 if found < 0 else found + len(words))
    return (found, found + len(words)) if found >= 0 else None


class Printed:
    """What a template printed. `given` is what `{{ text }}` prints, `original_of` knows the templates."""

    def __init__(self, trace: Trace, given: Original, original_of: Callable[[Source], Original]) -> None:
        self.text = trace.text
        self._trace = trace
        self._given = given
        self._original_of = original_of

    @property
    def is_html(self) -> bool:
        """Whether it is HTML: as its template is."""
        return next((piece.source.part == "html" for piece in self._trace.pieces(0, 0)), False)

    def find(self, start: int, end: int) -> Spot | None:
        """In the template or in what was given: where most of the characters came from."""
        pieces = self._trace.pieces(start, end)
        spots = [(min(end, p.end) - max(start, p.start), self._spot(p, start, end)) for p in pieces]
        if not spots:
            return None
        ours = {spot.original for _, spot in spots}
        if len(ours) == 1 and len(spots) > 1:
            return _around([spot for _, spot in spots])
        return max(spots, key=lambda each: each[0])[1]

    def _spot(self, piece: Piece, start: int, end: int) -> Spot:
        first, last = max(0, start - piece.start), min(end, piece.end) - piece.start
        original = self._original_of(piece.source)
        stored = original.stored
        if piece.is_literal:
            return Spot(original, stored(piece.at + first), stored(piece.at + last))
        if start == end:
            return Spot(original, stored(piece.at), stored(piece.at))
        expression = piece.source.text[piece.at : piece.until]
        made_of = self._made_of(piece, expression)
        if made_of is not None:
            printed = self._trace.text[max(0, piece.start) : piece.end]
            shift = max(0, -piece.start)
            found = Derived(printed, made_of, is_html=self.is_html).find(first - shift, last - shift)
            if found is not None:
                return found
        return Spot(original, stored(piece.at), stored(piece.until), expression)

    def _made_of(self, piece: Piece, expression: str) -> Passage | None:
        """What a piece was made of that has its places itself."""
        from plentymsg.templates.provenance import Traced
        from plentymsg.templates.variables import PlainText

        if isinstance(piece.value, Traced):
            return Printed(piece.value.trace, self._given, self._original_of)
        if isinstance(piece.value, PlainText) or _SAYS_TEXT.search(expression):
            return self._given
        return None


def _around(spots: list[Spot]) -> Spot:
    """One spot for characters that several pieces of a template printed: all of these, braces included."""
    text = spots[0].original.text
    starts, ends = [], []
    for spot in spots:
        before, behind = (
            _OPENED.search(text, max(0, spot.start - 100), spot.start),
            _CLOSED.match(text, spot.end),
        )
        is_whole = spot.expression and before and behind
        starts.append(before.start() if is_whole and before else spot.start)
        ends.append(behind.end() if is_whole and behind else spot.end)
    return Spot(spots[0].original, min(starts), max(ends))


def originals(kind: Literal["given", "mail"], subject: str, text: str, html: str) -> Passages:
    """A message of which each part is as somebody wrote it."""
    return Passages(
        Original(kind, "subject", subject), Original(kind, "text", text), Original(kind, "html", html)
    )


NOTHING: Final = Joined([], "")


def as_text(html: Passage) -> Passage:
    """What a person sees of HTML."""
    return Derived(text_of_html(html.text), html, is_html=False)


def as_html(text: Passage) -> Passage:
    """A text as HTML."""
    return Derived(html_of_text(text.text), text, is_html=True)
