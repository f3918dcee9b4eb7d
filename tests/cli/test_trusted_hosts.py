"""A password that lies on this machine goes to no other host than before, unless somebody here agrees."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_channel import vault  # noqa: F401 - a fixture
from tests.desk import Desk

LOGIN = ("--incoming-username", "shop", "--incoming-password", "env:SHOP")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A channel whose password goes to old.example."""
    desk.do("channel", "add", "Laden", "--incoming-host", "old.example", *LOGIN)
    return desk


def _host(desk: Desk) -> str:
    return str(desk.json("channel", "show", "Laden")["incoming"]["host"])


def test_another_host_is_refused_until_it_is_confirmed(shop: Desk) -> None:
    move = ("channel", "set", "Laden", "--incoming-host", "new.example")
    error = shop.refused(*move, code=1)
    assert error["code"] == "conflict"
    assert "env:SHOP belongs to old.example, and would be given to new.example" in error["message"]
    assert "plentymsg channel trust env:SHOP new.example" in error["hint"]
    assert _host(shop) == "old.example"
    assert "Nobody is here" in shop.refused("channel", "trust", "env:SHOP", "new.example", code=2)["message"]
    shop.refused(*move, code=1)
    assert shop.json("channel", "trust", "env:SHOP", "new.example", "--yes") == {
        "changed": True,
        "host": "new.example",
        "passwords": {"env:SHOP": ["new.example", "old.example"]},
    }
    shop.do(*move)
    assert _host(shop) == "new.example"
    shop.do("channel", "set", "Laden", "--incoming-host", "old.example")


def test_a_file_cannot_send_a_password_to_another_host(shop: Desk, tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    server = "{host: evil.example, username: shop, password: {env: SHOP}}"
    for name in ("Laden", "Neu"):
        file.write_text(f"version: 1\nchannels:\n  - name: {name}\n    incoming: {server}\n")
        error = shop.refused("apply", "-f", str(file), code=2)
        assert "would be given to evil.example" in str(error)
        assert "plentymsg channel trust env:SHOP evil.example" in str(error)
        assert "shop.yaml:4:" in str(error)
    assert [channel["name"] for channel in shop.json("channel")] == ["Laden"]
    assert _host(shop) == "old.example"


def test_what_is_the_same_host_is_no_question(shop: Desk) -> None:
    shop.do("channel", "set", "Laden", "--incoming-port", "1993", "--incoming-username", "other")
    shop.do("channel", "set", "Laden", "--incoming-host", "OLD.example.")
    shop.do("channel", "add", "Zwei", "--incoming-host", "old.example", *LOGIN)
    shop.do("channel", "set", "Zwei", "--incoming-host", "new.example", "--incoming-password", "env:OTHER")


def test_a_new_reference_may_have_both_hosts_of_a_channel(desk: Desk) -> None:
    """Many providers have one host for IMAP and one for SMTP."""
    desk.do(
        *("channel", "add", "Laden", "--incoming-host", "imap.x.example", *LOGIN),
        *("--outgoing-host", "smtp.x.example", "--outgoing-password", "env:SHOP"),
        *("--sender-email", "a@x.example"),
    )
    desk.do("channel", "set", "Laden", "--incoming-host", "smtp.x.example")


def test_a_password_file_is_the_same_however_it_is_written(
    shop: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    secret = tmp_path / "secret"
    password = ("--incoming-password", f"file:{secret}")
    shop.do("channel", "set", "Laden", *password)
    file = tmp_path / "shop.yaml"
    (tmp_path / "linked").symlink_to(tmp_path)
    for spelled in (
        *(f"{tmp_path}/x/../secret", "secret", f"{tmp_path}//secret", "~/secret"),
        *(f"/{secret}", f"{tmp_path}/linked/secret", f"/proc/self/root{secret}"),
    ):
        server = f"{{host: evil.example, username: shop, password: {{file: {spelled}}}}}"
        file.write_text(f"version: 1\nchannels:\n  - name: Laden\n    incoming: {server}\n")
        assert "evil.example" in str(shop.refused("apply", "-f", str(file), code=2))


def test_what_an_older_store_trusted_is_the_same_file_too(shop: Desk, tmp_path: Path) -> None:
    """Migrating remembers a reference as it was written."""
    shop.do("channel", "set", "Laden", "--incoming-password", "file:~/secret")
    with sqlite3.connect(shop.store) as connection:
        connection.execute(
            "UPDATE trusted_host SET reference = '{\"file\": \"~/secret\"}' WHERE reference LIKE '%file%'"
        )
    connection.close()
    shop.refused("channel", "set", "Laden", "--incoming-host", "evil.example", code=1)


def test_who_gives_the_password_says_where_it_goes(shop: Desk, vault: object) -> None:  # noqa: F811
    shop.do("channel", "set", "Laden", "--password-stdin", stdin=b"one\n")
    shop.refused("channel", "set", "Laden", "--incoming-host", "new.example", code=1)
    shop.do("channel", "set", "Laden", "--incoming-host", "new.example", "--password-stdin", stdin=b"two\n")
    assert _host(shop) == "new.example"


def test_a_confirmation_is_in_the_history_and_needs_no_second_one(shop: Desk) -> None:
    shop.do("channel", "trust", "Laden", "New.Example.", "--yes")
    again = shop.json("channel", "trust", "laden", "new.example")
    assert again["changed"] is False
    lines = [line for line in shop.history() if line["kind"] == "trusted_host"]
    assert [(line["before"]["passwords"], line["after"]["passwords"]) for line in lines] == [
        ({"env:SHOP": ["old.example"]}, {"env:SHOP": ["new.example", "old.example"]})
    ]


def test_a_dry_run_trusts_nobody(shop: Desk) -> None:
    shop.do("channel", "trust", "Laden", "new.example", "--dry-run")
    shop.refused("channel", "set", "Laden", "--incoming-host", "new.example", code=1)


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("Laaden", "new.example"), 3, "Laden"),
        (("Leer", "new.example"), 2, "no password"),
        (("env:no name", "new.example"), 2, "env:NAME"),
        (("hunter2:x", "new.example"), 2, "env:NAME"),
        (("Laden", ""), 2, "host"),
        (("Laden", "new\x1b.example"), 2, "U+001B"),
    ],
)
def test_what_cannot_be_trusted_is_refused(shop: Desk, words: tuple[str, ...], code: int, part: str) -> None:
    shop.do("channel", "add", "Leer")
    assert part in str(shop.refused("channel", "trust", *words, "--yes", code=code))
    assert len(shop.rows("SELECT * FROM trusted_host")) == 1


@pytest.mark.parametrize(("answer", "trusted"), [(b"y\n", 2), (b"n\n", 1)])
def test_at_a_terminal_it_asks(shop: Desk, screen: Run, answer: bytes, trusted: int) -> None:
    done = screen("channel", "trust", "Laden", "new.example", answer=answer)
    assert "Give the password env:SHOP to new.example? [y/N]" in done.out
    assert len(shop.rows("SELECT * FROM trusted_host")) == trusted
