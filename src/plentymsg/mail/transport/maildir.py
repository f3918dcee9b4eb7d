"""Mail into a Maildir: for an MTA to pick up, or to be kept from leaving at all."""

from __future__ import annotations

import errno
import itertools
import os
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from plentymsg.errors import InvalidInput, PlentymsgError, Unreachable
from plentymsg.mail.server import Server
from plentymsg.mail.transport import Outcome

_FOLDERS = ("tmp", "new", "cur")
_counter = itertools.count()


class MaildirTransport:
    """Delivers by writing to `tmp` and renaming into `new`: nobody ever sees half a message.

    Folders that it makes are 0700 and files 0600, whatever the umask; in a folder that was made for a group
    (02770) they are for that group too.
    """

    def __init__(self, server: Server) -> None:
        self._path = Path(server.path).expanduser().absolute()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def test(self) -> None:
        """Look whether mail could be written; nothing is made. Raises `InvalidInput` or `PlentymsgError`."""
        nearest = next(path for path in (self._path, *self._path.parents) if path.exists())
        if not nearest.is_dir():
            raise InvalidInput(f"{nearest} is no folder.", hint="Give the path of a Maildir.")
        targets = [self._path / name for name in _FOLDERS if (self._path / name).exists()]
        for folder in (nearest, *targets):
            if not os.access(folder, os.W_OK | os.X_OK):
                raise _not_writable(folder, "Permission denied")

    def hand_over(
        self,
        raw: bytes,
        sender: str,  # noqa: ARG002 - a Maildir has no envelope
        recipients: Sequence[str],
        about_to_send: Callable[[Sequence[str]], None],
    ) -> dict[str, Outcome]:
        """Deliver one file, for all recipients at once.

        Raises `Unreachable` for a full disk and `PlentymsgError` for a folder that is not writable;
        then nothing was delivered.
        """
        name = _unique_name()
        temporary, final = self._path / "tmp" / name, self._path / "new" / name
        try:
            self._make_folders()
            _write_durably(temporary, raw, 0o660 if self._is_for_a_group() else 0o600)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            raise self._fault(error) from error
        try:
            about_to_send(recipients)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        return dict.fromkeys(recipients, self._deliver(temporary, final))

    def _deliver(self, temporary: Path, final: Path) -> Outcome:
        try:
            temporary.rename(final)
        except OSError as error:
            return Outcome("deferred", f"{self._path}: {error.strerror}")
        try:
            _sync_folder(final.parent)
        except OSError as error:
            return Outcome("uncertain", f"{final}: {error.strerror}")
        return Outcome("sent", f"written to {final}")

    def _make_folders(self) -> None:
        missing = [path for path in (self._path, *self._path.parents) if not path.exists()]
        for folder in (*reversed(missing), *(self._path / name for name in _FOLDERS)):
            try:
                folder.mkdir(mode=0o700)
            except FileExistsError:
                continue
            inside = folder.parent == self._path
            folder.chmod(0o2770 if inside and self._is_for_a_group() else 0o700)

    def _is_for_a_group(self) -> bool:
        return self._path.stat().st_mode & 0o2070 == 0o2070

    def _fault(self, error: OSError) -> PlentymsgError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return Unreachable(
                f"The disk that holds {self._path} is full.", hint="Make room on it, then repeat the command."
            )
        return _not_writable(self._path, error.strerror or str(error))


def _not_writable(folder: Path, reason: str) -> PlentymsgError:
    return PlentymsgError(
        f"The folder {folder} cannot be written to: {reason}.",
        hint="Let the user who runs plentymsg write there, or give another path.",
    )


def _unique_name() -> str:
    """Time, process, number and chance, as Maildir asks for; nothing from the message."""
    seconds, rest = divmod(time.time_ns(), 1_000_000_000)
    return f"{seconds}.M{rest // 1000}P{os.getpid()}Q{next(_counter)}R{secrets.token_hex(6)}.plentymsg"


def _write_durably(path: Path, raw: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)
        file.write(raw)
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
