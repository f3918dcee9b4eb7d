"""The tree of a Twig template: what the parser makes, what the checker and the compiler read.

`start` and `end` are offsets into the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(eq_default=False)
def _node(cls: type[T]) -> type[T]:
    """A dataclass with only a constructor: a frozen one takes milliseconds to make, and there are many."""
    return dataclass(eq=False, repr=False)(cls)


@_node
class Expr:
    """An expression."""

    start: int
    end: int


@_node
class Literal(Expr):
    """A string, a number, true, false or null."""

    value: str | int | float | bool | None


@_node
class Name(Expr):
    """A variable."""

    name: str


@_node
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


@_node
class Call(Expr):
    """A function: `max(a, b)`."""

    name: str
    args: tuple[Expr, ...]
    named: tuple[tuple[str, Expr], ...]


@_node
class Filter(Expr):
    """`target|name(args)`; `at` is the offset of the name."""

    target: Expr
    name: str
    at: int
    args: tuple[Expr, ...]
    named: tuple[tuple[str, Expr], ...]


@_node
class Test(Expr):
    """`target is name(args)`; `at` is the offset of the name."""

    target: Expr
    name: str
    at: int
    args: tuple[Expr, ...]
    negated: bool


@_node
class Unary(Expr):
    """`not x`, `-x`, `+x`."""

    operator: str
    operand: Expr


@_node
class Binary(Expr):
    """Two operands; `at` is the offset of the operator. Also `?:` and `??`."""

    operator: str
    at: int
    left: Expr
    right: Expr


@_node
class Concat(Expr):
    """`a ~ b ~ c`, and a string with `#{}` in it."""

    parts: tuple[Expr, ...]


@_node
class Conditional(Expr):
    """`test ? yes : no`."""

    test: Expr
    yes: Expr
    no: Expr


@_node
class Array(Expr):
    """`[a, b]`."""

    items: tuple[Expr, ...]


@_node
class Hash(Expr):
    """`{key: value}`."""

    pairs: tuple[tuple[Expr, Expr], ...]


@_node
class Arrow(Expr):
    """`(a, b) => body`."""

    params: tuple[str, ...]
    body: Expr


@_node
class Captured(Expr):
    """What the body of `{% apply %}` printed."""


@_node
class Statement:
    """What stands between the expressions."""

    start: int


Body = tuple[Statement, ...]


@_node
class Text(Statement):
    """Text outside of all delimiters."""

    value: str


@_node
class Print(Statement):
    """`{{ value }}`."""

    value: Expr


@_node
class If(Statement):
    """`if`, its `elseif` branches in order, and `else`."""

    branches: tuple[tuple[Expr, Body], ...]
    otherwise: Body


@_node
class For(Statement):
    """`{% for key, value in items if condition %}`."""

    key: str | None
    value: str
    items: Expr
    condition: Expr | None
    body: Body
    otherwise: Body


@_node
class Set(Statement):
    """`{% set a, b = 1, 2 %}`."""

    names: tuple[str, ...]
    values: tuple[Expr, ...]


@_node
class Capture(Statement):
    """`{% set name %}…{% endset %}`."""

    name: str
    body: Body


@_node
class Apply(Statement):
    """`{% apply filter %}…{% endapply %}`; `value` is the filters around `Captured`."""

    value: Expr
    body: Body


@_node
class Block(Statement):
    """`{% block name %}…{% endblock %}`."""

    name: str
    body: Body


@_node
class Extends(Statement):
    """`{% extends 101 %}`."""

    template: int


@_node
class Include(Statement):
    """`{% include 105 with {a: 1} only %}`."""

    template: Expr
    variables: Expr | None
    only: bool
