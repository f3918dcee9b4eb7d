"""Text that is safe to print, and the notes that go to stderr.

Mail, file names and names from a store are written by strangers. A terminal obeys control characters
(ECMA-48: C0, DEL and C1, where ESC ] sets the title and ESC [ moves the cursor), and bidirectional
overrides and isolates (Unicode TR 9) make text read as what it is not. Here they become visible.
"""

from __future__ import annotations

import os
import sys

from plentymsg.cli.scope import scope

_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))

_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},  # the pictures of control characters
    0x7F: "\N{SYMBOL FOR DELETE}",
    **{code: f"\\x{code:02x}" for code in range(0x80, 0xA0)},
    **{code: f"\\u{code:04x}" for code in _BIDI},
    0x2028: "\n",
    0x2029: "\n",
}
_LINES = {**_VISIBLE, 0x0A: "\n", 0x09: "\t"}
_ONE_LINE = {**_VISIBLE, 0x0A: " ", 0x09: " ", 0x0D: " ", 0x2028: " ", 0x2029: " "}


def printable(text: str, *, lines: bool = False) -> str:
    """The text with everything that could act on a terminal made visible.

    By default it becomes one line: line breaks and tabs turn into spaces. With `lines` they stay.
    """
    if lines:
        return text.replace("\r\n", "\n").translate(_LINES)
    return text.replace("\r\n", " ").translate(_ONE_LINE)


def is_plain() -> bool:
    """Whether colours are unwelcome: NO_COLOR (no-color.org) or a terminal that cannot do more."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def coloured(text: str, code: str) -> str:
    """The text in an SGR colour if stderr is a terminal that wants colours. `code` as in `31`."""
    return text if is_plain() or not sys.stderr.isatty() else f"\x1b[{code}m{text}\x1b[0m"


def out(text: str) -> None:
    """Print lines of text on stdout, made safe."""
    sys.stdout.write(printable(text, lines=True) + "\n")


def styled(text: str, code: str) -> str:
    """One line, made safe, in an SGR style (`1` is bold) if stdout is a terminal that wants such."""
    line = printable(text)
    return f"\x1b[{code}m{line}\x1b[0m" if sys.stdout.isatty() and not is_plain() else line


def local(time: str) -> str:
    """A time of the store as people here read it."""
    from datetime import datetime

    return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")


def say(text: str) -> None:
    """A note on stderr: what is being done. `--quiet` silences it."""
    if not scope().quiet:
        _note(text)


def explain(text: str) -> None:
    """A note on stderr that only `--verbose` asks for."""
    if scope().verbose:
        _note(text)


def warn(text: str) -> None:
    """A warning on stderr: it went well, but someone should know. `--quiet` silences it."""
    if not scope().quiet:
        _note(text, coloured("Warning: ", "33"))


def _note(text: str, start: str = "") -> None:
    sys.stdout.flush()  # both streams may be the same terminal or file: keep the order
    sys.stderr.write(start + printable(text, lines=True) + "\n")
    sys.stderr.flush()
