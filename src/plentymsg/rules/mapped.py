"""A text made from another one, that knows where each of its characters came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class MappedText:
    """Readable text, and the way back to the characters of the source that it was made from.

    Built of pieces in order: matching ones, each of whose characters stands for
    one of the source, and replaced ones, such as an entity, which stand for a whole span of it.
    """

    __slots__ = ("_pieces", "_starts", "text")

    def __init__(self, pieces: Iterable[tuple[str, int, int]]) -> None:
        """`pieces` are (text, start in the source, end in the source); the end is -1 for matching ones."""
        self._pieces = [piece for piece in pieces if piece[0]]
        self._starts: list[int] = []  # where each piece begins in `text`; worked out when a span is asked for
        self.text = "".join([piece[0] for piece in self._pieces])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that `text[start:end]` came from; it must not be empty."""
        if not self._starts:
            lengths = (len(piece[0]) for piece in self._pieces)
            self._starts = [0, *accumulate(lengths)]
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        _, source_start, source_end = self._pieces[first]
        if source_end < 0:
            source_start += start - self._starts[first]
        _, last_start, source_end = self._pieces[last]
        if source_end < 0:
            source_end = last_start + end - self._starts[last]
        return source_start, source_end


def edited(text: str, edits: Iterable[tuple[int, int, str]]) -> MappedText:
    """`text` with each (start, end, replacement) done; they come in order and do not overlap.

    A replacement as long as what it replaces stands for it character by character.
    """
    pieces = []
    done = 0
    for start, end, replacement in edits:
        pieces.append((text[done:start], done, -1))
        pieces.append((replacement, start, -1 if len(replacement) == end - start else end))
        done = end
    pieces.append((text[done:], done, -1))
    return MappedText(pieces)
