"""Accept a message for delivery: write it, judge it, and put it into the outbox."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from plentymsg.errors import Conflict, InvalidInput, NotFound
from plentymsg.mail.compose import Outgoing, compose, new_message_id
from plentymsg.mail.message import Address
from plentymsg.messenger import (
    access,
    audience,
    judging,
    naming,
    policy,
    recipients,
    relations,
    skipping,
    writing,
)
from plentymsg.messenger.access import Actor
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.recipients import is_usable
from plentymsg.messenger.writing import Given, Written
from plentymsg.rules.draft import Recipient
from plentymsg.store import filing, handling, history, ledger, views
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
    """A message in the outbox; `warnings` are for the person who sent it."""

    message_id: int
    warnings: tuple[str, ...]


class _Thread(NamedTuple):
    """Where an answer hangs: its conversation, and the Message-IDs above it, the nearest last."""

    conversation: Row
    references: tuple[str, ...]


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
    _require_active(channel)
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
    channel = _channel_of(connection, conversation)
    _require_active(channel)
    parent = _parent(connection, conversation["id"])
    addressed = [
        *recipients.of_customer(_customer(parent)),
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
        usual_subject=_answering(conversation["subject"]),
        variables={**variables, **about.variables},
        wish=about.wish,
    )
    references = (*filing.references_of(connection, parent["id"]), parent["header_id"])
    thread = _Thread(conversation, tuple(filter(None, dict.fromkeys(references))))
    return _queue(connection, actor, channel, addressed, written, terms, thread)


def sending_channel(connection: Connection, actor: Actor, name: str | None) -> Row:
    """The channel named, else the default one, as a row of `v_channel`.

    Raises NotFound for an unknown name, InvalidInput if none is named and none is the default.
    """
    access.require(actor, access.MESSENGER_READ)
    rows = views.select(connection, "v_channel", order_by="name")
    if name is not None:
        wanted = naming.find(name, naming.candidates(rows, shown="name"), "channel")
        return next(row for row in rows if row["id"] == wanted)
    if not rows:
        raise NotFound(
            "There is no channel yet, so nothing can be sent.",
            hint="Add one with: plentymsg channel add NAME; "
            "without one: plentymsg conversation whisper --new --subject SUBJECT --text NOTE",
        )
    default = next((row for row in rows if row["is_default"]), None)
    if default is None:
        listed = ", ".join(row["name"] for row in rows[:8])
        raise InvalidInput(
            "No channel is the default one.", hint=f"Name one with --channel; there are: {listed}."
        )
    return default


def _channel_of(connection: Connection, conversation: Row) -> Row:
    """The row of `v_channel` of a conversation. InvalidInput if it has none, NotFound if it is gone."""
    if conversation["channel_id"] is None:
        raise InvalidInput(
            f"Conversation {conversation['id']} has no channel, so nothing can be sent in it.",
            hint="Write to a customer with: plentymsg send --to ADDRESS; "
            f"to colleagues: plentymsg conversation whisper {conversation['id']} --text NOTE",
        )
    channel = views.first(connection, "v_channel", {"id": conversation["channel_id"]})
    if channel is None:
        raise NotFound(
            "The channel of this conversation does not exist any more.",
            hint="Write to the customer anew with: plentymsg send --channel NAME --to ADDRESS",
        )
    return channel


def _queue(
    connection: Connection,
    actor: Actor,
    channel: Row,
    addressed: Sequence[tuple[Recipient, Address | None]],
    written: Written,
    terms: Terms,
    thread: _Thread | None,
) -> Queued:
    group_system = thread.conversation["group_system"] if thread else None
    addressed, skipped = skipping.sift(channel, recipients.each_once(addressed))
    given = [recipient for recipient, _ in addressed]
    standard = _standard(connection, terms)
    asked = judging.marketplaces_of(standard.policy, given, channel=channel, group_system=group_system)
    through = judging.marketplace_of_channel(standard.policy, channel)
    draft = judging.draft_of(written, given, asked, through)
    if terms.fix:
        written, draft = judging.mended(written, draft, standard)
    warnings = judging.require_allowed(written, draft, standard)
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
    return Queued(message_id, (*told, *written.warnings, *(f"{w.code} {w.message}" for w in warnings)))


def _standard(connection: Connection, terms: Terms) -> Standard:
    """What holds on the day on which the message is to leave: delivery would hold it back by that."""
    standard = policy.in_force(connection)
    if terms.not_before is None:
        return standard
    return standard._replace(on=max(standard.on, terms.not_before.astimezone(UTC).date()))


def _require_active(channel: Row) -> None:
    if not channel["active"]:
        raise Conflict(
            f"The channel {channel['name']} is not active, so it sends nothing.",
            hint=f"Activate it with: plentymsg channel set {channel['name']!r} --active",
        )
    if not channel["sender_email"]:
        raise Conflict(
            f"The channel {channel['name']} has no sender address.",
            hint=f"Set it with: plentymsg channel set {channel['name']!r} --sender-email ADDRESS",
        )


def _outgoing(channel: Row, to: Sequence[Address], written: Written, thread: _Thread | None) -> Outgoing:
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
    thread: _Thread | None,
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


_ANSWERABLE_FIRST = (
    "CASE WHEN direction <> 'in' THEN 1"
    """ WHEN marks LIKE '%"bounce"%' OR marks LIKE '%"auto-reply"%' THEN 2 ELSE 0 END, date DESC, id DESC"""
)
"""What a person wrote, then what we wrote, then what a machine wrote; of each the newest first."""


def _parent(connection: Connection, conversation_id: int) -> Row:
    """What an answer answers: the customer's newest message, else our own, else a machine's."""
    messages = views.select(
        connection,
        "v_message",
        {"conversation_id": conversation_id, "direction": ["in", "out"]},
        order_by=_ANSWERABLE_FIRST,
        limit=1,
    )
    if not messages:
        raise NotFound(
            f"Conversation {conversation_id} has no message to answer.", hint="Write one with: plentymsg send"
        )
    return messages[0]


def _customer(parent: Row) -> list[str]:
    """Where the customer wants the answer: Reply-To, else From; for a message of ours, its recipients."""
    held = views.parsed(parent["addresses"])
    if parent["direction"] == "in":
        reply_to = [a["email"] for a in held if a["field"] == "reply-to" and is_usable(a["email"])]
        return reply_to or [email for email in [parent["from_email"]] if is_usable(email)]
    return [a["email"] for a in held if a["field"] == "to"]


def _answering(subject: str) -> str:
    """The subject of an answer (RFC 5322, section 3.6.5): `Re: ` once, whatever stood there before."""
    import re

    return "Re: " + re.sub(r"^(?:(?:re|aw|antw|sv|r)\s*:\s*)+", "", subject, flags=re.IGNORECASE)
