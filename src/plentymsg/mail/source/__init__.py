"""Where mail comes from: a small protocol, and one module for each kind of mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from plentymsg.errors import InvalidInput
from plentymsg.mail.server import Server

MAX_MAILS = 100
"""How many mails a batch holds at most."""
MAX_BYTES = 8_000_000
"""How many bytes a batch holds at most, unless it is a single mail."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as the mailbox has it. `name` is its UID or file name, for messages to people."""

    name: str
    raw: bytes
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Some mails, in order. `position` holds once they are filed; `remaining` more are known to follow."""

    mails: tuple[Fetched, ...]
    position: str
    remaining: int


class Source(Protocol):
    """A mailbox that is read and never changed."""

    mailbox: str
    """Which mailbox this is, as a URL without password: positions belong to it."""

    def test(self) -> None:
        """Log in and open the folder for reading; mark nothing.

        Raises `Unreachable`, `LoginRefused` or `NotFound`.
        """

    def batches(self, position: str | None, since: date) -> Iterator[Batch]:
        """Yield what is new after `position`, in batches bounded in number and bytes.

        Without a position, or where it no longer means anything, reading begins with the mail received
        on `since`, or earlier if that would leave out mail that came after the last fetch. A batch may
        be empty: its position is to be kept all the same. Raises as `test` does; what was yielded
        before stays valid.
        """


def open_source(server: Server) -> Source:
    """The source that a server stands for. Nothing is connected yet."""
    if server.protocol == "imap":
        from plentymsg.mail.source.imap import ImapSource

        return ImapSource(server)
    if server.protocol == "maildir":
        from plentymsg.mail.source.maildir import MaildirSource

        return MaildirSource(server)
    raise InvalidInput(
        f"Mail cannot be fetched by {server.protocol}.", hint="Use imap or maildir for incoming mail."
    )
