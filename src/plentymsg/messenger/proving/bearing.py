"""How the value of a variable can break each rule of the catalogue.

`BEARING` has every rule. One that is missing there would be settled by `one_of` alone, as all of its values
are tried; so a new rule comes here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from plentymsg.rules.telephone.finding import find_telephones

Bearing = Literal["none", "markup", "links", "emoji", "telephones", "length", "order"]
"""Not at all; only as HTML; as a link or part of one; as an emoji; as a telephone number or part of one; by
its length; or only together with the order that a message is about."""

TOO_LONG: Final = "PM205"
OF_THE_ORDER: Final = "PM206"

BEARING: Final[dict[str, Bearing]] = {
    "PM101": "none",  # a subject keeps the word that is written in it
    "PM201": "links",
    "PM202": "links",
    "PM203": "telephones",
    "PM204": "emoji",
    TOO_LONG: "length",
    OF_THE_ORDER: "order",
    "PM301": "none",
    "PM302": "markup",
    "PM303": "markup",
    "PM304": "none",
    "PM305": "none",
    "PM401": "none",
    "PM402": "none",
    "PM403": "none",
}

LIKE_TELEPHONES: Final[dict[str, tuple[str, ...]]] = {
    "number": ("600 700 800", "0 800 123 123", "0612345678"),
    "integer": ("0612345678", "+4917012345678"),
    "date": (),
    "order_id": ("0170-1234567", "0612345678", "0049170123456"),
}
"""Values of a type that look like telephone numbers, unless something else is said in front."""

_TOUCHING = r"\W{0,4}"
_NOTHING_BETWEEN = re.compile(_TOUCHING)
_DIGIT_IN_FRONT = re.compile(rf"[0-9+]{_TOUCHING}$")
_DIGIT_BEHIND = re.compile(rf"{_TOUCHING}[0-9]")


class Surroundings(NamedTuple):
    """What is written around a value, up to the next ones, and whether these may have digits."""

    before: str
    behind: str
    follows_digits: bool
    precedes_digits: bool

    def has_digits_near(self) -> bool:
        """Whether digits stand so near that they may be read with the value as one number."""
        if _DIGIT_IN_FRONT.search(self.before) or _DIGIT_BEHIND.match(self.behind):
            return True
        follows = self.follows_digits and _NOTHING_BETWEEN.fullmatch(self.before)
        return bool(follows or (self.precedes_digits and _NOTHING_BETWEEN.fullmatch(self.behind)))


def with_bearing(codes: Iterable[str], *bearings: Bearing) -> frozenset[str]:
    """Those rules that a value can break in one of these ways."""
    return frozenset(code for code in codes if BEARING.get(code) in bearings)


def may_be_telephone(worst: Iterable[str], around: Surroundings) -> bool:
    """Whether a number, of which `worst` are the worst, may be read as a telephone number where it stands."""
    return around.has_digits_near() or any(
        True for value in worst for _ in find_telephones(f"{around.before}{value}{around.behind}")
    )
