"""Make a store, and bring an older one up to date.

On SQLite, Alembic's batch mode with foreign keys on deletes child rows without a word, and fails on a
table that has a view. So: back up; foreign keys off; one transaction in which the views are
dropped, the revisions run, the views are made again and the foreign keys are checked.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from plentymsg.errors import StoreFault
from plentymsg.store import sharing, views
from plentymsg.store.driver import BUSY_SECONDS, Connection, explaining, missing, revision_of, too_new
from plentymsg.store.revisions import APPLICATION_ID, HEAD, REVISIONS


class Made(NamedTuple):
    """Whether a store was made or migrated, and the copy of what an older one was before."""

    changed: bool
    backup: Path | None = None


def make(path: Path) -> Made:
    """Make the store at `path`, with its folder, or bring it up to date.

    Raises StoreFault if the folder cannot be written, or the file is no store of ours or too new.
    """
    _make_folder(path)
    return _bring_up_to_date(path)


def migrate(path: Path) -> Made:
    """Bring the existing store at `path` up to date.

    Raises StoreFault if there is none, or it is no store of ours or too new.
    """
    if not path.exists():
        raise missing(path)
    return _bring_up_to_date(path)


def backup(path: Path, *, suffix: str) -> Path:
    """Copy the store at `path` beside itself, consistently even while others write; return the copy."""
    copy = path.with_name(f"{path.name}.{suffix}")
    with (
        explaining(path),
        contextlib.closing(sqlite3.connect(path)) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    copy.chmod(sharing.file_mode(path))
    return copy


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreFault(
            f"The folder {path.parent} cannot be made: {fault.strerror}.",
            hint="Name another place with --store, or make the folder yourself.",
        ) from fault
    if path.is_dir():
        raise StoreFault(f"{path} is a folder.", hint="Name the store's file with --store.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise StoreFault(
            f"The folder {path.parent} is not writable.",
            hint="Name another place with --store, or change the folder's permissions.",
        )


def _bring_up_to_date(path: Path) -> Made:
    with explaining(path), _opened(path) as connection:
        revision = revision_of(connection, path)
        if revision == HEAD:
            return Made(changed=False)
        if revision is not None and revision not in REVISIONS:
            raise too_new(path, revision)
        copy = None
        if revision is not None:
            copy = backup(path, suffix=f"{revision}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = OFF")
        _upgrade(connection, path)
        return Made(changed=True, backup=copy)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    fresh = not path.exists()
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        if fresh:
            path.chmod(0o600)
        yield connection
    finally:
        connection.close()


def _upgrade(connection: Connection, path: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another run may have been quicker while we waited for the lock.
        if revision_of(connection, path) != HEAD:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _drop_views(connection)
            _run_revisions(connection)
            for statement in views.statements():
                connection.execute(statement)
            _check_foreign_keys(connection, path)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _drop_views(connection: Connection) -> None:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        connection.execute(f'DROP VIEW "{name}"')


def _run_revisions(connection: Connection) -> None:
    """Let Alembic run what is missing, inside the transaction that is already open on `connection`."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    config = Config()
    config.set_main_option("script_location", "plentymsg:store/migrations")
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    # Our caller ends the transaction: SQLAlchemy, which would on leaving, must not.
    engine.dialect.do_commit = _leave  # type: ignore[assignment,method-assign]
    engine.dialect.do_rollback = _leave  # type: ignore[assignment,method-assign]
    with engine.connect() as bound:
        config.attributes["connection"] = bound
        command.upgrade(config, "head")


def _leave(_: object) -> None:
    return None


def _check_foreign_keys(connection: Connection, path: Path) -> None:
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise StoreFault(
            f"Migrating the store {path} would leave {len(orphans)} rows without what they refer to.",
            hint="Nothing was changed; please report this with the output of: plentymsg store info",
        )
