"""The real servers, and the program on a fresh store, that tests anywhere may use."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from plentymsg.messenger.setup.beginning import begin
from tests.desk import Desk
from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.smtp import SmtpServer, running_smtp_server

# How long an example takes depends on who else uses the machine: no test may fail for that.
hypothesis.settings.register_profile("plentymsg", deadline=None)
hypothesis.settings.load_profile("plentymsg")


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


@pytest.fixture(scope="session")
def first_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as `init` makes it, to copy from."""
    path = tmp_path_factory.mktemp("first") / "store.db"
    begin(path, "Holzweg GmbH")
    return path


@pytest.fixture
def desk(
    first_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    """The program, in this process, on a store that has just been made."""
    store = tmp_path / "store.db"
    shutil.copy(first_store, store)
    return Desk(store, monkeypatch, capsys)
