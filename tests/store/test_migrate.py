"""Making a store, opening it, and what a file that is no store of ours gets."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from plentymsg.errors import Busy, StoreFault
from plentymsg.store import driver, migrate, tables, views
from plentymsg.store.revisions import APPLICATION_ID, HEAD, REVISIONS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.db"


def test_making_a_store_twice_changes_nothing_the_second_time(path: Path) -> None:
    assert migrate.make(path).changed is True
    before = path.read_bytes()
    assert migrate.make(path).changed is False
    assert path.read_bytes() == before


def test_nobody_else_may_read_a_store(path: Path) -> None:
    migrate.make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_migrations_make_what_the_tables_say(path: Path) -> None:
    migrate.make(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
        held = {
            row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")
        }
    engine.dispose()
    assert {table.name for table in tables.SQLModel.metadata.sorted_tables} <= held


def test_the_list_of_revisions_is_that_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", "plentymsg:store/migrations")
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [script.revision for script in reversed(scripts)] == list(REVISIONS)


def test_every_view_can_be_read(path: Path) -> None:
    migrate.make(path)
    names = [statement.split()[2] for statement in views.statements()]
    with driver.store_at(path, read_only=True) as connection:
        assert len(names) > 10
        held = {name: views.count(connection, name) for name in names}
    assert held == {**dict.fromkeys(names, 0), "v_account": 1, "v_collecting": 1}


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    """An `init` that was killed at once leaves one."""
    path.parent.mkdir()
    path.touch()
    assert migrate.make(path).changed is True
    with driver.store_at(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID


def _foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()


def _text_file(path: Path) -> None:
    path.write_text("Dear diary, " * 100)


@pytest.mark.parametrize("make_file", [_foreign_database, _text_file])
@pytest.mark.parametrize("touch", [migrate.make, migrate.migrate, driver.open_store])
def test_a_file_that_is_no_store_of_ours_is_left_alone(path: Path, make_file, touch) -> None:
    path.parent.mkdir()
    make_file(path)
    before = path.read_bytes()
    with pytest.raises(StoreFault, match="not a plentymsg store"):
        touch(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("touch", [migrate.make, migrate.migrate, driver.open_store])
def test_a_store_of_a_newer_version_is_left_alone(path: Path, touch) -> None:
    migrate.make(path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreFault, match="newer plentymsg"):
        touch(path)
    assert sqlite3.connect(path).execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_an_older_store_is_not_migrated_in_passing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate.make(path)
    monkeypatch.setattr(driver, "REVISIONS", (*REVISIONS, "0099"))
    monkeypatch.setattr(driver, "HEAD", "0099")
    with pytest.raises(StoreFault, match="older") as caught:
        driver.open_store(path)
    assert "store migrate" in caught.value.hint


def test_migrating_keeps_a_copy_and_is_all_or_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision that fails leaves the old schema, its rows and its views, and the copy beside it."""
    migrate.make(path)
    with driver.store_at(path) as connection, driver.transaction(connection):
        connection.execute("INSERT INTO tag (name, colour) VALUES ('Urgent', '#ff0000')")
    monkeypatch.setattr(migrate, "HEAD", "0099")
    monkeypatch.setattr(migrate, "REVISIONS", (*REVISIONS, "0099"))

    def half_done(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE tag_translation")
        raise RuntimeError("the power failed")

    monkeypatch.setattr(migrate, "_run_revisions", half_done)
    with pytest.raises(RuntimeError):
        migrate.migrate(path)
    with driver.store_at(path) as connection:
        assert [row["name"] for row in views.select(connection, "v_tag")] == ["Urgent"]
    (copy,) = path.parent.glob(f"store.db.{HEAD}-*.backup")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with driver.store_at(copy) as connection:
        assert views.count(connection, "v_tag") == 1


def test_migrating_refuses_to_leave_orphans(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate.make(path)
    with driver.store_at(path) as connection, driver.transaction(connection):
        connection.execute("INSERT INTO tag (name, colour) VALUES ('Urgent', '#ff0000')")
        connection.execute("INSERT INTO tag_availability (tag_id, kind) VALUES (1, 'messenger')")
    monkeypatch.setattr(migrate, "HEAD", "0099")
    monkeypatch.setattr(migrate, "REVISIONS", (*REVISIONS, "0099"))
    monkeypatch.setattr(migrate, "_run_revisions", lambda connection: connection.execute("DELETE FROM tag"))
    with pytest.raises(StoreFault, match="without what they refer to"):
        migrate.migrate(path)
    with driver.store_at(path) as connection:
        assert views.count(connection, "v_tag") == 1


def test_a_store_of_the_first_version_keeps_what_it_has(path: Path) -> None:
    """Its outbox in its order, and the hosts that its passwords were given to."""
    _make_of_version(path, "0001")
    connection = sqlite3.connect(path)
    connection.executescript(
        "INSERT INTO messenger_group (id, name_de, position, visible) VALUES (1, 'Allgemein', 1, 1);"
        "INSERT INTO channel (id, name, active, is_default, group_id, sender_email, sender_name)"
        " VALUES (1, 'Laden', 1, 0, 1, '', '');"
        "INSERT INTO channel_server (channel_id, side, protocol, host, port, encryption, username, folder,"
        " path, password, allow_plain)"
        " VALUES (1, 'incoming', 'imap', 'Old.example', 993, 'ssl', 'u', 'INBOX', '', '{\"env\": \"X\"}', 0);"
        "INSERT INTO conversation (id, subject, group_id, created_at, updated_at)"
        " VALUES (1, 's', 1, '2026', '2026');"
        "INSERT INTO message (id, conversation_id, channel_id, direction, header_id, subject, from_name,"
        " from_email, date, text, html, marks, evidence, created_at)"
        " VALUES (1, 1, 1, 'out', '', 's', '', '', '2026', 't', '', '[]', '', '2026');"
        "INSERT INTO delivery (message_id, recipient, kind, state, attempts, live, response, updated_at)"
        " VALUES (1, 'z@x.example', 'address', 'sent', 1, 1, '250', '2026'),"
        " (1, 'a@x.example', 'address', 'uncertain', 1, 1, '', '2026');"
    )
    connection.close()
    assert migrate.migrate(path).changed is True
    with driver.store_at(path) as store:
        (line,) = views.select(store, "v_outbox")
        assert (line["state"], views.parsed(line["recipients"])) == (
            "uncertain",
            ["z@x.example", "a@x.example"],
        )
        (trusted,) = views.select(store, "v_trusted_host")
        assert (trusted["reference"], trusted["host"]) == ('{"env": "X"}', "old.example")


def _make_of_version(path: Path, revision: str) -> None:
    """A store as an older version has made it, without its views."""
    path.parent.mkdir()
    config = Config()
    config.set_main_option("script_location", "plentymsg:store/migrations")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def test_there_is_nothing_to_migrate_without_a_store(path: Path) -> None:
    with pytest.raises(StoreFault, match="There is no store") as caught:
        migrate.migrate(path)
    assert caught.value.hint == "Make one with: plentymsg init"


def test_a_store_cannot_be_made_where_a_file_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreFault, match="cannot be made"):
        migrate.make(tmp_path / "file" / "store.db")
    with pytest.raises(StoreFault, match="is a folder"):
        migrate.make(tmp_path)


def test_a_store_that_another_run_writes_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate.make(path)
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    with driver.store_at(path) as first, driver.store_at(path) as second, driver.transaction(first):
        with pytest.raises(Busy, match="being written"), driver.explaining(path), driver.transaction(second):
            pass


def test_a_full_disk_is_told_and_nothing_is_half_kept(path: Path) -> None:
    """SQLite's own limit on the file stands for the disk: it fails with the same SQLITE_FULL."""
    migrate.make(path)
    with pytest.raises(StoreFault, match="is full"), driver.store_at(path) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")
        with driver.transaction(connection):
            connection.execute("INSERT INTO tag (name, colour) VALUES ('Urgent', '#ff0000')")
            connection.execute("INSERT INTO tag (name, colour) VALUES (?, '#ff0000')", ("x" * 1_000_000,))
    with driver.store_at(path) as connection:
        assert views.count(connection, "v_tag") == 0


def test_a_damaged_store_is_told(path: Path) -> None:
    migrate.make(path)
    with path.open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(4000))
    with pytest.raises(StoreFault):
        driver.open_store(path)


def test_head_is_the_last_revision() -> None:
    assert REVISIONS[-1] == HEAD
