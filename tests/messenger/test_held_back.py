"""Delivery judges again: what the rules do not let leave any more is held back, and somebody sees it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plentymsg.messenger import deliver, policy
from plentymsg.store.clock import now, stamp
from tests.desk import Desk
from tests.messenger.customers import add_channel, with_customers

SEND = ("send", "--to", "petra@example.com", "--subject", "Regal", "--text", "Es kommt.")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with a General channel that sends into a Maildir, live."""
    add_channel(desk, "Shop", "--default")
    desk.do("settings", "set", "--live-mode", "--yes")
    return desk


def delivered(desk: Desk) -> list[Path]:
    return list(desk.store.parent.glob("out/new/*"))


def tighten(desk: Desk, marketplace: str = "amazon", group: str = "Amazon") -> None:
    desk.do("channel", "set", "Shop", "--marketplace", marketplace, "--group", group)


def loosen(desk: Desk) -> None:
    desk.do("channel", "set", "Shop", "--marketplace", "", "--group", "General")


def move_conversation(desk: Desk) -> None:
    desk.do("conversation", "set", "1", "--group", "Amazon")


def due(desk: Desk) -> None:
    """Time passes, until all that waits is due."""
    desk.execute("UPDATE delivery SET next_attempt_at = ? WHERE next_attempt_at IS NOT NULL", stamp(now()))


def uncertain(desk: Desk) -> None:
    """What a run leaves that dies while the server takes the message."""
    desk.execute("UPDATE delivery SET state = 'uncertain', next_attempt_at = NULL")


def queued(desk: Desk) -> None:
    desk.do(*SEND, "--queue")


def held_for_an_hour(desk: Desk) -> None:
    desk.do(*SEND, "--hold", "1h")


def put_off(desk: Desk) -> None:
    desk.do(*SEND, "--at", "2099-01-01")


def deferred(desk: Desk) -> None:
    """Its way out does not work, and then does."""
    way_out = desk.store.parent / "out"
    way_out.write_text("a file is where the folder should be")
    desk.do(*SEND)
    assert state(desk) == "deferred"
    way_out.unlink()


def retried_when_uncertain(desk: Desk) -> None:
    queued(desk)
    uncertain(desk)
    desk.do("outbox", "retry", "1", "--yes")


def state(desk: Desk) -> str:
    return str(desk.json("outbox", "list")[0]["state"])


@pytest.mark.parametrize("wait", [queued, held_for_an_hour, put_off, deferred, retried_when_uncertain])
@pytest.mark.parametrize("change", [tighten, move_conversation])
@pytest.mark.parametrize("command", ["send", "sync"])
def test_a_rule_that_holds_by_now_holds_back_whatever_waits(shop: Desk, wait, change, command: str) -> None:
    """However it came to wait, and whoever delivers it."""
    wait(shop)
    change(shop)
    due(shop)
    assert shop.run(command).code == 1
    (line,) = shop.json("outbox", "list")
    assert line["state"] == "failed"
    assert line["error"].startswith("Held back: PM101 ")
    assert delivered(shop) == []


def test_what_is_held_back_is_seen_everywhere_and_told_what_to_do(shop: Desk) -> None:
    queued(shop)
    tighten(shop)
    done = shop.run("send")
    assert (done.code, "Held back: PM101" in done.out) == (1, True)
    assert "Message 1 is failed: Held back: PM101" in done.err
    assert "plentymsg check --outbox 1" in done.err
    assert "PM101" in shop.run("check", "--outbox", "1").out
    assert "plentymsg outbox cancel 1" in done.err
    assert "plentymsg outbox retry 1" in done.err
    (recipient,) = shop.json("outbox", "show", "1")["recipients"]
    assert recipient["response"].startswith("Held back: PM101 ")
    assert [line["id"] for line in shop.json("outbox", "list", "--state", "failed")] == [1]
    assert shop.json("conversation", "list")[0]["undelivered"] is True
    assert "Failed to petra@example.com: Held back: PM101" in shop.do("conversation", "show", "1")


def test_its_author_is_told_of_it_each_time_that_it_is_held_back(shop: Desk) -> None:
    """Whoever runs the delivery, and in the transaction in which it is decided."""
    shop.do("user", "add", "eva.berg", "--admin")
    shop.do(*SEND, "--queue", "--as", "eva.berg")
    tighten(shop)
    shop.run("send")
    assert shop.json("notification", "list") == []
    (told,) = shop.json("notification", "list", "--as", "eva.berg")
    assert (told["message"], told["direction"], told["subject"]) == (1, "out", "Regal")
    shop.do("notification", "close", "--all", "--as", "eva.berg")
    shop.do("outbox", "retry", "1")
    shop.run("send")
    assert [each["message"] for each in shop.json("notification", "list", "--as", "eva.berg")] == [1]


def test_a_message_that_must_not_leave_keeps_no_other_one(shop: Desk) -> None:
    """Exit 7: one was sent, one was not."""
    queued(shop)
    shop.do("send", "--queue", "--to", "petra@example.com", "--subject", "[Wichtig] x", "--text", "y")
    tighten(shop)
    done = shop.run("send", "--json")
    assert done.code == 7
    assert {row["id"]: row["state"] for row in json.loads(done.out)} == {1: "failed", 2: "sent"}


def test_retrying_does_not_get_a_message_past_a_rule_that_still_holds(shop: Desk) -> None:
    queued(shop)
    tighten(shop)
    for _ in range(2):
        assert shop.run("send").code == 1
        assert state(shop) == "failed"
        shop.do("outbox", "retry", "1")
    assert shop.run("sync").code == 1
    assert delivered(shop) == []


def test_it_leaves_once_the_rule_is_gone_and_somebody_retries_not_before(shop: Desk) -> None:
    queued(shop)
    tighten(shop)
    shop.run("send")
    loosen(shop)
    shop.do("send")
    assert state(shop) == "failed"
    shop.do("outbox", "retry", "1")
    shop.do("send")
    assert state(shop) == "sent"
    assert len(delivered(shop)) == 1


def test_who_writes_it_anew_gives_the_old_one_up_and_the_conversation_is_in_order_again(shop: Desk) -> None:
    queued(shop)
    tighten(shop)
    shop.run("send")
    shop.do("conversation", "reply", "1", "--subject", "[Wichtig] Regal", "--text", "Es kommt.")
    assert shop.json("conversation", "list")[0]["undelivered"] is True
    shop.do("outbox", "cancel", "1", "--yes")
    assert shop.json("conversation", "list")[0]["undelivered"] is False
    shop.do("send")
    assert [line["state"] for line in shop.json("outbox", "list")] == ["sent", "cancelled"]
    assert "it cannot be retried" in shop.refused("outbox", "retry", "1", code=1)["message"]


def test_what_is_captured_is_judged_as_well(shop: Desk) -> None:
    """Live mode off shows what would happen with it on."""
    shop.do("settings", "set", "--no-live-mode")
    queued(shop)
    tighten(shop)
    assert shop.run("send").code == 1
    assert state(shop) == "failed"
    assert not Path(f"{shop.store}.captured").exists()


def test_who_has_it_already_has_it_and_only_the_others_are_kept_from_it(shop: Desk) -> None:
    shop.do(*SEND, "--to", "paul@example.com", "--queue")
    shop.execute("UPDATE delivery SET state = 'sent' WHERE recipient = 'petra@example.com'")
    tighten(shop)
    assert shop.run("send").code == 1
    told = {line["recipient"]: line["state"] for line in shop.json("outbox", "show", "1")["recipients"]}
    assert told == {"petra@example.com": "sent", "paul@example.com": "failed"}


@pytest.mark.parametrize(
    ("recipients", "code"),
    [
        (["order:5001"], "PM401"),
        (["contact:101"], "PM402"),
        (["sabine@example.com", "contact:101"], "PM402"),
        (["sabine@example.com", "contact:101", "order:5001"], "PM401"),
    ],
)
def test_recipients_are_judged_as_they_were_given_whatever_address_they_became(
    shop: Desk, recipients: list[str], code: str
) -> None:
    """Also where all of them are the same address, which gets the message once."""
    with_customers(shop)
    to = [word for recipient in recipients for word in ("--to", recipient)]
    shop.do("send", *to, "--subject", "Regal", "--text", "Es kommt.", "--queue")
    tighten(shop, "kaufland", "Kaufland")
    assert shop.run("send").code == 1
    assert shop.json("outbox", "list")[0]["error"].startswith(f"Held back: {code} ")


def test_a_rule_that_comes_into_force_while_a_server_is_reached_still_holds(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message was judged before, and is already addressed."""
    real = deliver.connections.transport_of

    def slow(*given):
        shop.execute("UPDATE channel SET marketplace = 'amazon'")
        return real(*given)

    monkeypatch.setattr(deliver.connections, "transport_of", slow)
    assert shop.run(*SEND).code == 1
    assert state(shop) == "failed"
    assert delivered(shop) == []


def test_many_faults_are_told_in_a_few_words(shop: Desk) -> None:
    links = " ".join(f"www.shop{number}.de" for number in range(500))
    shop.do("send", "--to", "petra@example.com", "--subject", "Regal", "--text", links, "--queue")
    tighten(shop, "ebay", "eBay")
    shop.run("send")
    assert len(shop.json("outbox", "list")[0]["error"]) < 1000


def test_a_marketplace_that_nobody_knows_any_more_holds_its_messages_and_no_others(shop: Desk) -> None:
    queued(shop)
    add_channel(shop, "Other")
    shop.do(*SEND, "--queue", "--channel", "Other")
    shop.execute("UPDATE channel SET marketplace = 'nowhere' WHERE name = 'Shop'")
    assert shop.run("send").code == 7
    other, held = shop.json("outbox", "list")
    assert (other["state"], held["state"]) == ("sent", "failed")
    assert held["error"] == "Held back: There is no marketplace 'nowhere'."
    assert len(delivered(shop)) == 1


def test_a_message_that_was_lost_is_told_and_keeps_no_other_one(shop: Desk) -> None:
    queued(shop)
    queued(shop)
    shop.execute("DELETE FROM message_raw WHERE message_id = 1")
    assert shop.run("send").code == 7
    assert [line["state"] for line in shop.json("outbox", "list")] == ["sent", "failed"]


def apply_pack(desk: Desk, *, enabled: bool = True, **more: str) -> None:
    """A pack of ours that allows no links in any message."""
    asked = "".join(f", {key}: {value}" for key, value in more.items())
    requirement = f"{{marketplace: any, rule: PM201{asked}}}"
    pack = f"{{name: own, enabled: {str(enabled).lower()}, requirements: [{requirement}]}}"
    desk.do("apply", "-f", "-", stdin=f"version: 1\npacks: [{pack}]\n".encode())


LINK = ("send", "--to", "petra@example.com", "--subject", "Regal", "--text", "Siehe www.holzweg.de.")


def test_a_pack_that_is_switched_on_holds_back_what_waits_until_it_is_off_again(shop: Desk) -> None:
    shop.do(*LINK, "--queue")
    apply_pack(shop)
    assert shop.run("send").code == 1
    assert shop.json("outbox", "list")[0]["error"].startswith("Held back: PM201 ")
    apply_pack(shop, enabled=False)
    shop.do("outbox", "retry", "1")
    shop.do("send")
    assert state(shop) == "sent"


def test_a_requirement_whose_first_day_comes_holds_back_what_waits(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_pack(shop, **{"from": "2099-01-01"})
    shop.do(*LINK, "--queue")
    monkeypatch.setattr(policy, "now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    assert shop.run("send").code == 1
    assert shop.json("outbox", "list")[0]["error"].startswith("Held back: PM201 ")


def test_what_is_sent_at_a_time_is_judged_by_the_rules_of_that_day_at_once(shop: Desk) -> None:
    """In UTC, as all times of the store are."""
    apply_pack(shop, **{"from": "2099-01-01"})
    error = shop.refused(*LINK, "--at", "2099-01-01T01:00+01:00", code=4)
    assert (
        error["message"]
        == "Your own rules would reject this message on 2099-01-01: 1 requirement is not met."
    )
    assert [violation["code"] for violation in error["violations"]] == ["PM201"]
    shop.do(*LINK, "--at", "2099-01-01T00:30+01:00")
    assert state(shop) == "queued"
    assert len(shop.json("outbox", "list")) == 1


def test_a_rule_that_will_be_gone_by_then_stops_nothing(shop: Desk) -> None:
    apply_pack(shop, until="2098-12-31")
    assert "on 20" not in shop.refused(*LINK, code=4)["message"]
    assert "on 20" not in shop.refused(*LINK, "--at", "2001-01-01", code=4)["message"]
    shop.do(*LINK, "--at", "2099-01-01T12:00")
    assert state(shop) == "queued"
