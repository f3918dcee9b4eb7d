"""How the value of a variable can break each rule of the catalogue.

`BEARING` has every rule. One that is missing there would be settled by `one_of` alone, as all of its values
are tried; so a new rule comes here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

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


def with_bearing(codes: Iterable[str], *bearings: Bearing) -> frozenset[str]:
    """Those rules that a value can break in one of these ways."""
    return frozenset(code for code in codes if BEARING.get(code) in bearings)
