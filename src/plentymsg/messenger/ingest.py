"""File one mail that a mail server hands over, in the channel whose target address it was sent to."""

from __future__ import annotations

from plentymsg.errors import Conflict, InvalidInput, NotFound
from plentymsg.mail.message import Mail
from plentymsg.mail.source import Fetched
from plentymsg.messenger import access, incoming, routing
from plentymsg.messenger.access import Actor
from plentymsg.messenger.incoming import Intake, Taken
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.views import Row

MOST_NAMED = 3
"""How many addresses of a mail an error names."""

MAILBOX = "ingest"
"""Where a mail that is set aside came from."""


def ingest(connection: Connection, actor: Actor, raw: bytes, recipient: str = "") -> Taken:
    """File the mail in `raw`, in a transaction of its own; `recipient` is whom the server took it for.

    When this returns, the mail is kept for good, filed or set aside. When it raises, nothing is kept and
    the server must: InvalidInput for an empty mail, NotFound if no channel has such a target address,
    Conflict if the channel is not active.
    """
    access.require(actor, access.MESSENGER_UPDATE, access.MESSAGE_CREATE)
    if not raw.strip():
        raise InvalidInput("There is no mail on standard input.", hint="Pipe one in: … < mail.eml")
    mail = incoming.parsed(raw)
    with transaction(connection):
        intake = Intake(connection)
        channel = _channel(intake, mail, recipient)
        return intake.take(Fetched(recipient, raw, None), mail, channel, MAILBOX, recipient)


def _channel(intake: Intake, mail: Mail | Exception, recipient: str) -> Row:
    channel = intake.routes.channel_of(mail, recipient)
    if channel is None:
        raise NotFound(_nobody(mail, recipient), hint="See a channel's with: plentymsg channel show NAME")
    known = isinstance(mail, Mail) and intake.routes.has_filed(channel, mail)
    if not channel["active"] and not known:
        raise Conflict(
            f"The channel {channel['name']} is not active, so it receives nothing.",
            hint=f"Activate it with: plentymsg channel set {channel['name']!r} --active",
        )
    return channel


def _nobody(mail: Mail | Exception, recipient: str) -> str:
    sent_to = [address for address in routing.addressed(mail, recipient) if address]
    if not sent_to:
        return "The mail names no recipient, so its channel cannot be told."
    named = ", ".join(sent_to[:MOST_NAMED]) + (" …" if len(sent_to) > MOST_NAMED else "")
    return f"No channel has a target address that the mail was sent to: {named}"
