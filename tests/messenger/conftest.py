"""A store with the defaults, an actor, and two channels to file into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plentymsg.messenger import access
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup.beginning import begin
from plentymsg.store import views
from plentymsg.store.driver import Connection, store_at, transaction
from plentymsg.store.views import Row


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    begin(path, "Holzweg GmbH")
    return path


@pytest.fixture
def connection(store: Path) -> Iterator[Connection]:
    with store_at(store) as opened:
        with transaction(opened):
            opened.executemany(
                "INSERT INTO channel (name, active, is_default, group_id, sender_email, sender_name)"
                " VALUES (?, 1, 0, 1, 'shop@holzweg.example', 'Holzweg')",
                [("Shop",), ("Other",)],
            )
        yield opened


@pytest.fixture
def actor(connection: Connection) -> Actor:
    return access.identify(connection)


@pytest.fixture
def shop(connection: Connection) -> Row:
    return _channel(connection, "Shop")


@pytest.fixture
def other(connection: Connection) -> Row:
    return _channel(connection, "Other")


def _channel(connection: Connection, name: str) -> Row:
    row = views.first(connection, "v_channel", {"name": name})
    assert row is not None
    return row
