"""The real servers that tests anywhere may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.smtp import SmtpServer, running_smtp_server


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """An IMAP server; take a `new_user()` in each test."""
    with running_dovecot() as server:
        yield server


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """An SMTP server that this test alone talks to."""
    with running_smtp_server() as server:
        yield server
