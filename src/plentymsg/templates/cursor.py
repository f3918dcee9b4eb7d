"""A cursor over the tokens of a template: what the parser looks at, takes, and misses."""

from __future__ import annotations

from plentymsg.errors import TemplateFault
from plentymsg.templates.lexer import Kind, Token, tokenize
from plentymsg.templates.source import Source


class Cursor:
    """Stands before a token; END is never passed."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.index = 0

    @property
    def token(self) -> Token:
        """The next token, not yet taken."""
        return self.tokens[self.index]

    def peek(self, ahead: int = 1) -> Token:
        """A token further on; END at and after the end."""
        return self.tokens[min(self.index + ahead, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token; the cursor moves on."""
        token = self.token
        self.index = min(self.index + 1, len(self.tokens) - 1)
        return token

    def at(self, *values: str) -> bool:
        """Whether the next token is one of these signs or words."""
        return self.token.kind in {Kind.SIGN, Kind.NAME} and self.token.value in values

    def accept(self, *values: str) -> bool:
        """Take the next token if it is one of these signs or words."""
        found = self.at(*values)
        if found:
            self.take()
        return found

    def expect(self, value: str, after: str) -> Token:
        """Take the next token, which must be `value`."""
        if not self.at(value):
            raise self.unexpected(f"`{value}` is missing after {after}")
        return self.take()

    def name(self, what: str) -> Token:
        """Take a name."""
        if self.token.kind is not Kind.NAME:
            raise self.unexpected(f"{what} is missing")
        return self.take()

    def unexpected(self, message: str, hint: str = "") -> TemplateFault:
        """The error that something else should stand here."""
        token = self.token
        found = self.source.excerpt(token.start, token.end)
        seen = f", found `{found}`" if found and token.kind not in {Kind.TEXT, Kind.END} else ""
        return self.source.fault(token.start, message + seen, hint or "Look at what stands before it.")
