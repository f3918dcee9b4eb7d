"""The bare driver: open a store, hold a transaction, and say in plain words what went wrong.

Importing this costs a few milliseconds; importing SQLModel costs half a second. So whatever
only reads, and the engine room (fetching, the ledger), stands on this module alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plentymsg.errors import Busy, PlentymsgError, StoreFault
from plentymsg.store.revisions import APPLICATION_ID, HEAD, REVISIONS

Connection = sqlite3.Connection

BUSY_SECONDS = 10.0
"""How long a writer waits for another one before it gives up."""


def open_store(path: Path, *, read_only: bool = False) -> Connection:
    """Open the store at `path`, which must be ours and of this version.

    Writing is durable: a committed transaction survives a power cut (`synchronous=FULL`).

    Raises StoreFault if there is none, it is not ours, too old, too new or not readable.
    """
    with explaining(path):
        connection = _connect(path, read_only=read_only)
        try:
            _check(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def store_at(path: Path, *, read_only: bool = False) -> Iterator[Connection]:
    """Open the store at `path`, explain its faults, and close it in the end."""
    connection = open_store(path, read_only=read_only)
    try:
        with explaining(path):
            yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: Connection, *, keep: bool = True) -> Iterator[None]:
    """Commit what is done inside, or nothing of it; nothing in any case without `keep`, for a rehearsal.

    `BEGIN IMMEDIATE` takes the write lock at once: a transaction that begins with reading
    can otherwise fail half way, when another writer was quicker.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    else:
        if keep:
            connection.commit()
        else:
            connection.rollback()


def state_of(connection: Connection) -> int:
    """A number that is another one once somebody else has changed the store."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def prepare(connection: Connection) -> None:
    """Make a new connection ours: foreign keys on, waiting for other writers, durable commits."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences that a user can act on."""
    try:
        yield
    except sqlite3.DatabaseError as fault:
        raise explain(fault, path) from fault


def explain(fault: sqlite3.DatabaseError, path: Path) -> PlentymsgError:
    """What `fault` means for someone who uses the store at `path`."""
    name = getattr(fault, "sqlite_errorname", None) or ""
    if name.startswith("SQLITE_NOTADB"):
        return not_ours(path)
    for prefixes, kind, message, hint in _FAULTS:
        if name.startswith(prefixes):
            return kind(message.format(path=path, fault=fault), hint=hint)
    return StoreFault(f"The store {path} refused: {fault}.", hint="Repeat it with --debug to see where.")


_FAULTS: tuple[tuple[tuple[str, ...], type[PlentymsgError], str, str], ...] = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        Busy,
        "The store {path} is being written by another plentymsg.",
        "What was done before that is kept; repeat the command in a moment.",
    ),
    (
        ("SQLITE_FULL",),
        StoreFault,
        "The disk that holds the store {path} is full.",
        "Nothing of this step was kept; free some space and repeat the command.",
    ),
    (
        ("SQLITE_READONLY", "SQLITE_PERM"),
        StoreFault,
        "The store {path} cannot be written.",
        "Check the permissions of the file and of its folder.",
    ),
    (
        ("SQLITE_CANTOPEN",),
        StoreFault,
        "The store {path} cannot be opened.",
        "Check that the folder exists and that you may read and write in it.",
    ),
    (
        ("SQLITE_IOERR",),
        StoreFault,
        "The disk that holds the store {path} failed or is full ({fault}).",
        "Nothing of this step was kept; check the disk and repeat the command.",
    ),
    (
        ("SQLITE_CORRUPT",),
        StoreFault,
        "The store {path} is damaged: {fault}.",
        "Keep the file as it is, and go back to the newest copy of it.",
    ),
)


def not_ours(path: Path) -> StoreFault:
    """The error for a file that is something else than a store."""
    return StoreFault(
        f"{path} is not a plentymsg store.",
        hint="Name another file with --store; this one was left as it is.",
    )


def missing(path: Path) -> StoreFault:
    """The error for a store that has not been made yet."""
    return StoreFault(f"There is no store at {path}.", hint="Make one with: plentymsg init")


def revision_of(connection: Connection, path: Path) -> str | None:
    """The migration at which the store at `path` stands; None for an empty file.

    Raises StoreFault if it is not ours.
    """
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0]
    if empty and application_id in (0, APPLICATION_ID):
        return None
    if application_id != APPLICATION_ID:
        raise not_ours(path)
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def too_new(path: Path, revision: str) -> StoreFault:
    """The error for a store that a newer plentymsg has migrated."""
    return StoreFault(
        f"The store {path} was made by a newer plentymsg (its schema is {revision}, this one knows {HEAD}).",
        hint="Install the newer plentymsg here too; the store was left as it is.",
    )


def _connect(path: Path, *, read_only: bool) -> Connection:
    if not path.exists():
        raise missing(path)
    # isolation_level=None: we begin and commit ourselves, so that DDL is inside transactions too.
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def _check(connection: Connection, path: Path) -> None:
    prepare(connection)
    revision = revision_of(connection, path)
    if revision is None:
        raise missing(path)
    if revision not in REVISIONS:
        raise too_new(path, revision)
    if revision != HEAD:
        raise StoreFault(
            f"The store {path} is older than this plentymsg (its schema is {revision}, not {HEAD}).",
            hint="Bring it up to date with: plentymsg store migrate",
        )
