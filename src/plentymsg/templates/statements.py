"""Reads Twig's tags into a tree, expressions by `ExpressionParser`."""

from __future__ import annotations

import re
from collections.abc import Callable

from plentymsg.templates.expressions import ExpressionParser
from plentymsg.templates.lexer import Kind, Token
from plentymsg.templates.limits import MAX_NESTING
from plentymsg.templates.source import Source, nearest
from plentymsg.templates.syntax import (
    Apply,
    Block,
    Body,
    Capture,
    Captured,
    Expr,
    Extends,
    Filter,
    For,
    If,
    Include,
    Print,
    Set,
    Statement,
    Text,
)

_BLOCK_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Parser(ExpressionParser):
    """Reads one template."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.blocks: set[str] = set()
        self.open_tags: list[Token] = []
        self.tags: dict[str, Callable[[Token], Statement]] = {
            "if": self.if_tag,
            "for": self.for_tag,
            "set": self.set_tag,
            "block": self.block_tag,
            "extends": self.extends_tag,
            "include": self.include_tag,
            "apply": self.apply_tag,
            "spaceless": self.spaceless_tag,
        }

    def template(self) -> Body:
        """The whole template. Raises `TemplateFault` at the first thing that cannot be read."""
        body = self.body()
        extends = [statement for statement in body if isinstance(statement, Extends)]
        if not extends:
            return body
        if len(extends) > 1:
            raise self.source.fault(extends[1].start, "A template extends only one other", "Remove this one.")
        rest = [statement for statement in body if not isinstance(statement, (Extends, Text))]
        for statement in body:
            blank = isinstance(statement, Text) and not statement.value.strip()
            if not blank and not isinstance(statement, (Extends, Block, Set, Capture)):
                raise self.source.fault(
                    statement.start,
                    "A template that extends another prints only inside of blocks",
                    "Put this into a block of the other template.",
                )
        return (extends[0], *rest)

    # -- bodies and tags

    def body(self, *ends: str) -> Body:
        """Statements up to one of the tags `ends`, whose name is the next token then."""
        statements: list[Statement] = []
        while self.token.kind is not Kind.END:
            token = self.take()
            if token.kind is Kind.TEXT:
                statements.append(Text(token.start, token.value))
            elif token.kind is Kind.OUTPUT:
                value = self.expression()
                self.close("the expression")
                statements.append(Print(token.start, value))
            elif self.at(*ends):
                return tuple(statements)
            else:
                statements.append(self.tag())
        if self.open_tags:
            opened = self.open_tags[-1]
            raise self.source.fault(
                opened.start,
                f"The tag {opened.value} has no end",
                f"Close it with `{{% end{opened.value} %}}`.",
            )
        return tuple(statements)

    def tag(self) -> Statement:
        token = self.name("The name of a tag")
        reader = self.tags.get(token.value)
        if reader is None:
            opened = self.open_tags[-1].value if self.open_tags else ""
            misplaced = token.value.startswith("end") or token.value in {"else", "elseif"}
            message = f"There is no tag `{token.value}`"
            if misplaced:
                message = f"`{token.value}` does not belong here"
            hint = f"The open tag is `{opened}`." if misplaced and opened else nearest(token.value, self.tags)
            raise self.source.fault(token.start, message, hint or "Remove it.")
        self.open_tags.append(token)
        if len(self.open_tags) > MAX_NESTING:
            raise self.source.fault(token.start, "Tags are nested too deeply", "Split it with `include`.")
        statement = reader(token)
        self.open_tags.pop()
        return statement

    def close(self, after: str) -> None:
        if self.token.kind is not Kind.CLOSE:
            raise self.unexpected(f"Something is missing or too much after {after}")
        self.take()

    def end(self, name: str) -> None:
        self.expect(f"end{name}", "the body")
        self.close(f"`end{name}`")

    # -- one method a tag

    def if_tag(self, token: Token) -> If:
        branches: list[tuple[Expr, Body]] = []
        otherwise: Body = ()
        more = True
        while more:
            test = self.expression()
            self.close("the condition")
            branches.append((test, self.body("elseif", "else", "endif")))
            more = self.at("elseif") or (self.at("else") and self.peek().value == "if")
            if more:
                self.take()
                self.accept("if")
        if self.accept("else"):
            self.close("`else`")
            otherwise = self.body("endif")
        self.end("if")
        return If(token.start, tuple(branches), otherwise)

    def for_tag(self, token: Token) -> For:
        key, value = None, self.name("The name of the entry").value
        if self.accept(","):
            key, value = value, self.name("The name of the entry").value
        self.expect("in", "the name")
        items = self.expression()
        condition = self.expression() if self.accept("if") else None
        self.close("the list")
        body = self.body("else", "endfor")
        otherwise: Body = ()
        if self.accept("else"):
            self.close("`else`")
            otherwise = self.body("endfor")
        self.end("for")
        return For(token.start, key, value, items, condition, body, otherwise)

    def set_tag(self, token: Token) -> Statement:
        names = [self.name("The name of the variable").value]
        while self.accept(","):
            names.append(self.name("The name of the variable").value)
        if not self.accept("="):
            self.close("the name")
            body = self.body("endset")
            self.end("set")
            if len(names) > 1:
                raise self.source.fault(token.start, "A body sets only one variable", "Use one `set` each.")
            return Capture(token.start, names[0], body)
        values = [self.expression()]
        while self.accept(","):
            values.append(self.expression())
        self.close("the value")
        if len(values) != len(names):
            raise self.source.fault(
                token.start,
                f"`set` has {len(names)} names but {len(values)} values",
                "Give each name its value.",
            )
        return Set(token.start, tuple(names), tuple(values))

    def block_tag(self, token: Token) -> Block:
        at = self.token.start
        name = self.name("The name of the block").value
        if not _BLOCK_NAME.fullmatch(name):
            raise self.source.fault(at, f'"{name}" cannot name a block', "Use letters from A to Z.")
        if name in self.blocks:
            raise self.source.fault(at, f'There is a block "{name}" already', "Give it another name.")
        self.blocks.add(name)
        if self.token.kind is not Kind.CLOSE:
            value = self.expression()
            self.close("the value")
            return Block(token.start, name, (Print(value.start, value),))
        self.close("the name")
        body = self.body("endblock")
        self.expect("endblock", "the body")
        self.accept(name)
        self.close("`endblock`")
        return Block(token.start, name, body)

    def extends_tag(self, token: Token) -> Extends:
        if len(self.open_tags) > 1:
            raise self.source.fault(token.start, "`extends` stands inside another tag", "Put it first.")
        number = self.token
        if number.kind is not Kind.NUMBER or not number.value.isdigit() or len(number.value) > 18:
            raise self.unexpected("The language ID of a template is missing", "Write e.g. `extends 101`.")
        self.take()
        self.close("the language ID")
        return Extends(token.start, int(number.value))

    def include_tag(self, token: Token) -> Include:
        template = self.expression()
        variables = self.expression() if self.accept("with") else None
        only = self.accept("only")
        self.close("the language ID")
        return Include(token.start, template, variables, only)

    def apply_tag(self, token: Token) -> Apply:
        value = self.filter(Captured(token.start, token.end))
        if self.at("|"):
            value = self.postfix(value)
        self.close("the filter")
        body = self.body("endapply")
        self.end("apply")
        return Apply(token.start, value, body)

    def spaceless_tag(self, token: Token) -> Apply:
        self.close("`spaceless`")
        body = self.body("endspaceless")
        self.end("spaceless")
        captured = Captured(token.start, token.end)
        value = Filter(token.start, token.end, captured, "spaceless", token.start, (), ())
        return Apply(token.start, value, body)


def parse(source: Source) -> Body:
    """The tree of a template. Raises `TemplateFault` at the first thing that cannot be read."""
    return Parser(source).template()
