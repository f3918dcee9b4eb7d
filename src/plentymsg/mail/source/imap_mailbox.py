"""One folder on an IMAP server (RFC 9051, RFC 3501), opened for reading only.

The connection is imap-tools'. Its bulk fetch is not used: it cuts the server's answer into pairs, so
that another client's flagging or expunging in between files one message's text under another's UID.
Here answers are grouped by the message that they begin with, and checked against what was asked.
"""

from __future__ import annotations

import difflib
import imaplib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from plentymsg.errors import NotFound, Unreachable
from plentymsg.mail import tls
from plentymsg.mail.connection import TIMEOUT, gone, login_refused, misunderstood, reaching, words
from plentymsg.mail.server import Server
from plentymsg.mail.source import Fetched

_line_limit = imaplib._MAXLINE  # type: ignore[attr-defined]
import imap_tools  # noqa: E402

# imap-tools raises this limit for everyone in the process; it is not needed here.
imaplib._MAXLINE = _line_limit  # type: ignore[attr-defined]

SEARCH_WINDOW = 50_000
"""How many UIDs one answer to SEARCH may hold: well within the line that imaplib takes."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RECORD_START = re.compile(rb"\d+ \(")
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"')
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_MODSEQ = re.compile(rb"\(MODSEQ \d+\)\s*$", re.IGNORECASE)  # may end an answer to SEARCH (RFC 7162)
_BODY_LITERAL = re.compile(rb"\bBODY\[\] ~?\{\d+\}$")
_BODY_QUOTED = re.compile(rb'\bBODY\[\] "((?:[^"\\]|\\.)*)"')
_INTERNALDATE = re.compile(
    rb'INTERNALDATE "([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"'
)
# The account is right, but not now (RFC 5530, section 3).
_NOT_NOW = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.IGNORECASE)

# What imaplib makes of an answer: a line, or a line and the literal that follows it.
_Answer = Iterable[bytes | tuple[bytes, bytes] | None]


@dataclass(frozen=True, slots=True)
class FolderState:
    """How far a folder's UIDs go. They mean what they meant as long as `uidvalidity` stays."""

    uidvalidity: int
    uidnext: int


class ImapMailbox:
    """A logged-in connection. Only `open_mailbox` makes one."""

    def __init__(self, server: Server, connection: imap_tools.BaseMailBox) -> None:
        self._server = server
        self._connection = connection
        self._client = connection.client
        self._exists = 0

    def status(self) -> FolderState:
        """Ask for the folder's state without opening it. Raises `NotFound` if there is none."""
        try:
            found = self._connection.folder.status(self._server.folder, ["UIDNEXT", "UIDVALIDITY"])
        except imap_tools.MailboxFolderStatusError as error:
            raise self._no_folder(error) from error
        return self._state(found.get("UIDVALIDITY"), found.get("UIDNEXT"))

    def examine(self) -> FolderState:
        """Open the folder for reading, so that nothing in it changes. Raises `NotFound`."""
        try:
            answer = self._connection.folder.set(self._server.folder, readonly=True)
        except imap_tools.MailboxFolderSelectError as error:
            raise self._no_folder(error) from error
        self._exists = int(answer[1][-1] or 0)
        uidvalidity, uidnext = (self._client.response(code)[1][-1] for code in ("UIDVALIDITY", "UIDNEXT"))
        return self._state(uidvalidity, uidnext)

    def search(self, first: int, last: int, since: date | None = None) -> list[int]:
        """The UIDs from `first` to `last`, of mail received on `since` or later, in order."""
        criteria = [f"UID {first}:{last}"]
        if since is not None:
            criteria.append(f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}")
        found: set[int] = set()
        for window in self._windows(last - first + 1):
            kind, data = self._client.uid("SEARCH", *window, *criteria)
            self._expect_ok(kind, data)
            found.update(int(uid) for line in data for uid in _MODSEQ.sub(b"", line or b"").split())
        return sorted(uid for uid in found if first <= uid <= last)  # n:* gives the last one even below n

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """The size of each mail in bytes, as far as it is still there."""
        kind, data = self._client.uid("FETCH", _uid_set(uids), "(UID RFC822.SIZE)")
        found: dict[int, int] = {}
        if kind == "OK":
            for line, _ in _records(data):
                uid, size = _UID.search(line), _SIZE.search(line)
                if uid and size:
                    found[int(uid[1])] = int(size[1])
        return found

    def fetch(self, uids: Sequence[int]) -> list[Fetched]:
        """The mails that are still there, in the order of `uids`, without marking them as seen.

        Raises `Unreachable` for a mail that is there and that the server does not hand out.
        """
        found = self._ask_for(uids)
        missing = [uid for uid in uids if uid not in found]
        for uid in missing:
            found |= self._ask_for([uid])
        for uid in missing:
            if uid not in found and self.search(uid, uid):
                raise Unreachable(
                    f"{self._server.host} keeps back the mail with UID {uid} in {self._server.folder}.",
                    hint="Try again later; if it stays so, look at that mail on the server.",
                )
        return [found[uid] for uid in uids if uid in found]

    def _ask_for(self, uids: Sequence[int]) -> dict[int, Fetched]:
        kind, data = self._client.uid("FETCH", _uid_set(uids), "(UID INTERNALDATE BODY.PEEK[])")
        if kind != "OK":  # some servers refuse all if one was expunged meanwhile
            return {}
        found: dict[int, Fetched] = {}
        for line, body in _records(data):
            uid = _UID.search(_QUOTED.sub(b'""', line))
            if uid and body is not None:
                found[int(uid[1])] = Fetched(uid[1].decode(), body, _received_at(line))
        return found

    def _windows(self, width: int) -> Iterator[tuple[str, ...]]:
        """Ranges of message numbers that keep each answer short; none where it is short anyway.

        From the end to the beginning: when messages are expunged meanwhile the numbers of later ones
        fall, and one that fell into a range already searched would be missed.
        """
        if min(width, self._exists) <= SEARCH_WINDOW:
            yield ()
            return
        last = "*"
        for first in range(self._exists - SEARCH_WINDOW, 0, -SEARCH_WINDOW):
            yield (f"{first + 1}:{last}",)
            last = str(first)
        yield (f"1:{last}",)

    def _state(self, uidvalidity: object, uidnext: object) -> FolderState:
        if uidvalidity is None or uidnext is None:
            raise Unreachable(
                f"{self._server.host} does not say how far the UIDs of {self._server.folder} go.",
                hint="It needs an IMAP4rev1 server that answers UIDNEXT and UIDVALIDITY.",
            )
        return FolderState(_number(uidvalidity), _number(uidnext))

    def _no_folder(self, error: imap_tools.UnexpectedCommandStatusError) -> NotFound | Unreachable:
        folder = self._server.folder
        names = [each.name for each in self._connection.folder.list()]
        if folder in names:
            said = words(self._server, b" ".join(line or b"" for line in error.command_result[1]))
            return Unreachable(
                f"{self._server.host} does not open the folder {folder!r}: {said}",
                hint="Check the rights of the user on that folder.",
            )
        near = difflib.get_close_matches(folder, names, n=3, cutoff=0.5) or sorted(names)[:10]
        return NotFound(
            f"There is no folder {folder!r} on {self._server.host}.",
            hint=f"There is {', '.join(near)}." if near else "Check the folder's name on the server.",
        )

    def _expect_ok(self, kind: str, data: Sequence[bytes | None]) -> None:
        if kind != "OK":
            said = words(self._server, b" ".join(line or b"" for line in data))
            raise Unreachable(f"{self._server.where} refuses to search: {said}", hint="Try again later.")


@contextmanager
def open_mailbox(server: Server) -> Iterator[ImapMailbox]:
    """Connect and log in, and log out in the end. Raises `Unreachable` or `LoginRefused`."""
    with reaching(server), _understanding(server):
        connection = _Connection(server)
        try:
            _log_in(connection, server)
            yield ImapMailbox(server, connection)
        finally:
            with suppress(OSError, EOFError, imaplib.IMAP4.error, imap_tools.ImapToolsError):
                connection.logout()
            with suppress(OSError):  # imaplib leaves the socket open if the server did not say goodbye
                connection.client.shutdown()


class _Connection(imap_tools.BaseMailBox):
    """imap-tools' mailbox over a connection that always verifies, and that is closed if it fails."""

    def __init__(self, server: Server) -> None:
        self._server = server
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        host, port = self._server.host, self._server.port
        if self._server.encryption == "ssl":
            return imaplib.IMAP4_SSL(host, port, ssl_context=tls.context(), timeout=TIMEOUT)
        client = imaplib.IMAP4(host, port, timeout=TIMEOUT)
        if self._server.encryption == "starttls":
            try:
                self._start_tls(client)
            except BaseException:
                with suppress(OSError):
                    client.shutdown()
                raise
        return client

    def _start_tls(self, client: imaplib.IMAP4) -> None:
        if "STARTTLS" not in client.capabilities:
            raise Unreachable(
                f"{self._server.where} offers no STARTTLS.",
                hint="Use encryption ssl on its port (mostly 993); nothing is sent unencrypted.",
            )
        client.starttls(tls.context())


def _log_in(connection: imap_tools.BaseMailBox, server: Server) -> None:
    plain = server.username.isascii() and server.password.isascii()
    log_in = connection.login if plain else connection.login_utf8
    try:
        log_in(server.username, server.password, initial_folder=None)
    except imaplib.IMAP4.abort as error:
        raise gone(server, error) from None  # the library's words may quote the password, as below
    except (imaplib.IMAP4.error, imap_tools.MailboxLoginError) as error:
        said = words(server, error)
        if _NOT_NOW.search(said):
            raise Unreachable(
                f"{server.host} does not let {server.username!r} in at the moment: {said}",
                hint="Try again later.",
            ) from None
        raise login_refused(server, said) from None


@contextmanager
def _understanding(server: Server) -> Iterator[None]:
    """Turn the errors of the IMAP libraries into ours."""
    try:
        yield
    except imaplib.IMAP4.abort as error:
        raise gone(server, error) from error
    except (imaplib.IMAP4.error, imap_tools.ImapToolsError) as error:
        raise misunderstood(server, error) from error


def _records(data: _Answer) -> Iterator[tuple[bytes, bytes | None]]:
    """Each message's answer as its text without literals, and its body if it has one."""
    line, body, begun = b"", None, False
    for item in data:
        if item is None:
            continue
        head, literal = item if isinstance(item, tuple) else (item, None)
        if _RECORD_START.match(head):
            if begun:
                yield line, body
            line, body, begun = b"", None, True
        line += head + b" "
        if literal is not None and _BODY_LITERAL.search(head):
            body = literal
        elif quoted := _BODY_QUOTED.search(head):
            body = re.sub(rb"\\(.)", rb"\1", quoted[1])
    if begun:
        yield line, body


def _uid_set(uids: Sequence[int]) -> str:
    """`uids`, which are in order, as a set with ranges, e.g. `3:7,9`."""
    ranges: list[list[int]] = []
    for uid in uids:
        if ranges and uid == ranges[-1][1] + 1:
            ranges[-1][1] = uid
        else:
            ranges.append([uid, uid])
    return ",".join(str(low) if low == high else f"{low}:{high}" for low, high in ranges)


def _received_at(line: bytes) -> datetime | None:
    match = _INTERNALDATE.search(line)
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = (
        group.decode("ascii", "replace") for group in match.groups()
    )
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes)) * (-1 if sign == "-" else 1)
    try:
        number = _MONTHS.index(month.title()) + 1
        moment = datetime(
            int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=timezone(offset)
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | bytes | str) else 0
