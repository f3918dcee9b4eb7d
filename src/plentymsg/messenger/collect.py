"""File a mail that another system has sent to a customer, so that the conversation is whole."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from plentymsg.errors import Conflict, InvalidInput
from plentymsg.mail.lighten import without_attachments
from plentymsg.mail.message import Mail
from plentymsg.mail.parse import parse
from plentymsg.messenger import access, channels, collecting, incoming, policy, threads
from plentymsg.messenger.access import Actor
from plentymsg.store import arrivals, filing
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.filing import ConversationRecord, MessageRecord
from plentymsg.store.views import Row


class Collected(NamedTuple):
    """Where a mail is; `is_new` is False for one that was there already."""

    is_new: bool
    conversation_id: int | None
    message_id: int | None
    channel: str


def collect(connection: Connection, actor: Actor, source: str, raw: bytes) -> Collected:
    """File the mail in `raw` as sent, in a transaction of its own. It is not delivered, and not judged.

    Raises InvalidInput for another source than the six or an empty mail, Conflict if collecting is off.
    """
    access.require(actor, access.MESSENGER_UPDATE, access.MESSAGE_CREATE)
    known_source = collecting.source_named(source)
    if not raw.strip():
        raise InvalidInput("There is no mail on standard input.", hint="Pipe one in: … < sent.eml")
    mail = parse(raw)
    with transaction(connection):
        settings = collecting.row_of(connection)
        channel = _channel(connection, settings)
        if not arrivals.remember(connection, channel["id"], mail.digest):
            before = filing.message_in_channel(connection, channel["id"], mail.message_id)
            conversation_id, message_id = before or (None, None)
            return Collected(False, conversation_id, message_id, channel["name"])
        return _file(connection, actor, settings, channel, mail, raw, known_source.key)


def _channel(connection: Connection, settings: Row) -> Row:
    if not settings["active"]:
        raise Conflict(
            "Collecting is switched off, so the mail was not filed.",
            hint="Switch it on with: plentymsg collect set --active --channel NAME",
        )
    if settings["channel_id"] is None:
        raise Conflict(
            "The channel for collected mail was deleted, so the mail was not filed.",
            hint="Name another one with: plentymsg collect set --channel NAME",
        )
    channel = channels.row_of(connection, settings["channel_id"])
    if not channel["active"]:
        raise Conflict(
            f"The channel {channel['name']} is not active, so the mail was not filed.",
            hint=f"Activate it with: plentymsg channel set {channel['name']!r} --active",
        )
    return channel


def _file(
    connection: Connection, actor: Actor, settings: Row, channel: Row, mail: Mail, raw: bytes, source: str
) -> Collected:
    date = incoming.written(mail, None)
    # Its sender is us, who take part everywhere: that joins nothing.
    joined = threads.find(connection, channel["id"], mail, mail.to[0].email if mail.to else "")
    conversation_id = joined.conversation_id
    if conversation_id is None:
        begun = _begun(connection, settings, channel, mail, date)
        conversation_id = filing.open_conversation(connection, begun)
    record = _record(actor, settings, channel, mail, raw, date, f"{joined.evidence}; collected from {source}")
    message_id = filing.file_message(connection, conversation_id, record)
    threads.join_answers(connection, channel["id"], mail, conversation_id)
    return Collected(True, conversation_id, message_id, channel["name"])


def _begun(connection: Connection, settings: Row, channel: Row, mail: Mail, date: str) -> ConversationRecord:
    """A new conversation: in the integration's group, with its tags and not the channel's."""
    known = policy.in_force(connection).policy
    relays = (known.marketplaces_of_address(address.email) for address in mail.to)
    return ConversationRecord(
        subject=mail.subject,
        channel_id=channel["id"],
        group_id=settings["group_id"],
        type_id=None,
        status_id=None,
        marketplace=channel["marketplace"] or min((m for found in relays for m in found), default=None),
        created_at=date,
        tag_ids=filing.tags_of_collecting(connection),
    )


def _record(
    actor: Actor, settings: Row, channel: Row, mail: Mail, raw: bytes, date: str, evidence: str
) -> MessageRecord:
    kept = raw if settings["attachments"] else without_attachments(raw, mail)
    record = incoming.record(channel, kept, mail, date, evidence)
    attachments = record.attachments if settings["attachments"] else ()
    return replace(record, direction="out", attachments=attachments, created_by=actor.id)
