"""`plentymsg notification …`: what came in, for each user."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.journeys.mails import mail


def receive(desk: Desk, raw: bytes) -> None:
    """A mail comes in for the channel Shop."""
    target = desk.json("channel", "show", "Shop")["target_address"]
    desk.do("ingest", "--to", target, stdin=raw)


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A store in which the admin has been told of three messages in two conversations."""
    desk.do("settings", "set", "--target-domain", "in.holzweg.example")
    desk.do("channel", "add", "Shop", "--notifications")
    for raw in (
        mail(1, subject="Erste"),
        mail(2, subject="Zweite", sender="Evil \x1b]0;x\x07 <e@example.com>"),
        mail(3, subject="Re: Erste", answers="<1@customer.example>"),
    ):
        receive(desk, raw)
    return desk


def test_what_came_in_is_listed_the_newest_first_with_a_counter(told: Desk) -> None:
    """Each notification tells subject, sender and time, and which conversation to open; they are counted.

    M-155 `plentymsg notification list`
    """
    rows = told.json("notification", "list")
    assert [(row["id"], row["subject"], row["conversation"]) for row in rows] == [
        (3, "Re: Erste", 1),
        (2, "Zweite", 2),
        (1, "Erste", 1),
    ]
    assert rows[0]["from"] == "Petra Müller <petra@example.com>"
    assert rows[0]["date"].startswith("20")
    assert "3 open." in told.run("notification", "list", "--format", "table").err
    assert "\x1b]0" not in told.run("notification").out


def test_opening_one_shows_its_conversation_and_marks_it_as_read(told: Desk) -> None:
    """Opening shows the conversation as `conversation show` does; the notification stays until it is closed.

    M-155 `plentymsg notification open ID`
    """
    assert told.json("conversation", "list")[1]["unread"] is True
    thing = told.json("notification", "open", "3")
    assert (thing["id"], len(thing["messages"])) == (1, 2)
    assert told.json("conversation", "list")[1]["unread"] is False
    assert [bool(row["opened_at"]) for row in told.json("notification", "list")] == [True, False, False]
    first = told.json("notification", "list")[0]["opened_at"]
    told.do("notification", "open", "3")
    assert told.json("notification", "list")[0]["opened_at"] == first


def test_closing_lowers_the_counter(told: Desk) -> None:
    """Closing one lowers the counter by one; closed ones are listed on request.

    M-155 `plentymsg notification close ID`
    """
    assert told.json("notification", "close", "2") == {"changed": True, "closed": 1, "open": 2}
    assert told.json("notification", "close", "2") == {"changed": False, "closed": 0, "open": 2}
    assert [row["id"] for row in told.json("notification", "list")] == [3, 1]
    assert [row["id"] for row in told.json("notification", "list", "--all")] == [3, 2, 1]
    assert told.json("notification", "close", "--all") == {"changed": True, "closed": 2, "open": 0}
    assert told.json("notification", "list") == []


def test_one_wrong_id_closes_none(told: Desk) -> None:
    told.refused("notification", "close", "1", "99", code=3)
    assert len(told.json("notification", "list")) == 3


@pytest.mark.parametrize("words", [(), ("1", "--all")])
def test_what_to_close_must_be_said(told: Desk, words: tuple[str, ...]) -> None:
    told.refused("notification", "close", *words, code=2)
    assert len(told.json("notification", "list")) == 3


@pytest.mark.parametrize("reference", ["99", "0", "one", "9" * 40, "²"])
def test_what_is_not_there_is_not_opened(told: Desk, reference: str) -> None:
    assert reference[:20] in told.refused("notification", "open", reference, code=3)["message"]


def test_nobody_sees_or_closes_the_notifications_of_others(told: Desk) -> None:
    told.do("user", "add", "jan.kiefer", "--admin")
    told.become("jan.kiefer")
    assert told.json("notification", "list", "--all") == []
    told.refused("notification", "open", "1", code=3)
    told.refused("notification", "close", "1", code=3)
    assert told.json("notification", "close", "--all")["closed"] == 0
    receive(told, mail(4))
    assert [row["subject"] for row in told.json("notification", "list")] == ["Wo ist mein Regal?"]


def test_pages_are_cut_in_the_store(told: Desk) -> None:
    assert [row["id"] for row in told.json("notification", "list", "--limit", "2", "--page", "2")] == [1]
