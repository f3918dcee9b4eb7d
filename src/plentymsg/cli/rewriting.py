"""Put texts in place of those in files: in all or none, and in none that somebody has changed meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple

from plentymsg.errors import Conflict, InvalidInput

_MARK = b"\xef\xbb\xbf"  # a byte order mark, which reading leaves out


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
                _marked(file)
        with ExitStack() as back:
            for file, made in ready:
                with _writing(file.name):
                    os.replace(made, file.path)
                back.callback(rewrite, [file.undone])
            back.pop_all()


@contextmanager
def _beside(file: Rewriting) -> Iterator[str]:
    """A file in the same folder that holds the new text; what is left of it in the end is taken away."""
    from tempfile import mkstemp

    with _writing(file.name):
        mark, state = _marked(file)
        handle, made = mkstemp(dir=os.path.dirname(file.path), prefix=".plentymsg-")
    try:
        with _writing(file.name), open(handle, "wb") as target:
            target.write(mark + file.new.encode("utf-8"))
            target.flush()
            _like(target.fileno(), state)
            os.fsync(target.fileno())
        yield made
    finally:
        with suppress(FileNotFoundError):
            os.unlink(made)


def _marked(file: Rewriting) -> tuple[bytes, os.stat_result]:
    """The byte order mark of a file that still holds what was read, if it has one; and its state.

    Raises Conflict or InvalidInput for a file that is not to be written, and OSError.
    """
    state = os.stat(file.name)
    if not stat.S_ISREG(state.st_mode) or not state.st_nlink:  # what `<(…)` and `<<` of a shell name
        raise InvalidInput(
            f"{file.name} is no file that a mended text can be put into.", hint="Give - to read from a pipe."
        )
    if not state.st_mode & 0o222:  # root could: but whoever took the permission away meant everyone
        raise InvalidInput(f"{file.name} is read-only.", hint=_HINT)
    if state.st_nlink > 1:
        raise InvalidInput(
            f"{file.name} has another name too (a hard link), which would keep the old text.",
            hint="Mend a copy of it, or leave --fix out.",
        )
    with open(file.path, "r+b") as source:
        content = source.read()
    mark = _MARK if content.startswith(_MARK) else b""
    if content != mark + file.old.encode("utf-8"):
        raise Conflict(
            f"{file.name} was changed while it was checked.",
            hint="Nothing was written; run it again to check the file as it is now.",
        )
    return mark, state


def _like(handle: int, state: os.stat_result) -> None:
    """Give an open file another one's owner, as far as we may, and then its mode, which that can change."""
    for owner in (state.st_uid, -1):
        with suppress(PermissionError):
            os.fchown(handle, owner, state.st_gid)
            break
    os.fchmod(handle, stat.S_IMODE(state.st_mode))


_HINT = "Check its folder and its permissions, or leave --fix out."


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InvalidInput(f"{name} cannot be written: {error.strerror}.", hint=_HINT) from error
