"""Values for what is not known: the worst that the types allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, Literal

from plentymsg.messenger.proving.bearing import LIKE_TELEPHONES
from plentymsg.messenger.value_types import NAME, NATURAL, TYPES, WRITTEN, Declared, samples
from plentymsg.templates.unknown import Derived, Terms, Values, Variable, is_unknown, numbers_in
from plentymsg.templates.values import to_text
from plentymsg.templates.variables import PlainText, name_of
from plentymsg.templates.way import BLANK, FULL, NULL, ZERO, Way

Kind = Literal["free", "wordy", "strict"]
"""What is known of a value: nothing; that it is words without links; or enough to stand anywhere."""

_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "//", "%", "**", "unary -", "unary +"})
_OF_NUMBERS: Final = _ARITHMETIC | {"|abs", "|round", "|number_format", "max()", "min()"}
_OF_DATES: Final = frozenset({"|date", "|date_modify", "date()"})
_COMPUTED: Final = _ARITHMETIC | {
    *("|abs", "|round", "max()", "min()", "|length"),
    *("==", "!=", "<", ">", "<=", ">=", "<=>", "in", "not in", "xor"),
}
"""Operations that give a number or a truth, whatever they get."""
_FORMATTED: Final = _OF_DATES | {"|number_format"}
"""Operations that give a number or a date in a form that they are given."""
_LONGEST_NUMBER: Final = 100
_MANY: Final = 600_700_800
"""A number that looks like one of a telephone if there is a space at each thousand."""
_KEEPING: Final = frozenset({"|trim", "|nl2br", "|e"})
"""Operations that leave the words as they are."""
_CASES: Final = frozenset({"|upper", "|lower", "|capitalize", "|title", "|spaceless"})

_NUMBER, _DATE, _COUNT, _LINK = (Declared(type) for type in ("number", "date", "integer", "url"))


class Sampling:
    """What the values of one template's variables can be; `declared` are the types that were given."""

    def __init__(self, declared: Mapping[str, Declared], terms: Terms) -> None:
        self._declared = declared
        self._terms = terms
        self._needed = dict(_needs(terms))

    def declared(self, path: str) -> Declared | None:
        """The type of a variable; None if nothing is known of it."""
        if path.startswith("#"):  # a turn of a loop, the length of a list
            return _COUNT
        if path.startswith("globals.links."):
            return _LINK
        name = name_of(path)
        return self._declared.get(name) or NATURAL.get(name)

    def values(self, way: Way, path: str) -> list[object]:
        """Values to try for a variable on a way, a usual one first."""
        state = way.state_of(path)
        declared = self.declared(path)
        found: list[object] = []
        if FULL in state:
            usual = declared if declared and declared.type != "text" else self._needed.get(path, declared)
            found += samples(usual)
        elif ZERO in state:
            found.append("0")
        if path.startswith("#"):
            return found
        if NULL in state:
            found.append(None)
        elif BLANK in state:
            found.append("")
        return [PlainText(each) if path == WRITTEN and isinstance(each, str) else each for each in found]

    def kind(self, number: int) -> Kind:
        """What is known of a value."""
        term = self._terms.terms[number]
        if isinstance(term, Variable):
            return _kind_of(self.declared(term.path))
        is_bare = not any(map(is_unknown, (*term.operands[1:], *(value for _, value in term.named))))
        if term.operation in _COMPUTED or (term.operation in _FORMATTED and is_bare):
            return "strict"
        below = [inner for operand in term.operands for inner in numbers_in(operand)]
        whole = len(below) == 1 and self._terms.of(str(term.operands[0])) is not None
        if whole and term.operation in _KEEPING:
            return self.kind(below[0])
        if below and term.operation in _CASES | _KEEPING and {*map(self.kind, below)} == {"strict"}:
            return "strict"
        finite = all(self.is_finite(path) for path in self._terms.variables(number))
        return "strict" if finite else "free"

    def is_name(self, number: int) -> bool:
        """Whether a value is a name, which has nothing but letters and the signs of a sentence."""
        term = self._terms.terms[number]
        if isinstance(term, Variable):
            declared = self.declared(term.path)
            return declared is not None and declared.type == NAME
        below = [inner for operand in term.operands for inner in numbers_in(operand)]
        return term.operation in _CASES | _KEEPING and len(below) == 1 and self.is_name(below[0])

    def like_telephones(self, number: int) -> tuple[str, ...]:
        """Of a strict value those that look most like a telephone number.

        What plentymsg counts or reckons itself has no zero or plus in front.
        """
        term = self._terms.terms[number]
        if isinstance(term, Derived):
            return tuple(self._many(number)) if term.operation == "|number_format" else ()
        declared = self.declared(term.path)
        is_own = term.path.startswith("#") or name_of(term.path) in NATURAL
        return () if declared is None or is_own else LIKE_TELEPHONES.get(declared.type, ())

    def _many(self, number: int) -> Iterator[str]:
        """What a number in some form is, of many."""
        try:
            yield to_text(self._terms.value(number, dict.fromkeys(self._terms.variables(number), _MANY)))
        except Exception:  # noqa: BLE001 - whatever an operation raises: rendering would refuse it
            return

    def is_loose(self, path: str) -> bool:
        """Whether the type of a variable, if it has any, does not settle what stands anywhere."""
        return _kind_of(self.declared(path)) != "strict"

    def is_finite(self, path: str) -> bool:
        """Whether all values of a variable are tried."""
        declared = self.declared(path)
        return declared is not None and declared.type == "one_of"

    def longest(self, number: int) -> int | None:
        """How many characters a value has at most, once it is printed; None if there is no saying.

        What someone writes has none here: it is checked when it is written.
        """
        term = self._terms.terms[number]
        if isinstance(term, Derived):
            return _LONGEST_NUMBER if term.operation in _OF_NUMBERS | _OF_DATES | {"|length"} else None
        declared = self.declared(term.path)
        if term.path == WRITTEN:
            return 0
        if declared is None or declared.max_length is not None:
            return declared.max_length if declared else None
        if declared.values:
            return max(map(len, declared.values))
        return TYPES[declared.type].longest

    def usual(self, way: Way, paths: set[str]) -> dict[str, object]:
        """One value for each variable."""
        return {path: values[0] for path in sorted(paths) if (values := self.values(way, path))}

    def combinations(
        self, way: Way, paths: list[str], most: int, each: int | None = None
    ) -> Iterator[dict[str, object]]:
        """Every combination of the values of some variables, but not more than `most`.

        With `each`, only so many values of each, and nothing.
        """
        listed = [self.values(way, path) for path in paths]
        chosen = [values if each is None else [*values[:each], *values[-1:]] for values in listed]
        every = product(*chosen)
        for _, values in zip(range(most), every, strict=False):
            yield dict(zip(paths, values, strict=True))

    def count(self, way: Way, paths: list[str]) -> int:
        """How many combinations there are."""
        count = 1
        for path in paths:
            count *= max(1, len(self.values(way, path)))
        return count


def _kind_of(declared: Declared | None) -> Kind:
    if declared is None or TYPES[declared.type].is_free:
        return "free"
    return "wordy" if TYPES[declared.type].is_wordy else "strict"


def _needs(terms: Terms) -> Iterator[tuple[str, Declared]]:
    """Which variables must be numbers or dates, as something is reckoned from them."""
    for number, term in enumerate(terms.terms):
        if isinstance(term, Derived) and term.operation in _OF_NUMBERS | _OF_DATES:
            needed = _NUMBER if term.operation in _OF_NUMBERS else _DATE
            yield from ((path, needed) for path in terms.variables(number))


def paths_in(terms: Terms, texts: tuple[str, ...]) -> set[str]:
    """The variables that some texts hang on."""
    return {path for text in texts for number in numbers_in(text) for path in terms.variables(number)}


def holds(way: Way, values: Values) -> bool:
    """Whether a way is gone with these values; what is not known of a list does not count."""
    for condition in way.conditions:
        if any(path.startswith("#") for path in condition.paths):
            continue
        try:
            if condition.test(values) != condition.outcome:
                return False
        except Exception:  # noqa: BLE001 - whatever an operation raises: with these values it is not done
            return False
    return True
