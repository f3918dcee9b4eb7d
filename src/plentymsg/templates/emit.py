"""Compiles the tree of a Twig template into Jinja2's syntax tree.

Jinja2 does what both languages do alike: loops, conditions, blocks, `extends` and `include`, and running it
all. What they do differently (reading a variable, every operator, filter and test, and printing) becomes
a call of an operation of ours with the place in the source: Jinja2 sees it as a filter, the operation
does what Twig would. So no Jinja2 rule for values is left that could differ silently from Twig's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from plentymsg.templates import syntax
from plentymsg.templates.syntax import Expr, Statement

LAZY = "lazy"
"""The pretended filter that becomes a function without arguments, for what may never be evaluated."""


class Generator(CodeGenerator):
    """Jinja2's code generator with one thing more: an expression that is evaluated later."""

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802  # Jinja2's name
        """Write a filter, or for `LAZY` a lambda."""
        if node.name == LAZY and node.node is not None:
            self.write("(lambda: ")
            self.visit(node.node, frame)
            self.write(")")
        else:
            super().visit_Filter(node, frame)


class Emitter:
    """Compiles one template; `base` is the offset of its source among all sources of the run."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.captures = 0
        self.printing = False
        self.expressions: dict[type[Expr], Callable[[Any], nodes.Expr]] = {
            syntax.Literal: self.literal,
            syntax.Name: self.read,
            syntax.Attribute: self.attribute,
            syntax.Call: self.call,
            syntax.Filter: self.filter,
            syntax.Test: self.test,
            syntax.Unary: self.unary,
            syntax.Binary: self.binary,
            syntax.Concat: self.concat,
            syntax.Conditional: self.conditional,
            syntax.Array: self.array,
            syntax.Hash: self.hash,
            syntax.Arrow: self.arrow,
            syntax.Captured: self.captured,
        }
        self.statements: dict[type[Statement], Callable[[Any], list[nodes.Node]]] = {
            syntax.Text: self.text,
            syntax.Print: self.print,
            syntax.If: self.if_,
            syntax.For: self.for_,
            syntax.Set: self.set,
            syntax.Capture: self.capture,
            syntax.Apply: self.apply,
            syntax.Block: self.block,
            syntax.Extends: self.extends,
            syntax.Include: self.include,
        }

    def template(self, body: syntax.Body) -> nodes.Template:
        """The whole template."""
        return nodes.Template([self.do("begin", 0), *self.body(body)])

    # -- building blocks

    def op(
        self, name: str, at: int, *operands: nodes.Expr, named: Sequence[tuple[str, nodes.Expr]] = ()
    ) -> nodes.Filter:
        keywords = [nodes.Keyword(key, value) for key, value in named]
        return nodes.Filter(nodes.Const(self.base + at), name, list(operands), keywords, None, None)

    def do(self, name: str, at: int, *operands: nodes.Expr) -> nodes.Node:
        return nodes.ExprStmt(self.op(name, at, *operands))

    @staticmethod
    def lazy(expr: nodes.Expr) -> nodes.Expr:
        return nodes.Filter(expr, LAZY, [], [], None, None)

    def value(self, expr: Expr) -> nodes.Expr:
        return self.expressions[type(expr)](expr)

    def values(self, exprs: Sequence[Expr]) -> list[nodes.Expr]:
        return [self.value(expr) for expr in exprs]

    def quiet(self, expr: Expr) -> nodes.Expr:
        """An expression whose value is not printed: nothing in it warns that it is empty."""
        printing, self.printing = self.printing, False
        value = self.value(expr)
        self.printing = printing
        return value

    def truth(self, expr: Expr) -> nodes.Expr:
        return self.op("truth", expr.start, self.quiet(expr))

    def lenient(self, expr: Expr) -> nodes.Expr:
        """An expression that may name what does not exist."""
        if isinstance(expr, syntax.Name):
            return self.op("read?", expr.start, nodes.Const(expr.name))
        if isinstance(expr, syntax.Attribute):
            return self.op("get?", expr.start, self.lenient(expr.target), self.value(expr.key))
        return self.value(expr)

    # -- expressions

    def literal(self, expr: syntax.Literal) -> nodes.Expr:
        return nodes.Const(expr.value)

    def read(self, expr: syntax.Name) -> nodes.Expr:
        return self.op("read", expr.start, nodes.Const(expr.name))

    def attribute(self, expr: syntax.Attribute) -> nodes.Expr:
        prefix = nodes.Const(syntax.prefix(expr))
        return self.op("get", expr.key.start, self.value(expr.target), self.quiet(expr.key), prefix)

    def call(self, expr: syntax.Call) -> nodes.Expr:
        if expr.name == "parent":
            begun = self.op("capture", expr.start)  # evaluated before what is captured
            printed = nodes.Call(nodes.Name("super", "load"), [], [], None, None)
            return self.op("captured", expr.start, begun, printed)
        named = [(key, self.value(value)) for key, value in expr.named]
        return self.op(f"{expr.name}()", expr.start, *self.values(expr.args), named=named)

    def filter(self, expr: syntax.Filter) -> nodes.Expr:
        target = self.lenient(expr.target) if expr.name == "default" else self.value(expr.target)
        named = [(key, self.value(value)) for key, value in expr.named]
        return self.op(f"|{expr.name}", expr.at, target, *self.values(expr.args), named=named)

    def test(self, expr: syntax.Test) -> nodes.Expr:
        if expr.name == "defined":
            found: nodes.Expr = self.op("exists", expr.at, self.lenient(expr.target))
        else:
            found = self.op(f"is {expr.name}", expr.at, self.quiet(expr.target), *self.values(expr.args))
        return nodes.Not(found) if expr.negated else found

    def unary(self, expr: syntax.Unary) -> nodes.Expr:
        if expr.operator == "not":
            return nodes.Not(self.truth(expr.operand))
        return self.op(f"unary {expr.operator}", expr.start, self.value(expr.operand))

    def binary(self, expr: syntax.Binary) -> nodes.Expr:
        if expr.operator in {"and", "or"}:
            connect = nodes.And if expr.operator == "and" else nodes.Or
            return connect(self.truth(expr.left), self.truth(expr.right))
        if expr.operator == "??":
            right = (
                self.lenient(expr.right) if isinstance(expr.right, syntax.Binary) else self.value(expr.right)
            )
            return self.op("??", expr.at, self.lenient(expr.left), self.lazy(right))
        if expr.operator == "?:":
            return self.op("?:", expr.at, self.quiet(expr.left), self.lazy(self.value(expr.right)))
        return self.op(expr.operator, expr.at, self.quiet(expr.left), self.quiet(expr.right))

    def concat(self, expr: syntax.Concat) -> nodes.Expr:
        return self.op("concat", expr.start, nodes.List([self.part(part) for part in expr.parts]))

    def part(self, expr: Expr) -> nodes.Expr:
        """One operand of `~`, as text."""
        warn = nodes.Const(self.printing and has_variable(expr))
        return self.op("text", expr.start, self.value(expr), nodes.Const(self.base + expr.end), warn)

    def conditional(self, expr: syntax.Conditional) -> nodes.Expr:
        return nodes.CondExpr(self.truth(expr.test), self.value(expr.yes), self.value(expr.no))

    def array(self, expr: syntax.Array) -> nodes.Expr:
        return nodes.List(self.values(expr.items))

    def hash(self, expr: syntax.Hash) -> nodes.Expr:
        flat = [side for pair in expr.pairs for side in pair]
        return self.op("hash", expr.start, nodes.List(self.values(flat)))

    def arrow(self, expr: syntax.Arrow) -> nodes.Expr:
        return self.op("arrow", expr.start, nodes.Const(expr.params), self.lazy(self.value(expr.body)))

    def captured(self, _expr: syntax.Captured) -> nodes.Expr:
        return nodes.Name(f"capture{self.captures}", "load")

    # -- statements

    def body(self, body: syntax.Body) -> list[nodes.Node]:
        return [node for statement in body for node in self.statements[type(statement)](statement)]

    def text(self, statement: syntax.Text) -> list[nodes.Node]:
        return [nodes.Output([self.op("data", statement.start, nodes.Const(statement.value))])]

    def print(self, statement: syntax.Print) -> list[nodes.Node]:
        return [nodes.Output([self.printed(statement.value)])]

    def printed(self, expr: Expr, *body: nodes.Expr) -> nodes.Expr:
        """An expression as output, and the `body` that it was made of, if it was made of one.

        As in Twig, what the author wrote into it as text is not escaped.
        """
        if isinstance(expr, syntax.Literal) and isinstance(expr.value, str):
            return self.op("data", expr.start, nodes.Const(expr.value), nodes.Const(self.base + expr.end))
        if isinstance(expr, syntax.Conditional):
            return nodes.CondExpr(self.truth(expr.test), self.printed(expr.yes), self.printed(expr.no))
        self.printing = True
        value = self.value(expr)
        self.printing = False
        warn = nodes.Const(has_variable(expr))
        return self.op("print", expr.start, value, nodes.Const(self.base + expr.end), warn, *body)

    def if_(self, statement: syntax.If) -> list[nodes.Node]:
        branches = [nodes.If(self.truth(test), self.body(body), [], []) for test, body in statement.branches]
        first, *others = branches
        first.elif_ = others
        first.else_ = self.body(statement.otherwise)
        return [first]

    def for_(self, statement: syntax.For) -> list[nodes.Node]:
        condition: nodes.Expr = nodes.Const(None)
        if statement.condition is not None:
            test = statement.condition
            params = (statement.value, *([statement.key] if statement.key else []))
            condition = self.arrow(syntax.Arrow(test.start, test.end, params, test))
        names = [nodes.Const(statement.key), nodes.Const(statement.value)]
        items = self.op("loop", statement.items.start, self.value(statement.items), *names, condition)
        body = [self.do("tick", statement.start), *self.body(statement.body)]
        otherwise = self.body(statement.otherwise)
        return [nodes.For(nodes.Name("entry", "store"), items, body, otherwise, None, False)]

    def set(self, statement: syntax.Set) -> list[nodes.Node]:
        values = nodes.List(self.values(statement.values))
        return [self.do("set", statement.start, nodes.Const(statement.names), values)]

    def captured_body(self, at: int, body: syntax.Body) -> tuple[list[nodes.Node], nodes.Expr]:
        inner = [self.do("capture", at), *self.body(body)]
        self.captures += 1
        name = f"capture{self.captures}"
        value = nodes.Name(name, "load")
        traced = nodes.Assign(nodes.Name(name, "store"), self.op("captured", at, nodes.Const(None), value))
        return [nodes.AssignBlock(nodes.Name(name, "store"), None, inner), traced], value

    def capture(self, statement: syntax.Capture) -> list[nodes.Node]:
        before, value = self.captured_body(statement.start, statement.body)
        names = nodes.Const((statement.name,))
        return [*before, self.do("set", statement.start, names, nodes.List([value]))]

    def apply(self, statement: syntax.Apply) -> list[nodes.Node]:
        before, body = self.captured_body(statement.start, statement.body)
        return [*before, nodes.Output([self.printed(statement.value, body)])]

    def block(self, statement: syntax.Block) -> list[nodes.Node]:
        at = statement.start
        body = [self.do("push", at), *self.body(statement.body), self.do("pop", at)]
        return [nodes.Block(statement.name, body, False, False)]

    def extends(self, statement: syntax.Extends) -> list[nodes.Node]:
        name = self.op("template", statement.start, nodes.Const(statement.template))
        return [nodes.Extends(name)]

    def include(self, statement: syntax.Include) -> list[nodes.Node]:
        name = self.op("template", statement.start, self.value(statement.template))
        variables: nodes.Expr = nodes.Const(None)
        if statement.variables is not None:
            variables = self.value(statement.variables)
        before = self.do("push", statement.start, variables, nodes.Const(statement.only))
        return [before, nodes.Include(name, True, False), self.do("pop", statement.start)]


def has_variable(expr: Expr) -> bool:
    """Whether an empty value of the expression means that a variable is empty."""
    if isinstance(expr, syntax.Filter):
        return expr.name != "default" and has_variable(expr.target)
    if isinstance(expr, syntax.Binary):
        if expr.operator in {"??", "?:"}:
            return has_variable(expr.right)
        return expr.operator in {"+", "-", "*", "/", "//", "%", "**"} and (
            has_variable(expr.left) or has_variable(expr.right)
        )
    if isinstance(expr, syntax.Unary):
        return expr.operator != "not" and has_variable(expr.operand)
    return isinstance(expr, (syntax.Name, syntax.Attribute))
