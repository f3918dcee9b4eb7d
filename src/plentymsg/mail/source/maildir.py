"""Mail from a Maildir, which is read and never changed.

A file's ctime is set when it is moved into the folder, so that it says what is new whatever the file's
age. It also changes when a mail program marks the mail: then it is read again, and the store knows it.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from urllib.parse import quote

from plentymsg.errors import NotFound, PlentymsgError
from plentymsg.mail.server import Server
from plentymsg.mail.source import Batch, Fetched
from plentymsg.mail.source.chunk import chunks

_WINDOW_NS = 5_000_000_000
"""How far back a file may still turn up: clocks of file systems are coarse, listing takes time."""
_FOLDERS = ("new", "cur")


@dataclass(frozen=True, slots=True)
class MaildirPosition:
    """All files whose ctime is before `watermark` are done with, and those `names` since then.

    While the first fetch is under way (ctimes up to `first_until`), only mail received on `since` or
    later is wanted. All times but `since` are in nanoseconds since 1970.
    """

    watermark: int
    names: frozenset[str]
    since: date | None = None
    first_until: int = 0

    @classmethod
    def read(cls, text: str | None) -> MaildirPosition | None:
        """The position that was stored, or None if it is none of this form."""
        try:
            stored = json.loads(text or "")
            since = date.fromisoformat(stored["since"]) if "since" in stored else None
            names = frozenset(map(str, stored["names"]))
            return cls(int(stored["watermark"]), names, since, int(stored.get("first_until", 0)))
        except (ValueError, TypeError, KeyError):
            return None

    def __str__(self) -> str:
        stored: dict[str, int | str | list[str]] = {"watermark": self.watermark, "names": sorted(self.names)}
        if self.since is not None:
            stored |= {"since": self.since.isoformat(), "first_until": self.first_until}
        return json.dumps(stored)

    def knows(self, entry: _Entry) -> bool:
        """Whether a file was handled already."""
        return entry.ctime_ns < self.watermark or entry.base in self.names

    def wants(self, entry: _Entry) -> bool:
        """Whether a file is new enough for the first fetch."""
        if self.since is None or entry.ctime_ns > self.first_until:
            return True
        return entry.mtime >= datetime.combine(self.since, time_of_day(), UTC).timestamp()


@dataclass(frozen=True, slots=True, order=True)
class _Entry:
    """A file as it was listed. `base` stays the same when the file moves or its flags change."""

    ctime_ns: int
    base: str
    path: str
    size: int
    mtime: float


class MaildirSource:
    """The folders `new` and `cur` of a Maildir."""

    def __init__(self, server: Server) -> None:
        self._path = Path(server.path).expanduser().absolute()
        self.mailbox = f"maildir://{quote(str(self._path))}"

    def test(self) -> None:
        """Look whether the folder is a Maildir, and readable. Raises `NotFound` or `PlentymsgError`."""
        for folder in _FOLDERS:
            with self._opened(folder):
                pass

    def batches(self, position: str | None, since: date) -> Iterator[Batch]:
        """What is new since the position, oldest arrival first."""
        started_at = time.time_ns()
        start = MaildirPosition.read(position)
        # Without a position the files there now are listed twice, so that they need not all be held.
        newest = max((entry.ctime_ns for entry in self._listed()), default=0) if start is None else 0
        start = start or MaildirPosition(0, frozenset(), since, newest)
        floor = max(start.watermark, min(newest, started_at) - _WINDOW_NS)
        seen: dict[str, int] = {}
        found: dict[str, _Entry] = {}
        for entry in self._listed():
            newest = max(newest, entry.ctime_ns)
            if not start.knows(entry) and start.wants(entry):
                found[entry.base] = entry
            elif entry.ctime_ns >= floor or entry.base in start.names:
                seen[entry.base] = entry.ctime_ns
        horizon = max(start.watermark, min(newest, started_at) - _WINDOW_NS)
        yield from self._read_all(sorted(found.values()), seen, start, horizon, position)

    def _read_all(
        self,
        entries: list[_Entry],
        seen: dict[str, int],
        start: MaildirPosition,
        horizon: int,
        position: str | None,
    ) -> Iterator[Batch]:
        """Batches, each with the position that holds after it."""
        handled = {base: ctime for base, ctime in seen.items() if ctime >= horizon or base in start.names}
        done = 0
        for chunk in chunks(entries, lambda entry: entry.size):
            done += len(chunk)
            handled |= {entry.base: entry.ctime_ns for entry in chunk}
            complete = done == len(entries)
            watermark = horizon if complete else min(chunk[-1].ctime_ns, horizon)
            here = MaildirPosition(
                watermark,
                frozenset(base for base, ctime in handled.items() if ctime >= watermark),
                None if complete else start.since,
                0 if complete else start.first_until,
            )
            yield Batch(tuple(self._fetched(chunk)), str(here), len(entries) - done)
        if not entries:
            names = frozenset(base for base, ctime in handled.items() if ctime >= horizon)
            here = MaildirPosition(horizon, names)
            if str(here) != position:
                yield Batch((), str(here), 0)

    def _listed(self) -> Iterator[_Entry]:
        """All mail files. One that is moved meanwhile may come twice; one that goes is left out."""
        for folder in _FOLDERS:
            with self._opened(folder) as files:
                yield from _entries(files)

    @contextmanager
    def _opened(self, folder: str) -> Iterator[Iterable[os.DirEntry[str]]]:
        try:
            with os.scandir(self._path / folder) as files:
                yield files
        except OSError as error:
            raise self._fault(error) from error

    def _fetched(self, entries: Iterable[_Entry]) -> Iterator[Fetched]:
        for entry in entries:
            raw = self._read(entry)
            if raw is not None:
                name = entry.base.encode("utf-8", "backslashreplace").decode()
                yield Fetched(name, raw, _moment(entry.mtime))

    def _read(self, entry: _Entry) -> bytes | None:
        """The file's content, also if it moved or got flags since it was listed; None if it is gone."""
        with suppress(FileNotFoundError):
            return self._bytes_of(entry.path)
        for moved in self._listed():
            if moved.base == entry.base:
                with suppress(FileNotFoundError):
                    return self._bytes_of(moved.path)
        return None

    def _bytes_of(self, path: str) -> bytes:
        try:
            return Path(path).read_bytes()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise PlentymsgError(
                f"The mail {path} cannot be read: {error.strerror}.",
                hint="Let the user who runs plentymsg read it; nothing after it was fetched.",
            ) from error

    def _fault(self, error: OSError) -> PlentymsgError:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            what = "is no Maildir: it lacks new and cur" if self._path.is_dir() else "does not exist"
            return NotFound(
                f"The folder {self._path} {what}.",
                hint="Give the folder that holds new, cur and tmp, as the mail server delivers to it.",
            )
        return PlentymsgError(
            f"The Maildir {self._path} cannot be read: {error.strerror}.",
            hint="Let the user who runs plentymsg read the folders new and cur in it.",
        )


def _moment(mtime: float) -> datetime | None:
    """A file's time, or None for one that no calendar has: anybody may set it to any number."""
    try:
        return datetime.fromtimestamp(mtime, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _entries(files: Iterable[os.DirEntry[str]]) -> Iterator[_Entry]:
    for file in files:
        if file.name.startswith("."):
            continue
        try:
            found = file.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # moved or deleted since; if moved, it is or will be listed where it is now
        if stat.S_ISREG(found.st_mode):
            base = file.name.partition(":")[0]
            yield _Entry(found.st_ctime_ns, base, file.path, found.st_size, found.st_mtime)
