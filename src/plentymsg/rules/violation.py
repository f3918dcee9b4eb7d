"""What is wrong with a draft, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Part = Literal["subject", "text", "html", "attachments", "recipients"]
Fixable = Literal["safe", "unsafe"] | None
"""Whether plentymsg can mend it: `safe` keeps the meaning, `unsafe` takes something away."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A requirement that a draft does not meet. Only errors stop a message."""

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

    def as_json(self) -> dict[str, str | int | None]:
        """The violation for `--json`.

        `line` and `column` count from 1, `offset` from 0, all in characters of the part as it was
        given. Where there is no place, such as a word that is missing, `offset` and `length` are 0.
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
        }
