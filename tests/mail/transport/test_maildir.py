from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from plentymsg.errors import InvalidInput, PlentymsgError, Unreachable
from plentymsg.mail.server import Server
from plentymsg.mail.transport import Transport, maildir, open_transport

RAW = b"Subject: x\r\n\r\nHello\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store" / "capture"


@pytest.fixture
def transport(folder: Path) -> Iterator[Transport]:
    with open_transport(Server("maildir", path=str(folder))) as opened:
        yield opened


def nothing(accepted: Sequence[str]) -> None:
    """A ledger that is content."""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_one_file_is_delivered_for_all_recipients(transport: Transport, folder: Path) -> None:
    told: list[Sequence[str]] = []
    outcomes = transport.hand_over(RAW, "s@example.com", ["a@example.com", "b@example.com"], told.append)
    (delivered,) = (folder / "new").iterdir()
    assert delivered.read_bytes() == RAW
    assert {recipient: outcome.state for recipient, outcome in outcomes.items()} == {
        "a@example.com": "sent",
        "b@example.com": "sent",
    }
    assert str(delivered) in outcomes["a@example.com"].response
    assert told == [["a@example.com", "b@example.com"]]
    assert list((folder / "tmp").iterdir()) == []


@pytest.mark.parametrize("umask", [0o000, 0o377])
def test_nobody_else_can_read_it_whatever_the_umask(transport: Transport, folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        transport.hand_over(RAW, "s@example.com", ["a@example.com"], nothing)
    finally:
        os.umask(before)
    folders = (folder.parent, folder, folder / "tmp", folder / "new", folder / "cur")
    assert [mode(each) for each in folders] == [0o700] * 5
    assert [mode(each) for each in (folder / "new").iterdir()] == [0o600]


def test_a_folder_that_was_there_keeps_its_mode(transport: Transport, folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o2770)
    transport.hand_over(RAW, "s@example.com", ["a@example.com"], nothing)
    assert mode(folder) == 0o2770


def test_what_cannot_be_noted_is_not_delivered(transport: Transport, folder: Path) -> None:
    def refuse(accepted: Sequence[str]) -> None:
        assert list((folder / "new").iterdir()) == [], "it must be noted before it is delivered"
        raise RuntimeError("no ledger")

    with pytest.raises(RuntimeError, match="no ledger"):
        transport.hand_over(RAW, "s@example.com", ["a@example.com"], refuse)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_file_names_are_unique_and_say_nothing_of_the_message(transport: Transport, folder: Path) -> None:
    for _ in range(100):
        transport.hand_over(b"Subject: Geheim\r\n\r\n", "petra@example.com", ["a@example.com"], nothing)
    names = [path.name for path in (folder / "new").iterdir()]
    assert len(names) == 100
    assert not [name for name in names if "petra" in name or "Geheim" in name or not name.isascii()]


def test_a_full_disk_leaves_nothing_half_done(
    transport: Transport, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    told: list[Sequence[str]] = []
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unreachable, match="is full"):
        transport.hand_over(RAW, "s@example.com", ["a@example.com"], told.append)
    assert told == []
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_file_in_place_of_the_folder_is_named(folder: Path, transport: Transport) -> None:
    folder.parent.mkdir()
    folder.write_text("no folder")
    with pytest.raises(InvalidInput, match="is no folder"):
        transport.test()
    with pytest.raises(PlentymsgError, match="cannot be written to") as caught:
        transport.hand_over(RAW, "s@example.com", ["a@example.com"], nothing)
    assert str(folder) in caught.value.message


def test_a_test_makes_nothing(transport: Transport, folder: Path) -> None:
    transport.test()
    assert not folder.parent.exists()


def test_a_folder_that_is_not_writable_is_said_by_a_test(
    transport: Transport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """(Root can write everywhere, so that the answer of the system is simulated.)"""
    monkeypatch.setattr(maildir.os, "access", lambda path, wanted: Path(path) != tmp_path)
    with pytest.raises(PlentymsgError, match="cannot be written to") as caught:
        transport.test()
    assert str(tmp_path) in caught.value.message


def test_in_a_folder_that_a_group_has_everything_is_for_the_group(transport: Transport, folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o2770)
    transport.hand_over(RAW, "s@example.com", ["a@example.com"], nothing)
    assert [mode(folder / name) for name in ("tmp", "new", "cur")] == [0o2770] * 3
    assert [mode(each) for each in (folder / "new").iterdir()] == [0o660]
