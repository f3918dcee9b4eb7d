"""A mailbox of a real IMAP server, for who reads from one."""

from __future__ import annotations

import pytest

from tests.servers.dovecot import Dovecot


@pytest.fixture
def trusted(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in dovecot.environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def user(dovecot: Dovecot) -> str:
    return dovecot.new_user()
