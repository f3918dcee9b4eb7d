"""Cuts a Twig template into tokens, each with its place.

One pass from left to right in which no character is looked at twice, so hostile text costs no more than
any other. Whitespace control (`{{-`, `~%}`), comments, `verbatim` and the line break after a tag are settled
here, as Twig's own lexer does (https://twig.symfony.com/doc/3.x/templates.html#whitespace-control).
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from plentymsg.templates.limits import MAX_SOURCE, MAX_TOKENS
from plentymsg.templates.source import Source


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    OUTPUT = auto()  # {{
    TAG = auto()  # {%
    CLOSE = auto()  # }} or %}
    NAME = auto()
    NUMBER = auto()
    STRING = auto()
    QUOTE = auto()  # either end of a double-quoted string
    HOLE = auto()  # #{ and its } inside such a string
    SIGN = auto()
    END = auto()


class Token(NamedTuple):
    """A piece of the source; `value` is text with its escapes resolved, or the sign itself."""

    kind: Kind
    value: str
    start: int
    end: int


_OPEN = re.compile(r"(\{\{|\{%|\{#)([-~]?)")
_VERBATIM = re.compile(r"\{%[-~]?\s*verbatim\s*([-~]?)%\}")
_END_VERBATIM = re.compile(r"\{%([-~]?)\s*endverbatim\s*([-~]?)%\}")
_SPACE = re.compile(r"\s+")
_CLOSE = {"{{": re.compile(r"([-~]?)\}\}"), "{%": re.compile(r"([-~]?)%\}")}
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[^\W\d]\w*")
_SINGLE = re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'", re.DOTALL)
_DOUBLE = re.compile(r'[^#"\\]*(?:(?:\\.|#(?!\{))[^#"\\]*)*', re.DOTALL)
_SIGN = re.compile(
    r"===|!==|<=>|\.\.\.|=>|==|!=|<=|>=|\*\*|//|\.\.|\?\?|\?:|&&|\|\||[-+~*/%<>=?:|.,()\[\]{}]"
)
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "v": "\v", "f": "\f"}
_CLOSING = {")": "(", "]": "[", "}": "{"}
_BLANK = " \t\n\r\0\x0b"
_BLANK_IN_LINE = " \t\0\x0b"

# Signs of other languages, with what Twig writes instead.
_FOREIGN = {
    "&&": "Twig writes `and`.",
    "||": "Twig writes `or`.",
    "===": "Twig writes `is same as(…)`.",
    "!==": "Twig writes `is not same as(…)`.",
    "...": "Lists cannot be spread here.",
}


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8) & 0xFF)
    return _ESCAPES.get(code, code)


class _Lexer:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.pos = 0
        self.tokens: list[Token] = []
        self.brackets: list[tuple[str, int]] = []

    def run(self) -> list[Token]:
        """All tokens; the last is END."""
        while opening := _OPEN.search(self.text, self.pos):
            self.add_text(opening.start(), opening.group(2))
            if opening.group(1) == "{#":
                self.comment(opening)
            elif opening.group(1) == "{%" and (verbatim := _VERBATIM.match(self.text, opening.start())):
                self.verbatim(verbatim)
            else:
                self.code(opening)
        self.add_text(len(self.text), "")
        self.add(Kind.END, "", len(self.text), len(self.text))
        return self.tokens

    def add(self, kind: Kind, value: str, start: int, end: int) -> None:
        if len(self.tokens) >= MAX_TOKENS:
            raise self.source.fault(start, "The template is too long", "Split it with `include`.")
        self.tokens.append(Token(kind, value, start, end))
        self.pos = end

    def add_text(self, end: int, trim: str) -> None:
        value = self.trimmed(self.text[self.pos : end], trim)
        if value:
            self.add(Kind.TEXT, value, self.pos, end)
        self.pos = end

    @staticmethod
    def trimmed(value: str, trim: str) -> str:
        return value.rstrip({"-": _BLANK, "~": _BLANK_IN_LINE}[trim]) if trim else value

    def skip_blanks(self, trim: str) -> None:
        blanks = {"-": _BLANK, "~": _BLANK_IN_LINE}.get(trim, "")
        while self.pos < len(self.text) and self.text[self.pos] in blanks:
            self.pos += 1

    def skip_line_break(self) -> None:
        if self.text.startswith("\n", self.pos):
            self.pos += 1

    def comment(self, opening: re.Match[str]) -> None:
        end = self.text.find("#}", opening.end(1))
        if end < 0:
            raise self.source.fault(opening.start(), "The comment `{#` has no end", "Close it with `#}`.")
        self.pos = end + 2
        if self.text[end - 1] in "-~" and end > opening.end():
            self.skip_blanks(self.text[end - 1])
        self.skip_line_break()

    def verbatim(self, opening: re.Match[str]) -> None:
        closing = _END_VERBATIM.search(self.text, opening.end())
        if not closing:
            raise self.source.fault(
                opening.start(), "The tag verbatim has no end", "Close it with `{% endverbatim %}`."
            )
        self.pos = opening.end()
        self.skip_blanks(opening.group(1))
        self.add_text(max(self.pos, closing.start()), closing.group(1))
        self.pos = closing.end()
        self.skip_blanks(closing.group(2))

    def code(self, opening: re.Match[str]) -> None:
        delimiter = opening.group(1)
        self.add(Kind.OUTPUT if delimiter == "{{" else Kind.TAG, delimiter, opening.start(), opening.end())
        close = _CLOSE[delimiter]
        while True:
            if space := _SPACE.match(self.text, self.pos):
                self.pos = space.end()
            if not self.brackets and (closing := close.match(self.text, self.pos)):
                self.add(Kind.CLOSE, delimiter, closing.start(), closing.end())
                self.skip_blanks(closing.group(1))
                return self.skip_line_break() if delimiter == "{%" else None
            if self.pos >= len(self.text):
                mark, start = self.brackets[-1] if self.brackets else (delimiter, opening.start())
                raise self.source.fault(start, f"`{mark}` has no end", "Close it.")
            self.token()

    def token(self) -> None:
        char = self.text[self.pos]
        if match := _NAME.match(self.text, self.pos):
            self.add(Kind.NAME, match.group(), self.pos, match.end())
        elif match := _NUMBER.match(self.text, self.pos):
            self.add(Kind.NUMBER, match.group(), self.pos, match.end())
        elif char == "'":
            self.single_quoted()
        elif char == '"':
            self.brackets.append(('"', self.pos))
            self.add(Kind.QUOTE, '"', self.pos, self.pos + 1)
            self.double_quoted()
        elif match := _SIGN.match(self.text, self.pos):
            self.sign(match)
        else:
            raise self.source.fault(self.pos, f"{char!r} has no meaning here", "Put texts into quotes.")

    def single_quoted(self) -> None:
        match = _SINGLE.match(self.text, self.pos)
        if not match:
            raise self.source.fault(self.pos, "The text in quotes has no end", "Close it with `'`.")
        self.add(Kind.STRING, _ESCAPE.sub(_unescape, match.group(1)), self.pos, match.end())

    def double_quoted(self) -> None:
        """The rest of a double-quoted string, up to its end or the next `#{`."""
        match = _DOUBLE.match(self.text, self.pos)
        if match and match.group():
            self.add(Kind.STRING, _ESCAPE.sub(_unescape, match.group()), self.pos, match.end())
        if self.text.startswith('"', self.pos):
            self.brackets.pop()
            self.add(Kind.QUOTE, '"', self.pos, self.pos + 1)
        elif self.text.startswith("#{", self.pos):
            self.brackets.append(("#{", self.pos))
            self.add(Kind.HOLE, "#{", self.pos, self.pos + 2)
        else:
            start = self.brackets[-1][1]
            raise self.source.fault(start, "The text in quotes has no end", 'Close it with `"`.')

    def sign(self, match: re.Match[str]) -> None:
        sign = match.group()
        if sign in _FOREIGN:
            raise self.source.fault(self.pos, f"`{sign}` is not Twig", _FOREIGN[sign])
        if sign in "([{":
            self.brackets.append((sign, self.pos))
        elif sign in _CLOSING:
            opened = self.brackets.pop()[0] if self.brackets else ""
            if sign == "}" and opened == "#{":
                self.add(Kind.HOLE, "}", self.pos, match.end())
                return self.double_quoted()
            if opened != _CLOSING[sign]:
                raise self.source.fault(self.pos, f"`{sign}` closes nothing", "Look for a missing bracket.")
        self.add(Kind.SIGN, sign, self.pos, match.end())
        return None


def tokenize(source: Source) -> list[Token]:
    """The tokens of a template, END last. Raises `TemplateFault` where it cannot be read."""
    if len(source.text) > MAX_SOURCE:
        raise source.fault(0, "The template is too long", f"Keep it under {MAX_SOURCE:,} characters.")
    return _Lexer(source).run()
