"""The program, and a shop whose channel has real servers on both sides."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.journeys.program import Program
from tests.servers import dovecot as imap
from tests.servers import smtp
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import SmtpServer

CANARY = imap.PASSWORD
"""A password that must show up nowhere."""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with nothing set up."""
    return Program(tmp_path)


class Shop(NamedTuple):
    """A store with one Amazon channel, its user at the IMAP server, and both servers."""

    program: Program
    user: str
    dovecot: Dovecot
    smtp: SmtpServer

    def receive(self, raw: bytes) -> None:
        """A customer's mail arrives at the IMAP server."""
        self.dovecot.append(self.user, raw)


@pytest.fixture
def shop(tmp_path: Path, dovecot: Dovecot, smtp_server: SmtpServer) -> Shop:
    """A store that is set up by commands, with live mode off."""
    authorities = tmp_path / "authorities.pem"
    authorities.write_bytes(dovecot.certificates.ca.read_bytes() + smtp_server.certificates.ca.read_bytes())
    program = Program(
        tmp_path,
        {
            "SSL_CERT_FILE": str(authorities),
            "IN_PASSWORD": imap.PASSWORD,
            "OUT_PASSWORD": smtp.PASSWORD,
        },
    )
    user = dovecot.new_user("amazon")
    dovecot.maildir(user)
    program.do("init", "--client-name", "Holzweg GmbH")
    program.do(
        *("channel", "add", "Amazon DE", "--marketplace", "amazon", "--default"),
        *("--type", "Kundenanfrage", "--status", "Neu"),
        *server_options("incoming", dovecot.ssl_port, "ssl", user, "env:IN_PASSWORD"),
        *server_options("outgoing", smtp_server.server().port, "starttls", smtp.USERNAME, "env:OUT_PASSWORD"),
        *("--sender-email", "shop@holzweg.example", "--sender-name", "Holzweg"),
    )
    return Shop(program, user, dovecot, smtp_server)


def server_options(side: str, port: int, encryption: str, username: str, password: str) -> list[str]:
    """The options of one side of a channel on this machine."""
    values = {
        "host": "localhost",
        "port": str(port),
        "encryption": encryption,
        "username": username,
        "password": password,
    }
    return [word for key, value in values.items() for word in (f"--{side}-{key}", value)]
