"""Values that are not known yet, for walking through a template before there is a message.

An unknown value is a text that holds a mark. Joined and printed, the mark stays where the value will stand,
and is filled later; whatever looks at a value instead becomes a value that is worked out later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from plentymsg.templates.provenance import Traced
from plentymsg.templates.source import Refusal
from plentymsg.templates.values import Safe, escape, to_text

_PLAIN, _ESCAPED, _END = "\ufdd0", "\ufdd2", "\ufdd1"  # noncharacters: no text has them (Unicode, 23.7)
_MARK = re.compile(f"([{_PLAIN}{_ESCAPED}])([0-9]+){_END}")

Values = Mapping[str, object]
"""What the variables have, by their paths; one that is missing is null."""


class Unknown(str):
    """A value that is not known: its text is its mark."""

    __slots__ = ()


class Variable(NamedTuple):
    """What the data give; `path` is `contact.fullName`, `order.orderItems[0].quantity`."""

    path: str


class Derived(NamedTuple):
    """What an operation makes of values of which one at least is not known."""

    operation: str
    function: Callable[..., object]
    operands: tuple[object, ...]
    named: tuple[tuple[str, object], ...]


Term = Variable | Derived


class Place(NamedTuple):
    """Where a value is printed; `layer` says in which of the templates that were walked together."""

    layer: int
    part: str
    line: int
    column: int
    template: int | None
    """The language ID of an included template or text block."""


@dataclass(slots=True)
class Terms:
    """The unknown values of one walk, each under a number."""

    terms: list[Term] = field(default_factory=list)
    printed: dict[int, dict[Place, None]] = field(default_factory=dict)
    """Where each is printed."""
    _numbers: dict[object, int] = field(default_factory=dict)

    def variable(self, path: str) -> Unknown:
        """The value of a variable."""
        return self._unknown(Variable(path), path)

    def derived(
        self, name: str, function: Callable[..., object], operands: Sequence[object], named: Mapping[str, Any]
    ) -> Unknown:
        """What an operation will give."""
        term = Derived(name, function, tuple(operands), tuple(named.items()))
        return self._unknown(term, (name, *map(_identity, operands), repr(sorted(named.items()))))

    def of(self, unknown: str) -> Term | None:
        """The term of a value that is nothing but unknown."""
        found = _MARK.fullmatch(unknown)
        return self.terms[int(found[2])] if found else None

    def variables(self, number: int) -> Iterator[str]:
        """The paths of the variables that a value is made of."""
        term = self.terms[number]
        if isinstance(term, Variable):
            yield term.path
        else:
            for operand in (*term.operands, *(value for _, value in term.named)):
                for inner in numbers_in(operand):
                    yield from self.variables(inner)

    def fill(self, text: str, values: Values) -> str:
        """A text with its marks filled. Raises `Refusal` and the like where a value cannot be worked out."""

        def filled(mark: re.Match[str]) -> str:
            value = self.value(int(mark[2]), values)
            if mark[1] == _PLAIN:
                return to_text(value)
            markup = getattr(value, "__html__", None) if isinstance(value, str) else None
            return str(markup()) if markup else escape(to_text(value))

        return _MARK.sub(filled, text)

    def filler(self, text: str, changing: frozenset[str], values: Values) -> Callable[[Values], str]:
        """What fills a text quickly, many times: only the variables `changing` differ from `values`.

        Raises as `fill` does, and so does what it returns.
        """
        parts: list[str | int] = []
        for written, number in pieces(as_plain(text)):
            parts.append(written)
            if number is not None:
                fixed = changing.isdisjoint(self.variables(number))
                parts.append(to_text(self.value(number, values)) if fixed else number)

        def fill(values: Values) -> str:
            return "".join(
                part if isinstance(part, str) else to_text(self.value(part, values)) for part in parts
            )

        return fill

    def value(self, number: int, values: Values) -> object:
        """What a value is, with these variables."""
        term = self.terms[number]
        if isinstance(term, Variable):
            return values.get(term.path)
        operands = [self.known(operand, values) for operand in term.operands]
        return term.function(*operands, **{key: self.known(each, values) for key, each in term.named})

    def known(self, value: object, values: Values) -> object:
        """An operand with all that is unknown in it filled."""
        if isinstance(value, str):
            found = _MARK.fullmatch(value)
            if found and found[1] == _PLAIN:
                return self.value(int(found[2]), values)
            return _kind_of(value)(self.fill(value, values)) if is_unknown(value) else value
        if isinstance(value, Mapping) and type(value) is dict:
            return {self.known(key, values): self.known(entry, values) for key, entry in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.known(entry, values) for entry in value]
        return value

    def _unknown(self, term: Term, identity: object) -> Unknown:
        number = self._numbers.get(identity)
        if number is None:
            number = self._numbers[identity] = len(self.terms)
            self.terms.append(term)
        return Unknown(f"{_PLAIN}{number}{_END}")


def is_unknown(value: object) -> bool:
    """Whether a text has an unknown value in it, or a list has."""
    if isinstance(value, str):
        return _END in value
    if type(value) is dict:
        return any(is_unknown(entry) for entry in (*value, *value.values()))
    return isinstance(value, (list, tuple)) and any(is_unknown(entry) for entry in value)


def _kind_of(text: str) -> type[str]:
    """What a text is once it is filled; where it came from is not known any more."""
    if isinstance(text, Traced):
        return Safe if isinstance(text, Safe) else str
    return type(text)


def numbers_in(value: object) -> list[int]:
    """The numbers of the unknown values in a text or list, in their order."""
    if isinstance(value, str):
        return [int(mark[2]) for mark in _MARK.finditer(value)]
    if type(value) is dict:
        return [number for pair in value.items() for entry in pair for number in numbers_in(entry)]
    listed = value if isinstance(value, (list, tuple)) else ()
    return [number for entry in listed for number in numbers_in(entry)]


def pieces(text: str) -> Iterator[tuple[str, int | None]]:
    """A text in pieces: what is written, and the number of the unknown value that follows, if one does."""
    at = 0
    for mark in _MARK.finditer(text):
        yield text[at : mark.start()], int(mark[2])
        at = mark.end()
    yield text[at:], None


def escaped(markup: str) -> Safe:
    """A text as HTML; what is unknown in it will be escaped as well."""
    return Safe(as_escaped(escape(markup)))


def as_escaped(text: str) -> str:
    """A text of which all that is unknown will be escaped when it is filled."""
    return text.replace(_PLAIN, _ESCAPED)


def as_plain(text: str) -> str:
    """A text of which nothing that is unknown will be escaped when it is filled."""
    return text.replace(_ESCAPED, _PLAIN)


def is_plain(text: str, number: int) -> bool:
    """Whether an unknown value stands in a text so that it will not be escaped."""
    return f"{_PLAIN}{number}{_END}" in text


def require_no_marks(source: str) -> None:
    """Raise `Refusal` for a text that has what marks are made of."""
    if any(sign in source for sign in (_PLAIN, _ESCAPED, _END)):
        raise Refusal("The template has characters that are none", "Take U+FDD0 to U+FDD2 out.")


def _identity(operand: object) -> object:
    if callable(operand):
        return id(operand)
    return (type(operand).__name__, str(operand) if isinstance(operand, str) else repr(operand))
