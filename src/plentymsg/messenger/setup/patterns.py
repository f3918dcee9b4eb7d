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
    sys.exit("it takes too long, or too much memory")
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
        tried = None
    if tried is not None and tried.returncode == 0:
        return
    told = tried.stderr.decode(errors="replace").strip().splitlines() if tried else []
    reason = told[0] if len(told) == 1 else "it takes too long, or too much memory"
    raise InvalidInput(
        f"{pattern!r} is no regular expression for addresses: {reason}.",
        hint=r"For example: @invalid\.example$",
    )
