"""Delivery: what is judged again, when it is tried again, and when it is given up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.messenger import deliver
from plentymsg.store.clock import now, stamp
from tests.desk import Desk

SEND = ("send", "--to", "petra@example.com", "--subject", "Regal", "--text", "Es kommt.")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with a General channel that sends into a Maildir, live."""
    desk.do(
        *("channel", "add", "Shop", "--default", "--sender-email", "shop@holzweg.example"),
        *("--outgoing-protocol", "maildir", "--outgoing-path", str(out(desk))),
    )
    desk.do("settings", "set", "--live-mode", "--yes")
    return desk


def out(desk: Desk) -> Path:
    return desk.store.parent / "out"


def delivered(desk: Desk) -> list[Path]:
    return list(out(desk).glob("new/*"))


def test_switching_live_mode_on_releases_nothing(shop: Desk) -> None:
    shop.do("settings", "set", "--no-live-mode")
    shop.do(*SEND, "--queue")
    shop.do("settings", "set", "--live-mode", "--yes")
    shop.do("send")
    assert shop.json("outbox", "list")[0]["state"] == "captured"
    assert delivered(shop) == []


def test_live_mode_that_is_switched_off_while_a_server_is_reached_still_holds(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way out was chosen before, and the message is already addressed."""
    real = deliver.connections.transport_of

    def slow(*given):
        shop.rows("UPDATE settings SET live_mode = 0")
        return real(*given)

    monkeypatch.setattr(deliver.connections, "transport_of", slow)
    shop.do(*SEND)
    assert shop.json("outbox", "list")[0]["state"] == "captured"
    assert delivered(shop) == []


def test_switching_live_mode_off_captures_what_waits(shop: Desk) -> None:
    shop.do(*SEND, "--queue")
    shop.do("settings", "set", "--no-live-mode")
    shop.do("send")
    assert shop.json("outbox", "list")[0]["state"] == "captured"
    assert delivered(shop) == []


def test_an_inactive_channel_sends_nothing_and_keeps_what_waits(shop: Desk) -> None:
    shop.do(*SEND, "--queue")
    shop.do("channel", "set", "Shop", "--inactive")
    shop.do("send")
    assert shop.json("outbox", "list")[0]["state"] == "queued"
    assert "not active" in shop.refused(*SEND, code=1)["message"]


def test_the_recipients_relay_asks_for_its_marketplaces_rules(shop: Desk) -> None:
    """An Amazon buyer, written to by the General channel."""
    words = ("send", "--to", "x1y2@marketplace.amazon.de", "--subject", "Regal", "--text", "Es kommt.")
    assert {v["code"] for v in shop.refused(*words, code=4)["violations"]} == {"PM101"}


def test_a_message_that_waits_is_tried_when_its_time_has_come(shop: Desk) -> None:
    shop.do(*SEND, "--hold", "1h")
    shop.do("send")
    assert shop.json("outbox", "list")[0]["state"] == "queued"
    shop.rows("UPDATE delivery SET next_attempt_at = ?", stamp(now()))
    shop.do("send")
    assert shop.json("outbox", "list")[0]["state"] == "sent"


@pytest.mark.parametrize(("attempts", "state"), [(35, "deferred"), (36, "failed")])
def test_an_unwilling_way_out_is_given_up_in_the_end(shop: Desk, attempts: int, state: str) -> None:
    shop.do(*SEND, "--queue")
    shop.rows("UPDATE delivery SET attempts = ?", attempts)
    out(shop).write_text("a file is where the folder should be")
    shop.run("send")
    (line,) = shop.json("outbox", "list")
    assert line["state"] == state
    assert ("Given up" in line["error"]) is (state == "failed")


def test_a_dead_way_out_is_tried_once_in_a_run_and_all_messages_wait(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        shop.do(*SEND, "--queue")
    shop.do(
        *("channel", "set", "Shop", "--outgoing-protocol", "smtp", "--outgoing-host", "localhost"),
        *("--outgoing-port", "1", "--outgoing-encryption", "none"),
    )
    tried = []
    real = deliver.connections.transport_of
    monkeypatch.setattr(
        deliver.connections, "transport_of", lambda *given: tried.append(given) or real(*given)
    )
    shop.do("send")
    assert [line["state"] for line in shop.json("outbox", "list")] == ["deferred"] * 3
    assert len(tried) == 1


@given(attempts=st.integers(1, 10_000))
def test_the_wait_doubles_up_to_four_hours_give_or_take_a_fifth(attempts: int) -> None:
    expected = min(60 * 2 ** min(attempts - 1, 20), 4 * 3600)
    assert 0.8 * expected <= deliver.wait_after(attempts).total_seconds() <= 1.2 * expected
