"""Where a value may be read as a telephone number, or make one of what is written around it.

What is in front of a number decides: a word that announces it, one that says what else it is, digits that
belong to it. So all that may be in front of a place is looked at: the text up to each value before it, with
the worst that this value can end with, and every value between them left empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from plentymsg.messenger.proving.windows import Slot
from plentymsg.rules.telephone.finding import find_telephones

LIKE_TELEPHONES: Final[dict[str, tuple[str, ...]]] = {
    "number": ("600 700 800", "0 800 123 123", "0612345678", "-0612345678"),
    "integer": ("0612345678", "-0612345678", "+4917012345678"),
    "date": (),
    "order_id": ("0170-1234567", "A-0170-1234567", "0612345678", "0049170123456"),
}
"""Values of a type that look like telephone numbers, unless something else is said in front."""

ANNOUNCED: Final = "12345678"
"""What is a telephone number if a word in front says so: any number."""
ANY_NUMBER: Final = (LIKE_TELEPHONES["integer"][0], ANNOUNCED)

WORDS_IN_FRONT: Final = ("Anna", "Tel.", "Service")
"""How words may end: with one that says nothing, that announces a number, or that takes back what the next
one says of it: `service client`."""
DIGITS_IN_FRONT: Final = ("5",)

_FAR: Final = 80
"""Characters in front of a number that are looked at: more than the words are looked for in."""
_TOUCHING: Final = r"(?:_|[^\w,:;!?\n]){0,6}"
"""What may stand between digits of one number."""
_NOTHING_BETWEEN = re.compile(_TOUCHING)
_DIGIT_IN_FRONT = re.compile(rf"[\d+]{_TOUCHING}$")
_DIGIT_BEHIND = re.compile(rf"{_TOUCHING}\d")


class Values(NamedTuple):
    """What is known of the values in a text, by their numbers."""

    ends: Callable[[int], Sequence[str]]
    """The worst that a value can end with, or be, for a number behind it."""
    has_digits: Callable[[int], bool]
    """Whether a value may begin or end with digits."""


def may_be_telephone(held: Sequence[Slot], at: int, worst: Iterable[str], values: Values) -> bool:
    """Whether the value at a place, of which `worst` are the worst, may be read as a telephone number."""
    fronts = list(_in_front(held, at, values))
    behind = held[at].behind
    return _touches_digits(held, at, values) or any(
        _has_telephone(f"{front}{value}{behind}", len(front)) for value in worst for front in fronts
    )


def may_announce(held: Sequence[Slot], at: int, values: Values) -> bool:
    """Whether the value at a place may make a telephone number of digits that are written behind it."""
    written = len(held[at].behind)
    return any(_has_telephone(front, len(front) - written) for front in _in_front(held, at + 1, values))


@lru_cache(maxsize=8192)
def _has_telephone(text: str, behind: int) -> bool:
    """Whether one reaches beyond a place."""
    return any(end > behind for _, end in find_telephones(text))


def _in_front(held: Sequence[Slot], at: int, values: Values) -> Iterator[str]:
    """The texts that may be in front of a place."""
    for text, slot in _up_to(held, at):
        if slot is None:
            yield text
        else:
            yield from (end + text for end in values.ends(slot.number))
        if len(text) > _FAR:
            return


def _touches_digits(held: Sequence[Slot], at: int, values: Values) -> bool:
    """Whether digits stand so near, once what is between is empty, that they may be of the same number."""
    beside = ((_DIGIT_IN_FRONT.search, _up_to(held, at)), (_DIGIT_BEHIND.match, _down_to(held, at)))
    for touching, texts in beside:
        for text, slot in texts:
            if touching(text):
                return True
            if not _NOTHING_BETWEEN.fullmatch(text):
                break
            if slot is not None and values.has_digits(slot.number):
                return True
    return False


def _up_to(held: Sequence[Slot], at: int) -> Iterator[tuple[str, Slot | None]]:
    """What is written in front of a place, up to each value; at last, up to the beginning."""
    text = ""
    for slot in reversed(held[:at]):
        text = slot.behind + text
        yield text, slot
    yield held[0].before + text, None


def _down_to(held: Sequence[Slot], at: int) -> Iterator[tuple[str, Slot | None]]:
    """What is written behind the value at a place, up to each other; at last, up to the end."""
    text = held[at].behind
    for slot in held[at + 1 :]:
        yield text, slot
        text += slot.behind
    yield text, None
