"""Where mail goes: a small protocol, and one module for each way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, Self

from plentymsg.errors import InvalidInput
from plentymsg.mail.server import Server


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message for one recipient, with the server's own words.

    `deferred` is worth trying again, `failed` is for good, `uncertain` means that the line broke when
    the server may have had the message already (RFC 1047): only a person can tell.
    """

    state: Literal["sent", "deferred", "failed", "uncertain"]
    response: str


class Transport(Protocol):
    """A way out. As a context manager it keeps one connection for several messages."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def test(self) -> None:
        """Connect and log in; send nothing. Raises `Unreachable` or `LoginRefused`."""

    def hand_over(
        self,
        raw: bytes,
        sender: str,
        recipients: Sequence[str],
        about_to_send: Callable[[Sequence[str]], None],
    ) -> dict[str, Outcome]:
        """Hand over one message and say what became of it, for every recipient.

        `about_to_send` is told the recipients that the server accepted, after which nobody can be sure
        any more; if it raises, the message is withdrawn and the exception goes on. Nothing else raises
        after it was called. Raises `Unreachable` or `LoginRefused` when nothing was done.
        """


def open_transport(server: Server) -> Transport:
    """The transport that a server stands for. Nothing is connected yet."""
    if server.protocol == "smtp":
        from plentymsg.mail.transport.smtp import SmtpTransport

        return SmtpTransport(server)
    if server.protocol == "maildir":
        from plentymsg.mail.transport.maildir import MaildirTransport

        return MaildirTransport(server)
    raise InvalidInput(
        f"Mail cannot be sent by {server.protocol}.", hint="Use smtp or maildir for outgoing mail."
    )
