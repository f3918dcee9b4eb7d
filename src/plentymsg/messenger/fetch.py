"""Take each channel's mail from its source and file it: nothing lost, nothing twice.

A batch is committed together with the position behind it. So a crash costs at most the repetition of
one batch, and the repetition is recognised by the digests of what was filed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from plentymsg.errors import Busy, NotFound, PlentymsgError
from plentymsg.mail.source import Batch, Source
from plentymsg.messenger import access, connections, incoming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.incoming import Intake, Taken
from plentymsg.store import arrivals, lock, views
from plentymsg.store.clock import now
from plentymsg.store.driver import Connection, store_at, transaction
from plentymsg.store.views import Row

FIRST_FETCH_DAYS = 30
"""How far back a channel's first fetch goes if the channel does not say."""


class Report(NamedTuple):
    """How far the fetch of a channel is; `total` mails are known so far."""

    channel: str
    done: int
    total: int


class Result(NamedTuple):
    """What the fetch of one channel did, or why it ended early; what it had done by then is kept."""

    channel: str
    fetched: int
    new_conversations: int
    refused: int
    """Set aside because its channel does not take it, as it was told to."""
    quarantined: int
    """Set aside because it could not be filed."""
    error: PlentymsgError | None

    def as_json(self) -> dict[str, Any]:
        """The result as `fetch --json` prints it."""
        error = self.error
        shown = None if error is None else {"code": error.code, "message": error.message, "hint": error.hint}
        return {**self._asdict(), "error": shown}


class _Counts:
    """What has been filed so far."""

    def __init__(self) -> None:
        self.fetched = 0
        self.new_conversations = 0
        self.refused = 0
        self.quarantined = 0

    def add(self, taken: Taken) -> None:
        """Count what became of a mail; what was set aside before is not counted again."""
        self.fetched += taken.state == "filed"
        self.new_conversations += taken.state == "filed" and taken.is_new
        self.refused += taken.state == "refused" and taken.is_new
        self.quarantined += taken.state == "faulty" and taken.is_new

    def include(self, others: _Counts) -> None:
        """Add up."""
        for name, count in vars(others).items():
            setattr(self, name, getattr(self, name) + count)


def fetch(store: Path, actor: Actor, channel: Row, report: Callable[[Report], None]) -> Result:
    """Fetch the new mail of one channel (a row of `v_channel`), on a connection of its own.

    Faults of the channel are in the result; only Forbidden is raised.
    """
    access.require(actor, access.MESSENGER_UPDATE, access.MESSAGE_CREATE)
    counts = _Counts()
    error: PlentymsgError | None = None
    try:
        with store_at(store) as connection:
            source = connections.source_of(connection, channel)
            with _alone(store, channel):
                _fetch_all(connection, channel, source, counts, report)
    except PlentymsgError as fault:
        error = fault
    except Exception as fault:  # noqa: BLE001 - a fault of one channel must not stop the others
        told = f"{type(fault).__name__}: {fault}"
        error = PlentymsgError(
            f"Fetching {channel['name']} met an error that plentymsg did not expect: {told}",
            hint="What was filed by then is kept; please report it.",
        )
    return Result(
        channel["name"], counts.fetched, counts.new_conversations, counts.refused, counts.quarantined, error
    )


def lock_name(channel_id: int) -> str:
    """The name of the lock on a channel's fetch."""
    return f"fetch-{channel_id}"


@contextmanager
def _alone(store: Path, channel: Row) -> Iterator[None]:
    """One run at a time a channel. Raises Busy if another one is at it."""
    with lock.hold(store, lock_name(channel["id"])) as free:
        if not free:
            raise Busy(
                f"Another run is fetching {channel['name']}.",
                hint="Nothing was done here; repeat it when the other run has ended.",
            )
        yield


def _fetch_all(
    connection: Connection, channel: Row, source: Source, counts: _Counts, report: Callable[[Report], None]
) -> None:
    position = arrivals.position_of(connection, channel["id"], source.mailbox)
    done = 0
    for batch in source.batches(position, _since(channel)):
        file_batch(connection, channel, source.mailbox, batch, counts)
        done += len(batch.mails)
        report(Report(channel["name"], done, done + batch.remaining))


def _since(channel: Row) -> date:
    if channel["since"]:
        return date.fromisoformat(channel["since"])
    return now().date() - timedelta(days=FIRST_FETCH_DAYS)


def file_batch(connection: Connection, channel: Row, mailbox: str, batch: Batch, counts: _Counts) -> None:
    """File a batch and move the mailbox's position behind it, in one transaction.

    Within the batch, mail is filed in the order in which it was written: a question before its answers.
    """
    mails = [(fetched, incoming.parsed(fetched.raw)) for fetched in batch.mails]
    mails.sort(key=lambda pair: incoming.written(pair[1], pair[0].received_at))
    outcome = _Counts()
    with transaction(connection):
        channel = _as_it_is_now(connection, channel)
        intake = Intake(connection)
        for fetched, mail in mails:
            outcome.add(intake.take(fetched, mail, channel, mailbox))
        arrivals.move_position(connection, channel["id"], mailbox, batch.position)
    counts.include(outcome)


def _as_it_is_now(connection: Connection, channel: Row) -> Row:
    """The channel's row within the transaction: its group or type may have changed since the fetch began."""
    row = views.first(connection, "v_channel", {"id": channel["id"]})
    if row is None:
        raise NotFound(
            f"The channel {channel['name']} was deleted while it was fetched.",
            hint="What was filed by then is kept.",
        )
    return row
