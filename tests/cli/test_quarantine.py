"""`plentymsg message quarantine`: what was set aside can be seen, and filed once it may be."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.journeys.mails import mail


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    """A store that has set a mail aside, whose sender its channel does not take."""
    desk.do("settings", "set", "--target-domain", "in.holzweg.example")
    desk.do("channel", "add", "Shop", "--allowed-senders", "eva@example.com")
    desk.do("ingest", "--to", target(desk), stdin=mail(1))
    return desk


def target(desk: Desk) -> str:
    return str(desk.json("channel", "show", "Shop")["target_address"])


def test_what_a_channel_does_not_take_is_seen_with_the_reason_and_can_be_filed_later(guarded: Desk) -> None:
    """A mail from a sender who is not allowed is kept whole: allow them, and pipe it in again.

    M-152 `plentymsg message quarantine`
    """
    (row,) = guarded.json("message", "quarantine")
    assert (row["id"], row["channel"]) == (1, "Shop")
    assert row["reason"] == "petra@example.com is not among the allowed senders of the channel Shop."
    raw = guarded.do("message", "quarantine", "--raw", "1").encode()
    guarded.do("channel", "set", "Shop", "--allowed-senders", "eva@example.com,petra@example.com")
    assert guarded.json("ingest", "--to", target(guarded), stdin=raw)["state"] == "filed"


def test_a_fetch_that_sets_aside_what_it_is_told_to_is_no_failure(guarded: Desk, tmp_path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / "in" / name).mkdir(parents=True)
    raw = mail(2).replace(b"To: shop@holzweg.example", f"To: {target(guarded)}".encode())
    (tmp_path / "in" / "new" / "1").write_bytes(raw)
    guarded.do(
        "channel", "set", "Shop", "--incoming-protocol", "maildir", "--incoming-path", str(tmp_path / "in")
    )
    done = guarded.run("fetch", "--json")
    assert done.code == 0, done.err
    assert '"refused": 1' in done.out
    assert "1 not taken; see: plentymsg message quarantine" in done.err
    assert len(guarded.json("message", "quarantine", "--limit", "1")) == 1


def test_what_is_not_there_is_said(guarded: Desk) -> None:
    guarded.refused("message", "quarantine", "--raw", "99", code=3)
    guarded.refused("message", "quarantine", "--raw", "x", code=2)
