"""SQLModel sessions over a store: how a person's changes are written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from plentymsg.store.driver import Connection, explain, explaining, open_store


@contextmanager
def session_at(path: Path) -> Iterator[Session]:
    """A session on the store at `path`, in a transaction that has the write lock.

    The caller commits; what is not committed by then is rolled back.
    """
    try:
        with Session(_engine(path), expire_on_commit=False) as session:
            session.connection()
            with explaining(path):
                yield session
    except DatabaseError as fault:
        if isinstance(fault.orig, sqlite3.DatabaseError):
            raise explain(fault.orig, path) from fault
        raise


def driver_of(session: Session) -> Connection:
    """The bare connection under `session`, within the same transaction: for views and the engine room."""
    session.flush()
    return cast(Connection, session.connection().connection.driver_connection)


def _engine(path: Path) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: open_store(path), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection) -> None:  # type: ignore[no-untyped-def]
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
