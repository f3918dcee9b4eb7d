"""Open the store for one command: to read, or to change something in one transaction.

Reading stands on the bare driver alone; SQLModel is loaded only by what changes the set-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plentymsg.cli.scope import scope
from plentymsg.messenger.access import Actor, identify
from plentymsg.store.driver import Connection, store_at, transaction

if TYPE_CHECKING:
    from sqlmodel import Session


class Desk(NamedTuple):
    """What a command works with: the store, a connection to it, and who acts."""

    store: Path
    connection: Connection
    actor: Actor


class WritingDesk(NamedTuple):
    """The same with a session, whose transaction is committed at the end."""

    store: Path
    session: Session
    connection: Connection
    actor: Actor


def store_path() -> Path:
    """The store that the user named, or their own."""
    named = scope().store
    if named is not None:
        # Resolved: locks and captured mail lie beside the file itself, whichever link leads to it.
        return Path(named).expanduser().resolve()
    from plentymsg.store.location import default_path

    return default_path()


@contextmanager
def reading() -> Iterator[Desk]:
    """Open the store; each use case that writes makes its own transactions on the connection."""
    path = store_path()
    with store_at(path) as connection:
        yield Desk(path, connection, identify(connection, scope().user))


@contextmanager
def working(*, dry_run: bool = False) -> Iterator[Desk]:
    """Open the store in one transaction of the bare driver, kept as `changing` keeps its own."""
    with reading() as desk, transaction(desk.connection, keep=not dry_run):
        yield desk


@contextmanager
def changing(*, dry_run: bool = False) -> Iterator[WritingDesk]:
    """Open the store in one transaction, kept in the end; not after an error or with `dry_run`."""
    from plentymsg.store.engine import driver_of, session_at

    path = store_path()
    with session_at(path) as session:
        connection = driver_of(session)
        yield WritingDesk(path, session, connection, identify(connection, scope().user))
        if dry_run:
            session.rollback()
        else:
            session.commit()
