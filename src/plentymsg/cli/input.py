"""What a user hands in besides arguments: files, answers to questions, passwords."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import typer

from plentymsg.cli.terminal import printable
from plentymsg.errors import InvalidInput

MEGABYTE = 1_000_000


def read_bytes(name: str, *, limit: int = 50 * MEGABYTE) -> bytes:
    """The bytes of the file with this name, or of stdin if it is `-`.

    Raises `InvalidInput` if it is missing, a folder, not readable, or has more than `limit` bytes.
    """
    with _readable(name):
        if name == "-":
            content = sys.stdin.buffer.read(limit + 1)
        else:
            with open(name, "rb") as file:
                content = file.read(limit + 1)
    if len(content) > limit:
        raise InvalidInput(
            f"{_called(name)} is larger than {limit / MEGABYTE:g} MB.",
            hint="Check that it is the right file.",
        )
    return content


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """The file with this name, open, or all that comes in on stdin if it is `-`; of any size.

    Standard input is taken to its end first, so that nobody waits for it within a transaction. Raises
    `InvalidInput` if the file is missing, a folder or not readable.
    """
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    with _readable(name):
        file: IO[bytes] = TemporaryFile() if name == "-" else open(name, "rb")  # noqa: SIM115
    with file:
        if name == "-":
            copyfileobj(sys.stdin.buffer, file)
            file.seek(0)
        yield file


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InvalidInput(
            f"There is no file {name}.", hint="Check the path; `-` reads from standard input."
        ) from None
    except IsADirectoryError:
        raise InvalidInput(f"{name} is a folder, not a file.", hint="Name a file in it.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput(
            f"{name} cannot be read: {reason}.", hint="Check the path and its permissions."
        ) from error


def read_text(name: str, *, limit: int = 10 * MEGABYTE) -> str:
    """The text of a file in UTF-8 (with or without a byte order mark), or of stdin if the name is `-`.

    Raises `InvalidInput` as `read_bytes` does, and if it is not UTF-8.
    """
    content = read_bytes(name, limit=limit)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            f"{_called(name)} is not UTF-8 text: byte 0x{content[error.start]:02x} in line {line}.",
            hint="Save it as UTF-8, for example with `iconv -f ISO-8859-1 -t UTF-8`.",
        ) from None


def confirm(question: str, *, yes: bool) -> None:
    """Go on only with consent: `--yes` was given, or someone at the terminal says so.

    Raises `typer.Abort` if the answer is no, `InvalidInput` if there is nobody to ask.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise InvalidInput(
            f"{question} Nobody is here to answer.", hint="Give --yes to go on without a question."
        )
    sys.stderr.write(f"{printable(question)} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "j", "ja"):
        raise typer.Abort


def is_dialogue() -> bool:
    """Whether somebody sits at a terminal, to be asked and to read what comes of it."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str) -> str:
    """A line that is typed at the terminal. Raises `typer.Abort` at its end (Ctrl-D)."""
    sys.stdout.flush()
    sys.stderr.write(f"{printable(question)}: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise typer.Abort
    return line.strip()


def read_secret(*, stdin: bool, prompt: str = "Password") -> str:
    """A secret: the first line of stdin if `stdin` (as `--password-stdin` asks), else typed and not shown.

    Raises `InvalidInput` if it is empty, or if it is to be typed and there is no terminal.
    """
    if stdin:
        secret = _first_line(prompt)
    elif sys.stdin.isatty():
        from getpass import getpass

        secret = getpass(f"{prompt}: ", stream=sys.stderr)
    else:
        raise InvalidInput(
            f"{prompt}: nobody is here to type it.", hint="Give it on standard input, with --password-stdin."
        )
    if not secret:
        raise InvalidInput(f"{prompt}: it is empty.", hint="Nothing was stored; give it again.")
    return secret


def _first_line(prompt: str) -> str:
    try:
        return sys.stdin.buffer.readline(64_000).decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise InvalidInput(f"{prompt}: it is not UTF-8 text.", hint="Give it in UTF-8.") from None


def _called(name: str) -> str:
    return "Standard input" if name == "-" else name
