"""File one mail that came in: into which channel and conversation, and who is told of it.

Nothing is lost: what is not filed is set aside whole. Nothing is filed twice: a repetition is recognised by
the digests of what each channel has filed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from plentymsg.mail.message import Mail
from plentymsg.mail.parse import parse
from plentymsg.mail.source import Fetched
from plentymsg.messenger import access, matching, policy, threads
from plentymsg.messenger.routing import Routes, refusal
from plentymsg.store import arrivals, filing, handling, notices
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection
from plentymsg.store.filing import AddressLine, AttachmentLine, ConversationRecord, MessageRecord
from plentymsg.store.views import Row

FUTURE = timedelta(days=1)
"""How far ahead of our clock a Date header may be before it is not believed."""

FIRST_YEAR = 1995
"""A Date before it comes from a clock that was never set."""

_Defaults = tuple[Sequence[int], Sequence[tuple[int, int]], Sequence[int]]
"""What a channel gives to new conversations: tags, (role, user) of owners, subscribers."""


class Taken(NamedTuple):
    """What became of a mail.

    `refused` (its channel does not take it) and `faulty` (it could not be filed) were set aside.
    """

    state: Literal["filed", "known", "refused", "faulty"]
    channel: Row
    reason: str = ""
    conversation_id: int | None = None
    message_id: int | None = None
    is_new: bool = False
    """Whether it began a conversation, or for what was set aside whether it was not yet."""


def parsed(raw: bytes) -> Mail | Exception:
    """The mail in `raw`, or what kept the parser from reading it: then it is set aside, not lost."""
    try:
        return parse(raw)
    except Exception as fault:  # noqa: BLE001 - nothing that a mail contains may stop the others
        return fault


def written(mail: Mail | Exception, received_at: datetime | None) -> str:
    """When a mail was written: its own date if that can be believed, else when it was received."""
    latest = now()
    date = mail.date if isinstance(mail, Mail) else None
    if date is not None and date <= latest + FUTURE and date.year >= FIRST_YEAR:
        return stamp(date)
    return stamp(min(received_at.astimezone(UTC), latest) if received_at else latest)


class Intake:
    """Files mail within one transaction of the caller's, with the channels as they are in it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._defaults: dict[int, _Defaults] = {}
        self.routes = Routes(connection)

    def take(
        self, fetched: Fetched, mail: Mail | Exception, found_in: Row, mailbox: str, envelope: str = ""
    ) -> Taken:
        """File a mail, or set it aside; see `Taken`.

        It goes to the channel whose target address it was sent to, else to the one that it was `found_in`.
        The store's own trouble (it is full, or busy) is raised: the mail must come again later.
        """
        self._connection.execute("SAVEPOINT mail")
        try:
            taken = self._take(fetched, mail, found_in, mailbox, envelope)
        except sqlite3.OperationalError:
            raise
        except Exception as fault:  # noqa: BLE001 - nothing that a mail contains may stop the others
            self._connection.execute("ROLLBACK TO mail")
            taken = self._set_aside("faulty", fetched, found_in, mailbox, f"{type(fault).__name__}: {fault}")
        self._connection.execute("RELEASE mail")
        return taken

    def _take(
        self, fetched: Fetched, mail: Mail | Exception, found_in: Row, mailbox: str, envelope: str
    ) -> Taken:
        if isinstance(mail, Exception):
            raise mail
        target = self.routes.channel_of(mail, envelope)
        channel = target or found_in
        if self.routes.has_filed(channel, mail):
            return Taken("known", channel)
        reason = refusal(target, mail) if target else ""
        if reason:
            return self._set_aside("refused", fetched, channel, mailbox, reason)
        return self._file(fetched, mail, channel)

    def _set_aside(
        self, state: Literal["refused", "faulty"], fetched: Fetched, channel: Row, mailbox: str, reason: str
    ) -> Taken:
        is_new = arrivals.set_aside(
            self._connection,
            channel_id=channel["id"],
            mailbox=mailbox,
            # Neither may stop a mail from being kept: they can hold bytes that are no text.
            name=fetched.name.encode(errors="replace").decode(),
            reason=reason.encode(errors="replace").decode(),
            raw=fetched.raw,
        )
        return Taken(state, channel, reason, is_new=is_new)

    def _file(self, fetched: Fetched, mail: Mail, channel: Row) -> Taken:
        connection, channel_id = self._connection, channel["id"]
        arrivals.remember(connection, channel_id, mail.digest)
        date = written(mail, fetched.received_at)
        joined = threads.find(connection, channel_id, mail, mail.sender.email)
        conversation_id = joined.conversation_id
        if conversation_id is None:
            conversation_id = self._open_conversation(channel, mail, date)
        message_id = filing.file_message(
            connection, conversation_id, record(channel, fetched.raw, mail, date, joined.evidence)
        )
        handling.add_tags_of_channel(connection, conversation_id, channel_id)
        notices.tell(
            connection,
            message_id,
            everyone_with=access.MESSENGER_READ if channel["notifications"] else None,
        )
        threads.join_answers(connection, channel_id, mail, conversation_id)
        matching.link(connection, channel, conversation_id, mail.sender.email)
        return Taken(
            "filed",
            channel,
            conversation_id=conversation_id,
            message_id=message_id,
            is_new=joined.conversation_id is None,
        )

    def _open_conversation(self, channel: Row, mail: Mail, date: str) -> int:
        if channel["id"] not in self._defaults:
            self._defaults[channel["id"]] = filing.defaults_of_channel(self._connection, channel["id"])
        tag_ids, owners, subscriber_ids = self._defaults[channel["id"]]
        return filing.open_conversation(
            self._connection,
            ConversationRecord(
                subject=mail.subject,
                channel_id=channel["id"],
                group_id=channel["group_id"],
                type_id=channel["type_id"],
                status_id=channel["status_id"],
                marketplace=channel["marketplace"] or _marketplace_of(self._connection, mail),
                created_at=date,
                tag_ids=tag_ids,
                owners=owners,
                subscriber_ids=subscriber_ids,
            ),
        )


def _marketplace_of(connection: Connection, mail: Mail) -> str | None:
    """The marketplace whose relay the sender is, for a channel that belongs to none."""
    known = policy.in_force(connection).policy
    return min(known.marketplaces_of_address(mail.sender.email), default=None)


def record(channel: Row, raw: bytes, mail: Mail, date: str, evidence: str) -> MessageRecord:
    """A parsed mail as a message to be filed: one that came in, unless it is changed."""
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
        date=date,
        text=mail.text,
        html=mail.html,
        raw=raw,
        marks=sorted(mail.marks),
        evidence=evidence,
        addresses=addresses,
        references=threads.ancestors_of(mail),
        attachments=[AttachmentLine(a.name, a.content_type, len(a.content)) for a in mail.attachments],
    )
