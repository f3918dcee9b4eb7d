"""The history, judged again: what other rules would have stopped, or let through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.messenger import accepted, access
from plentymsg.messenger.comparing import Comparison
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.replay import Replay, messages, replay
from plentymsg.messenger.setup.beginning import begin
from plentymsg.rules.judge import judge
from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import ANY, Pack, Requirement, shipped
from plentymsg.rules.policy import Policy
from plentymsg.store import filing, ledger, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection, store_at, transaction
from plentymsg.store.filing import ConversationRecord, MessageRecord
from tests.desk import Desk
from tests.messenger.customers import add_channel, with_customers

TODAY = date(2026, 11, 25)
LINK = "Sie finden es auf www.holzweg.de."


def standard(*requirements: Requirement, on: date = TODAY) -> Standard:
    """The packs that are on by themselves, and one of ours with these requirements."""
    return Standard(Policy([*(p for p in shipped() if p.enabled), Pack("own", "Ours.", requirements)]), on)


NO_LINKS = Requirement(ANY, "PM201", valid_from=date(2027, 1, 1))


def send(desk: Desk, text: str, *options: str, subject: str = "[Wichtig] Regal") -> int:
    return int(
        desk.json("send", "--to", "petra@example.com", "--subject", subject, "--text", text, *options)["id"]
    )


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A General channel; live mode is off, so what is sent is captured."""
    add_channel(desk, "Shop", "--default")
    return desk


def add_template(desk: Desk) -> None:
    words = ("template", "add", "Short", "--language", "de", "--subject", "x", "--text-file", "-")
    desk.do(*words, stdin=b"{{ text }}")


def replayed(desk: Desk, before: Standard | None, after: Standard, **narrowed: Any) -> Replay:
    with store_at(desk.store) as connection:
        return replay(connection, access.identify(connection), before, after, **narrowed)


def affected(desk: Desk, before: Standard | None, after: Standard) -> list[tuple[Any, ...]]:
    """ID, fate and codes of the messages whose fate changes."""
    with store_at(desk.store) as connection:
        result = replay(connection, access.identify(connection), before, after)
        rows = list(messages(connection, result))
    return [(row["id"], row["fate"], row["added"], row["removed"]) for row in rows]


def test_what_a_coming_rule_would_stop_is_told_by_template_user_and_channel(shop: Desk) -> None:
    add_channel(shop, "Other")
    add_template(shop)
    send(shop, LINK)
    send(shop, LINK, "--template", "Short")
    send(shop, "Es kommt.", "--template", "Short", "--channel", "Other")
    before, after = standard(NO_LINKS), standard(NO_LINKS, on=date(2027, 1, 1))
    assert affected(shop, before, after) == [(1, "blocked", ["PM201"], []), (2, "blocked", ["PM201"], [])]
    told = replayed(shop, before, after).as_json()
    assert (told["judged"], told["newly_blocked"], told["newly_allowed"], told["unchanged"]) == (3, 2, 0, 1)
    by_template = {row["template"]: (row["judged"], row["newly_blocked"]) for row in told["templates"]}
    assert by_template == {"Messenger default NEW": (1, 1), "Short": (2, 1)}
    assert {row["channel"]: row["newly_blocked"] for row in told["channels"]} == {"Shop": 2, "Other": 0}
    assert [row["judged"] for row in told["users"]] == [3]


def test_what_a_looser_rule_would_let_through_is_told(shop: Desk) -> None:
    send(shop, LINK)
    shop.do("channel", "set", "Shop", "--marketplace", "ebay", "--group", "eBay")
    looser = standard(Requirement("ebay", "PM201", "off", reason="agreed"))
    assert affected(shop, standard(), looser) == [(1, "allowed", [], ["PM201"])]


def test_what_is_stopped_by_both_is_unchanged(shop: Desk) -> None:
    send(shop, LINK, subject="Regal")
    shop.do("channel", "set", "Shop", "--marketplace", "amazon", "--group", "Amazon")
    looser = standard(Requirement("amazon", "PM201", "off", reason="agreed"))
    assert affected(shop, standard(), looser) == []


def test_without_another_standard_what_holds_now_stands_against_having_been_accepted(shop: Desk) -> None:
    send(shop, LINK)
    send(shop, "Es kommt.")
    shop.do("channel", "set", "Shop", "--marketplace", "ebay", "--group", "eBay")
    assert affected(shop, None, standard()) == [(1, "blocked", ["PM201"], [])]


def test_only_what_was_to_leave_is_judged(shop: Desk) -> None:
    """Not what came in, what is internal, what others have sent, and what a skip rule kept here."""
    send(shop, LINK)
    shop.do("conversation", "whisper", "1", "--text", LINK)
    shop.do("collect", "set", "--active", "--channel", "Shop")
    shop.do("collect", "--source", "orders", stdin=f"From: a@b.example\nSubject: x\n\n{LINK}\n".encode())
    shop.do("channel", "set", "Shop", "--skip-emails", "petra")
    send(shop, LINK)
    strict = standard(Requirement(ANY, "PM201"))
    assert replayed(shop, standard(), strict).total.judged == 1


def test_recipients_are_judged_as_they_were_given(shop: Desk) -> None:
    with_customers(shop)
    shop.do("send", "--to", "order:5001", "--subject", "Regal", "--text", "Es kommt.")
    strict = standard(Requirement(ANY, "PM401"))
    assert affected(shop, standard(), strict) == [(1, "blocked", ["PM401"], [])]


def test_a_pack_may_say_of_an_address_that_it_is_a_new_marketplaces(shop: Desk) -> None:
    shop.do("send", "--to", "x1@relay.example", "--subject", "Regal", "--text", LINK)
    send(shop, LINK)
    market = Marketplace("own", "Own", "", "", ("relay.example",), "")
    pack = Pack("own", "Ours.", (Requirement("own", "PM201"),), (market,))
    after = Standard(Policy([*(each for each in shipped() if each.enabled), pack]), TODAY)
    assert affected(shop, standard(), after) == [(1, "blocked", ["PM201"], [])]


def test_what_cannot_be_judged_is_counted_by_its_reason_and_ends_nothing(shop: Desk) -> None:
    add_channel(shop, "Gone")
    for channel in ("Gone", "Shop", "Shop"):
        send(shop, LINK, "--channel", channel)
    shop.execute("UPDATE channel SET marketplace = 'nowhere' WHERE name = 'Gone'")
    shop.execute("DELETE FROM message_raw WHERE message_id = 2")
    told = replayed(shop, standard(), standard(Requirement(ANY, "PM201"))).as_json()
    assert (told["judged"], told["newly_blocked"]) == (1, 1)
    assert sorted(told["not_judged"], key=lambda row: row["reason"]) == [
        {"reason": "The message itself is not in the store any more.", "messages": 1},
        {"reason": "There is no marketplace 'nowhere'.", "messages": 1},
    ]


def test_a_deleted_template_is_not_known_any_more_and_a_deleted_channel_is(shop: Desk) -> None:
    add_channel(shop, "Other", "--default")
    add_template(shop)
    send(shop, LINK, "--template", "Short", "--channel", "Shop")
    shop.do("template", "delete", "Short", "--yes")
    shop.do("channel", "delete", "Shop", "--yes")
    told = replayed(shop, standard(), standard(Requirement(ANY, "PM201"))).as_json()
    assert [(row["template"], row["newly_blocked"]) for row in told["templates"]] == [(None, 1)]
    assert [(row["channel"], row["newly_blocked"]) for row in told["channels"]] == [("Shop", 1)]


def test_it_may_be_narrowed_to_a_channel_and_a_time(shop: Desk) -> None:
    add_channel(shop, "Other")
    send(shop, LINK)
    send(shop, LINK, "--channel", "Other")
    before, after = standard(), standard(Requirement(ANY, "PM201"))
    assert replayed(shop, before, after, channel="Other").total.judged == 1
    assert replayed(shop, before, after, since=now() + timedelta(hours=1)).total.judged == 0
    assert replayed(shop, before, after, since=now() - timedelta(hours=1)).total.judged == 2


def test_no_message_is_left_out_or_counted_twice_where_a_page_ends(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        send(shop, LINK)
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(views, "_AT_ONCE", 2)
    strict = standard(Requirement(ANY, "PM201"))
    result = replayed(shop, standard(), strict, report=lambda *counts: seen.append(counts))
    assert list(result.fates) == [1, 2, 3, 4, 5]
    assert seen == [(done, 5) for done in range(1, 6)]


def test_the_command_prints_the_summary_and_the_messages(shop: Desk) -> None:
    send(shop, LINK, subject="=HYPERLINK()")
    shop.do("channel", "set", "Shop", "--marketplace", "ebay", "--group", "eBay")
    told = shop.json("rules", "replay")
    assert (told["before"], told["after"]["packs"]) == (None, ["plentyone"])
    (row,) = told["messages"]
    assert (row["id"], row["fate"], row["added"], row["template"]) == (
        *(1, "blocked", ["PM201"]),
        "Messenger default NEW",
    )
    assert shop.do("rules", "replay", "--format", "csv").splitlines()[1].endswith(",'=HYPERLINK()")
    assert "newly_blocked\t1\n" in shop.do("rules", "replay")
    assert [
        json.loads(line)["id"] for line in shop.do("rules", "replay", "--format", "jsonl").splitlines()
    ] == [1]


def test_the_command_holds_another_day_against_today(shop: Desk) -> None:
    send(shop, LINK)
    told = shop.json("rules", "replay", "--on", "2099-01-01")
    assert (told["after"]["on"], told["newly_blocked"], told["messages"]) == ("2099-01-01", 0, [])
    assert told["before"]["on"] < "2099"


def test_the_command_says_what_a_pack_that_is_off_would_stop(shop: Desk) -> None:
    pack = "{name: own, enabled: false, requirements: [{marketplace: any, rule: PM201}]}"
    shop.do("apply", "-f", "-", stdin=f"version: 1\npacks: [{pack}]\n".encode())
    send(shop, LINK)
    send(shop, "Es kommt.")
    told = shop.json("rules", "replay", "--pack", "own")
    assert (told["before"]["packs"], told["after"]["packs"]) == (["plentyone"], ["plentyone", "own"])
    assert [(row["id"], row["fate"], row["added"]) for row in told["messages"]] == [(1, "blocked", ["PM201"])]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--channel", "Nowhere"), 3),
        (("--pack", "nowhere"), 3),
        (("--on", "tomorrow"), 2),
        (("--since", "soon"), 2),
        (("--json", "--format", "csv"), 2),
    ],
)
def test_a_wrong_option_is_refused(shop: Desk, options: tuple[str, ...], code: int) -> None:
    assert shop.run("rules", "replay", *options).code == code


_TEXTS = ("Es kommt.", LINK, "Schreiben Sie an a@example.com")
_RAW = "From: a@b.example\nTo: {to}\nSubject: {subject}\n\n{text}\n"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Messages with and without faults, of an Amazon channel and of one that is no marketplace's."""
    store: Path = tmp_path_factory.mktemp("history") / "store.db"
    begin(store, "Holzweg GmbH")
    with store_at(store) as connection:
        with transaction(connection):
            connection.executemany(
                "INSERT INTO channel"
                " (name, marketplace, active, is_default, group_id, sender_email, sender_name)"
                " VALUES (?, ?, 1, 0, 1, 'a@b.example', '')",
                [("Amazon", "amazon"), ("Shop", None)],
            )
            for channel in (1, 2):
                for subject in ("Wichtig", "Regal"):
                    for text in _TEXTS:
                        _file(connection, channel, subject, text)
        yield connection


def _file(connection: Connection, channel: int, subject: str, text: str) -> None:
    record = ConversationRecord(subject, channel, 1, None, None, None, stamp(now()))
    raw = _RAW.format(to="petra@example.com", subject=subject, text=text).encode()
    message = MessageRecord("out", channel, "", subject, "", "", stamp(now()), text, "", raw)
    number = filing.file_message(connection, filing.open_conversation(connection, record), message)
    ledger.enqueue(connection, number, [("petra@example.com", "order")], now())


_requirements = st.lists(
    st.builds(
        Requirement,
        st.sampled_from(["amazon", ANY]),
        st.sampled_from(["PM101", "PM201", "PM401"]),
        st.sampled_from(["error", "warning", "off"]),
        st.sampled_from([{"de": "Wichtig"}, {"de": "Regal"}]),
    ),
    max_size=4,
)


@given(before=_requirements, after=_requirements)
def test_a_fate_is_what_judging_by_both_says(
    history: Connection, before: list[Requirement], after: list[Requirement]
) -> None:
    """However much of the judging is spared."""
    first, second = standard(*before), standard(*after)
    comparison = Comparison(first, second)
    for message in views.select(history, "v_accepted"):
        now_, then = (_codes(each, history, message) for each in (first, second))
        fate = comparison.fate(history, message)
        if bool(now_) == bool(then):
            assert fate is None
        else:
            assert fate is not None
            assert (fate.is_blocked, set(fate.added), set(fate.removed)) == (
                *(bool(then), then - now_),
                now_ - then,
            )


def _codes(held_to: Standard, connection: Connection, message: views.Row) -> set[str]:
    draft = accepted.draft_of(held_to.policy, message, filing.raw_of(connection, message["id"]) or b"")
    return {violation.code for violation in judge(draft, *held_to) if violation.severity == "error"}
