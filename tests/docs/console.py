"""The ```console blocks of a document: commands after `$ `, each followed by what it prints.

    python -m tests.docs.console README.md

runs them in an empty home and writes what they print into the document.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.journeys.program import Program

_BLOCK = re.compile(r"(```console\n)(.*?)(```)", flags=re.DOTALL)
_CHANGING = (
    (re.compile(r"/\S*?/(store\.db\S*)"), r"…/\1"),
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d\+00:00)?"), "…"),
)
"""What is different in each run: the folder of the store, and the times."""


class Step(NamedTuple):
    """A command and what it prints; `…` stands for anything within a line."""

    command: str
    output: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.command)

    def matches(self, printed: str) -> bool:
        """Whether the command printed what the document shows."""
        pattern = ".*?".join(re.escape(piece) for piece in self.output.strip().split("…"))
        return (
            re.fullmatch(pattern, "\n".join(line.rstrip() for line in printed.strip().splitlines()))
            is not None
        )


def steps_of(document: str) -> list[Step]:
    """The commands of all console blocks, in order."""
    return [step for block in _BLOCK.finditer(document) for step in _steps(block[2])]


def _steps(block: str) -> list[Step]:
    found = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [Step(*(piece.split("\n", 1) if "\n" in piece else (piece, ""))) for piece in found]


def rewritten(document: str, run: Callable[[list[str]], str]) -> str:
    """The document with the output of every command as `run` gives it now."""

    def block(found: re.Match[str]) -> str:
        shown = []
        for step in _steps(found[2]):
            printed = run(step.words)
            for pattern, stand_in in _CHANGING:
                printed = pattern.sub(stand_in, printed)
            lines = [line.rstrip() for line in printed.strip().splitlines()]
            shown.append("\n".join([f"$ {step.command}", *lines]))
        return found[1] + "\n\n".join(shown) + "\n" + found[3]

    return _BLOCK.sub(block, document)


def main() -> None:
    """Rewrite the documents named on the command line."""
    for name in sys.argv[1:]:
        with TemporaryDirectory() as folder:
            program = Program(Path(folder))

            def run(words: list[str], program: Program = program) -> str:
                done = program.run(*words[1:])
                return done.out + done.err

            path = Path(name)
            path.write_text(rewritten(path.read_text(encoding="utf-8"), run), encoding="utf-8")


if __name__ == "__main__":
    main()
