"""Stores of every released schema, filled by the version that had it, opened by this one."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from plentymsg.store import driver, migrate, views
from plentymsg.store.revisions import HEAD
from tests.desk import Desk

RELEASED = sorted(Path(__file__).with_name("released").glob("*.sql"))

Rows = list[tuple[Any, ...]]


def contents(path: Path, columns: dict[str, list[str]] | None = None) -> dict[str, Rows]:
    """All rows of all tables, or of these columns of these."""
    connection = sqlite3.connect(path)
    if columns is None:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        columns = {name: [] for (name,) in tables if name not in ("alembic_version", "sqlite_sequence")}
    found = {}
    for table, chosen in columns.items():
        listed = ", ".join(f'"{column}"' for column in chosen) or "*"
        found[table] = sorted(connection.execute(f'SELECT {listed} FROM "{table}"').fetchall(), key=repr)
    connection.close()
    return found


def columns_of(path: Path) -> dict[str, list[str]]:
    connection = sqlite3.connect(path)
    found = {
        table: [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        for table in contents(path)
    }
    connection.close()
    return found


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A store as a released version left it."""
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(request.param.read_text(encoding="utf-8"))
    connection.close()
    return path


def test_every_table_had_rows(old: Path) -> None:
    assert [table for table, rows in contents(old).items() if not rows] == []


def test_migrating_loses_and_changes_nothing(old: Path) -> None:
    before, columns = contents(old), columns_of(old)
    assert migrate.migrate(old).changed is True
    assert contents(old, columns) == before
    with driver.store_at(old) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert driver.revision_of(connection, old) == HEAD
    assert migrate.migrate(old).changed is False


def test_a_migrated_store_has_the_schema_of_a_new_one(old: Path, tmp_path: Path) -> None:
    migrate.migrate(old)
    migrate.make(tmp_path / "new.db")
    assert columns_of(old).keys() == columns_of(tmp_path / "new.db").keys()
    for table, columns in columns_of(tmp_path / "new.db").items():
        assert set(columns_of(old)[table]) == set(columns), table


def test_every_view_of_a_migrated_store_can_be_read(old: Path) -> None:
    migrate.migrate(old)
    names = [statement.split()[2] for statement in views.statements()]
    with driver.store_at(old, read_only=True) as connection:
        held = {name: len(views.select(connection, name)) for name in names}
    for name in ("v_group", "v_channel", "v_channel_server", "v_conversation", "v_message", "v_outbox"):
        assert held[name] > 0, name
    assert (held["v_account"], held["v_collecting"], held["v_settings"]) == (1, 1, 1)


def test_passwords_go_on_to_the_hosts_that_had_them(old: Path) -> None:
    migrate.migrate(old)
    with driver.store_at(old) as connection:
        trusted = {(row["reference"], row["host"]) for row in views.select(connection, "v_trusted_host")}
    reference = '{"env": "SHOP_PASSWORD"}'
    assert trusted == {(reference, "mail.holzweg.example"), (reference, "smtp.holzweg.example")}


def test_the_copy_beside_a_migrated_store_is_the_old_one(old: Path) -> None:
    before = contents(old)
    migrate.migrate(old)
    (copy,) = old.parent.glob("old.db.*.backup")
    assert contents(copy) == before


@pytest.mark.parametrize("command", [("init",), ("store", "migrate")])
def test_migrating_is_told_with_the_place_of_the_copy(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    desk = Desk(old, monkeypatch, capsys)
    desk.become("eva.berg")
    told = desk.run(*command)
    (copy,) = old.parent.glob("old.db.*.backup")
    assert (told.out, told.err) == (f"Migrated store {old}, backup in {copy}.\n", "")
    assert desk.do(*command) == f"Store {old}: unchanged.\n"
    again = desk.json(*command)
    assert (again["changed"], again["backup"]) == (False, None)
    assert desk.do("init", "--client-name", "Neu") == f"Changed store {old}.\n"


def test_the_program_works_on_with_a_migrated_store(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(old, monkeypatch, capsys)
    desk.become("eva.berg")
    assert "store migrate" in desk.refused("group", "list", code=1)["hint"]
    desk.do("store", "migrate")
    shown = desk.json("conversation", "show", "1")
    assert (shown["channel"], shown["group"], shown["status"]) == ("Werkstatt", "Maßarbeit", "Offen")
    assert [message["direction"] for message in shown["messages"]] == ["in", "in", "out"]
    assert [each["name"] for each in shown["messages"][0]["attachments"]] == ["Lieferung Maß.png"]
    assert {each["state"] for each in desk.json("outbox", "list")} == {"captured", "queued"}
    channel = desk.json("channel", "show", "Amazon DE")
    assert channel["incoming"]["password"] == {"env": "SHOP_PASSWORD"}
    assert [group["name"]["de"] for group in desk.json("group", "list", "--deleted")] == ["Alt"]
    assert desk.json("group", "add", "Neu")["id"] == 103, "the ID of the deleted group is not given again"
    assert desk.json("type", "add", "Neu/Anfrage")["changed"] is True
