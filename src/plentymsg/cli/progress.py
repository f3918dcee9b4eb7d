"""How far a long run is: bars on a terminal, now and then a line in a log."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from plentymsg.cli.terminal import is_plain, printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LINE_EVERY = 10.0
"""Seconds between two lines about the same task where there is no terminal."""


class Report(Protocol):
    """Told how far a task is. `total` is None while nobody knows. Several threads may call it."""

    def __call__(self, *, task: str, done: int, total: int | None = None) -> None: ...


@contextmanager
def progress(quiet: bool) -> Iterator[Report]:
    """Show on stderr what is reported: nothing if `quiet`, bars on a terminal, lines elsewhere."""
    if quiet:
        yield _silence
    elif sys.stderr.isatty() and not is_plain():
        with _bars() as bars:
            yield _Bars(bars)
    else:
        lines = _Lines()
        yield lines
        lines.finish()


def _silence(*, task: str, done: int, total: int | None = None) -> None:
    pass


class _Lines:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}
        self._owed: dict[str, str] = {}

    def __call__(self, *, task: str, done: int, total: int | None = None) -> None:
        now = time.monotonic()
        line = f"{printable(task)}: {done}" + ("" if total is None else f" of {total}")
        with self._lock:
            self._owed[task] = line
            if done == total or now - self._last.setdefault(task, now) >= LINE_EVERY:
                self._last[task] = now
                self._write(task)

    def finish(self) -> None:
        """Write the last state of each task that was not written yet."""
        with self._lock:
            for task in list(self._owed):
                self._write(task)

    def _write(self, task: str) -> None:
        sys.stderr.write(self._owed.pop(task) + "\n")
        sys.stderr.flush()


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True, markup=False, emoji=False, highlight=False),
    )


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._lock = threading.Lock()
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, *, task: str, done: int, total: int | None = None) -> None:
        with self._lock:
            if task not in self._tasks:
                self._tasks[task] = self._bars.add_task(printable(task), total=total)
            self._bars.update(self._tasks[task], completed=done, total=total)
