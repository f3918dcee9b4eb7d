"""Ways to run the program: in this process, as a process in a pipe, and on a pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from plentymsg.cli import app as root
from tests.cli import thing

PROGRAM = [sys.executable, "-m", "tests.cli.thing"]
ROOT = Path(__file__).parents[2]


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PLENTYMSG_STORE", "PLENTYMSG_USER", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("PAGER", "")  # nobody is there to leave it


@pytest.fixture
def plentymsg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs `plentymsg` with the commands of `thing` in this process."""
    monkeypatch.setattr(root, "COMMANDS", dict(root.COMMANDS))
    thing.install()

    def run(*args: str) -> Outcome:
        code = root.run(args)
        return Outcome(code, *capsys.readouterr())

    yield run
    for name in thing.APPS:
        sys.modules.pop(f"plentymsg.cli.{name}")


@pytest.fixture
def process() -> Run:
    """Runs the same program as a process of its own, in pipes."""

    def run(*args: str, stdin: bytes = b"", **environment: str) -> Outcome:
        done = subprocess.run(
            [*PROGRAM, *args],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, **environment},
            check=False,
            timeout=60,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def terminal() -> Run:
    """Runs the same program on a pseudo-terminal, with both streams on it, and returns what arrives there."""
    return partial(_on_terminal, PROGRAM)


@pytest.fixture
def screen() -> Run:
    """Runs plentymsg itself in the same way, on the store of the desk."""
    return partial(_on_terminal, [sys.executable, "-m", "plentymsg"])


def _on_terminal(
    program: Sequence[str], *args: str, columns: int = 80, answer: bytes = b"", **environment: str
) -> Outcome:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(
        [*program, *args],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, **environment},
        start_new_session=True,
        preexec_fn=_sit_at_terminal,  # noqa: PLW1509 - it makes two system calls
    ) as child:
        os.close(theirs)
        screen = _talk(ours, answer)
        os.close(ours)
    return Outcome(child.returncode, screen.decode(errors="replace").replace("\r\n", "\n"), "")


def _sit_at_terminal() -> None:
    """Control the terminal, and let it interrupt: what a shell runs in the background ignores that."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _talk(terminal: int, answer: bytes) -> bytes:
    """Read all that the program prints; give the answer once it has asked something."""
    screen = b""
    try:
        while part := os.read(terminal, 65536):
            screen += part
            if answer and screen.endswith((b"? [y/N] ", b": ")):
                os.write(terminal, answer)
                answer = b""
    except OSError:  # Linux says EIO when the other side is gone
        pass
    return screen
