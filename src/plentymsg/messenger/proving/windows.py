"""What stands around the values of a text: all that can make a link of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from plentymsg.templates.unknown import pieces

_WIDE: Final = 130
"""Written characters on each side: a label has at most 63, a local part 64 (RFC 1035, RFC 5321)."""
_NEAR: Final = 30
"""Written characters between two values that may become one link together; over a line break none do."""
_OPENING: Final = frozenset("(\"'„“‚‘«»¿¡*")
_CLOSING: Final = frozenset(",;:!?)\"'“”’«»…*.")


class Slot(NamedTuple):
    """A place in a text where a value will stand."""

    number: int
    before: str
    """What is written between the value before it, or the beginning, and this one."""
    behind: str
    is_first: bool
    is_last: bool

    @property
    def is_apart(self) -> bool:
        """Whether no word touches the value: blanks do, and the signs of a sentence."""
        return self._opens() and self._closes()

    def _opens(self) -> bool:
        written = self.before.rstrip("".join(_OPENING))
        if written == self.before:
            return self.before[-1:].isspace() or (self.is_first and not self.before)
        return written[-1:].isspace() or (self.is_first and not written)

    def _closes(self) -> bool:
        written = self.behind.lstrip("".join(_CLOSING))
        return written[:1].isspace() or (self.is_last and not written)


class Window(NamedTuple):
    """A piece of a text with marks, and which of the values in it are looked at."""

    text: str
    focus: tuple[int, ...]
    """The numbers of the values: one, or two neighbours."""
    numbers: tuple[int, ...]
    """Those of all values in it."""


def slots(view: str) -> list[Slot]:
    """The places in a text where values will stand, in their order."""
    parts = list(pieces(view))
    last = len(parts) - 2
    return [
        Slot(number, written, parts[at + 1][0], at == 0, at == last)
        for at, (written, number) in enumerate(parts)
        if number is not None
    ]


def windows(view: str) -> Iterator[Window]:
    """A window around each value, and around each two that stand near one another."""
    parts = [(written, number, mark) for written, number, mark in _marked(view)]
    count = len(parts) - 1
    for at in range(count):
        yield _window(parts, at, at)
        near = 0
        for other in range(at + 1, count):
            near += len(parts[other][0])
            if near > _NEAR or "\n" in parts[other][0]:
                break
            if parts[other][1] != parts[at][1]:
                yield _window(parts, at, other)


def _window(parts: list[tuple[str, int, str]], first: int, last: int) -> Window:
    """`parts` are what is written before each value, its number and its mark; at the end, what is left."""
    low, room, text = first, _WIDE - len(parts[first][0]), parts[first][0][-_WIDE:]
    while room > 0 and low > 0:
        low -= 1
        text = parts[low][0][-room:] + parts[low][2] + text
        room -= len(parts[low][0])
    for at in range(first, last):
        text += parts[at][2] + parts[at + 1][0]
    text += parts[last][2]
    high, room = last, _WIDE
    while True:
        text += parts[high + 1][0][:room]
        room -= len(parts[high + 1][0])
        high += 1
        if room <= 0 or high >= len(parts) - 1:
            break
        text += parts[high][2]
    numbers = tuple(number for _, number in pieces(text) if number is not None)
    return Window(text, tuple(dict.fromkeys((parts[first][1], parts[last][1]))), numbers)


def _marked(view: str) -> Iterator[tuple[str, int, str]]:
    at = 0
    for written, number in pieces(view):
        begin = at + len(written)
        if number is None:
            yield written, -1, ""
            return
        at = view.index("\ufdd1", begin) + 1
        yield written, number, view[begin:at]
