"""Put texts in place of those in files: in all or none, and in none that somebody has changed meanwhile."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple

from plentymsg.errors import Conflict, InvalidInput

_WAY_OUT = "Check its folder and its permissions, or leave --fix out."


class Rewriting(NamedTuple):
    """A file by its name, what was read from it, and what is to stand there instead."""

    name: str
    old: str
    new: str

    @property
    def path(self) -> str:
        """The file itself, whichever link leads to it."""
        return os.path.realpath(self.name)

    @property
    def undone(self) -> Rewriting:
        """What puts the old text back once the new one stands there."""
        return Rewriting(self.name, self.new, self.old)


def rewrite(files: Sequence[Rewriting]) -> None:
    """Put each new text in place of the old one at once, with the file's mode and, where it may be, owner.

    A byte order mark stays. Raises Conflict if a file holds something else by now than what was read, and
    InvalidInput if one cannot be written or nobody is meant to; all of them read as they did then. That a
    folder lets nobody replace a file, such as another's in /tmp, shows only when that is tried.
    """
    with ExitStack() as stack:
        ready = [(file, stack.enter_context(_beside(file))) for file in files]
        for file in files:  # once more, after all that takes time
            with _writing(file.name):
                _byte_order_mark(file)
        with ExitStack() as putting_back:
            for file, made in ready:
                with _writing(file.name):
                    os.replace(made, file.path)
                putting_back.callback(rewrite, [file.undone])
            putting_back.pop_all()


@contextmanager
def _beside(file: Rewriting) -> Iterator[str]:
    """A file in the same folder that holds the new text; what is left of it in the end is taken away."""
    from tempfile import mkstemp

    with _writing(file.name):
        state = _state(file)
        content = _byte_order_mark(file) + file.new.encode("utf-8")
        handle, made = mkstemp(dir=os.path.dirname(file.path), prefix=".plentymsg-")
    try:
        with _writing(file.name), open(handle, "wb") as target:
            target.write(content)
            target.flush()
            _like(target.fileno(), state)
            os.fsync(target.fileno())
        yield made
    finally:
        with suppress(FileNotFoundError):
            os.unlink(made)


def _state(file: Rewriting) -> os.stat_result:
    """The state of a file that a new one may replace. Raises InvalidInput if none may, and OSError."""
    state = os.stat(file.name)
    if not stat.S_ISREG(state.st_mode) or not state.st_nlink:  # what `<(…)` and `<<` of a shell name
        raise InvalidInput(
            f"{file.name} is no file that a mended text can be put into.", hint="Give - to read from a pipe."
        )
    if not state.st_mode & 0o222:  # root could: but whoever took the permission away meant everyone
        raise InvalidInput(f"{file.name} is read-only.", hint=_WAY_OUT)
    if state.st_nlink > 1:
        raise InvalidInput(
            f"{file.name} has another name too (a hard link), which would keep the old text.",
            hint="Mend a copy of it, or leave --fix out.",
        )
    return state


def _byte_order_mark(file: Rewriting) -> bytes:
    """What stands in front of the text in a file that we may write; empty if nothing does.

    Raises Conflict if it holds something else by now than what was read, and OSError.
    """
    with open(file.path, "r+b") as source:
        content = source.read()
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    if content != mark + file.old.encode("utf-8"):
        raise Conflict(
            f"{file.name} was changed while it was checked.",
            hint="Nothing was written; run it again to check the file as it is now.",
        )
    return mark


def _like(handle: int, state: os.stat_result) -> None:
    """Give an open file another one's owner, as far as we may, and then its mode, which that can change."""
    for owner in (state.st_uid, -1):
        with suppress(PermissionError):
            os.fchown(handle, owner, state.st_gid)
            break
    os.fchmod(handle, stat.S_IMODE(state.st_mode))


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InvalidInput(f"{name} cannot be written: {error.strerror}.", hint=_WAY_OUT) from error
