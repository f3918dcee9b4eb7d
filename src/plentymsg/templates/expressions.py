"""Reads Twig's expressions: precedence, filters, tests, arrow functions, strings with `#{}`.

Precedences are Twig's own (https://twig.symfony.com/doc/3.x/templates.html#expressions): `~` binds
tighter than `+`, `not` looser than a comparison's operands, `??` tighter than all of them.
"""

from __future__ import annotations

from collections.abc import Callable

from plentymsg.templates.cursor import Cursor
from plentymsg.templates.lexer import Kind, Token
from plentymsg.templates.limits import MAX_DEPTH
from plentymsg.templates.source import Source
from plentymsg.templates.syntax import (
    Array,
    Arrow,
    Attribute,
    Binary,
    Call,
    Concat,
    Conditional,
    Expr,
    Filter,
    Hash,
    Literal,
    Name,
    Test,
    Unary,
)

_PRECEDENCE = {
    "or": 10,
    "xor": 12,
    "and": 15,
    **dict.fromkeys(["==", "!=", "<=>", "<", ">", "<=", ">=", "in", "not in"], 20),
    **dict.fromkeys(["matches", "starts with", "ends with"], 20),
    "..": 25,
    "+": 30,
    "-": 30,
    "~": 40,
    **dict.fromkeys(["*", "/", "//", "%"], 60),
    "is": 100,
    "is not": 100,
    "**": 200,
    "??": 300,
}
_RIGHT = {"**", "??"}
_UNARY = {"not": 50, "-": 500, "+": 500}
_TWO_WORDS = {("not", "in"), ("is", "not"), ("starts", "with"), ("ends", "with")}
_TWO_WORD_TESTS = {("same", "as"), ("divisible", "by")}
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "none": None}
_MAX_INT = 2**63 - 1

Arguments = tuple[tuple[Expr, ...], tuple[tuple[str, Expr], ...]]


class ExpressionParser(Cursor):
    """The methods that read an expression from where the cursor is."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.depth = 0

    # -- expressions

    def expression(self, precedence: int = 0) -> Expr:
        """An expression whose operators bind at least as tightly as `precedence`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.source.fault(self.token.start, "The expression is nested too deeply", "Use `set`.")
        if precedence == 0 and self.arrow_ahead():
            expr: Expr = self.arrow()
        else:
            expr = self.operations(precedence)
            if precedence == 0:
                expr = self.conditional(expr)
        self.depth -= 1
        return expr

    def operations(self, precedence: int) -> Expr:
        left = self.unary()
        while (operator := self.operator()) and _PRECEDENCE[operator] >= precedence:
            at = self.token.start
            for _ in operator.split():
                self.take()
            if operator in {"is", "is not"}:
                left = self.test(left, operator == "is not")
                continue
            right = self.expression(_PRECEDENCE[operator] + (operator not in _RIGHT))
            left = self.join(left, operator, at, right)
        return left

    def operator(self) -> str:
        """The binary operator that comes next; empty if none does."""
        if self.token.kind not in {Kind.SIGN, Kind.NAME}:
            return ""
        value = self.token.value
        if (value, self.peek().value) in _TWO_WORDS and self.peek().kind is Kind.NAME:
            value = f"{value} {self.peek().value}"
        return value if value in _PRECEDENCE else ""

    @staticmethod
    def join(left: Expr, operator: str, at: int, right: Expr) -> Expr:
        if operator != "~":
            return Binary(left.start, right.end, operator, at, left, right)
        before = left.parts if isinstance(left, Concat) else (left,)
        return Concat(left.start, right.end, (*before, right))

    def unary(self) -> Expr:
        token = self.token
        if token.kind in {Kind.SIGN, Kind.NAME} and token.value in _UNARY:
            self.take()
            operand = self.expression(_UNARY[token.value])
            return Unary(token.start, operand.end, token.value, operand)
        return self.postfix(self.primary())

    def conditional(self, test: Expr) -> Expr:
        """What follows a condition: `? a : b`, `? a` or `?: b`."""
        at = self.token.start
        if self.accept("?:"):
            right = self.expression()
            return Binary(test.start, right.end, "?:", at, test, right)
        if not self.accept("?"):
            return test
        yes = self.expression()
        no: Expr = self.expression() if self.accept(":") else Literal(yes.end, yes.end, "")
        return Conditional(test.start, no.end, test, yes, no)

    def arrow_ahead(self) -> bool:
        if self.token.kind is Kind.NAME:
            return self.peek().value == "=>"
        ahead = 1
        if not self.at("("):
            return False
        while self.peek(ahead).kind is Kind.NAME or self.peek(ahead).value == ",":
            ahead += 1
        return self.peek(ahead).value == ")" and self.peek(ahead + 1).value == "=>"

    def arrow(self) -> Arrow:
        start = self.token.start
        params: list[str] = []
        if self.accept("("):
            while not self.accept(")"):
                params.append(self.name("A name").value)
                if not self.at(")"):
                    self.expect(",", "a name")
        else:
            params.append(self.take().value)
        self.expect("=>", "the names")
        body = self.expression()
        return Arrow(start, body.end, tuple(params), body)

    def test(self, target: Expr, negated: bool) -> Test:
        token = self.name("The name of a test")
        name = token.value
        if (name, self.token.value) in _TWO_WORD_TESTS:
            name = f"{name} {self.take().value}"
        args: tuple[Expr, ...] = ()
        if self.at("("):
            args, named = self.arguments()
            if named:
                raise self.source.fault(named[0][1].start, "Tests have no named arguments", "Give the value.")
        elif name in {"same as", "divisible by"}:
            args = (self.postfix(self.primary()),)
        return Test(target.start, self.tokens[self.index - 1].end, target, name, token.start, args, negated)

    # -- what stands between operators

    def primary(self) -> Expr:
        token = self.token
        if token.kind is Kind.NAME:
            return self.named()
        if token.kind is Kind.NUMBER:
            return self.number(self.take())
        if token.kind is Kind.STRING:
            return Literal(token.start, token.end, self.take().value)
        if token.kind is Kind.QUOTE:
            return self.quoted()
        readers: dict[str, Callable[[], Expr]] = {"(": self.group, "[": self.array, "{": self.hash}
        if token.kind is Kind.SIGN and token.value in readers:
            return readers[token.value]()
        raise self.unexpected("A value is missing")

    def named(self) -> Expr:
        token = self.take()
        if self.at("("):
            args, named = self.arguments()
            end = self.tokens[self.index - 1].end
            if token.value == "attribute" and len(args) == 2 and not named:
                return Attribute(token.start, end, args[0], args[1])
            return Call(token.start, end, token.value, args, named)
        if token.value in _CONSTANTS or (token.value.isupper() and token.value.lower() in _CONSTANTS):
            return Literal(token.start, token.end, _CONSTANTS[token.value.lower()])
        return Name(token.start, token.end, token.value)

    def number(self, token: Token) -> Literal:
        if token.value.isdigit() and len(token.value) < 20 and int(token.value) <= _MAX_INT:
            return Literal(token.start, token.end, int(token.value))
        value = float(token.value)
        if value == float("inf"):
            raise self.source.fault(token.start, "The number is too large", "Use a smaller one.")
        return Literal(token.start, token.end, value)

    def quoted(self) -> Expr:
        """A double-quoted string: one text, or texts and expressions in turn."""
        start = self.take().start
        parts: list[Expr] = []
        while self.token.kind is not Kind.QUOTE:
            if self.token.kind is Kind.HOLE:
                self.take()
                parts.append(self.expression())
                if self.token.kind is not Kind.HOLE:
                    raise self.unexpected("`}` is missing after the expression")
                self.take()
            else:
                text = self.take()
                parts.append(Literal(text.start, text.end, text.value))
        end = self.take().end
        if all(isinstance(part, Literal) and isinstance(part.value, str) for part in parts):
            return Literal(
                start, end, "".join(str(part.value) for part in parts if isinstance(part, Literal))
            )
        return Concat(start, end, tuple(parts))

    def group(self) -> Expr:
        self.take()
        expr = self.expression()
        self.expect(")", "the expression")
        return expr

    def array(self) -> Expr:
        start = self.take().start
        items: list[Expr] = []
        while not self.at("]"):
            items.append(self.expression())
            if not self.at("]"):
                self.expect(",", "an entry")
        return Array(start, self.take().end, tuple(items))

    def hash(self) -> Expr:
        start = self.take().start
        pairs: list[tuple[Expr, Expr]] = []
        while not self.at("}"):
            pairs.append(self.pair())
            if not self.at("}"):
                self.expect(",", "an entry")
        return Hash(start, self.take().end, tuple(pairs))

    def pair(self) -> tuple[Expr, Expr]:
        token = self.token
        if token.kind is Kind.NAME:
            self.take()
            key = Literal(token.start, token.end, token.value)
            if self.at(",", "}"):
                return key, Name(token.start, token.end, token.value)
        elif token.kind in {Kind.STRING, Kind.NUMBER, Kind.QUOTE} or self.at("("):
            key = self.primary()  # type: ignore[assignment]  # (…) may be any expression
        else:
            raise self.unexpected("A key is missing")
        self.expect(":", "the key")
        return key, self.expression()

    # -- what follows a value

    def postfix(self, target: Expr) -> Expr:
        steps: dict[str, Callable[[Expr], Expr]] = {
            ".": self.attribute,
            "[": self.subscript,
            "|": self.filter,
        }
        while self.token.kind is Kind.SIGN and self.token.value in steps:
            target = steps[self.take().value](target)
        return target

    def attribute(self, target: Expr) -> Expr:
        token = self.token
        if token.kind is Kind.NUMBER:
            key = self.number(self.take())
        else:
            self.name("The name after the point")
            key = Literal(token.start, token.end, token.value)
        if self.at("("):
            raise self.source.fault(token.start, f'"{token.value}(…)" would run code', "Use a filter.")
        return Attribute(target.start, token.end, target, key)

    def subscript(self, target: Expr) -> Expr:
        at = self.token.start
        nothing = Literal(at, at, None)
        start: Expr = nothing if self.at(":") else self.expression()
        if not self.accept(":"):
            return Attribute(target.start, self.expect("]", "the key").end, target, start)
        length: Expr = nothing if self.at("]") else self.expression()
        if start is nothing:
            start = Literal(at, at, 0)
        end = self.expect("]", "the range").end
        return Filter(target.start, end, target, "slice", at, (start, length), ())

    def filter(self, target: Expr) -> Expr:
        token = self.name("The name of a filter")
        args, named = self.arguments() if self.at("(") else ((), ())
        end = self.tokens[self.index - 1].end
        return Filter(target.start, end, target, token.value, token.start, args, named)

    def arguments(self) -> Arguments:
        """`(a, b, name=c)`, or `name: c`."""
        self.take()
        args: list[Expr] = []
        named: list[tuple[str, Expr]] = []
        while not self.at(")"):
            if self.token.kind is Kind.NAME and self.peek().value in {"=", ":"}:
                name = self.take().value
                self.take()
                named.append((name, self.expression()))
            elif named:
                raise self.unexpected("An argument without a name follows one with a name")
            else:
                args.append(self.expression())
            if not self.at(")"):
                self.expect(",", "an argument")
        self.take()
        return tuple(args), tuple(named)
