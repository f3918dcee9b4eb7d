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

from aiosmtpd.controller import Controller
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
        self._controllers: dict[Encryption, _Controller] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to trust this server."""
        return {"SSL_CERT_FILE": str(self.certificates.ca)}

    def server(self, encryption: Encryption = "starttls", **other: Any) -> Server:
        """What a channel needs to send through this server."""
        controller = self._controllers.get(encryption)
        if controller is None:
            controller = self._controllers[encryption] = _Controller(self, encryption)
            controller.start()
        values: dict[str, Any] = {
            "host": "localhost",
            "port": controller.port,
            "encryption": encryption,
            "username": USERNAME,
            "password": PASSWORD,
        }
        return Server("smtp", **(values | other))

    def stop(self) -> None:
        """End all listening."""
        for controller in self._controllers.values():
            controller.stop()
        self._controllers.clear()


@contextmanager
def running_smtp_server() -> Iterator[SmtpServer]:
    """A server that accepts everything until it is told otherwise."""
    with TemporaryDirectory(prefix="smtp-") as folder:
        server = SmtpServer(make_certificates(Path(folder)))
        try:
            yield server
        finally:
            server.stop()


class _Controller(Controller):
    """One listening socket, for one kind of encryption, on a thread of its own."""

    def __init__(self, owner: SmtpServer, encryption: Encryption) -> None:
        self._owner = owner
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(owner.certificates.certificate, owner.certificates.key)
        self._starttls = encryption == "starttls"
        super().__init__(
            _Handler(owner),
            hostname="127.0.0.1",
            port=0,
            ssl_context=self._tls if encryption == "ssl" else None,
        )

    def factory(self) -> SMTP:
        offered = self._starttls and self._owner.announce_starttls
        return _Smtp(
            self._owner,
            self.handler,
            data_size_limit=self._owner.size_limit,
            tls_context=self._tls if offered else None,
            require_starttls=offered,
            authenticator=self._authenticate,
            auth_require_tls=False,
            auth_required=self._owner.announce_auth,
            auth_exclude_mechanism=None if self._owner.announce_auth else ["PLAIN", "LOGIN"],
            hostname="tests.example.com",
            loop=self.loop,
        )

    def start(self) -> None:
        """Listen on a free port, which `port` then names. The base class would connect to port 0."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run_until_stopped, args=(ready,), daemon=True)
        self._thread.start()
        if not ready.wait(timeout=10):
            raise RuntimeError("the SMTP server of the tests did not start")

    def _run_until_stopped(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(self._create_server())
        self.port = server.sockets[0].getsockname()[1]
        self.loop.call_soon(ready.set)
        self.loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    def stop(self, no_assert: bool = False) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        assert self._thread is not None
        self._thread.join(timeout=10)

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
        self._owner.sessions += 1
        super().connection_made(transport)
        if self._owner.drop_at == "connect":
            transport.close()

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd names it
        if self._owner.drop_at == "data":
            await self.break_line()
            return
        await super().smtp_DATA(arg)

    async def break_line(self) -> None:
        """Hang up, or never answer again."""
        if self._owner.hang:
            await asyncio.get_running_loop().create_future()
        assert self.transport is not None
        self.transport.close()


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
