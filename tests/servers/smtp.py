"""A real SMTP server for the tests, which can be told to refuse, to hang, or to drop the line."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session, syntax

from plentymsg.mail.server import Encryption, Server
from tests.servers.certificates import Certificates, make_certificates

USERNAME, PASSWORD = "shop@example.com", "battery staple"


@dataclass(frozen=True)
class Received:
    """A message that the server took, or that it had whole when the line broke."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class SmtpServer:
    """A running server, and how it answers from now on.

    `refused_recipients` gives an address its answer to RCPT; the other answers are whole lines such as
    "451 try later". `drop_at` is where the line breaks: "connect", "mail", "rcpt", "data" (the command),
    "content" (when all of it has come), or "answer" (after the message was taken). `hang` instead of a
    drop: nothing more comes, but the line stays.
    """

    def __init__(self, certificates: Certificates) -> None:
        self.certificates = certificates
        self.received: list[Received] = []
        self.sessions = 0
        self.passwords = {USERNAME: PASSWORD}
        self.refused_recipients: dict[str, str] = {}
        self.sender_answer = ""
        self.data_answer = ""
        self.login_answer = ""
        self.drop_at = ""
        self.hang = False
        self.size_limit = 33_554_432
        self.announce_starttls = True
        self.announce_auth = True
        self.commands: list[str] = []
        self._ports: dict[Encryption, int] = {}
        self._listener: _Listener | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to trust this server."""
        return {"SSL_CERT_FILE": str(self.certificates.ca)}

    def server(self, encryption: Encryption = "starttls", **other: Any) -> Server:
        """What a channel needs to send through this server."""
        if self._listener is None:
            self._listener = _Listener(self)
        if encryption not in self._ports:
            self._ports[encryption] = self._listener.listen(encryption)
        values: dict[str, Any] = {
            "host": "localhost",
            "port": self._ports[encryption],
            "encryption": encryption,
            "username": USERNAME,
            "password": PASSWORD,
        }
        return Server("smtp", **(values | other))

    def stop(self) -> None:
        """End all listening."""
        if self._listener is not None:
            self._listener.stop()


@contextmanager
def running_smtp_server() -> Iterator[SmtpServer]:
    """A server that accepts everything until it is told otherwise."""
    with TemporaryDirectory(prefix="smtp-") as folder:
        server = SmtpServer(make_certificates(Path(folder)))
        try:
            yield server
        finally:
            server.stop()


class _Listener:
    """A thread with an event loop, and the sockets that it listens on."""

    def __init__(self, owner: SmtpServer) -> None:
        self._owner = owner
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(owner.certificates.certificate, owner.certificates.key)
        self._servers: list[asyncio.Server] = []
        self._connections: list[_Smtp] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def listen(self, encryption: Encryption) -> int:
        """Listen on a free port, and return it."""
        return asyncio.run_coroutine_threadsafe(self._listen(encryption), self._loop).result(timeout=10)

    def stop(self) -> None:
        """Hang up on everyone, and end the thread."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _listen(self, encryption: Encryption) -> int:
        server = await self._loop.create_server(
            lambda: self._protocol(encryption),
            "127.0.0.1",
            0,
            ssl=self._tls if encryption == "ssl" else None,
        )
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _hang_up(self) -> None:
        for server in self._servers:
            server.close()
        for connection in self._connections:
            if connection.transport is not None:
                connection.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)  # the loop closes the sockets in its next rounds

    def _protocol(self, encryption: Encryption) -> _Smtp:
        owner = self._owner
        owner.sessions += 1
        offered = encryption == "starttls" and owner.announce_starttls
        connection = _Smtp(
            owner,
            _Handler(owner),
            data_size_limit=owner.size_limit,
            tls_context=self._tls if offered else None,
            require_starttls=offered,
            authenticator=self._authenticate,
            auth_require_tls=False,
            auth_exclude_mechanism=None if owner.announce_auth else ["PLAIN", "LOGIN"],
            hostname="tests.example.com",
            loop=self._loop,
        )
        self._connections.append(connection)
        return connection

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth_data: Any
    ) -> AuthResult:
        if self._owner.login_answer:
            return AuthResult(success=False, handled=False, message=self._owner.login_answer)
        assert isinstance(auth_data, LoginPassword)
        known = self._owner.passwords.get(auth_data.login.decode())
        return AuthResult(success=known is not None and known.encode() == auth_data.password, handled=False)


class _Smtp(SMTP):
    """The protocol, with places where the line may break."""

    def __init__(self, owner: SmtpServer, *args: Any, **options: Any) -> None:
        self._owner = owner
        super().__init__(*args, **options)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self._owner.drop_at == "connect":
            transport.close()

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd names it
        if self._owner.drop_at == "data":
            await self.break_line()
        await super().smtp_DATA(arg)

    async def break_line(self) -> None:
        """Hang up, or never answer again; either way nothing more happens on this line."""
        if not self._owner.hang:
            assert self.transport is not None
            self.transport.close()
        await asyncio.get_running_loop().create_future()


class _Handler:
    """What the protocol asks when it has understood a command."""

    def __init__(self, owner: SmtpServer) -> None:
        self._owner = owner

    async def handle_MAIL(  # noqa: N802 - aiosmtpd names it
        self, server: _Smtp, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._owner.commands.append(f"MAIL {address} {' '.join(options)}")
        if self._owner.drop_at == "mail":
            await server.break_line()
        if self._owner.announce_auth and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if self._owner.sender_answer:
            return self._owner.sender_answer
        envelope.mail_from = address
        return "250 2.1.0 sender ok"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, server: _Smtp, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._owner.commands.append(f"RCPT {address}")
        if self._owner.drop_at == "rcpt":
            await server.break_line()
        if address in self._owner.refused_recipients:
            answer = self._owner.refused_recipients[address]
            if answer.startswith("421"):
                assert server.transport is not None
                server.transport.write(answer.encode() + b"\r\n")
                server.transport.close()
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient ok"

    async def handle_RSET(self, server: _Smtp, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd names it
        self._owner.commands.append("RSET")
        return "250 2.0.0 reset"

    async def handle_DATA(self, server: _Smtp, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd names it
        assert isinstance(envelope.content, bytes)
        if self._owner.drop_at == "content":
            await server.break_line()
        if self._owner.data_answer:
            return self._owner.data_answer
        message = Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.content)
        self._owner.received.append(message)
        if self._owner.drop_at == "answer":
            await server.break_line()
        return f"250 2.0.0 queued as {len(self._owner.received)}"
