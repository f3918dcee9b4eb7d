"""The cost of a query as SQLite counts it, which is the same on every machine."""

from __future__ import annotations

from collections.abc import Callable

from plentymsg.store.driver import Connection


def steps(connection: Connection, act: Callable[[], object]) -> int:
    """How many instructions of SQLite's virtual machine it takes to `act`."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    connection.set_progress_handler(count, 1)
    try:
        act()
    finally:
        connection.set_progress_handler(None, 0)
    return taken
