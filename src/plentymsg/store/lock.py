"""Locks that die with their process.

A row in the database outlives a `kill -9`, and a time limit on it is either too short for a slow
mailbox or too long for the next run. The kernel frees a file lock the moment its process ends.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plentymsg.store import sharing
from plentymsg.store.location import locks_path


@contextmanager
def hold(store: Path, name: str) -> Iterator[bool]:
    """Try to take the lock `name` beside `store`; say whether it was free. Freed at the end, or by death."""
    descriptor = _open(store, name)
    try:
        yield _take(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def lease(store: Path) -> Iterator[str]:
    """A name for this run that others can see to be alive, with `is_alive`, until it ends or dies."""
    name = f"lease-{uuid.uuid4().hex}"
    path = locks_path(store) / name
    with hold(store, name):
        try:
            yield name
        finally:
            path.unlink(missing_ok=True)


def is_alive(store: Path, name: str) -> bool:
    """Whether the run that took `lease` `name` still goes on."""
    path = locks_path(store) / name
    if not path.exists():
        return False
    with hold(store, name) as free:
        if free:
            path.unlink(missing_ok=True)
        return not free


def _open(store: Path, name: str) -> int:
    folder = locks_path(store)
    sharing.make_folder(store, folder)
    return sharing.open_file(store, folder / name)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
