"""Live mode off: nothing reaches a customer, whichever channel; a copy may go to the test address."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from plentymsg.mail.parse import parse
from plentymsg.store import ledger
from tests.desk import Desk
from tests.journeys.conftest import server_options
from tests.servers import smtp
from tests.servers.smtp import SmtpServer

CUSTOMER = "petra@example.com"
TEST = "test@holzweg.example"
SEND = ("send", "--to", f"Petra <{CUSTOMER}>", "--subject", "[Wichtig] Regal", "--text", "Es kommt.")


@pytest.fixture
def shop(desk: Desk, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two channels that send through one server, which accepts everything; live mode is off."""
    for name, value in {**smtp_server.environment, "OUT_PASSWORD": smtp.PASSWORD}.items():
        monkeypatch.setenv(name, value)
    options = server_options(
        "outgoing", smtp_server.server().port, "starttls", smtp.USERNAME, "env:OUT_PASSWORD"
    )
    desk.do("channel", "add", "Shop", "--default", "--sender-email", "shop@holzweg.example", *options)
    desk.do("channel", "add", "Amazon", "--sender-email", "amazon@holzweg.example", *options)
    return desk


def captured(desk: Desk) -> list[bytes]:
    return [path.read_bytes() for path in Path(f"{desk.store}.captured").glob("new/*")]


def answer(desk: Desk, number: int = 1) -> str:
    """What the outbox says of a message's recipient."""
    return str(desk.json("outbox", "show", str(number))["recipients"][0]["response"])


def test_with_live_mode_off_no_server_is_even_spoken_to(shop: Desk, smtp_server: SmtpServer) -> None:
    """Until live mode is on, messages are captured beside the store, and say so.

    M-128 `plentymsg send`
    """
    done = shop.run(*SEND)
    assert done.code == 0
    assert "LIVE MODE IS OFF" in done.err
    assert (smtp_server.sessions, len(captured(shop))) == (0, 1)
    shop.do("settings", "set", "--live-mode", "--yes")
    assert shop.json(*SEND)["state"] == "sent"
    shop.do("send")
    assert [message.recipients for message in smtp_server.received] == [(CUSTOMER,)], "only the second one"


@pytest.mark.parametrize("command", ["send", "sync"])
def test_what_was_accepted_before_live_mode_is_captured_and_the_reason_told(
    shop: Desk, smtp_server: SmtpServer, command: str
) -> None:
    """A message that waited while live mode was off stays with us, and nobody is told that it is off now."""
    shop.do(*SEND, "--queue")
    shop.do("settings", "set", "--live-mode", "--yes")
    done = shop.run(command)
    assert (done.code, smtp_server.received, len(captured(shop))) == (0, [], 1)
    assert "1 message was accepted before live mode was on, and captured." in done.err
    assert "LIVE MODE IS OFF" not in done.err


def test_live_mode_is_one_switch_for_all_channels(shop: Desk, smtp_server: SmtpServer) -> None:
    """One switch in the settings holds for whatever leaves: every channel, messages and answers, sync too.

    M-129 `plentymsg settings set --live-mode`
    """
    shop.do("settings", "set", "--live-mode", "--yes")
    for channel in ("Shop", "Amazon"):
        assert shop.json(*SEND, "--channel", channel)["state"] == "sent"
        shop.do(*SEND, "--channel", channel, "--queue")
    shop.do("settings", "set", "--no-live-mode")
    shop.do("sync")
    shop.do("conversation", "reply", "1", "--text", "Und noch etwas.")
    assert len(smtp_server.received) == 2
    states = [line["state"] for line in shop.json("outbox", "list")]
    assert sorted(states) == ["captured"] * 3 + ["sent"] * 2


def test_a_copy_of_what_is_captured_goes_to_the_test_address_alone(
    shop: Desk, smtp_server: SmtpServer
) -> None:
    """With a test address, staff see what customers would get; the customer is named, but gets nothing.

    M-128 `plentymsg account set --test-address ADDRESS`
    """
    shop.do("account", "set", "--test-address", TEST)
    assert shop.json(*SEND)["state"] == "captured"
    (copy,) = smtp_server.received
    mail = parse(copy.raw)
    assert (copy.recipients, [address.email for address in mail.to]) == ((TEST,), [TEST])
    assert b"X-Original-To: Petra <petra@example.com>\r\n" in copy.raw
    assert not any(CUSTOMER in command for command in smtp_server.commands)
    assert mail.subject == "[Wichtig] Regal"
    assert answer(shop).endswith(f"; copied to {TEST}")
    (kept,) = captured(shop)
    assert b"To: Petra <petra@example.com>" in kept, "the captured message is as it would have left"


def test_the_copy_goes_once_and_nothing_waits_for_it(shop: Desk, smtp_server: SmtpServer) -> None:
    shop.do("account", "set", "--test-address", TEST)
    shop.do(*SEND)
    shop.do("send")
    shop.do("sync")
    shop.do("settings", "set", "--live-mode", "--yes")
    shop.do("send")
    assert len(smtp_server.received) == 1
    assert shop.json(*SEND)["state"] == "sent"
    assert [message.recipients for message in smtp_server.received] == [(TEST,), (CUSTOMER,)]


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        ({"drop_at": "connect"}, ""),
        ({"login_answer": "535 no"}, "password"),
        ({"data_answer": "554 spam"}, "spam"),
        ({"refused_recipients": {TEST: "550 who is that"}}, "who is that"),
        ({"drop_at": "answer"}, ""),
    ],
)
def test_whatever_becomes_of_the_copy_the_message_is_captured(
    shop: Desk, smtp_server: SmtpServer, trouble: dict, told: str
) -> None:
    for name, value in trouble.items():
        setattr(smtp_server, name, value)
    shop.do("account", "set", "--test-address", TEST)
    for _ in range(2):
        shop.do(*SEND, "--queue")
    done = shop.run("send")
    assert done.code == 0, done.err
    assert f"No copy went to the test address {TEST}: " in done.err
    assert [line["state"] for line in shop.json("outbox", "list")] == ["captured"] * 2
    assert told in answer(shop)
    assert len(captured(shop)) == 2
    assert not any(CUSTOMER in message.recipients for message in smtp_server.received)


def test_a_server_that_is_away_is_tried_once_a_run(shop: Desk, smtp_server: SmtpServer) -> None:
    smtp_server.drop_at = "connect"
    shop.do("account", "set", "--test-address", TEST)
    for _ in range(3):
        shop.do(*SEND, "--queue")
    shop.do("send")
    assert smtp_server.sessions == 1


def test_a_way_out_that_goes_by_the_headers_finds_no_customer(
    shop: Desk, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    """A Maildir has no envelope: what is sent from it goes to whom To and Cc name."""
    out = tmp_path / "out"
    shop.do("channel", "set", "Shop", "--outgoing-protocol", "maildir", "--outgoing-path", str(out))
    shop.do("account", "set", "--test-address", TEST)
    shop.do(*SEND)
    (copy,) = (path.read_bytes() for path in out.glob("new/*"))
    mail = parse(copy)
    assert [address.email for address in (*mail.to, *mail.cc)] == [TEST]


def test_a_run_that_dies_before_the_copy_leaves_the_message_captured(
    shop: Desk, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better no copy than two: it is not repeated."""
    shop.do("account", "set", "--test-address", TEST)
    settle = ledger.settle

    def settle_and_die(*args: object) -> None:
        settle(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(ledger, "settle", settle_and_die)
        assert shop.run(*SEND).code == 130
    shop.do("send")
    (line,) = shop.json("outbox", "list")
    assert (line["state"], smtp_server.received) == ("captured", [])


def test_a_store_that_is_busy_after_the_copy_loses_nothing_but_the_note(
    shop: Desk, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    shop.do("account", "set", "--test-address", TEST)
    monkeypatch.setattr(ledger, "note", note)
    assert shop.json(*SEND)["state"] == "captured"
    assert len(smtp_server.received) == 1
