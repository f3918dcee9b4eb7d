"""A text made from another one, that knows where each of its characters came from."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate


class MappedText:
    """Readable text, and the way back to the characters of the source that it was made from.

    Built of pieces in order: matching ones, each of whose characters stands for
    one of the source, and replaced ones, such as an entity, which stand for a whole span of it.
    """

    __slots__ = ("_source_ends", "_source_starts", "_starts", "_texts", "text")

    def __init__(self, texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> None:
        """Of each piece its text, and its span in the source; the end is -1 for matching ones.

        Three sequences, not one of triples: a text in HTML has a piece for each of its tags.
        """
        self._source_starts = starts
        self._source_ends = ends
        self._texts = texts
        self._starts = array("q")  # where each piece begins in `text`; worked out when a span is asked for
        self.text = "".join(texts)

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, int, int]]) -> MappedText:
        """A text of pieces (text, start in the source, end in the source)."""
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for text, start, end in pieces:
            texts.append(text)
            starts.append(start)
            ends.append(end)
        return cls(texts, starts, ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that `text[start:end]` came from; it must not be empty."""
        if not self._starts:
            self._starts = array("q", accumulate(map(len, self._texts), initial=0))
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        source_start, source_end = self._source_starts[first], self._source_ends[first]
        if source_end < 0:
            source_start += start - self._starts[first]
        last_start, source_end = self._source_starts[last], self._source_ends[last]
        if source_end < 0:
            source_end = last_start + end - self._starts[last]
        return source_start, source_end


def edited(text: str, edits: Iterable[tuple[int, int, str]]) -> MappedText:
    """`text` with each (start, end, replacement) done; they come in order and do not overlap.

    A replacement as long as what it replaces stands for it character by character.
    """
    return MappedText.of(_pieces(text, edits))


def _pieces(text: str, edits: Iterable[tuple[int, int, str]]) -> Iterator[tuple[str, int, int]]:
    done = 0
    for start, end, replacement in edits:
        if done < start:
            yield text[done:start], done, -1
        if replacement:
            yield replacement, start, -1 if len(replacement) == end - start else end
        done = end
    yield text[done:], done, -1
