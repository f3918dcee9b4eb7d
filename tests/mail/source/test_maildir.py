from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plentymsg.errors import NotFound, PlentymsgError
from plentymsg.mail import source
from plentymsg.mail.server import Server
from plentymsg.mail.source import Batch, maildir, open_source
from plentymsg.mail.source.maildir import MaildirPosition

LONG_AGO = date(2000, 1, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "shop" / name).mkdir(parents=True)
    return tmp_path / "shop"


@pytest.fixture
def fetch(folder: Path) -> Callable[..., list[Batch]]:
    def all_batches(position: str | None = None, since: date = LONG_AGO) -> list[Batch]:
        return list(open_source(Server("maildir", path=str(folder))).batches(position, since))

    return all_batches


@pytest.fixture
def much_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window in which names are remembered lies behind."""
    monkeypatch.setattr(maildir, "_WINDOW_NS", 0)


def deliver(
    folder: Path, name: str, content: bytes = b"Subject: x\n\n", age: timedelta = timedelta()
) -> Path:
    """As an MTA does: write it elsewhere, and move it in when it is whole."""
    path = folder / "tmp" / name
    path.write_bytes(content)
    moment = (datetime.now(UTC) - age).timestamp()
    os.utime(path, (moment, moment))
    return path.rename(folder / "new" / name)


def names(batches: list[Batch]) -> list[str]:
    return [each.name for batch in batches for each in batch.mails]


def test_new_and_read_mail_is_fetched_once(folder: Path, fetch: Callable[..., list[Batch]]) -> None:
    deliver(folder, "1.a.host", b"one")
    deliver(folder, "2.b.host", b"two").rename(folder / "cur" / "2.b.host:2,S")
    batches = fetch()
    assert [(each.name, each.raw) for batch in batches for each in batch.mails] == [
        ("1.a.host", b"one"),
        ("2.b.host", b"two"),
    ]
    assert fetch(batches[-1].position) == []


def test_nothing_is_moved(folder: Path, fetch: Callable[..., list[Batch]]) -> None:
    path = deliver(folder, "1")
    open_source(Server("maildir", path=str(folder))).test()
    fetch()
    assert path.exists()
    assert list((folder / "cur").iterdir()) == []


def test_only_what_came_since_is_fetched(folder: Path, fetch: Callable[..., list[Batch]]) -> None:
    deliver(folder, "1")
    position = fetch()[-1].position
    deliver(folder, "0")
    assert names(fetch(position)) == ["0"]


def test_marking_a_fetched_mail_as_read_does_not_fetch_it_again(
    folder: Path, fetch: Callable[..., list[Batch]]
) -> None:
    path = deliver(folder, "1")
    position = fetch()[-1].position
    path.rename(folder / "cur" / "1:2,S")
    assert names(fetch(position)) == []


def test_the_position_does_not_grow_with_the_folder(
    folder: Path, fetch: Callable[..., list[Batch]], much_later: None
) -> None:
    for number in range(50):
        deliver(folder, f"{number:02}")
    batches = fetch()
    assert len(MaildirPosition.read(batches[-1].position).names) < 5
    assert fetch(batches[-1].position) == []


def test_a_mail_delivered_while_the_folder_is_listed_is_not_lost(
    folder: Path, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place in the listing was already passed, and its time is before that of one listed later."""
    genuine = maildir._entries

    def interrupted(files: Iterable[os.DirEntry[str]]) -> Iterator[object]:
        yield from genuine(files)
        if not (folder / "new" / "missed").exists():
            deliver(folder, "missed")
            deliver(folder, "seen")
            with os.scandir(folder / "new") as again:
                yield from (entry for entry in genuine(again) if entry.base == "seen")

    deliver(folder, "first")
    with monkeypatch.context() as patched:
        patched.setattr(maildir, "_entries", interrupted)
        batches = fetch(str(MaildirPosition(0, frozenset())))
    assert sorted(names(batches)) == ["first", "seen"]
    assert names(fetch(batches[-1].position)) == ["missed"]


def test_a_clock_of_the_file_system_that_is_behind_loses_nothing(
    folder: Path, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(folder, "1")
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 3_600_000_000_000)
    position = fetch()[-1].position
    deliver(folder, "2")
    assert names(fetch(position)) == ["2"]


def test_batches_are_bounded_and_resumed(
    folder: Path, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_MAILS", 2)
    for number in range(5):
        deliver(folder, str(number))
    unfinished = open_source(Server("maildir", path=str(folder))).batches(None, LONG_AGO)
    first = next(unfinished)
    assert (len(first.mails), first.remaining) == (2, 3)
    rest = fetch(first.position)
    assert sorted(names([first]) + names(rest)) == ["0", "1", "2", "3", "4"]
    assert rest[-1].remaining == 0


def test_a_big_mail_comes_alone(
    folder: Path, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    for number, size in enumerate((10, 500, 10)):
        deliver(folder, str(number), b"x" * size)
    assert [len(batch.mails) for batch in fetch()] == [1, 1, 1]


def test_the_first_fetch_begins_at_its_date_even_after_an_interruption(
    folder: Path, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_MAILS", 1)
    old = timedelta(days=400)
    since = (datetime.now(UTC) - timedelta(days=30)).date()
    for number, age in enumerate((timedelta(), old, timedelta(), old)):
        deliver(folder, str(number), age=age)
    first = next(open_source(Server("maildir", path=str(folder))).batches(None, since))
    assert names([first]) == ["0"]
    deliver(folder, "4", age=old)  # put there since: new, whatever its age
    rest = fetch(first.position, since)
    assert sorted(names(rest)) == ["2", "4"]
    assert fetch(rest[-1].position, since) == []


def test_mail_that_moves_before_it_is_read_is_found_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAX_MAILS", 1)
    deliver(folder, "1")
    path = deliver(folder, "2", b"two")
    gone = deliver(folder, "3")
    batches = open_source(Server("maildir", path=str(folder))).batches(None, LONG_AGO)
    next(batches)
    path.rename(folder / "cur" / "2:2,S")
    gone.unlink()
    assert [each.raw for batch in batches for each in batch.mails] == [b"two"]


def test_the_time_of_arrival_is_the_files(folder: Path, fetch: Callable[..., list[Batch]]) -> None:
    path = deliver(folder, "1", age=timedelta(days=3))
    assert fetch()[0].mails[0].received_at == datetime.fromtimestamp(path.stat().st_mtime, UTC)


@pytest.mark.parametrize("mtime", [506_771_000_000.0, -99_999_999_999.0, 1e30])
def test_a_time_that_no_calendar_has_is_none(
    folder: Path, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch, mtime: float
) -> None:
    """Not every file system keeps such times, so that they are put in when the folder is listed."""
    genuine = maildir._entries
    monkeypatch.setattr(
        maildir,
        "_entries",
        lambda files: (dataclasses.replace(entry, mtime=mtime) for entry in genuine(files)),
    )
    deliver(folder, "1")
    (mail,) = fetch(str(MaildirPosition(0, frozenset())))[0].mails
    assert (mail.name, mail.received_at) == ("1", None)


def test_what_is_no_mail_file_is_left_alone(
    folder: Path, fetch: Callable[..., list[Batch]], tmp_path: Path
) -> None:
    """A pipe would hang the fetch, and a link could show any file of this machine."""
    (folder / "new" / ".nfs0001").write_bytes(b"x")
    (folder / "new" / "folder").mkdir()
    os.mkfifo(folder / "new" / "pipe")
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "new" / "link").symlink_to(tmp_path / "secret")
    assert names(fetch()) == []


def test_a_file_name_that_is_no_text(folder: Path, fetch: Callable[..., list[Batch]]) -> None:
    (folder / "new" / os.fsdecode(b"1.\xff")).write_bytes(b"x")
    batches = fetch()
    assert len(names(batches)) == 1
    names(batches)[0].encode()
    assert fetch(batches[-1].position) == []


@pytest.mark.parametrize("stored", ["", "nonsense", "[]", '{"uidvalidity": 1, "uid": 2}'])
def test_a_position_of_another_form_means_reading_again(
    folder: Path, fetch: Callable[..., list[Batch]], stored: str
) -> None:
    deliver(folder, "1")
    assert names(fetch(stored)) == ["1"]


def test_a_missing_folder_and_one_that_is_no_maildir(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none", "does not exist"), (tmp_path, "no Maildir")):
        with pytest.raises(NotFound, match=reason) as caught:
            open_source(Server("maildir", path=str(path))).test()
        assert str(path) in caught.value.message
        assert caught.value.hint


def test_a_mail_that_cannot_be_read_stops_the_fetch_before_it(
    folder: Path, fetch: Callable[..., list[Batch]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going on would lose it. (Root can read everything, so that the refusal is simulated.)"""
    path = deliver(folder, "1")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PlentymsgError, match="Permission denied") as caught:
        fetch()
    assert str(path) in caught.value.message


def test_the_mailbox_is_named_by_its_absolute_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert open_source(Server("maildir", path="shop")).mailbox == f"maildir://{folder}"
