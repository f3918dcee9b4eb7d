"""PM403: an address that stands for another marketplace's buyer than the channel's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plentymsg.rules.draft import Recipient
from plentymsg.rules.judge import judge
from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import Pack, shipped
from plentymsg.rules.policy import Policy
from tests.desk import Desk
from tests.messenger.customers import add_channel, imported, with_customers
from tests.rules.corpus import TODAY, draft, judged

EBAY = "x7@members.ebay.de"
AMAZON = "x7@marketplace.amazon.de"
MESSAGE = ("--subject", "Wichtig: Ihr Regal", "--text", "Es kommt.")


def refused(channel: str, *to: Recipient) -> list[str]:
    found = judged(draft("", to=to, channel=channel))
    return [each.excerpt for each in found if each.code == "PM403"]


def test_the_relay_of_another_marketplace_is_refused_and_named() -> None:
    to = (Recipient("address", AMAZON), Recipient("address", EBAY))
    (violation,) = judged(draft("", to=to, channel="amazon"))
    assert (violation.code, violation.severity, violation.part) == ("PM403", "error", "recipients")
    assert violation.excerpt == EBAY
    assert violation.message == f"{EBAY} stands for a buyer of eBay, but the channel is Amazon’s."


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("", EBAY),
        ("ebay", EBAY),
        ("ebay", "x@Mail.MEMBERS.eBay.co.uk."),
        ("amazon", "eva@example.com"),
        ("amazon", "x@members.ebay.de.example.com"),
        ("bol", "x@klantbericht.bol.com"),
    ],
)
def test_any_other_address_may_be_written_to(channel: str, address: str) -> None:
    assert refused(channel, Recipient("address", address)) == []


@pytest.mark.parametrize(
    "address",
    ["a+b@MEMBERS.EBAY.DE", "a@x.members.ebay.com.", "Eva <a@members.ebay.fr>", "a@members。ebay。de"],
)
def test_no_way_of_writing_it_hides_a_relay(address: str) -> None:
    assert refused("shopify", Recipient("address", address)) == [address]


@pytest.mark.parametrize("kind", ["contact", "order"])
def test_a_contact_or_an_order_is_judged_by_the_address_that_it_becomes(kind: str) -> None:
    known = Recipient("order" if kind == "order" else "contact", "7", EBAY)
    assert refused("amazon", known) == [f"{kind}:7"]
    assert refused("ebay", known) == []
    assert refused("amazon", Recipient("order", "7")) == []


def test_the_relay_of_a_marketplace_of_ones_own_counts_in_either_of_its_spellings() -> None:
    own = Marketplace("markt", "Märkte", "", "", ("käufer.märkte.example",), "")
    policy = Policy([*shipped(), Pack("own", "Ours.", (), (own,))])
    for address in ("a@KÄUFER.märkte.example", "a@xn--kufer-gra.xn--mrkte-gra.example"):
        found = judge(draft("", to=(Recipient("address", address),), channel="ebay"), policy, TODAY)
        assert "PM403" in {each.code for each in found}


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A channel of Amazon and one of no marketplace, and a customer behind an alias of eBay."""
    with_customers(desk)
    add_channel(desk, "Azon", "--marketplace", "amazon")
    add_channel(desk, "Shop", "--default")
    imported(desk, "contact", {"id": 101, "email_private": EBAY})
    return desk


@pytest.mark.parametrize("to", [EBAY, "contact:101", "order:5001"])
def test_nothing_is_sent_to_a_relay_by_the_wrong_channel(shop: Desk, to: str) -> None:
    error = shop.refused("send", "--channel", "Azon", "--to", to, *MESSAGE, code=4)
    assert [each["code"] for each in error["violations"]] == ["PM403"]
    assert shop.json("outbox", "list") == []
    assert shop.json("send", "--channel", "Shop", "--to", to, *MESSAGE)["state"] == "captured"


@pytest.mark.parametrize("through", [("--channel", "Azon"), ("--marketplace", "amazon")])
def test_check_says_so_before(shop: Desk, through: tuple[str, str]) -> None:
    done = shop.run("check", *through, "--to", EBAY, *MESSAGE, "--json")
    assert (done.code, "PM403" in done.out) == (4, True)


def add_thanks(shop: Desk) -> None:
    words = ("template", "add", "Dank", "--language", "de", "--subject", "Wichtig", "--text-file", "-")
    shop.do(*words, stdin=b"Danke.")


@pytest.mark.parametrize("through", [("--channel", "Azon"), ("--marketplace", "amazon")])
def test_a_template_is_proven_for_those_whom_it_goes_to(shop: Desk, through: tuple[str, str]) -> None:
    add_thanks(shop)
    words = ("check", "--template", "Dank", *through, "--json", "--to")
    done = shop.run(*words, EBAY)
    (proven,) = json.loads(done.out)["templates"]
    assert (done.code, [each["code"] for each in proven["violations"]]) == (4, ["PM403"])
    assert shop.run(*words, "a@marketplace.amazon.de").code == 0


def test_the_channel_of_a_template_decides_and_not_the_marketplace_besides(shop: Desk) -> None:
    add_thanks(shop)
    words = ("check", "--template", "Dank", "--channel", "Azon", "--to", EBAY, "--json")
    done = shop.run(*words, "--marketplace", "ebay")
    (proven,) = json.loads(done.out)["templates"]
    assert (done.code, [each["code"] for each in proven["violations"]]) == (4, ["PM403"])


@pytest.mark.parametrize("header", ["To", "Cc", "Bcc"])
def test_every_recipient_of_a_whole_message_counts(shop: Desk, tmp_path: Path, header: str) -> None:
    file = tmp_path / "message.eml"
    file.write_text(f"From: a@example.com\nSubject: Wichtig\n{header}: Eva <{EBAY}>\n\nHallo\n")
    done = shop.run("check", "--eml", str(file), "--marketplace", "amazon", "--json")
    assert (done.code, "PM403" in done.out) == (4, True)


def test_delivery_judges_again_by_the_channel_as_it_is_then(shop: Desk) -> None:
    shop.do("send", "--queue", "--to", EBAY, *MESSAGE)
    shop.do("channel", "set", "Shop", "--marketplace", "amazon", "--group", "Amazon")
    shop.run("send")
    (held,) = shop.json("outbox", "list", "--state", "failed")
    assert "PM403" in held["error"]
