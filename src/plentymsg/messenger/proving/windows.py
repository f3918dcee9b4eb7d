"""What stands around the values of a text: all that can make a link of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from plentymsg.templates.unknown import pieces

_WIDE: Final = 130
"""Written characters on each side: a label has at most 63, a local part 64 (RFC 1035, RFC 5321)."""
_NEXT: Final = 20
"""Written characters of the next line that are looked at."""
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
    is_apart: bool
    """Whether no word touches any of those that are looked at."""


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
    parts = list(_marked(view))
    held = slots(view)
    for at, slot in enumerate(held):
        yield _window(parts, at, at, is_apart=slot.is_apart)
        near = 0
        for other in range(at + 1, len(held)):
            near += len(parts[other][0])
            if near > _NEAR or "\n" in parts[other][0]:
                break
            if held[other].number != slot.number:
                yield _window(parts, at, other, is_apart=slot.is_apart and held[other].is_apart)


def _window(parts: Sequence[tuple[str, int, str]], first: int, last: int, *, is_apart: bool) -> Window:
    """The line of the values from `first` to `last`, as far as it matters.

    `parts` are what is written before each value, its number and its mark; at the end, what is left.
    """
    between = "".join(parts[at][2] + parts[at + 1][0] for at in range(first, last))
    text = f"{_before(parts, first)}{between}{parts[last][2]}{_behind(parts, last)}".strip()
    numbers = tuple(dict.fromkeys(number for _, number in pieces(text) if number is not None))
    focus = tuple(dict.fromkeys((parts[first][1], parts[last][1])))
    return Window(text, focus, numbers, is_apart)


def _before(parts: Sequence[tuple[str, int, str]], at: int) -> str:
    text = ""
    while True:
        written = parts[at][0]
        text = written.rpartition("\n")[2][-_WIDE:] + text
        if at == 0 or "\n" in written or len(text) >= _WIDE:
            return text
        at -= 1
        text = parts[at][2] + text


def _behind(parts: Sequence[tuple[str, int, str]], at: int) -> str:
    """What follows in the line, and the next word: it tells a sentence from a host."""
    text = ""
    while True:
        at += 1
        written, _, mark = parts[at]
        line, broken, rest = written.partition("\n")
        text += line[:_WIDE] + broken + rest[:_NEXT]
        if broken or not mark or len(text) >= _WIDE:
            return text
        text += mark


def _marked(view: str) -> Iterator[tuple[str, int, str]]:
    at = 0
    for written, number in pieces(view):
        begin = at + len(written)
        if number is None:
            yield written, -1, ""
            return
        at = view.index("\ufdd1", begin) + 1
        yield written, number, view[begin:at]
