"""What is wrong with a draft, where, and how to mend it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]
Part = Literal["subject", "text", "html", "attachments", "recipients"]
Fixable = Literal["safe", "unsafe"] | None
"""Whether plentymsg can mend it: `safe` keeps the meaning, `unsafe` takes something away."""
OriginKind = Literal["given", "template", "variable", "signature", "history", "mail"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a part of a message as it would leave."""

    part: Part
    line: int
    column: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose text a violation is in: that of who wrote the message, of a template, of a mail that was read.

    The kinds `variable`, `signature` and `history` (quoted messages) are what a template printed without
    having it in itself: the place is that of the expression that printed it.
    """

    kind: OriginKind
    name: str
    """Of the template; of a mail the number of the part (RFC 9051, section 6.4.5), where that is not the
    one that is the mail's text or HTML."""
    language: str
    """Of the template's version."""
    variable: str
    """What the template printed, such as `globals.account.signatureText`."""
    whose: str
    """Login of whose signature it is, empty for that of the account."""
    snippet: str
    """The line of the text that the place is in, cut if it is long."""
    snippet_column: int
    """Where in it the place begins, from 1."""

    def as_json(self) -> dict[str, str | int]:
        """The origin for `--json`."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Violation:
    """A requirement that a draft does not meet. Only errors stop a message.

    The place is one in the text that its author wrote, if `origin` says which that is, else in the draft.
    """

    code: str
    name: str
    severity: Severity
    part: Part
    line: int
    column: int
    offset: int
    length: int
    excerpt: str
    message: str
    fix: str
    fixable: Fixable
    marketplace: str
    """Key of the marketplace that asks for it, the first if several do; `any` if it is asked of all."""
    pack: str
    """Name of the pack that says so."""
    origin: Origin | None = None
    places: tuple[Place, ...] = ()
    """Where it shows in the draft, if `origin` is known: one place for each part."""

    def in_message(self) -> tuple[Place, ...]:
        """Where it shows in the message as it would leave."""
        return self.places or (Place(self.part, self.line, self.column, self.offset, self.length),)

    def as_json(self) -> dict[str, Any]:
        """The violation for `--json`.

        `line` and `column` count from 1, `offset` from 0, all in characters of the part as it was
        given. Where there is no place, such as a word that is missing, `offset` and `length` are 0.
        `in_message` has the places in the message as it would leave.
        """
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "part": self.part,
            "line": self.line,
            "column": self.column,
            "offset": self.offset,
            "length": self.length,
            "excerpt": self.excerpt,
            "message": self.message,
            "fix": self.fix,
            "fixable": self.fixable,
            "marketplace": self.marketplace,
            "pack": self.pack,
            "origin": self.origin.as_json() if self.origin else None,
            "in_message": [asdict(place) for place in self.in_message()],
        }
