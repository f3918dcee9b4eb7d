"""Who changed what, when, and how it was before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from plentymsg.messenger.access import os_login
from tests.cli.conftest import Run
from tests.cli.test_startup import HEAVY, loaded
from tests.desk import Desk


@pytest.fixture
def past(desk: Desk) -> Desk:
    """A store in which something happened."""
    desk.do("user", "add", "eva.berg", "--name", "Eva", "--admin")
    desk.do("tag", "add", "Eilig", "--colour", "#ff0000", "--availabilities", "messenger")
    desk.do("--as", "eva.berg", "tag", "set", "Eilig", "--colour", "#00ff00", "--name", "Dringend")
    desk.do("conversation", "whisper", "--new", "--subject", "Lager zählen", "--text", "x")
    desk.do("conversation", "tag", "1", "--add", "Dringend")
    return desk


def told(desk: Desk, *words: str) -> list[tuple[str, str, str]]:
    """Who did what to which thing, newest first, without what `init` did."""
    lines = desk.json("history", *words)
    return [(line["user"], line["action"], f"{line['kind']} {line['name']}".strip()) for line in lines]


def test_the_history_tells_everything_newest_first(past: Desk) -> None:
    everything = past.json("history", "--limit", "5")
    assert [(line["kind"], line["action"]) for line in everything] == [
        ("conversation", "changed"),
        ("conversation", "begun"),
        ("tag", "changed"),
        ("tag", "added"),
        ("user", "added"),
    ]
    changed = everything[2]
    assert (changed["user"], changed["name"], changed["thing_id"]) == ("eva.berg", "Dringend", 1)
    assert changed["changes"] == {
        "name": {"before": "Eilig", "after": "Dringend"},
        "colour": {"before": "#ff0000", "after": "#00ff00"},
    }
    assert datetime.fromisoformat(changed["at"]).utcoffset() == timedelta(0)
    assert past.json("history", "--limit", "2", "--page", "2") == everything[2:4]


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ("tag:Dringend", ["changed", "added"]),
        ("tag: dringend ", ["changed", "added"]),
        ("tag:1", ["changed", "added"]),
        ("tag", ["changed", "added"]),
        ("conversation:1", ["changed", "begun"]),
        ("user:eva.berg", ["added"]),
    ],
)
def test_one_thing_has_its_own_history(past: Desk, thing: str, expected: list[str]) -> None:
    assert [line["action"] for line in past.json("history", thing)] == expected


def test_what_was_deleted_is_found_by_its_id_or_its_last_name(past: Desk) -> None:
    past.do("tag", "delete", "Dringend", "--yes")
    for thing in ("tag:1", "tag:Dringend"):
        assert [line["action"] for line in past.json("history", thing)] == ["deleted", "changed", "added"]
    assert past.json("history", "tag:1", "--limit", "1")[0]["changes"]["colour"] == {
        "before": "#00ff00",
        "after": None,
    }
    past.do("type", "add", "Amazon/Garantie")
    past.do("type", "delete", "Amazon/Garantie", "--yes")
    assert [line["name"] for line in past.json("history", "type:amazon/garantie")] == ["Amazon/Garantie"] * 2
    past.do("tag", "add", "Dringend", "--colour", "#0000ff", "--availabilities", "messenger")
    (line,) = past.json("history", "tag:Dringend")
    assert line["thing_id"] != 1, "the one that there is comes before the one that was"


@pytest.mark.parametrize(
    ("thing", "code"),
    [
        *[("tag:Unbekannt", 3), ("tag:99", 3), ("conversation:99", 3), ("message:99", 3)],
        *[("colour:red", 2), ("1", 2)],
    ],
)
def test_a_thing_that_never_was_has_no_history(past: Desk, thing: str, code: int) -> None:
    error = past.refused("history", thing, code=code)
    assert error["hint"]


def test_the_history_is_narrowed_to_a_user_a_time_and_an_action(past: Desk) -> None:
    assert told(past, "--user", "eva.berg") == [("eva.berg", "changed", "tag Dringend")]
    assert told(past, "--action", "added", "tag") == [(os_login(), "added", "tag Eilig")]
    past.rows("UPDATE history SET at = '2020-01-01T12:00:00+00:00' WHERE kind = 'tag'")
    assert told(past, "tag", "--since", "1d") == []
    assert len(told(past, "tag", "--since", "2020-01-01")) == 2
    assert told(past, "tag", "--since", "2020-01-01T12:00:01+00:00") == []
    long_ago = (datetime.now(UTC) - timedelta(days=4000)).date().isoformat()
    assert len(told(past, "tag", "--since", long_ago)) == 2
    for wrong in ("yesterday", "", "0", "7y", "2026-13-01"):
        past.refused("history", "--since", wrong, code=2)
    past.refused("history", "--user", "niemand", code=3)


def test_a_conversation_has_the_history_of_what_was_done_in_it_and_to_its_messages(past: Desk) -> None:
    out = str(past.store.parent / "out")
    past.do(
        *("channel", "add", "Laden", "--default", "--sender-email", "shop@holzweg.example"),
        *("--outgoing-protocol", "maildir", "--outgoing-path", out),
    )
    sent = past.json("send", "--to", "petra@example.com", "--subject", "Regal", "--text", "x", "--queue")
    past.do("outbox", "cancel", str(sent["id"]), "--yes")
    lines = past.json("conversation", "history", str(sent["conversation"]))
    assert [(line["kind"], line["action"]) for line in lines] == [
        ("message", "cancelled"),
        ("conversation", "begun"),
    ]
    assert lines[0]["changes"]["state"] == {"before": "queued", "after": "cancelled"}
    past.refused("conversation", "history", "99", code=3)


def test_who_is_no_admin_sees_what_was_done_in_conversations_only(past: Desk) -> None:
    past.do("user", "add", "jan.kiefer")
    past.rows("INSERT INTO access_role (id, name, advanced) VALUES (77, 'Team', 1)")
    past.rows("INSERT INTO access_role_right VALUES (77, 'CRM > Messenger > Read')")
    past.rows("INSERT INTO user_access_role SELECT id, 77 FROM user_account WHERE login = 'jan.kiefer'")
    past.become("jan.kiefer")
    assert {line["kind"] for line in past.json("history")} == {"conversation"}
    assert len(past.json("history", "conversation:1")) == 2
    for thing in ("tag:Dringend", "tag", "user:eva.berg", "nothing"):
        assert "Administrator" in past.refused("history", thing, code=5)["message"]


def test_in_a_pipe_a_line_is_a_line(past: Desk) -> None:
    header, first, *_ = past.do("history", "tag").splitlines()
    assert header.split("\t") == ["at", "user", "action", "kind", "thing_id", "name", "changes"]
    assert first.split("\t")[1:] == [
        *("eva.berg", "changed", "tag", "1", "Dringend"),
        "colour #ff0000 → #00ff00; name Eilig → Dringend",
    ]


def test_on_a_terminal_it_is_read_line_by_line_and_cannot_act(past: Desk, terminal: Run) -> None:
    past.rows("UPDATE history SET after = replace(after, 'Lager', '\\u001b]0;x\\u0007')")
    screen = terminal("history", "--limit", "3", PLENTYMSG_STORE=str(past.store)).out
    assert f"conversation 1 changed by {os_login()}\x1b[0m\n    tags nothing → Dringend\n" in screen
    assert "tag Dringend (1) changed by eva.berg\x1b[0m\n    colour #ff0000 → #00ff00\n" in screen
    assert "\x1b]" not in screen
    assert "\x07" not in screen


def test_a_part_that_is_new_is_told_field_by_field_and_whole(past: Desk) -> None:
    past.do("channel", "add", "Laden")
    out, maildir = "/" + "x" * 200, ("--sender-email", "a@x.example", "--outgoing-protocol", "maildir")
    past.do("channel", "set", "Laden", *maildir, "--outgoing-path", out)
    (line,) = past.json("history", "channel:Laden", "--action", "changed")
    assert line["changes"]["outgoing.path"] == {"before": None, "after": out}
    assert f"outgoing.path nothing → {out}" in past.do("history", "channel:Laden", "--limit", "1")


def test_no_password_is_in_it(past: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_PASSWORD", "canary-7f3a")
    past.do(
        *("channel", "add", "Shop", "--incoming-host", "mail.holzweg.example"),
        *("--incoming-username", "shop", "--incoming-password", "env:SHOP_PASSWORD"),
    )
    for form in ("json", "tsv"):
        shown = past.do("history", "channel:Shop", "--format", form)
        assert "SHOP_PASSWORD" in shown
        assert "canary-7f3a" not in shown


@pytest.mark.parametrize("words", [("history",), ("history", "tag:1"), ("conversation", "history", "1")])
def test_reading_it_loads_nothing_heavy(past: Desk, words: tuple[str, ...]) -> None:
    assert {name.partition(".")[0] for name in loaded(*words)} & HEAVY == set()


@pytest.mark.parametrize(
    "words", [("whisper", "1", "--text", "x"), ("tag", "1", "--add", "1"), ("set", "1", "--group", "Amazon")]
)
def test_working_on_conversations_loads_nothing_heavy(past: Desk, words: tuple[str, ...]) -> None:
    assert {name.partition(".")[0] for name in loaded("conversation", *words)} & HEAVY == set()
