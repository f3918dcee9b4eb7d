"""Writing to contacts and orders: to which address, about what, and what their conversation is linked to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk
from tests.messenger.customers import add_channel, imported, with_customers


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Customers, and a default channel whose template speaks of them."""
    with_customers(desk)
    add_channel(desk, "Shop", "--default")
    return desk


def send(desk: Desk, *to: str) -> dict[str, object]:
    options = [word for recipient in to for word in ("--to", recipient)]
    sent: dict[str, object] = desk.json(
        "send", *options, "--subject", "Wichtig: Ihr Regal", "--text", "Es kommt."
    )
    return sent


def relations(desk: Desk, conversation: object) -> list[str]:
    shown = desk.json("conversation", "show", str(conversation))
    return [f"{relation['kind']} {relation['value']}" for relation in shown["relations"]]


@pytest.mark.parametrize(
    ("to", "address", "links"),
    [
        ("contact:101", "sabine@example.com", ["contact 101"]),
        ("contact:0102", "lotte@post.example", ["contact 102"]),
        ("order:5001", "sabine@example.com", ["contact 101", "order 5001"]),
        ("Ines@Example.com", "Ines@example.com", ["email ines@example.com"]),
    ],
)
def test_a_message_goes_to_the_address_of_its_recipient_and_its_conversation_is_linked(
    shop: Desk, to: str, address: str, links: list[str]
) -> None:
    sent = send(shop, to)
    assert (sent["to"], sent["state"]) == ([address], "captured")
    assert relations(shop, sent["conversation"]) == links


def test_an_orders_own_address_comes_before_its_contacts(shop: Desk) -> None:
    imported(shop, "order", {"id": 5001, "delivery": {"email": "Liefer@example.com", "last_name": "Lund"}})
    assert send(shop, "order:5001")["to"] == ["liefer@example.com"]


def test_the_same_address_by_two_ways_gets_one_message(shop: Desk) -> None:
    assert send(shop, "order:5001", "contact:101", "SABINE@example.com")["to"] == ["sabine@example.com"]


def test_the_name_stands_beside_the_address(shop: Desk) -> None:
    sent = send(shop, "contact:101")
    message = shop.json("conversation", "show", str(sent["conversation"]))["messages"][0]
    assert message["to"] == ["Sabine Krüger <sabine@example.com>"]


def test_templates_speak_of_the_contact_and_the_order(shop: Desk, tmp_path: Path) -> None:
    body = "{{ contact.fullName }}, {{ order.formattedProperties.externalOrderId }}: {{ text }}"
    (tmp_path / "t.txt").write_text(body)
    shop.do("template", "add", "T", "--language", "de", "--text-file", str(tmp_path / "t.txt"))
    shop.do("channel", "set", "Shop", "--template-new", "T", "--template-reply", "T")
    sent = send(shop, "order:5001")
    wanted = "Sabine Krüger, 302-3051192-7718846: Es kommt."
    answer = shop.json("conversation", "reply", str(sent["conversation"]), "--text", "Es kommt.")
    messages = shop.json("conversation", "show", str(answer["conversation"]))["messages"]
    assert [message["text"].strip() for message in messages] == [wanted, wanted]


@pytest.mark.parametrize("to", ["contact:9", "order:9", f"contact:{9**30}"])
def test_who_is_not_known_gets_nothing(shop: Desk, to: str) -> None:
    error = shop.refused("send", "--to", to, "--subject", "S", "--text", "T", code=3)
    assert f"There is no {to.replace(':', ' ')}." in error["message"]
    assert shop.json("outbox", "list") == []


def test_who_has_no_address_is_named(shop: Desk) -> None:
    error = shop.refused("send", "--to", "contact:103", "--subject", "S", "--text", "T", code=2)
    assert error["message"] == "The contact 103 has no e-mail address."
    assert shop.json("conversation", "list") == []


@pytest.mark.parametrize("marketplace", ["kaufland", "otto"])
@pytest.mark.parametrize(
    ("to", "code"), [("contact:101", "PM402"), ("order:5001", "PM401"), ("order:9", "PM401")]
)
def test_the_rules_judge_a_recipient_as_it_was_given(
    shop: Desk, marketplace: str, to: str, code: str
) -> None:
    add_channel(shop, "Markt", "--marketplace", marketplace)
    words = ("send", "--channel", "Markt", "--to", to, "--subject", "S", "--text", "T")
    assert [v["code"] for v in shop.refused(*words, code=4)["violations"]] == [code]


def test_a_contact_behind_a_marketplaces_alias_is_written_to_by_its_rules(shop: Desk) -> None:
    imported(shop, "contact", {"id": 101, "email_private": "q7x2@marketplace.amazon.de"})
    words = ("--to", "contact:101", "--subject", "Ihr Regal", "--text", "siehe www.holzweg.de")
    for command in ("send", "check"):
        channel = ("--channel", "Shop") if command == "check" else ()
        done = shop.run(command, *channel, *words, "--json")
        assert done.code == 4
        assert "PM101" in done.out + done.err
        assert "PM201" in done.out + done.err


def test_a_conversation_is_linked_and_unlinked_by_hand(shop: Desk) -> None:
    """A conversation is linked to an order and its contact by hand, and the link is taken away again.

    M-188 `plentymsg conversation link|unlink`
    """
    conversation = str(send(shop, "ines@example.com")["conversation"])
    done = shop.json("conversation", "link", conversation, "order:302-3051192-7718846")
    assert done["changed"] is True
    assert relations(shop, conversation) == ["contact 101", "email ines@example.com", "order 5001"]
    assert shop.json("conversation", "link", conversation, "order:5001")["changed"] is False
    assert "unchanged" in shop.do("conversation", "unlink", conversation, "contact:102")
    shop.do("conversation", "unlink", conversation, "order:5001", "--dry-run")
    shop.do("conversation", "unlink", conversation, "order:5001")
    assert relations(shop, conversation) == ["contact 101", "email ines@example.com"]
    assert [line["action"] for line in shop.history()][-2:] == ["linked", "unlinked"]


def test_a_link_to_an_order_makes_it_no_recipient(shop: Desk) -> None:
    add_channel(shop, "Kaufland", "--marketplace", "kaufland", "--inactive")
    shop.do("channel", "set", "Kaufland", "--active")
    words = ("--channel", "Kaufland", "--to", "ticket-1@kaufland-marktplatz.de")
    sent = shop.json("send", *words, "--subject", "Ihr Regal", "--text", "Es kommt.")
    shop.do("conversation", "link", str(sent["conversation"]), "order:5001")
    answer = shop.json("conversation", "reply", str(sent["conversation"]), "--text", "Es kam.")
    assert answer["to"] == ["ticket-1@kaufland-marktplatz.de"]


@pytest.mark.parametrize(
    ("target", "code"), [("order:9", 3), ("contact:x", 3), ("5001", 2), ("email:a@b.example", 2), ("", 2)]
)
def test_what_cannot_be_linked_is_refused(shop: Desk, target: str, code: int) -> None:
    conversation = str(send(shop, "ines@example.com")["conversation"])
    shop.refused("conversation", "link", conversation, target, code=code)
    shop.refused("conversation", "link", "99", "order:5001", code=3)


def test_linking_takes_the_right_to_change_conversations(shop: Desk) -> None:
    conversation = str(send(shop, "ines@example.com")["conversation"])
    shop.do("user", "add", "jan.kiefer")
    shop.do("rights", "role", "add", "Reading", "--rights", "CRM > Messenger > Read")
    shop.do("user", "set", "jan.kiefer", "--access-roles", "Reading")
    shop.become("jan.kiefer")
    error = shop.refused("conversation", "link", conversation, "order:5001", code=5)
    assert "CRM > Messenger > Update" in error["message"]
