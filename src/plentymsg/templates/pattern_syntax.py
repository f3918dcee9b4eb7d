"""Reads the regular expressions of Twig's `matches` (https://www.php.net/manual/en/reference.pcre.pattern.syntax.php)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from plentymsg.templates.source import Refusal

_MAX_PATTERN = 500
_MAX_DEPTH = 20
_MAX_REPEAT = 200
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "e": "\x1b", "a": "\a"}
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})([?+]?)")

Accepts = Callable[[str], bool]


@dataclass(frozen=True)
class Char:
    """One character that is accepted."""

    accepts: Accepts


@dataclass(frozen=True)
class Anchor:
    """A place between two characters."""

    name: str


@dataclass(frozen=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Any_:  # noqa: N801  # typing has an Any
    """One of these."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Repeat:
    """At least `least` and at most `most` times; None is without end."""

    item: Node
    least: int
    most: int | None


Node = Char | Anchor | Sequence | Any_ | Repeat


def read(pattern: str) -> Node:
    """The tree of `/…/flags`. Raises `Refusal` for what cannot be read or is not supported."""
    text = pattern.lstrip()
    if len(text) > _MAX_PATTERN:
        raise Refusal("The pattern is too long", f"Keep it under {_MAX_PATTERN} characters.")
    opening = text[:1]
    end = text.rfind(_PAIRS.get(opening, opening)) if opening and not opening.isalnum() else -1
    if end <= 0 or opening == "\\":
        raise Refusal(f'"{text[:40]}" is not a pattern', "Write it between slashes: '/^[0-9]+$/'.")
    flags = text[end + 1 :].strip()
    if not set(flags) <= set("imsuxD"):
        raise Refusal(f'The flags "{flags[:20]}" are not supported', "Use i, m, s, u or x.")
    return _Reader(text[1:end], frozenset(flags)).whole()


class _Reader:
    def __init__(self, text: str, flags: frozenset[str]) -> None:
        self.text = text
        self.flags = flags
        self.pos = 0
        self.depth = 0
        # The classes of \d, \s and \w; only the flag u makes them know more than ASCII.
        ascii_only = re.NOFLAG if "u" in flags else re.ASCII
        self.classes: dict[str, Accepts] = {}
        for letter in "dsw":
            self.classes[letter] = self.single(re.compile(rf"\{letter}", ascii_only))
            self.classes[letter.upper()] = self.single(re.compile(rf"\{letter.upper()}", ascii_only))

    @staticmethod
    def single(pattern: re.Pattern[str]) -> Accepts:
        return lambda char: pattern.match(char) is not None

    def refuse(self, message: str) -> Refusal:
        return Refusal(
            f"The pattern {message}", "Make it simpler; look-around and back references are not there."
        )

    def whole(self) -> Node:
        node = self.alternatives()
        if self.pos < len(self.text):
            raise self.refuse("has a `)` that closes nothing")
        return node

    def alternatives(self) -> Node:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.refuse("is nested too deeply")
        branches = [self.sequence()]
        while self.text.startswith("|", self.pos):
            self.pos += 1
            branches.append(self.sequence())
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Any_(tuple(branches))

    def sequence(self) -> Node:
        items: list[Node] = []
        while self.pos < len(self.text) and self.text[self.pos] not in "|)":
            if "x" in self.flags and self.text[self.pos].isspace():
                self.pos += 1
                continue
            items.append(self.quantified(self.atom()))
        return Sequence(tuple(items))

    def quantified(self, item: Node) -> Node:
        match = _QUANTIFIER.match(self.text, self.pos)
        if not match:
            return item
        self.pos = match.end()
        sign, least, comma, most, _ = match.groups()
        if _QUANTIFIER.match(self.text, self.pos):
            raise self.refuse("repeats a repetition")
        if sign:
            return Repeat(item, 1 if sign == "+" else 0, 1 if sign == "?" else None)
        fewest = int(least)
        limit = fewest if not comma else (int(most) if most else None)
        if max(fewest, limit or 0) > _MAX_REPEAT or (limit is not None and limit < fewest):
            raise self.refuse(f"repeats `{match.group()}` times, which is not possible")
        return Repeat(item, fewest, limit)

    def atom(self) -> Node:
        char = self.text[self.pos]
        if char in "*+?":
            raise self.refuse(f"has a `{char}` that repeats nothing")
        self.pos += 1
        readers: dict[str, Callable[[], Node]] = {"(": self.group, "[": self.set, "\\": self.escaped}
        if char in readers:
            return readers[char]()
        if char == ".":
            return Char((lambda _: True) if "s" in self.flags else (lambda found: found != "\n"))
        if char == "^":
            return Anchor("line start" if "m" in self.flags else "start")
        if char == "$":
            return Anchor("line end" if "m" in self.flags else ("end" if "D" in self.flags else "last"))
        return Char(self.folded(lambda found: found == char))

    def group(self) -> Node:
        if self.text.startswith("?", self.pos):
            if not self.text.startswith("?:", self.pos):
                raise self.refuse(
                    f"has a group `({self.text[self.pos : self.pos + 2]}`, which is not supported"
                )
            self.pos += 2
        node = self.alternatives()
        if not self.text.startswith(")", self.pos):
            raise self.refuse("has a `(` that is not closed")
        self.pos += 1
        return node

    def escaped(self) -> Node:
        anchors = {"A": "start", "z": "end", "Z": "last", "b": "edge", "B": "no edge"}
        letter = self.text[self.pos : self.pos + 1]
        if letter in anchors and letter:
            self.pos += 1
            return Anchor(anchors[letter])
        accepts, char = self.escape()
        return Char(self.folded(accepts) if char else accepts)

    def escape(self) -> tuple[Accepts, str]:
        """What follows a backslash: a class, or one character, which is given as well."""
        letter = self.text[self.pos : self.pos + 1]
        self.pos += 1
        if letter in self.classes:
            return self.classes[letter], ""
        if letter in _CONTROL or (letter and not letter.isalnum()):
            char = _CONTROL.get(letter, letter)
            return (lambda found: found == char), char
        raise self.refuse(f"has `\\{letter}`, which is not supported")

    def folded(self, accepts: Accepts) -> Accepts:
        """The same without regard to capitals, where the flags say so; without `u` only for ASCII."""
        if "i" not in self.flags:
            return accepts
        everywhere = "u" in self.flags

        def either(char: str) -> bool:
            if not everywhere and not char.isascii():
                return accepts(char)
            return accepts(char) or accepts(char.lower()) or accepts(char.upper())

        return either

    def set(self) -> Node:
        """What stands in `[…]`."""
        negated = self.text.startswith("^", self.pos)
        self.pos += negated
        members: list[Accepts] = []
        first = True
        while first or not self.text.startswith("]", self.pos):
            first = False
            if self.pos >= len(self.text) or self.text.startswith("[:", self.pos):
                raise self.refuse("has a `[` that cannot be read")
            members.append(self.folded(self.member()))
        self.pos += 1
        return Char(lambda char: any(accepts(char) for accepts in members) != negated)

    def member(self) -> Accepts:
        accepts, low = self.one()
        ranged = self.text.startswith("-", self.pos) and not self.text.startswith("-]", self.pos)
        if not ranged or not low:
            return accepts
        self.pos += 1
        _, high = self.one()
        if not high or high < low:
            raise self.refuse(f"has a range from `{low}` to nothing")
        return lambda char: low <= char <= high

    def one(self) -> tuple[Accepts, str]:
        char = self.text[self.pos : self.pos + 1]
        self.pos += 1
        if char == "\\":
            return self.escape()
        return (lambda found: found == char), char
