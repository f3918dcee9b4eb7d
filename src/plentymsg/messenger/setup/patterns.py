"""Try a regular expression before it is kept.

A few letters such as `(((a{99}){99}){99}){99}` take gigabytes to be read, and only then could a time limit
help. So a new one is read in a process of its own, which may take little time and memory, and tried on
addresses as they are. What passes there is harmless afterwards.
"""

from __future__ import annotations

import subprocess
import sys

from plentymsg.errors import InvalidInput

_SECONDS = 2
_BYTES = 1 << 29
_WAIT = 30
"""On a busy machine the process may have to wait for its two seconds."""

_TOO_MUCH = "it takes too long, or too much memory"

_TRIAL = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({_SECONDS}, {_SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({_BYTES}, {_BYTES}))
from plentymsg.messenger.skipping import found_in
from regex import error
pattern = sys.stdin.buffer.read().decode()
longest = "a" * 64 + "@" + "b" * 40 + ".example"
try:
    for address in ("petra.mueller@example.com", longest, "1a.-" * 16 + "@x.y"):
        found_in(pattern, address)
except (TimeoutError, MemoryError, RecursionError):
    sys.exit("{_TOO_MUCH}")
except error as fault:
    sys.exit(str(fault))
"""


def require_harmless(pattern: str) -> None:
    """Raise InvalidInput unless `pattern` is a regular expression that is quick on addresses."""
    try:
        tried = subprocess.run(
            [sys.executable, "-P", "-c", _TRIAL],
            input=pattern.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused(pattern, _TOO_MUCH) from None
    told = tried.stderr.decode(errors="replace").strip()
    if tried.returncode < 0 or told.endswith("MemoryError"):  # ended by its limits
        raise _refused(pattern, _TOO_MUCH)
    if tried.returncode > 0:
        raise _refused(pattern, told.splitlines()[-1] if told else f"exit code {tried.returncode}")


def _refused(pattern: str, reason: str) -> InvalidInput:
    return InvalidInput(
        f"{pattern!r} is no regular expression for addresses: {reason}.",
        hint=r"For example: @invalid\.example$",
    )
