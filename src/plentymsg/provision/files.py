"""Files that a configuration names: they lie in its folder or below it.

A configuration may come from a repository that strangers write to; it must not be able to put a file of
this machine into a mail.
"""

from __future__ import annotations

from pathlib import Path

from plentymsg.messenger.setup.fields import Problem, quoted

_LARGEST = 1_000_000


def read_text(folder: Path, name: str) -> str | Problem:
    """The text of the file `name` in or below `folder`, in UTF-8; or what is wrong with it."""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            return Problem((), f"{quoted(name)} lies outside the folder of the configuration; copy it there")
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except (OSError, ValueError, RuntimeError) as fault:  # a NUL in the name; links in a circle
        reason = getattr(fault, "strerror", None) or "no file has such a name"
        return Problem((), f"{quoted(name)} cannot be read: {reason}")
    if len(content) > _LARGEST:
        return Problem((), f"{quoted(name)} is larger than {_LARGEST:,} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Problem((), f"{quoted(name)} is not UTF-8 text")
