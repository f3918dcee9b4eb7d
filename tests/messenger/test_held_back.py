"""Delivery judges again: what the rules do not let leave any more is held back, and somebody sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk
from tests.messenger.customers import add_channel

SEND = ("send", "--to", "petra@example.com", "--subject", "Regal", "--text", "Es kommt.")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with a General channel that sends into a Maildir, live."""
    add_channel(desk, "Shop", "--default")
    desk.do("settings", "set", "--live-mode", "--yes")
    return desk


def delivered(desk: Desk) -> list[Path]:
    return list(desk.store.parent.glob("out/new/*"))


def test_a_marketplace_that_nobody_knows_any_more_holds_its_messages_and_no_others(shop: Desk) -> None:
    shop.do(*SEND, "--queue")
    add_channel(shop, "Other")
    shop.do(*SEND, "--queue", "--channel", "Other")
    shop.execute("UPDATE channel SET marketplace = 'nowhere' WHERE name = 'Shop'")
    assert shop.run("send").code == 7
    other, held = shop.json("outbox", "list")
    assert (other["state"], held["state"]) == ("sent", "failed")
    assert held["error"] == "Held back: There is no marketplace 'nowhere'."
    assert len(delivered(shop)) == 1
