"""The tree of a Twig template: what the parser makes, what the checker and the compiler read.

`start` and `end` are offsets into the source.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expr:
    """An expression."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Expr):
    """A string, a number, true, false or null."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Name(Expr):
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Attribute(Expr):
    """`target.key` or `target[key]`."""

    target: Expr
    key: Expr


def prefix(attribute: Attribute) -> str:
    """What stands before the last name, as the author would write it: `order.items.` of `order.items.id`."""
    parts: list[str] = []
    node = attribute.target
    while isinstance(node, Attribute):
        parts.insert(0, str(node.key.value) if isinstance(node.key, Literal) else "…")
        node = node.target
    parts.insert(0, node.name if isinstance(node, Name) else "…")
    return ".".join([*parts, ""])


@dataclass(frozen=True, slots=True)
class Call(Expr):
    """A function: `max(a, b)`."""

    name: str
    args: tuple[Expr, ...]
    named: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Filter(Expr):
    """`target|name(args)`; `at` is the offset of the name."""

    target: Expr
    name: str
    at: int
    args: tuple[Expr, ...]
    named: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Test(Expr):
    """`target is name(args)`; `at` is the offset of the name."""

    target: Expr
    name: str
    at: int
    args: tuple[Expr, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Unary(Expr):
    """`not x`, `-x`, `+x`."""

    operator: str
    operand: Expr


@dataclass(frozen=True, slots=True)
class Binary(Expr):
    """Two operands; `at` is the offset of the operator. Also `?:` and `??`."""

    operator: str
    at: int
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Concat(Expr):
    """`a ~ b ~ c`, and a string with `#{}` in it."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Expr):
    """`test ? yes : no`."""

    test: Expr
    yes: Expr
    no: Expr


@dataclass(frozen=True, slots=True)
class Array(Expr):
    """`[a, b]`."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Hash(Expr):
    """`{key: value}`."""

    pairs: tuple[tuple[Expr, Expr], ...]


@dataclass(frozen=True, slots=True)
class Arrow(Expr):
    """`(a, b) => body`."""

    params: tuple[str, ...]
    body: Expr


@dataclass(frozen=True, slots=True)
class Captured(Expr):
    """What the body of `{% apply %}` printed."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What stands between the expressions."""

    start: int


Body = tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Text(Statement):
    """Text outside of all delimiters."""

    value: str


@dataclass(frozen=True, slots=True)
class Print(Statement):
    """`{{ value }}`."""

    value: Expr


@dataclass(frozen=True, slots=True)
class If(Statement):
    """`if`, its `elseif` branches in order, and `else`."""

    branches: tuple[tuple[Expr, Body], ...]
    otherwise: Body


@dataclass(frozen=True, slots=True)
class For(Statement):
    """`{% for key, value in items if condition %}`."""

    key: str | None
    value: str
    items: Expr
    condition: Expr | None
    body: Body
    otherwise: Body


@dataclass(frozen=True, slots=True)
class Set(Statement):
    """`{% set a, b = 1, 2 %}`."""

    names: tuple[str, ...]
    values: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Capture(Statement):
    """`{% set name %}…{% endset %}`."""

    name: str
    body: Body


@dataclass(frozen=True, slots=True)
class Apply(Statement):
    """`{% apply filter %}…{% endapply %}`; `value` is the filters around `Captured`."""

    value: Expr
    body: Body


@dataclass(frozen=True, slots=True)
class Block(Statement):
    """`{% block name %}…{% endblock %}`."""

    name: str
    body: Body


@dataclass(frozen=True, slots=True)
class Extends(Statement):
    """`{% extends 101 %}`."""

    template: int


@dataclass(frozen=True, slots=True)
class Include(Statement):
    """`{% include 105 with {a: 1} only %}`."""

    template: Expr
    variables: Expr | None
    only: bool
