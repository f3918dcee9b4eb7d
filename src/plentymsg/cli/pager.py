"""Text that is longer than the terminal is shown by the user's pager, as git and gh do."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence

_HOW_LESS_BEHAVES = {"LESS": "FRX", "LV": "-c"}
"""What git gives it too: leave at once if all fits, show colours, and leave the text on the screen."""


def show(text: str) -> None:
    """Print text that is safe to print: through `$PAGER`, or less, if it is longer than the terminal.

    An empty PAGER, or `cat`, means none. A pager that cannot be started is done without.
    """
    pager = _pager() if _is_too_long(text) else ()
    if not pager or not _run(pager, text):
        sys.stdout.write(text)


def _is_too_long(text: str) -> bool:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return False
    return text.count("\n") >= shutil.get_terminal_size().lines


def _pager() -> Sequence[str]:
    try:
        words = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quotation mark without its pair
        return ()
    return words if words != ["cat"] else ()


def _run(pager: Sequence[str], text: str) -> bool:
    """Let the user read; say whether the pager could be started."""
    sys.stdout.flush()
    try:
        reading = subprocess.Popen(pager, stdin=subprocess.PIPE, env={**_HOW_LESS_BEHAVES, **os.environ})
    except OSError:
        return False
    # Ctrl-C is the pager's: it ends a search there, and must not end us before it gives back the terminal.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        reading.communicate(text.encode(sys.stdout.encoding, errors="backslashreplace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True
