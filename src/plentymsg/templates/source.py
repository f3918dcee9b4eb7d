"""Where something stands in a template, and how to say that it is wrong there."""

from __future__ import annotations

import bisect
import difflib
from collections.abc import Iterable, Iterator
from functools import cached_property

from plentymsg.errors import TemplateFault


class Refusal(Exception):
    """An operation on values cannot be done. Who called it knows the place and makes a fault of it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Source:
    """The text of one template as its author wrote it.

    `part` is `subject`, `text` or `html`; `template` is the language ID of an included template, None for
    the template itself. Line breaks are read as Twig reads them: CRLF and CR are LF.
    """

    def __init__(self, text: str, part: str, template: int | None = None) -> None:
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.part = part
        self.template = template

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(index + 1 for index, char in enumerate(self.text) if char == "\n")]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def where(self, offset: int) -> str:
        """The place of a character as people read it: `html:3:7`, or `html of template 105:3:7`."""
        line, column = self.place(offset)
        part = self.part if self.template is None else f"{self.part} of template {self.template}"
        return f"{part}:{line}:{column}"

    def fault(self, offset: int, message: str, hint: str = "") -> TemplateFault:
        """The error that `message`, a sentence without its full stop, is true at `offset`."""
        line, column = self.place(offset)
        details: dict[str, object] = {"line": line, "column": column, "part": self.part}
        if self.template is not None:
            details["template"] = self.template
        return TemplateFault(f"{self.where(offset)}: {message}.", hint=hint, details=details)

    def excerpt(self, start: int, end: int) -> str:
        """The expression between two offsets, short enough for a sentence."""
        words = " ".join(self.text[start : min(end, start + 200)].split())
        return words if len(words) <= 100 else words[:99] + "…"


class Sources:
    """The sources that one rendering is made of: the template, and what it includes, one behind another.

    A place is an offset in all of them together, which a compiled template can carry as one number.
    """

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._bases: list[int] = []

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources)

    def add(self, source: Source) -> int:
        """Take in a source; returns what to add to its offsets to make them places."""
        base = self._bases[-1] + len(self._sources[-1].text) + 1 if self._sources else 0
        self._sources.append(source)
        self._bases.append(base)
        return base

    def locate(self, place: int) -> tuple[Source, int]:
        """The source that a place is in, and the offset in it."""
        index = bisect.bisect_right(self._bases, place) - 1
        return self._sources[index], place - self._bases[index]


def spelled(prefix: str, name: str) -> str:
    """A variable as it is written: `contact.fullName`, `textBlocks['Opening hours']`."""
    if not prefix or name.isidentifier():
        return prefix + name
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"{prefix.removesuffix('.')}['{quoted}']"


def nearest(name: str, candidates: Iterable[str], prefix: str = "") -> str:
    """A hint that lists the candidates most like `name`, each after `prefix`; empty if none is."""
    by_folded = {candidate.casefold(): candidate for candidate in candidates if len(candidate) < 100}
    close = difflib.get_close_matches(name.casefold()[:100], list(by_folded)[:500], n=3, cutoff=0.6)
    if not close:
        return ""
    return "Did you mean " + " or ".join(spelled(prefix, by_folded[key]) for key in close) + "?"
