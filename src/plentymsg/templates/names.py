"""Checks the words of a template that is read: filters, tests, functions, and the names of variables."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, NamedTuple

from plentymsg.errors import TemplateFault
from plentymsg.templates import syntax
from plentymsg.templates.catalogue import FILTERS, FUNCTIONS, TESTS
from plentymsg.templates.limits import MAX_HEIGHT
from plentymsg.templates.source import Source, nearest, spelled
from plentymsg.templates.statements import parse
from plentymsg.templates.syntax import Expr, Statement
from plentymsg.templates.variables import ANY, BLOCKS, TREE

Node = Expr | Statement


def examine(source: Source, body: syntax.Body) -> Iterator[TemplateFault]:
    """What cannot work whatever the variables are: unknown filters, tests, functions, wrong arguments."""
    for node, in_block in _walk(source, body):
        if isinstance(node, syntax.Filter):
            values = (node.target, *node.args)
            yield from _word(source, node.at, "filter", node.name, FILTERS, values, node.named)
        elif isinstance(node, syntax.Test):
            yield from _word(source, node.at, "test", node.name, TESTS, (node.target, *node.args), ())
        elif isinstance(node, syntax.Call) and node.name == "parent":
            if not in_block or node.args or node.named:
                yield source.fault(node.start, "`parent()` does not belong here", "Use it inside of a block.")
        elif isinstance(node, syntax.Call):
            yield from _word(source, node.start, "function", node.name, FUNCTIONS, node.args, node.named)


def _word(
    source: Source,
    at: int,
    what: str,
    name: str,
    known: dict[str, Callable[..., object]],
    args: Collection[Expr],
    named: Collection[tuple[str, Expr]],
) -> Iterator[TemplateFault]:
    function = known.get(name)
    if function is None:
        hint = nearest(name, known) or f"Known are {', '.join(sorted(known))}."
        yield source.fault(at, f'There is no {what} "{name}"', hint)
        return
    keywords = {key: None for key, _ in named}
    try:
        _signature(function).bind(*args, **keywords)
    except TypeError:
        yield source.fault(at, f'The {what} "{name}" has other arguments', _usage(name, function, what))


_signature = lru_cache(inspect.signature)


def _usage(name: str, function: Callable[..., object], what: str) -> str:
    parameters = list(_signature(function).parameters.values())[0 if what == "function" else 1 :]
    return f"Write {name}({', '.join(str(p.name).rstrip('_') for p in parameters)})."


def _walk(source: Source, body: syntax.Body) -> Iterator[tuple[Node, bool]]:
    """All nodes, each with whether it stands in a block, in the order of the source."""
    pending: list[tuple[Any, bool, int]] = [(statement, False, 0) for statement in reversed(body)]
    while pending:
        node, in_block, depth = pending.pop()
        if isinstance(node, tuple):
            pending.extend((child, in_block, depth) for child in reversed(node))
        elif isinstance(node, (Expr, Statement)):
            if depth > MAX_HEIGHT:
                raise source.fault(node.start, "The expression is nested too deeply", "Use `set`.")
            yield node, in_block
            inside = in_block or isinstance(node, syntax.Block)
            below = depth + 1 if isinstance(node, Expr) else 0
            children = [getattr(node, field.name) for field in fields(node)]
            pending.extend((child, inside, below) for child in reversed(children))


def unknown_names(
    source: Source, body: syntax.Body, text_blocks: Collection[str] = ()
) -> Iterator[TemplateFault]:
    """The variables that do not exist, as far as can be told without their values."""
    nodes = [node for node, _ in _walk(source, body)]
    tree = {**TREE, BLOCKS: dict.fromkeys(text_blocks), "loop": _ANYTHING}
    assigned = Counter(name for node in nodes for name in _assigned(node))
    tree.update(dict.fromkeys(assigned, _ANYTHING))
    settled: set[int] = set()
    for node in nodes:
        if isinstance(node, syntax.For) and assigned[node.value] == 1:
            items = _resolve(node.items, tree)
            tree[node.value] = items[0] if isinstance(items, list) else _ANYTHING
        settled.update(_may_be_missing(node))
        if isinstance(node, (syntax.Name, syntax.Attribute)) and id(node) not in settled:
            settled.update(_chain(node))
            unknown = _resolve(node, tree)
            if isinstance(unknown, _Unknown):
                hint = nearest(unknown.name, unknown.candidates, unknown.prefix)
                message = f'There is no variable "{spelled(unknown.prefix, unknown.name)}"'
                yield source.fault(unknown.start, message, hint or "Use a variable of the Messenger.")


def unknown_templates(source: Source, body: syntax.Body, known: Collection[int]) -> Iterator[TemplateFault]:
    """The language IDs of `extends` and `include` that no template has, as far as they are written down."""
    for node, _ in _walk(source, body):
        for at, number in _named_templates(node):
            if number not in known:
                message = f"There is no template with the language ID {number}"
                yield source.fault(at, message, "Each version of a template is shown with its own.")


class References(NamedTuple):
    """What a template names besides variables: other templates by language ID, and text blocks by name."""

    extends: frozenset[int] = frozenset()
    includes: frozenset[int] = frozenset()
    blocks: frozenset[str] = frozenset()


def references(text: str, part: str) -> References:
    """What a template names, as far as it says so in itself; nothing where it cannot be read."""
    if not any(word in text for word in ("extends", "include", BLOCKS)):
        return References()
    source = Source(text, part)
    extends, includes, blocks = set[int](), set[int](), set[str]()
    try:
        for node, _ in _walk(source, parse(source)):
            numbers = extends if isinstance(node, syntax.Extends) else includes
            numbers.update(number for _, number in _named_templates(node))
            if isinstance(node, syntax.Attribute) and _is_block(node):
                blocks.update(str(name.value) for name in _literals(node.key))
    except TemplateFault:
        return References()
    return References(frozenset(extends), frozenset(includes), frozenset(blocks))


def _named_templates(node: Node) -> Iterator[tuple[int, int]]:
    """The language IDs that a tag names, each with its place."""
    if isinstance(node, syntax.Extends):
        yield node.start, node.template
    elif isinstance(node, syntax.Include):
        for literal in _literals(node.template):
            if isinstance(literal.value, int):
                yield literal.start, literal.value


def _is_block(node: syntax.Attribute) -> bool:
    return isinstance(node.target, syntax.Name) and node.target.name == BLOCKS


def _literals(expr: Expr) -> Iterator[syntax.Literal]:
    """The values that an expression may have, of those that stand in it: both sides of `? :`."""
    if isinstance(expr, syntax.Literal):
        yield expr
    elif isinstance(expr, syntax.Conditional):
        yield from _literals(expr.yes)
        yield from _literals(expr.no)


class _Anything:
    """A value of which nothing is known."""


_ANYTHING = _Anything()


@dataclass(frozen=True)
class _Unknown:
    """A name that does not exist."""

    start: int
    prefix: str
    name: str
    candidates: Collection[str]


def _assigned(node: Node) -> tuple[str, ...]:
    """The names to which a node gives a value."""
    if isinstance(node, syntax.Set):
        return node.names
    if isinstance(node, syntax.Capture):
        return (node.name,)
    if isinstance(node, syntax.Arrow):
        return node.params
    if isinstance(node, syntax.For):
        return (node.value,) if node.key is None else (node.value, node.key)
    return ()


def _may_be_missing(node: Node) -> Iterator[int]:
    """The nodes below this one that may name what does not exist."""
    if isinstance(node, (syntax.Filter, syntax.Test)) and node.name in {"default", "defined"}:
        yield from _chain(node.target)
    elif isinstance(node, syntax.Binary) and node.operator == "??":
        yield from _chain(node.left)


def _chain(node: Expr) -> Iterator[int]:
    """A node and the names to its left: of `a.b.c` also `a.b` and `a`."""
    yield id(node)
    while isinstance(node, syntax.Attribute):
        node = node.target
        yield id(node)


def _resolve(node: Expr, tree: dict[str, Any]) -> Any:
    """What is known about the value of a name: a branch, a list, nothing, or that it does not exist."""
    if isinstance(node, syntax.Name):
        if node.name in tree:
            return tree[node.name]
        return _Unknown(node.start, "", node.name, list(tree))
    if not isinstance(node, syntax.Attribute) or not isinstance(node.key, syntax.Literal):
        return _ANYTHING
    return _resolve_key(node, _resolve(node.target, tree), node.key.value)


def _resolve_key(node: syntax.Attribute, target: Any, key: object) -> Any:
    if isinstance(target, _Unknown):
        return target
    if isinstance(target, list) and isinstance(key, int):
        return target[0]
    if not isinstance(target, dict) or not isinstance(key, str):
        return _ANYTHING
    if key in target or ANY in target:
        return target.get(key, _ANYTHING)
    return _Unknown(node.key.start, syntax.prefix(node), key, list(target))
