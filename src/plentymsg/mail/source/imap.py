"""Mail from a folder on an IMAP server, by UID and from a stored position."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from plentymsg.mail import source
from plentymsg.mail.server import Server
from plentymsg.mail.source import Batch
from plentymsg.mail.source.chunk import chunks
from plentymsg.mail.source.imap_mailbox import FolderState, ImapMailbox, open_mailbox

_BLOCK = 500
"""How many sizes are asked for at once: the command stays within the line that every server takes."""


@dataclass(frozen=True, slots=True)
class ImapPosition:
    """Everything up to `uid` is done with.

    While the first fetch is under way (up to `first_until`), only mail received on `since` or later is
    wanted: an interrupted first fetch must not go on with ten years of mail. `fetched` is the day of the
    last fetch that came to its end: what was received before it is done with, whatever the UIDs become.
    """

    uidvalidity: int
    uid: int
    since: date | None = None
    first_until: int = 0
    fetched: date | None = None

    @classmethod
    def read(cls, text: str | None) -> ImapPosition | None:
        """The position that was stored, or None if it is none of this form."""
        try:
            stored = json.loads(text or "")
            since, fetched = (
                date.fromisoformat(stored[key]) if key in stored else None for key in ("since", "fetched")
            )
            uidvalidity, uid = int(stored["uidvalidity"]), int(stored["uid"])
            return cls(uidvalidity, uid, since, int(stored.get("first_until", 0)), fetched)
        except (ValueError, TypeError, KeyError):
            return None

    def __str__(self) -> str:
        stored: dict[str, int | str] = {"uidvalidity": self.uidvalidity, "uid": self.uid}
        if self.since is not None:
            stored |= {"since": self.since.isoformat(), "first_until": self.first_until}
        if self.fetched is not None:
            stored["fetched"] = self.fetched.isoformat()
        return json.dumps(stored)

    def begin_again(self, since: date) -> date:
        """Where to begin when the UIDs mean nothing any more: at `since`, or earlier where a gap would be.

        The server's calendar may be a day behind that of this machine.
        """
        days = [since]
        if self.since is not None:
            days.append(self.since)
        if self.fetched is not None:
            days.append(self.fetched - timedelta(days=1))
        return min(days)


class ImapSource:
    """A folder that is opened read-only: nothing on the server is marked, moved or deleted."""

    def __init__(self, server: Server) -> None:
        folder = "INBOX" if server.folder.upper() == "INBOX" else server.folder
        user = quote(server.username, safe="")
        self.mailbox = f"imap://{user}@{server.host.casefold()}:{server.port}/{quote(folder)}"
        self._server = server

    def test(self) -> None:
        """Log in and open the folder for reading."""
        with open_mailbox(self._server) as mailbox:
            mailbox.examine()

    def batches(self, position: str | None, since: date) -> Iterator[Batch]:
        """What is new: nothing is opened or listed if the server says that nothing came."""
        known = ImapPosition.read(position)
        with open_mailbox(self._server) as mailbox:
            if known is None or not _is_up_to_date(known, mailbox.status()):
                yield from self._new_mail(mailbox, known, since)

    def _new_mail(self, mailbox: ImapMailbox, known: ImapPosition | None, since: date) -> Iterator[Batch]:
        today = datetime.now(UTC).date()
        state = mailbox.examine()
        last = state.uidnext - 1
        if known is not None and _still_holds(known, state):
            start = known
        else:
            begin = since if known is None else known.begin_again(since)
            start = ImapPosition(state.uidvalidity, 0, begin, last)
        final = ImapPosition(state.uidvalidity, last, fetched=today)
        uids = _new_uids(mailbox, start, last)
        done = 0
        for chunk in _sized_chunks(mailbox, uids):
            done += len(chunk)
            here = replace(start, uid=chunk[-1])
            position = here if done < len(uids) else final
            yield Batch(tuple(mailbox.fetch(chunk)), str(position), len(uids) - done)
        if not uids:
            yield Batch((), str(final), 0)


def _is_up_to_date(known: ImapPosition, state: FolderState) -> bool:
    return known.uidvalidity == state.uidvalidity and known.uid + 1 == state.uidnext


def _still_holds(known: ImapPosition, state: FolderState) -> bool:
    """UIDs only grow: a folder that ends before the position was restored from a backup."""
    return known.uidvalidity == state.uidvalidity and known.uid < state.uidnext


def _new_uids(mailbox: ImapMailbox, start: ImapPosition, last: int) -> list[int]:
    found: list[int] = []
    first = start.uid + 1
    if start.since is not None:
        until = min(start.first_until, last)
        if first <= until:
            found += mailbox.search(first, until, start.since)
        first = max(first, until + 1)
    if first <= last:
        found += mailbox.search(first, last)
    return found


def _sized_chunks(mailbox: ImapMailbox, uids: list[int]) -> Iterator[list[int]]:
    """`uids` in chunks; a mail whose size the server does not say comes alone, as it may be huge."""
    for start in range(0, len(uids), _BLOCK):
        block = uids[start : start + _BLOCK]
        sizes = mailbox.sizes(block)
        yield from chunks(block, lambda uid, sizes=sizes: sizes.get(uid) or source.MAX_BYTES)  # type: ignore[misc]
