"""Take each channel's mail from its source and file it: nothing lost, nothing twice.

A batch is committed together with the position behind it. So a crash costs at most the repetition of
one batch, and the repetition is recognised by the digests of what was filed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from plentymsg.errors import Busy, NotFound, PlentymsgError
from plentymsg.mail.message import Mail
from plentymsg.mail.parse import parse
from plentymsg.mail.source import Batch, Fetched, Source
from plentymsg.messenger import access, connections, matching, threads
from plentymsg.messenger.access import Actor
from plentymsg.rules.marketplaces import marketplaces_of_address
from plentymsg.store import filing, lock, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection, store_at, transaction
from plentymsg.store.filing import AddressLine, AttachmentLine, ConversationRecord, MessageRecord
from plentymsg.store.views import Row

FIRST_FETCH_DAYS = 30
"""How far back a channel's first fetch goes if the channel does not say."""

FUTURE = timedelta(days=1)
"""How far ahead of our clock a Date header may be before it is not believed."""

FIRST_YEAR = 1995
"""A Date before it comes from a clock that was never set."""


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
    quarantined: int
    error: PlentymsgError | None

    def as_json(self) -> dict[str, Any]:
        """The result as `fetch --json` prints it."""
        error = self.error
        shown = None if error is None else {"code": error.code, "message": error.message, "hint": error.hint}
        return {**self._asdict(), "error": shown}


_Defaults = tuple[Sequence[int], Sequence[tuple[int, int]], Sequence[int]]
"""What a channel gives to new conversations: tags, (role, user) of owners, subscribers."""


class _Counts:
    """What has been filed so far."""

    def __init__(self) -> None:
        self.fetched = 0
        self.new_conversations = 0
        self.quarantined = 0


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
    return Result(channel["name"], counts.fetched, counts.new_conversations, counts.quarantined, error)


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
    position = filing.position_of(connection, channel["id"], source.mailbox)
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
    parsed = sorted(((fetched, _parsed(fetched)) for fetched in batch.mails), key=_moment)
    outcome = _Counts()
    with transaction(connection):
        channel = _as_it_is_now(connection, channel)
        defaults = filing.defaults_of_channel(connection, channel["id"])
        for fetched, mail in parsed:
            _file_or_set_aside(connection, channel, mailbox, fetched, mail, defaults, outcome)
        filing.move_position(connection, channel["id"], mailbox, batch.position)
    counts.fetched += outcome.fetched
    counts.new_conversations += outcome.new_conversations
    counts.quarantined += outcome.quarantined


def _parsed(fetched: Fetched) -> Mail | Exception:
    try:
        return parse(fetched.raw)
    except Exception as fault:  # noqa: BLE001 - a mail that beats the parser is set aside, not lost
        return fault


def _as_it_is_now(connection: Connection, channel: Row) -> Row:
    """The channel's row within the transaction: its group or type may have changed since the fetch began."""
    row = views.first(connection, "v_channel", {"id": channel["id"]})
    if row is None:
        raise NotFound(
            f"The channel {channel['name']} was deleted while it was fetched.",
            hint="What was filed by then is kept.",
        )
    return row


def _moment(parsed: tuple[Fetched, Mail | Exception]) -> str:
    fetched, mail = parsed
    return _written(mail.date if isinstance(mail, Mail) else None, fetched.received_at)


def _file_or_set_aside(
    connection: Connection,
    channel: Row,
    mailbox: str,
    fetched: Fetched,
    mail: Mail | Exception,
    defaults: _Defaults,
    counts: _Counts,
) -> None:
    connection.execute("SAVEPOINT mail")
    try:
        if isinstance(mail, Exception):
            raise mail
        _file(connection, channel, fetched, mail, defaults, counts)
    except sqlite3.OperationalError:
        raise  # the store's trouble (full, busy), not the mail's: the whole batch is repeated later
    except Exception as fault:  # noqa: BLE001 - nothing that a mail contains may stop the others
        connection.execute("ROLLBACK TO mail")
        counts.quarantined += filing.set_aside(
            connection,
            channel_id=channel["id"],
            mailbox=mailbox,
            name=fetched.name,
            reason=f"{type(fault).__name__}: {fault}".encode(errors="replace").decode(),
            raw=fetched.raw,
        )
    connection.execute("RELEASE mail")


def _file(
    connection: Connection, channel: Row, fetched: Fetched, mail: Mail, defaults: _Defaults, counts: _Counts
) -> None:
    if not filing.remember(connection, channel["id"], mail.digest):
        return
    written = _written(mail.date, fetched.received_at)
    joined = threads.find(connection, channel["id"], mail)
    conversation_id = joined.conversation_id
    if conversation_id is None:
        conversation_id = _open_conversation(connection, channel, mail, written, defaults)
    record = _record(channel, fetched, mail, written, joined.evidence)
    filing.file_message(connection, conversation_id, record)
    threads.join_answers(connection, channel["id"], mail, conversation_id)
    matching.link(connection, channel, conversation_id, mail.sender.email)
    counts.fetched += 1
    counts.new_conversations += joined.conversation_id is None


def _open_conversation(
    connection: Connection, channel: Row, mail: Mail, written: str, defaults: _Defaults
) -> int:
    tag_ids, owners, subscriber_ids = defaults
    return filing.open_conversation(
        connection,
        ConversationRecord(
            subject=mail.subject,
            channel_id=channel["id"],
            group_id=channel["group_id"],
            type_id=channel["type_id"],
            status_id=channel["status_id"],
            marketplace=channel["marketplace"] or _marketplace_of(mail),
            created_at=written,
            tag_ids=tag_ids,
            owners=owners,
            subscriber_ids=subscriber_ids,
        ),
    )


def _marketplace_of(mail: Mail) -> str | None:
    """The marketplace whose relay the sender is, for a channel that belongs to none."""
    return min(marketplaces_of_address(mail.sender.email), default=None)


def _written(date: datetime | None, received_at: datetime | None) -> str:
    """When a mail was written: its own date if that can be believed, else when it was received."""
    latest = now()
    if date is not None and date <= latest + FUTURE and date.year >= FIRST_YEAR:
        return stamp(date)
    return stamp(min(received_at.astimezone(UTC), latest) if received_at else latest)


def _record(channel: Row, fetched: Fetched, mail: Mail, written: str, evidence: str) -> MessageRecord:
    addresses = [
        AddressLine(field, address.name, address.email)
        for field, held in (("to", mail.to), ("cc", mail.cc), ("reply-to", mail.reply_to))
        for address in held
    ]
    return MessageRecord(
        direction="in",
        channel_id=channel["id"],
        header_id=mail.message_id,
        subject=mail.subject,
        from_name=mail.sender.name,
        from_email=mail.sender.email,
        date=written,
        text=mail.text,
        html=mail.html,
        raw=fetched.raw,
        marks=sorted(mail.marks),
        evidence=evidence,
        addresses=addresses,
        references=threads.ancestors_of(mail),
        attachments=[AttachmentLine(a.name, a.content_type, len(a.content)) for a in mail.attachments],
    )
