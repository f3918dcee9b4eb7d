"""Mail through an SMTP server (RFC 5321), command by command.

smtplib's own `send_message` loses what the server said, and does not tell a message that was refused
from one whose answer got lost. Here every step has its outcome.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from plentymsg.errors import InvalidInput
from plentymsg.mail.address import wire_address
from plentymsg.mail.connection import TIMEOUT, login_refused, words
from plentymsg.mail.server import Server
from plentymsg.mail.transport import Outcome
from plentymsg.mail.transport.smtp_session import open_session

END_OF_DATA_TIMEOUT = 600.0
"""Seconds to wait for the answer to a message (RFC 5321, section 4.5.3.2.6): a server that scans it
first is slow, and giving up early makes the message uncertain."""

_BLOCK = 65_536
_LINE_BREAK = re.compile(rb"\r\n|\r|\n")
_SIZE_LIMIT = re.compile(r"[0-9]{1,20}")  # RFC 1870, section 3
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class SmtpTransport:
    """A connection to one server, made when it is first needed and kept for the next message."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._quit()

    def test(self) -> None:
        """Connect, log in, and leave."""
        self._connected()
        self._quit()

    def hand_over(
        self,
        raw: bytes,
        sender: str,
        recipients: Sequence[str],
        about_to_send: Callable[[Sequence[str]], None],
    ) -> dict[str, Outcome]:
        """Offer the message for all recipients in one transaction; see `Transport.hand_over`."""
        data = _with_line_breaks(raw)
        outcomes, wires = _wire_addresses(recipients)
        wire_sender = wire_address(sender) if sender else ""
        if not wires:
            return outcomes
        smtp = self._fresh()
        if too_big := _too_big(smtp, len(data)):
            return outcomes | dict.fromkeys(wires, too_big)
        outcomes |= self._offer(smtp, wire_sender, wires, len(data))
        accepted = [recipient for recipient in wires if recipient not in outcomes]
        if not accepted:
            self._reset()
            return outcomes
        try:
            about_to_send(accepted)
        except BaseException:
            self._reset()
            raise
        return outcomes | dict.fromkeys(accepted, self._transfer(smtp, data))

    def _offer(self, smtp: smtplib.SMTP, sender: str, wires: dict[str, str], size: int) -> dict[str, Outcome]:
        """MAIL and RCPT: what becomes of those recipients that the server does not accept."""
        outcomes: dict[str, Outcome] = {}
        try:
            code, said = smtp.mail(sender, (f"SIZE={size}",) if smtp.has_extn("size") else ())
            if code == 530:
                raise login_refused(self._server, _reply(self._server, code, said))
            if not _is_success(code):
                return dict.fromkeys(wires, self._refusal(code, said))
            for tried, (recipient, wire) in enumerate(wires.items()):
                code, said = smtp.rcpt(wire)
                if code == 421:  # the server is leaving (RFC 5321, section 3.8): nobody gets anything
                    return dict.fromkeys(wires, self._refusal(code, said)) | outcomes
                if code == 552 and tried > len(outcomes):
                    code = 452  # too many at once, not too big (RFC 5321, section 4.5.3.1.10)
                if not _is_success(code):
                    outcomes[recipient] = self._refusal(code, said)
        except OSError as error:  # smtplib's errors are among them
            self._abandon()
            return dict.fromkeys(wires, Outcome("deferred", _lost(self._server, error))) | outcomes
        return outcomes

    def _transfer(self, smtp: smtplib.SMTP, data: bytes) -> Outcome:
        """DATA, up to the last line. A message without that is none: if the line breaks here, it is lost."""
        try:
            code, said = smtp.docmd("DATA")
            if code != 354:
                outcome = self._refusal(code, said)
                self._reset()
                return outcome
            stuffed = memoryview(_LEADING_DOT.sub(b"..", data))
            for start in range(0, len(stuffed), _BLOCK):
                smtp.send(stuffed[start : start + _BLOCK])
        except OSError as error:
            self._abandon()
            return Outcome("deferred", _lost(self._server, error))
        return self._finish(smtp)

    def _finish(self, smtp: smtplib.SMTP) -> Outcome:
        """The last line. From now until the answer, nobody can tell whose the message is (RFC 1047)."""
        try:
            _be_patient(smtp, END_OF_DATA_TIMEOUT)
            smtp.send(b".\r\n")
            code, said = smtp.getreply()
            _be_patient(smtp, TIMEOUT)
        except OSError as error:
            self._abandon()
            return Outcome("uncertain", _lost(self._server, error))
        if _is_success(code):
            return Outcome("sent", _reply(self._server, code, said))
        if 400 <= code < 600:
            return self._refusal(code, said)
        self._abandon()
        return Outcome("uncertain", _reply(self._server, code, said))

    def _refusal(self, code: int, said: bytes) -> Outcome:
        """4xx and what is no answer at all may go better next time (RFC 5321, section 4.2.1)."""
        if code == 421:
            self._abandon()
        return Outcome("failed" if 500 <= code < 600 else "deferred", _reply(self._server, code, said))

    def _fresh(self) -> smtplib.SMTP:
        """A connection that answers: since the last message the server may have left."""
        if self._smtp is not None and not self._reset():
            self._abandon()
        return self._connected()

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = open_session(self._server)
        return self._smtp

    def _reset(self) -> bool:
        """Withdraw the message; whether the connection still lives."""
        if self._smtp is None:
            return False
        try:
            return _is_success(self._smtp.docmd("RSET")[0])
        except OSError:
            self._abandon()
            return False

    def _quit(self) -> None:
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.quit()
            self._abandon()

    def _abandon(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _wire_addresses(recipients: Iterable[str]) -> tuple[dict[str, Outcome], dict[str, str]]:
    """What fails at once, and how the others are written on the wire."""
    outcomes: dict[str, Outcome] = {}
    wires: dict[str, str] = {}
    for recipient in recipients:
        try:
            wires[recipient] = wire_address(recipient)
        except InvalidInput as error:
            outcomes[recipient] = Outcome("failed", error.message)
    return outcomes, wires


def _too_big(smtp: smtplib.SMTP, size: int) -> Outcome | None:
    """RFC 1870: the server may say how much it takes; 0 means that it does not say."""
    limit = smtp.esmtp_features.get("size", "")
    if not _SIZE_LIMIT.fullmatch(limit) or not 0 < int(limit) < size:
        return None
    return Outcome("failed", f"the server takes at most {limit} bytes, and the message has {size}")


def _with_line_breaks(raw: bytes) -> bytes:
    """Every line break as CRLF, also the last: a bare one could smuggle in a second message."""
    data = _LINE_BREAK.sub(b"\r\n", raw)
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def _be_patient(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _is_success(code: int) -> bool:
    return 200 <= code < 300


def _reply(server: Server, code: int, said: bytes) -> str:
    return f"{code} {words(server, said)}"


def _lost(server: Server, error: OSError) -> str:
    return f"the connection to {server.where} broke: {words(server, error)}"
