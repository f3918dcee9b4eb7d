"""Skip rules, by command: recipients that a channel ignores when it sends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk
from tests.messenger.test_skipping import SLOW

MESSAGE = ("--subject", "Ihr Regal", "--text", "Es ist da.")


@pytest.fixture
def kaufland(desk: Desk, tmp_path: Path) -> Desk:
    """A channel of a marketplace that takes addresses only, in live mode, sending into a Maildir."""
    desk.do(
        *("channel", "add", "Kaufland", "--marketplace", "kaufland", "--default"),
        *("--outgoing-protocol", "maildir", "--outgoing-path", str(tmp_path / "out")),
        *("--sender-email", "shop@holzweg.example"),
    )
    desk.do("settings", "set", "--live-mode", "--yes")
    return desk


def _delivered(desk: Desk) -> int:
    return len(list((desk.store.parent / "out" / "new").glob("*")))


def test_orders_are_skipped(kaufland: Desk) -> None:
    """A channel can skip orders: they get nothing, and break no requirement, since they are no recipients.

    M-143 `plentymsg channel set CHANNEL --skip-orders`
    """
    words = ("send", "--to", "petra@example.com", "--to", "order:7", *MESSAGE)
    broken = kaufland.refused(*words, code=4)
    assert [violation["code"] for violation in broken["violations"]] == ["PM401"]
    kaufland.do("channel", "set", "Kaufland", "--skip-orders")
    sent = kaufland.json(*words)
    assert sent["state"] == "sent"
    assert sent["states"] == {"petra@example.com": "sent", "order:7": "skipped"}
    assert _delivered(kaufland) == 1


def test_contacts_are_skipped(kaufland: Desk) -> None:
    """A channel can skip contacts in the same way.

    M-144 `plentymsg channel set CHANNEL --skip-contacts`
    """
    words = ("send", "--to", "petra@example.com", "--to", "contact:7", *MESSAGE)
    broken = kaufland.refused(*words, code=4)
    assert [violation["code"] for violation in broken["violations"]] == ["PM402"]
    kaufland.do("channel", "set", "Kaufland", "--skip-contacts")
    done = kaufland.run(*words)
    assert done.code == 0
    assert "The channel Kaufland skips contact:7." in done.err
    assert _delivered(kaufland) == 1


def test_addresses_are_skipped_by_a_regular_expression(kaufland: Desk) -> None:
    """A channel can skip the addresses in which a regular expression finds something, in any letter case.

    M-145 `plentymsg channel set CHANNEL --skip-emails REGEX`
    """
    kaufland.do("channel", "set", "Kaufland", "--skip-emails", r"@invalid\.example$")
    sent = kaufland.json("send", "--to", "petra@example.com", "--to", "x@INVALID.example", *MESSAGE)
    assert sent["states"] == {"petra@example.com": "sent", "x@invalid.example": "skipped"}
    kaufland.do("channel", "set", "Kaufland", "--skip-emails", "")
    sent = kaufland.json("send", "--to", "x@invalid.example", *MESSAGE)
    assert sent["states"] == {"x@invalid.example": "sent"}


def test_where_nobody_is_left_the_message_is_kept_and_nothing_sent(kaufland: Desk) -> None:
    kaufland.do("channel", "set", "Kaufland", "--skip-orders", "--skip-emails", "petra")
    words = ("send", "--to", "order:7", "--to", "petra@example.com", "--key", "k1", *MESSAGE)
    done = kaufland.run(*words)
    assert done.code == 0
    assert "Nobody is left" in done.err
    again = kaufland.json(*words)
    assert (again["changed"], again["state"], again["captured"]) == (False, "skipped", False)
    (message,) = kaufland.json("conversation", "show", str(again["conversation"]))["messages"]
    assert message["text"].startswith("Guten Tag")
    assert message["delivery"]["state"] == "skipped"
    assert kaufland.json("outbox", "list", "--state", "skipped")[0]["to"] == ["order:7", "petra@example.com"]
    kaufland.do("send")
    kaufland.refused("outbox", "retry", str(again["id"]), "--yes", code=1)
    assert _delivered(kaufland) == 0


def test_a_customer_who_is_skipped_gets_no_answer(kaufland: Desk) -> None:
    sent = kaufland.json("send", "--to", "petra@example.com", *MESSAGE)
    kaufland.do("channel", "set", "Kaufland", "--skip-emails", "petra")
    answer = kaufland.json("conversation", "reply", str(sent["conversation"]), "--text", "Noch etwas.")
    assert answer["state"] == "skipped"
    assert _delivered(kaufland) == 1


def test_a_message_whose_rule_runs_out_of_time_is_held(kaufland: Desk) -> None:
    kaufland.do("channel", "set", "Kaufland", "--skip-emails", SLOW)
    words = ("send", "--to", "z" + "a" * 60 + "@" + "b" * 50 + ".example", *MESSAGE)
    error = kaufland.refused(*words, code=1)
    assert "is held" in error["message"]
    assert kaufland.json("outbox", "list") == kaufland.json("conversation", "list") == []
    kaufland.do("channel", "set", "Kaufland", "--skip-emails", "")
    assert kaufland.json(*words)["state"] == "sent"


def test_checking_without_sending_skips_as_well(kaufland: Desk) -> None:
    words = ("check", "--channel", "Kaufland", "--to", "order:7", *MESSAGE)
    assert kaufland.run(*words).code == 4
    kaufland.do("channel", "set", "Kaufland", "--skip-orders")
    kaufland.do(*words)


@pytest.mark.parametrize("pattern", ["([", "(((a{99}){99}){99}){99}", "x" * 501, "a\nb"])
def test_a_rule_is_tried_before_it_is_kept(kaufland: Desk, pattern: str) -> None:
    error = kaufland.refused("channel", "set", "Kaufland", "--skip-emails", pattern, code=2)
    assert "skip.emails" in str(error)
    assert kaufland.json("channel", "show", "Kaufland")["skip"]["emails"] == ""
