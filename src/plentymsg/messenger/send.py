"""Accept a message for delivery: write it, judge it, and put it into the outbox."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from plentymsg.errors import Conflict, InvalidInput
from plentymsg.mail.compose import Outgoing, compose, new_message_id
from plentymsg.mail.message import Address
from plentymsg.messenger import (
    access,
    audience,
    judging,
    policy,
    recipients,
    relations,
    skipping,
    writing,
)
from plentymsg.messenger.access import Actor
from plentymsg.messenger.answering import Thread, customer_of, parent_in, subject_answering, thread_below
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.sending_channel import channel_of, require_active
from plentymsg.messenger.writing import Given, Written
from plentymsg.rules.draft import Recipient
from plentymsg.rules.violation import Violation
from plentymsg.store import filing, handling, history, ledger
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection
from plentymsg.store.filing import AddressLine, AttachmentLine, ConversationRecord, MessageRecord
from plentymsg.store.views import Row


@dataclass(frozen=True, slots=True)
class Terms:
    """How a message is to be sent: mended first if that is safe, not before a time, once for each key."""

    fix: bool = False
    not_before: datetime | None = None
    key: str | None = None
    digest: str = ""
    """Of what is asked for under `key`: see `digest_of`."""


class Queued(NamedTuple):
    """A message in the outbox; all besides is for the person who sent it."""

    message_id: int
    warnings: tuple[str, ...]
    doubts: tuple[Violation, ...] = ()
    """What a marketplace may object to, though it does not stop the message."""
    changes: tuple[tuple[str, str, str], ...] = ()
    """What was mended, as `judging.changes` tells it."""


def digest_of(channel: str | None, to: Sequence[str], given: Given) -> str:
    """What tells one request from another, as it was given."""
    parts = [channel, sorted(to), given.subject, given.text, given.html, given.template]
    parts += [] if given.language is None else [given.language]
    files = [(a.name, hashlib.sha256(a.content).hexdigest()) for a in given.attachments]
    return hashlib.sha256(json.dumps([parts, files]).encode()).hexdigest()


def already_sent(connection: Connection, actor: Actor, terms: Terms) -> int | None:
    """The message that was sent under the terms' key before, if there is one.

    Raises Conflict if that was something else: the script has used the key twice.
    """
    access.require(actor, access.MESSAGE_CREATE, access.MESSENGER_UPDATE)
    found = None if terms.key is None else filing.message_with_key(connection, terms.key)
    if found is None:
        return None
    message_id, digest = found
    if digest != terms.digest:
        raise Conflict(
            f"Another message was sent under the key {terms.key!r}: message {message_id}.",
            hint=f"Give each message a key of its own; see: plentymsg outbox show {message_id}",
        )
    return message_id


def send(
    connection: Connection, actor: Actor, channel: Row, to: Sequence[str], given: Given, terms: Terms
) -> Queued:
    """Begin a conversation with a message, and queue it, in the caller's transaction.

    Raises RuleBroken if its marketplaces would reject it, InvalidInput, NotFound, Conflict.
    """
    access.require(actor, access.MESSENGER_CREATE, access.MESSAGE_CREATE)
    require_active(channel)
    addressed = recipients.resolve(connection, recipients.parse(to))
    if not addressed:
        raise InvalidInput("The message has no recipient.", hint="Give at least one with --to.")
    full_name = next((address.name for _, address in addressed if address and address.name), "")
    about = audience.of_message(connection, actor, [recipient for recipient, _ in addressed])
    variables = writing.variables_of(
        connection, channel, user_id=actor.id, full_name=full_name, title=given.subject or ""
    )
    written = writing.write(
        connection,
        given,
        template_id=channel["template_new_id"],
        variables={**variables, **about.variables},
        wish=about.wish,
    )
    return _queue(connection, actor, channel, addressed, written, terms, None)


def reply(
    connection: Connection, actor: Actor, conversation: Row, to: Sequence[str], given: Given, terms: Terms
) -> Queued:
    """Answer a conversation's customer (and `to` besides), and queue it, in the caller's transaction.

    Raises as `send` does.
    """
    access.require(actor, access.MESSAGE_CREATE, access.MESSENGER_UPDATE)
    channel = channel_of(connection, conversation)
    require_active(channel)
    parent = parent_in(connection, conversation)
    addressed = [
        *recipients.of_customer(customer_of(parent)),
        *recipients.resolve(connection, recipients.parse(to)),
    ]
    if not addressed:
        raise InvalidInput(
            f"Conversation {conversation['id']} has no address to answer to.", hint="Give one with --to."
        )
    variables = writing.variables_of(
        connection,
        channel,
        user_id=actor.id,
        full_name=parent["from_name"] if parent["direction"] == "in" else "",
    )
    about = audience.of_message(connection, actor, [recipient for recipient, _ in addressed], conversation)
    written = writing.write(
        connection,
        given,
        template_id=channel["template_reply_id"],
        usual_subject=subject_answering(conversation["subject"]),
        variables={**variables, **about.variables},
        wish=about.wish,
    )
    thread = thread_below(connection, conversation, parent)
    return _queue(connection, actor, channel, addressed, written, terms, thread)


def _queue(
    connection: Connection,
    actor: Actor,
    channel: Row,
    addressed: Sequence[tuple[Recipient, Address | None]],
    written: Written,
    terms: Terms,
    thread: Thread | None,
) -> Queued:
    group_system = thread.conversation["group_system"] if thread else None
    addressed, skipped = skipping.sift(channel, recipients.each_once(addressed))
    given = [recipient for recipient, _ in addressed]
    standard = _standard(connection, terms)
    asked = judging.marketplaces_of(standard.policy, given, channel=channel, group_system=group_system)
    through = judging.marketplace_of_channel(standard.policy, channel)
    draft = judging.draft_of(written, given, asked, through)
    as_given = written
    if terms.fix:
        written, draft = judging.mended(written, draft, standard)
    doubts = judging.require_allowed(written, draft, standard)
    writing.require_sendable(written)
    to = recipients.require_addresses(connection, addressed)
    outgoing = _outgoing(channel, to, written, thread)
    conversation_id = thread.conversation["id"] if thread else _begin(connection, channel, outgoing, asked)
    message_id = filing.file_message(
        connection, conversation_id, _record(actor, channel, outgoing, written.template_id, thread, terms)
    )
    handling.add_tags_of_channel(connection, conversation_id, channel["id"])
    if thread is None:
        filing.relate(
            connection, conversation_id, relations.of_recipients(connection, [*addressed, *skipped])
        )
    lines = recipients.lines(addressed)
    ledger.enqueue(connection, message_id, lines, terms.not_before or now())
    ledger.note_skipped(connection, message_id, skipping.lines(skipped))
    history.record(
        connection,
        user_id=actor.id,
        kind="conversation",
        thing_id=conversation_id,
        action="replied" if thread else "begun",
        after={"message": message_id, "to": [address for address, _ in lines], "subject": written.subject},
    )
    told = skipping.told(channel, skipped, is_anyone_left=bool(lines))
    changes = tuple(judging.changes(as_given, written))
    return Queued(message_id, (*told, *written.warnings), doubts, changes)


def _standard(connection: Connection, terms: Terms) -> Standard:
    """What holds on the day on which the message is to leave: delivery would hold it back by that."""
    standard = policy.in_force(connection)
    if terms.not_before is None:
        return standard
    return standard._replace(on=max(standard.on, terms.not_before.astimezone(UTC).date()))


def _outgoing(channel: Row, to: Sequence[Address], written: Written, thread: Thread | None) -> Outgoing:
    references = thread.references if thread else ()
    return Outgoing(
        sender=Address(channel["sender_name"], channel["sender_email"]),
        to=tuple(to),
        cc=(),
        bcc=(),
        subject=written.subject,
        text=written.text,
        html=written.html,
        attachments=written.attachments,
        message_id=new_message_id(channel["sender_email"].rpartition("@")[2]),
        date=now(),
        in_reply_to=references[-1] if references else "",
        references=references,
    )


def _begin(connection: Connection, channel: Row, outgoing: Outgoing, marketplaces: frozenset[str]) -> int:
    tag_ids, owners, subscriber_ids = filing.defaults_of_channel(connection, channel["id"])
    return filing.open_conversation(
        connection,
        ConversationRecord(
            subject=outgoing.subject,
            channel_id=channel["id"],
            group_id=channel["group_id"],
            type_id=channel["type_id"],
            status_id=channel["status_id"],
            marketplace=channel["marketplace"] or min(marketplaces, default=None),
            created_at=stamp(outgoing.date),
            tag_ids=tag_ids,
            owners=owners,
            subscriber_ids=subscriber_ids,
        ),
    )


def _record(
    actor: Actor,
    channel: Row,
    outgoing: Outgoing,
    template_id: int | None,
    thread: Thread | None,
    terms: Terms,
) -> MessageRecord:
    return MessageRecord(
        direction="out",
        channel_id=channel["id"],
        header_id=outgoing.message_id,
        subject=outgoing.subject,
        from_name=outgoing.sender.name,
        from_email=outgoing.sender.email,
        date=stamp(outgoing.date),
        text=outgoing.text,
        html=outgoing.html,
        raw=compose(outgoing),
        evidence="written here",
        addresses=[AddressLine("to", a.name, a.email) for a in outgoing.to],
        references=thread.references if thread else (),
        attachments=[AttachmentLine(a.name, a.content_type, len(a.content)) for a in outgoing.attachments],
        key=terms.key,
        key_digest=terms.digest if terms.key is not None else None,
        created_by=actor.id,
        template_id=template_id,
    )
