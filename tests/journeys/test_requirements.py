"""What each marketplace requires of a message, as `check` judges it and `send` enforces it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.messenger.customers import add_channel, with_customers

ALIASES = {
    "amazon": "q7x2m9k4wz1hd8p@marketplace.amazon.de",
    "ebay": "eichen_a1b2c3d4e5f6@members.ebay.de",
    "kaufland": "ticket-48810273@kaufland-marktplatz.de",
    "otto": "abc1de2fgh@customer.otto.market",
}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8
GOOD = "Ihr Regal ist unterwegs."
LINK = "Sie finden es auf www.holzweg.de."


@pytest.fixture
def shop(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Channels for the marketplaces with requirements, customers, and files to attach."""
    with_customers(desk)
    for marketplace in ALIASES:
        add_channel(desk, marketplace, "--marketplace", marketplace)
    (tmp_path / "a.png").write_bytes(PNG + b"a")
    (tmp_path / "b.png").write_bytes(PNG + b"b")
    (tmp_path / "offer.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "image.html").write_text('<p>Ihr Regal</p><img src="data:image/png;base64,iVBORw0KGgo=">')
    monkeypatch.chdir(tmp_path)
    return desk


def judged(desk: Desk, channel: str, *options: str, to: str = "") -> list[str]:
    """The rules that `check` says a message breaks; `send` must refuse it with the same, or take it."""
    message = ("--channel", channel, "--to", to or ALIASES.get(channel, "ines@example.com"), *options)
    before = len(desk.json("outbox", "list"))
    checked = desk.run("check", *message, "--json")
    sent = desk.run("send", *message, "--json")
    broken = {violation["code"] for violation in json.loads(checked.out)["violations"]}
    assert (checked.code, sent.code) == ((4, 4) if broken else (0, 0))
    assert len(desk.json("outbox", "list")) == before + (not broken)
    if broken:
        error = json.loads(sent.err.splitlines()[-1])["error"]
        assert {violation["code"] for violation in error["violations"]} == broken
    return sorted(broken)


def test_amazon_asks_for_a_word_in_the_subject(shop: Desk) -> None:
    """Amazon takes only a subject with the word Important or Wichtig.

    M-002 `plentymsg check --channel NAME`
    """
    assert judged(shop, "amazon", "--subject", "Ihr Regal", "--text", GOOD) == ["PM101"]
    assert judged(shop, "amazon", "--subject", "[Wichtig] Ihr Regal", "--text", GOOD) == []
    assert judged(shop, "amazon", "--subject", "Important: your shelf", "--text", GOOD) == []


def test_amazon_takes_no_links(shop: Desk) -> None:
    """Amazon takes no message with a link in its subject or text.

    M-003 `plentymsg check --channel NAME`
    """
    assert judged(shop, "amazon", "--subject", "Wichtig", "--text", LINK) == ["PM201"]
    assert judged(shop, "amazon", "--subject", "Wichtig: holzweg.de", "--text", GOOD) == ["PM201"]
    assert judged(shop, "amazon", "--subject", "Wichtig", "--text", GOOD) == []


def test_ebay_takes_no_links(shop: Desk) -> None:
    """eBay takes no message with a link in its subject or text.

    M-007 `plentymsg check --channel NAME`
    """
    assert judged(shop, "ebay", "--subject", "Wichtig", "--text", LINK) == ["PM201"]
    assert judged(shop, "ebay", "--subject", "Wichtig: holzweg.de", "--text", GOOD) == ["PM201"]
    assert judged(shop, "ebay", "--subject", "Wichtig", "--text", GOOD) == []


def test_kaufland_takes_no_links(shop: Desk) -> None:
    """Kaufland takes no message with a link in its subject or text.

    M-010 `plentymsg check --channel NAME`
    """
    assert judged(shop, "kaufland", "--subject", "Wichtig", "--text", LINK) == ["PM201"]
    assert judged(shop, "kaufland", "--subject", "Wichtig: holzweg.de", "--text", GOOD) == ["PM201"]
    assert judged(shop, "kaufland", "--subject", "Wichtig", "--text", GOOD) == []


def test_otto_takes_no_links(shop: Desk) -> None:
    """OTTO takes no message with a link in its subject or text.

    M-013 `plentymsg check --channel NAME`
    """
    assert judged(shop, "otto", "--subject", "Wichtig", "--text", LINK) == ["PM201"]
    assert judged(shop, "otto", "--subject", "Wichtig: holzweg.de", "--text", GOOD) == ["PM201"]
    assert judged(shop, "otto", "--subject", "Wichtig", "--text", GOOD) == []


def test_ebay_takes_no_attachments(shop: Desk) -> None:
    """eBay takes no file but an image.

    M-004 `plentymsg send --attach FILE`
    """
    message = ("--subject", "Ihr Regal", "--text", GOOD)
    assert judged(shop, "ebay", *message, "--attach", "offer.pdf") == ["PM301"]
    assert judged(shop, "ebay", *message, "--attach", "a.png") == []


def test_ebay_takes_one_image(shop: Desk) -> None:
    """eBay takes one image and not two.

    M-005 `plentymsg send --attach FILE`
    """
    message = ("--subject", "Ihr Regal", "--text", GOOD, "--attach", "a.png")
    assert judged(shop, "ebay", *message) == []
    assert judged(shop, "ebay", *message, "--attach", "b.png") == ["PM302"]


def test_ebay_takes_no_image_in_the_text(shop: Desk) -> None:
    """eBay takes no image within the text.

    M-006 `plentymsg check --html-file FILE`
    """
    message = ("--subject", "Ihr Regal", "--text", GOOD)
    assert judged(shop, "ebay", *message, "--html-file", "image.html") == ["PM303"]


def test_kaufland_takes_no_order_as_recipient(shop: Desk) -> None:
    """Kaufland takes no order among the recipients.

    M-008 `plentymsg send --to order:ID`
    """
    message = ("--subject", "Ihr Regal", "--text", GOOD)
    assert judged(shop, "kaufland", *message, to="order:5001") == ["PM401"]
    assert judged(shop, "kaufland", *message, "--to", "order:5001") == ["PM401"]


def test_kaufland_takes_no_contact_as_recipient(shop: Desk) -> None:
    """Kaufland takes no contact among the recipients, only addresses.

    M-009 `plentymsg send --to contact:ID`
    """
    message = ("--subject", "Ihr Regal", "--text", GOOD)
    assert judged(shop, "kaufland", *message, to="contact:101") == ["PM402"]
    assert judged(shop, "kaufland", *message) == []


def test_otto_takes_no_order_as_recipient(shop: Desk) -> None:
    """OTTO takes no order among the recipients.

    M-011 `plentymsg send --to order:ID`
    """
    message = ("--subject", "Ihr Regal", "--text", GOOD)
    assert judged(shop, "otto", *message, to="order:5001") == ["PM401"]
    assert judged(shop, "otto", *message, "--to", "order:5001") == ["PM401"]


def test_otto_takes_no_contact_as_recipient(shop: Desk) -> None:
    """OTTO takes no contact among the recipients, only addresses.

    M-012 `plentymsg send --to contact:ID`
    """
    message = ("--subject", "Ihr Regal", "--text", GOOD)
    assert judged(shop, "otto", *message, to="contact:101") == ["PM402"]
    assert judged(shop, "otto", *message) == []


@pytest.mark.parametrize("marketplace", ["bol", "limango", "netto", "shopify", "woocommerce", "zalando"])
def test_the_other_marketplaces_take_everything(shop: Desk, marketplace: str) -> None:
    """bol, limango, Netto, Shopify, WooCommerce and Zalando require nothing of a message.

    M-014 `plentymsg send --channel NAME`
    """
    add_channel(shop, "Laden", "--marketplace", marketplace)
    everything = (
        "--attach",
        "offer.pdf",
        "--attach",
        "a.png",
        "--attach",
        "b.png",
        "--html-file",
        "image.html",
    )
    assert judged(shop, "Laden", "--subject", "Ihr Regal", "--text", LINK, *everything) == []
    assert judged(shop, "Laden", "--subject", "Ihr Regal", "--text", LINK, to="contact:101") == []
    assert judged(shop, "Laden", "--subject", "Ihr Regal", "--text", LINK, to="order:5001") == []


def test_every_broken_rule_is_named_before_anything_is_sent(shop: Desk) -> None:
    """A message is judged before it is queued, with every rule that it breaks, and without sending by check.

    M-018 `plentymsg check`
    """
    message = ("--subject", "Ihr Regal", "--text", LINK, "--to", ALIASES["ebay"], "--attach", "offer.pdf")
    files = ("--attach", "a.png", "--attach", "b.png", "--html-file", "image.html")
    assert judged(shop, "amazon", *message, *files) == [
        "PM101",
        "PM201",
        "PM301",
        "PM302",
        "PM303",
        "PM403",
    ]
