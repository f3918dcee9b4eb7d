"""Notes about contacts: internal, and in one conversation each."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.messenger.customers import add_channel, with_customers


@pytest.fixture
def shop(desk: Desk) -> Desk:
    return with_customers(desk)


def test_notes_about_a_contact_are_a_conversation_in_the_group_contact_notes(shop: Desk) -> None:
    """Notes about a contact are kept in one conversation of whispers in the group Contact notes.

    M-057 `plentymsg contact note add|list`
    """
    first = shop.json("contact", "note", "add", "K-7", "--text", "Ruft lieber an.")
    second = shop.json("contact", "note", "add", "101", "--text-file", "-", stdin="Zahlt spät.\n".encode())
    assert [note["text"] for note in shop.json("contact", "note", "list", "101")] == [
        "Ruft lieber an.",
        "Zahlt spät.\n",
    ]
    assert first["conversation"] == second["conversation"]
    (listed,) = shop.json("conversation", "list", "--group", "Contact notes")
    assert (listed["subject"], listed["message_count"], listed["channel"]) == ("Sabine Krüger", 2, None)
    shown = shop.json("conversation", "show", str(listed["id"]))
    assert {message["direction"] for message in shown["messages"]} == {"whisper"}
    assert shown["relations"] == [{"kind": "contact", "value": "101"}]


def test_a_contact_without_an_address_can_be_noted(shop: Desk) -> None:
    assert shop.json("contact", "note", "list", "103") == []
    shop.do("contact", "note", "add", "103", "--text", "Holt ab.")
    assert [row["subject"] for row in shop.json("conversation", "list")] == ["Tischlerei Ohm"]


def test_each_contact_has_notes_of_its_own(shop: Desk) -> None:
    notes = [shop.json("contact", "note", "add", number, "--text", "x") for number in ("101", "102")]
    assert notes[0]["conversation"] != notes[1]["conversation"]
    assert len(shop.json("contact", "note", "list", "102")) == 1


def test_a_note_never_leaves_the_store(shop: Desk) -> None:
    add_channel(shop, "Shop", "--default")
    note = shop.json("contact", "note", "add", "101", "--text", "Zahlt spät.")
    shop.refused("conversation", "reply", str(note["conversation"]), "--text", "x", code=2)
    assert shop.json("outbox", "list") == []


def test_notes_do_not_mix_with_a_customers_conversation_in_that_group(shop: Desk) -> None:
    add_channel(shop, "Notizen", "--group", "contact_notes")
    sent = shop.json(
        *("send", "--channel", "Notizen", "--to", "contact:101", "--subject", "S", "--text", "T")
    )
    assert shop.json("contact", "note", "add", "101", "--text", "x")["conversation"] != sent["conversation"]


@pytest.mark.parametrize("text", [(), ("--text", " \n")])
def test_a_note_has_text(shop: Desk, text: tuple[str, ...]) -> None:
    assert shop.refused("contact", "note", "add", "101", *text, code=2)["hint"].startswith("Give it")
    shop.refused("contact", "note", "add", "101", "--text", "\x1b[2J", code=2)
    assert shop.json("conversation", "list") == []


def test_a_rehearsal_notes_nothing(shop: Desk) -> None:
    assert shop.do("contact", "note", "add", "101", "--text", "x", "--dry-run").startswith("Would have noted")
    assert shop.json("contact", "note", "list", "101") == []


def test_notes_take_the_rights_of_comments(shop: Desk) -> None:
    note = shop.json("contact", "note", "add", "101", "--text", "Zahlt spät.")
    shop.do("user", "add", "jan.kiefer")
    rights = ("CRM > Messenger > Read", "CRM > Message > Read")
    shop.do("rights", "role", "add", "Reading", *(word for right in rights for word in ("--rights", right)))
    shop.do("user", "set", "jan.kiefer", "--access-roles", "Reading")
    shop.become("jan.kiefer")
    for args, right in (
        (("contact", "note", "list", "101"), "Comments > Read"),
        (("contact", "note", "add", "101", "--text", "x"), "Comments > Create"),
        (("conversation", "show", str(note["conversation"])), "Comments > Read"),
    ):
        assert right in shop.refused(*args, code=5)["message"]


def test_nobody_has_notes_who_does_not_exist(shop: Desk) -> None:
    for words in (("list", "999"), ("add", "999", "--text", "x")):
        assert "999" in shop.refused("contact", "note", *words, code=3)["message"]
