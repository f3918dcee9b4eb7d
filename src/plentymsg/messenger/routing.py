"""Which channel a mail is for, and whether that channel takes it."""

from __future__ import annotations

from collections.abc import Iterable

from plentymsg.errors import InvalidInput
from plentymsg.mail.address import wire_address
from plentymsg.mail.message import Mail
from plentymsg.store import arrivals, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


class Routes:
    """The target addresses of a store's channels, as they are within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._channels = {
            row["target_address"].lower(): row
            for row in views.select(connection, "v_channel")
            if row["target_address"]
        }
        self._deleted = arrivals.deleted_targets(connection)

    def channel_of(self, mail: Mail | Exception, envelope: str = "") -> Row | None:
        """The channel whose target address the mail was sent to, as a row of `v_channel`; None for none.

        `envelope` is whom the server took it for, if that is known. Where several channels are named, the
        first one counts: first those that servers noted on the way, then To and Cc.
        """
        return next(
            (self._channels[address] for address in addressed(mail, envelope) if address in self._channels),
            None,
        )

    def has_filed(self, channel: Row, mail: Mail) -> bool:
        """Whether the mail was filed before: by `channel`, or at its target address by one deleted since."""
        ids = [self._deleted[address] for address in addressed(mail) if address in self._deleted]
        return any(arrivals.has_filed(self._connection, one, mail.digest) for one in (channel["id"], *ids))


def addressed(mail: Mail | Exception, envelope: str = "") -> Iterable[str]:
    """All addresses that a mail was sent to, in lower case, those first that tell most.

    Of what the parser could not read, only the envelope is known.
    """
    known = [envelope.strip().strip("<>").lower()]
    if isinstance(mail, Mail):
        written = (address.email.lower() for address in (*mail.to, *mail.cc))
        known += [*mail.delivered_to, *written]
    return dict.fromkeys(known)


def refusal(channel: Row, mail: Mail) -> str:
    """Why a channel does not take a mail to its target address, in a sentence; empty if it does."""
    if not channel["active"]:
        return f"The channel {channel['name']} is not active, so it receives nothing."
    allowed = {_comparable(address) for address in views.parsed(channel["allowed_senders"])}
    if allowed and allowed.isdisjoint(map(_comparable, (mail.sender.email, *mail.passed_on_by))):
        sender = mail.sender.email or "A sender without an address"
        return f"{sender} is not among the allowed senders of the channel {channel['name']}."
    return ""


def _comparable(address: str) -> str:
    """An address as it is on the wire, where `müller.example` is in punycode, in lower case."""
    try:
        return wire_address(address).lower()
    except InvalidInput:
        return address.lower()
