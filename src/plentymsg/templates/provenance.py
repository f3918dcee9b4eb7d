"""Where what a template printed came from, so that a fault of a message can be shown where it is mended.

While a template runs, each piece that it prints is noted with its place. What that place means is worked out
when somebody asks: of a thousand messages nobody asks for any.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from plentymsg.templates.source import Source
from plentymsg.templates.values import Safe


class Piece(NamedTuple):
    """A piece of what a template printed, and what printed it."""

    start: int
    end: int
    """Its span in what was printed."""
    source: Source
    at: int
    until: int
    """The span of the text of the template, or of the expression, in its source."""
    value: object
    """What the expression gave, before it was escaped; None for text of the template."""

    @property
    def is_literal(self) -> bool:
        """Whether each of its characters stands in the source as it was printed."""
        return self.value is None and self.until - self.at == self.end - self.start


class Trace:
    """What one template printed into a part, piece by piece."""

    __slots__ = ("_locate", "_marks", "_shift", "_starts", "text")

    def __init__(
        self, printed: str, marks: Sequence[Any], locate: Callable[[int], tuple[Source, int]], shift: int = 0
    ) -> None:
        """`marks` are flat, as every piece of every message has them: where a piece begins, where in the run
        it was printed, the end of the expression that printed it (0 for text of the template), its value.

        `shift` is how many characters of what was printed are left out in front.
        """
        self.text = printed
        self._marks = marks
        self._locate = locate
        self._shift = shift
        self._starts: list[int] = []  # where each piece begins in `text`; worked out when a span is asked for

    def trimmed(self) -> Trace:
        """The same without the blank lines around it."""
        cut = self.text.lstrip("\r\n")
        return Trace(cut.rstrip(), self._marks, self._locate, len(self.text) - len(cut))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces that `text[start:end]` consists of, in order; for an empty span the one at its place."""
        starts = self._starts = self._starts or [start - self._shift for start in self._marks[::4]]
        for index in range(max(0, bisect_right(starts, start) - 1), len(starts)):
            if starts[index] >= max(end, start + 1):
                return
            following = starts[index + 1] if index + 1 < len(starts) else len(self.text)
            yield self._piece(starts[index], following, *self._marks[4 * index + 1 : 4 * index + 4])

    def _piece(self, start: int, following: int, place: int, end: int, value: object) -> Piece:
        source, at = self._locate(place)
        until = at + end - place if end else at + following - start
        printed = self.text[max(0, start) : following]
        if end and value is None and source.text.startswith(printed, at + 1):
            at, until = at + 1, at + 1 + len(printed)  # text in quotes, without any escapes
        return Piece(start, following, source, at, until, value)


class Traced(str):
    """A text that was printed by a template of its own, such as a text block, with its trace.

    It may have been made HTML since: then `trace.text` reads the same, but is not the same.
    """

    __slots__ = ("trace",)
    trace: Trace

    def __new__(cls, text: str, trace: Trace) -> Traced:
        new = super().__new__(cls, text)
        new.trace = trace
        return new


class TracedHtml(Traced, Safe):
    """The same as HTML, which is not escaped again."""

    __slots__ = ()


def traced(text: str, noted: list[Any], locate: Callable[[int], tuple[Source, int]], *, html: bool) -> str:
    """`text` with the trace of what a body printed into it.

    `noted` are marks with the piece itself in place of where it begins.
    """
    pieces = noted[::4]
    marks = noted[:]
    marks[::4] = accumulate(map(len, pieces[:-1]), initial=0)
    trace = Trace(text, marks, locate)
    return TracedHtml(text, trace) if html else Traced(text, trace)
