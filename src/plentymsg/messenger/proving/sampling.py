"""Values for what is not known: the worst that the types allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice, product
from typing import Final, Literal

from plentymsg.messenger.proving import operations
from plentymsg.messenger.proving.telephones import (
    ANNOUNCED,
    ANY_NUMBER,
    DIGITS_IN_FRONT,
    LIKE_TELEPHONES,
    WORDS_IN_FRONT,
)
from plentymsg.messenger.value_types import NAME, NATURAL, TYPES, WRITTEN, Declared, samples
from plentymsg.templates.unknown import Derived, Terms, Values, Variable, numbers_in
from plentymsg.templates.values import to_text
from plentymsg.templates.variables import PlainText, name_of
from plentymsg.templates.way import BLANK, FULL, NULL, ZERO, Way

Kind = Literal["free", "wordy", "dated", "strict"]
"""What is known of a value: nothing; that it is words without links; that it is a date with names of days or
months in it; or enough to stand anywhere."""

_MANY: Final = (12_345_678, 600_700_800, 347_123_456, 800_555.0199)
"""Numbers that look like one of a telephone in some form, such as with a space at each thousand."""
_DAYS: Final = ("2026-11-25 08:30:00", "1999-01-02 00:30:00", "2099-12-31 23:59:59")
_ODD_DAYS: Final = ("0617-11-25 14:30:00", "2126-01-11 14:30:00")
"""What only a text that is no `date` says."""
_MOST_CHOICES: Final = 64
_OF_TEXT: Final = ("1234567", "Tel.")
"""What someone may write and be right to, but not beside a word for telephones, or a number."""

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
            found += (*samples(usual), *(_OF_TEXT if path == WRITTEN else ()))
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
        if term.operation in operations.COMPUTED:
            return "strict"
        if operations.is_formatted_plainly(term):
            return "dated" if operations.has_words(term) else "strict"
        below = operations.numbers_of(term)
        if operations.keeps(term):
            return self.kind(below[0])
        if term.operation in operations.CHOOSING:
            kept = all(map(self._is_number, operations.choices(term)))
        else:
            kept = operations.keeps_numbers(term) and {*map(self.kind, below)} == {"strict"}
        return "strict" if kept or self._all_tried(number) else "free"

    def _is_number(self, choice: object) -> bool:
        if isinstance(choice, str):
            return operations.is_whole(choice) and self.kind(numbers_in(choice)[0]) == "strict"
        return isinstance(choice, (int, float))

    def _all_tried(self, number: int) -> bool:
        return all(self.is_finite(path) for path in self._terms.variables(number))

    def is_strict(self, number: int) -> bool:
        """Whether a value is a number, a date or the like."""
        return self.kind(number) in {"dated", "strict"}

    def loses_words(self, number: int) -> bool:
        """Whether an operation makes something of a value that the promise of words does not hold for."""
        term = self._terms.terms[number]
        return isinstance(term, Derived) and not operations.keeps(term)

    def is_settled(self, number: int) -> bool:
        """Whether a value needs no type: all that it can be is tried, or it is judged when it is written."""
        return self._all_tried(number) or self.is_written(number)

    def is_name(self, number: int) -> bool:
        """Whether a value is a name, which has nothing but letters and the signs of a sentence."""
        declared = self._declared_of(number)
        return declared is not None and declared.type == NAME

    def is_written(self, number: int) -> bool:
        """Whether a value is what someone writes, as it was written."""
        term = self._terms.terms[number]
        if isinstance(term, Derived):
            return operations.keeps(term) and self.is_written(operations.numbers_of(term)[0])
        return term.path == WRITTEN

    def _declared_of(self, number: int) -> Declared | None:
        term = self._terms.terms[number]
        if isinstance(term, Derived):
            return self._declared_of(operations.numbers_of(term)[0]) if operations.keeps(term) else None
        return self.declared(term.path)

    # -- as telephone numbers

    def like_telephones(self, number: int) -> list[str]:
        """Those of a value that look most like a telephone number, or are one if it is said in front.

        What plentymsg counts or reckons itself has no zero or plus in front.
        """
        term = self._terms.terms[number]
        if self._all_tried(number):
            return self._made(number, {path: self._allowed(path) for path in self._terms.variables(number)})
        if isinstance(term, Derived):
            return self._made_like_telephones(number, term)
        declared = self.declared(term.path)
        if declared is None or declared.type not in LIKE_TELEPHONES:
            return [ANNOUNCED] if term.path == WRITTEN else []
        is_own = term.path.startswith("#") or name_of(term.path) in NATURAL
        likely = () if is_own else LIKE_TELEPHONES[declared.type]
        return [*likely] if declared.type == "date" else [*likely, ANNOUNCED]

    def _made_like_telephones(self, number: int, term: Derived) -> list[str]:
        paths = list(self._terms.variables(number))
        below = operations.numbers_of(term)
        if term.operation in operations.COMPUTED:
            return [ANNOUNCED] if term.operation in operations.COUNTING else []
        if term.operation == "|number_format":
            return self._made(number, dict.fromkeys(paths, _MANY))
        if term.operation in operations.OF_DATES:
            days = _DAYS + (() if all(map(self._is_date, paths)) else _ODD_DAYS)
            made = self._made(number, dict.fromkeys(paths, days))
            return made if operations.is_date_for_sure(term) else [*made, *ANY_NUMBER]
        if term.operation in operations.CHOOSING or operations.is_whole(term.operands[0]):
            return [like for inner in below for like in self.like_telephones(inner)] or [ANNOUNCED]
        return [*ANY_NUMBER]

    def _is_date(self, path: str) -> bool:
        declared = self.declared(path)
        return declared is not None and declared.type == "date"

    def _allowed(self, path: str) -> Sequence[object]:
        declared = self.declared(path)
        return declared.values if declared is not None else ()

    def _made(self, number: int, given: Mapping[str, Sequence[object]]) -> list[str]:
        """What a value is, of each of some values of its variables."""
        found: dict[str, None] = {}
        for values in islice(product(*given.values()), _MOST_CHOICES):
            with suppress(Exception):  # whatever an operation raises: rendering would refuse it
                value = self._terms.value(number, dict(zip(given, values, strict=True)))
                found[to_text(value)] = None
        return [*found]

    def ends(self, number: int) -> Sequence[str]:
        """How a value can end, for a number that is read behind it."""
        if self._all_tried(number):
            return self.like_telephones(number)
        return DIGITS_IN_FRONT if self.is_strict(number) else WORDS_IN_FRONT

    def has_digits(self, number: int) -> bool:
        """Whether a value may begin or end with digits that belong to a number beside it."""
        if self._all_tried(number):
            return any(sign.isdigit() for text in self.like_telephones(number) for sign in text)
        return not self.is_name(number)

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
            return self._longest_made(term)
        declared = self.declared(term.path)
        if term.path == WRITTEN:
            return 0
        if declared is None or declared.max_length is not None:
            return declared.max_length if declared else None
        if declared.values:
            return max(map(len, declared.values))
        return TYPES[declared.type].longest

    def _longest_made(self, term: Derived) -> int | None:
        if term.operation not in operations.CHOOSING:
            return operations.longest_made(term)
        given = operations.choices(term)
        if not all(map(self._is_number, given)):
            return None
        lengths = [self.longest(numbers_in(each)[0]) if isinstance(each, str) else 0 for each in given]
        known = [length for length in lengths if length is not None]
        return max(known, default=0) + len(str(given)) if len(known) == len(lengths) else None

    def usual(self, way: Way, paths: set[str]) -> dict[str, object]:
        """One value for each variable."""
        return {path: values[0] for path in sorted(paths) if (values := self.values(way, path))}

    def combinations(
        self, way: Way, paths: list[str], most: int, each: int | None = None
    ) -> Iterator[dict[str, object]]:
        """Every combination of the values of some variables, but not more than `most`.

        With `each`, only so many values of each, the longest, the largest number, and nothing.
        """
        listed = [self.values(way, path) for path in paths]
        chosen = [values if each is None else _some(values, each) for values in listed]
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


def _some(values: Sequence[object], most: int) -> list[object]:
    """The first values, and those that are most apart from them; the last one is nothing, if that can be."""
    texts = [str(value) for value in values if value is not None]
    extremes = [max(texts, key=len), max(texts, key=_count_of_digits)] if texts else []
    return [value for at, value in enumerate(values) if at < most or value in extremes or value in (None, "")]


def _count_of_digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _needs(terms: Terms) -> Iterator[tuple[str, Declared]]:
    """Which variables must be numbers or dates, as something is reckoned from them."""
    for number, term in enumerate(terms.terms):
        if isinstance(term, Derived) and term.operation in operations.OF_NUMBERS | operations.OF_DATES:
            needed = _NUMBER if term.operation in operations.OF_NUMBERS else _DATE
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
