"""The ```console blocks of a document: commands after `$ `, each followed by what it prints.

    python -m tests.docs.console README.md

runs them in an empty home and writes what they print into the document.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.journeys.program import ROOT, Program

WIDTH = 100
"""Columns of the terminal in which the document's commands run."""

_BLOCK = re.compile(r"(```console\n)(.*?)(```)", flags=re.DOTALL)
_CHANGING = (
    (re.compile(r"/\S*?/(plentymsg\.db[.\w]*)"), r"…/\1"),
    (re.compile(r"(?<=-)[0-9a-f]{8}(?=@)"), "…"),
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d\+00:00)?"), "…"),
)
"""What is different in each run: the folder of the store, target addresses, and the times."""


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


def reader(folder: Path) -> Program:
    """The program as the reader of a page has it: in an empty home, with the store in its usual place."""
    program = Program(folder)
    del program.environment["PLENTYMSG_STORE"]
    program.store = program.home / ".local" / "share" / "plentymsg" / "plentymsg.db"
    return program


def printed_by(program: Program, command: str) -> str:
    """What a shell command prints on a terminal without colours."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, WIDTH, 0, 0))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**program.environment, "TERM": "dumb", "NO_COLOR": "1", "PATH": path}
    with subprocess.Popen(
        ["sh", "-c", command], stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=environment
    ) as process:
        os.close(slave)
        printed = b"".join(iter(lambda: _read(master), b""))
        process.wait()
    os.close(master)
    return printed.decode().replace("\r\n", "\n")


def _read(master: int) -> bytes:
    """Some more output; nothing once the program has ended, which Linux tells as an error."""
    try:
        return os.read(master, 65_536)
    except OSError:
        return b""


def rewritten(document: str, run: Callable[[str], str]) -> str:
    """The document with the output of every command as `run` gives it now."""

    def block(found: re.Match[str]) -> str:
        shown = []
        for step in _steps(found[2]):
            printed = run(step.command)
            for pattern, stand_in in _CHANGING:
                printed = pattern.sub(stand_in, printed)
            lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
            shown.append("\n".join([f"$ {step.command}", *lines]))
        return found[1] + "\n\n".join(shown) + "\n" + found[3]

    return _BLOCK.sub(block, document)


def main() -> None:
    """Rewrite the documents named on the command line."""
    for name in sys.argv[1:]:
        with TemporaryDirectory() as folder:
            program = reader(Path(folder))
            path = Path(name)
            text = rewritten(path.read_text(encoding="utf-8"), partial(printed_by, program))
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
