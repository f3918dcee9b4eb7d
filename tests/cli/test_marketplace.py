"""What each marketplace needs to be set up, and where its mail goes."""

from __future__ import annotations

import mailbox
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk
from tests.journeys.mails import mail

OWN_GROUP = {"amazon": "Amazon", "ebay": "eBay", "kaufland": "Kaufland", "otto": "OTTO"}
GENERAL = ["bol", "limango", "netto", "shopify", "woocommerce", "zalando"]


def channel_with_a_mail(desk: Desk, folder: Path, marketplace: str, number: int) -> None:
    """A channel of this marketplace over a Maildir, in which a mail waits."""
    path = folder / marketplace
    mailbox.Maildir(path).add(mail(number))
    source = ("--incoming-protocol", "maildir", "--incoming-path", str(path))
    desk.do("channel", "add", f"Kanal {marketplace}", "--marketplace", marketplace, *source)


def places(desk: Desk) -> dict[str, tuple[Any, ...]]:
    """For each channel's name, marketplace and group of its conversation."""
    found = desk.json("conversation", "list")
    return {each["channel"]: (each["marketplace"], each["group"]) for each in found}


def test_the_marketplaces_are_listed_with_what_they_need(desk: Desk) -> None:
    """The ten marketplaces are listed, each with the group it must use, what to create, and its rules.

    M-001 `plentymsg marketplace list`
    """
    rows = {row["key"]: row for row in desk.json("marketplace")}
    assert list(rows) == sorted([*OWN_GROUP, *GENERAL])
    assert {key: row["group"] for key, row in rows.items() if row["group"]} == {key: key for key in OWN_GROUP}
    assert {key: row["rules"] for key, row in rows.items() if row["rules"]} == {
        "amazon": ["PM101", "PM201"],
        "ebay": ["PM201", "PM301", "PM302", "PM303"],
        "kaufland": ["PM201", "PM401", "PM402"],
        "otto": ["PM201", "PM401", "PM402"],
    }
    for key, row in rows.items():
        assert ("General channel" in row["setup"]) == (key in GENERAL)
    for key in OWN_GROUP:
        assert desk.json("group", "show", rows[key]["group"])["system"] == key


def test_a_marketplace_is_shown_with_its_rules_in_words(desk: Desk) -> None:
    shown = desk.json("marketplace", "show", "eBay")
    assert [rule["name"] for rule in shown["rules"]] == [
        "no-links",
        "no-attachments",
        "one-image",
        "no-body-image",
    ]
    assert "Amazon" in desk.refused("marketplace", "show", "amazn", code=3)["hint"]


@pytest.mark.parametrize("marketplace", GENERAL)
def test_the_six_without_a_group_of_their_own_get_a_general_channel(desk: Desk, marketplace: str) -> None:
    """A channel of bol, limango, Netto, Shopify, WooCommerce or Zalando files into General by itself.

    M-015 `plentymsg channel add NAME --marketplace bol`
    """
    added = desk.json("channel", "add", "Laden", "--marketplace", marketplace)
    assert (added["marketplace"], added["group"]) == (marketplace, "Allgemein")


@pytest.mark.parametrize("marketplace", OWN_GROUP)
def test_the_four_take_no_other_group_whenever_it_is_set(desk: Desk, marketplace: str) -> None:
    """A channel of Amazon, eBay, Kaufland or OTTO is refused any group but the system group of that name.

    M-016 `plentymsg channel set CHANNEL --group GROUP`
    """
    name = OWN_GROUP[marketplace]
    desk.refused("channel", "add", "Laden", "--marketplace", marketplace, "--group", "General", code=2)
    assert desk.json("channel", "add", "Laden", "--marketplace", marketplace)["group"] == name
    desk.refused("channel", "set", "Laden", "--group", "General", code=2)
    desk.do("channel", "add", "Frei")
    error = desk.refused("channel", "set", "Frei", "--marketplace", marketplace, code=2)
    assert f"must use the group '{name}', not 'Allgemein'" in error["message"]
    other = next(each for each in OWN_GROUP.values() if each != name)
    desk.refused("channel", "set", "Frei", "--marketplace", marketplace, "--group", other, code=2)


def test_a_channel_is_given_its_group_and_told_if_it_is_hidden(desk: Desk) -> None:
    """A channel gets the group it must have, the group can be changed and is checked, a hidden one is told.

    M-053 `plentymsg channel set CHANNEL --group GROUP`
    """
    done = desk.run("channel", "add", "Amazon DE", "--marketplace", "amazon")
    assert "The group Amazon is hidden" in done.err
    desk.do("group", "set", "Amazon", "--visible")
    assert "hidden" not in desk.run("channel", "set", "Amazon DE", "--inactive").err
    desk.do("channel", "add", "Laden")
    desk.do("group", "add", "Maßarbeit")
    assert desk.json("channel", "set", "Laden", "--group", "Maßarbeit")["group"] == "Maßarbeit"
    assert "'Maßarbiet'" in desk.refused("channel", "set", "Laden", "--group", "Maßarbiet", code=3)["message"]
    groups = {channel["name"]: channel["group"] for channel in desk.json("channel")}
    assert groups == {"Amazon DE": "Amazon", "Laden": "Maßarbeit"}


def test_every_marketplaces_mail_comes_in_through_its_channel(desk: Desk, tmp_path: Path) -> None:
    """The mail of each of the ten marketplaces is fetched through its channel, and knows its marketplace.

    M-017 `plentymsg fetch`
    """
    for number, marketplace in enumerate([*OWN_GROUP, *GENERAL]):
        channel_with_a_mail(desk, tmp_path, marketplace, number)
    fetched = desk.json("fetch")
    assert [each["fetched"] for each in fetched] == [1] * 10
    assert places(desk) == {
        f"Kanal {marketplace}": (marketplace, OWN_GROUP.get(marketplace, "Allgemein"))
        for marketplace in [*OWN_GROUP, *GENERAL]
    }


def test_mail_lands_in_the_group_of_its_marketplace(desk: Desk, tmp_path: Path) -> None:
    """What a channel of Amazon, OTTO or Kaufland fetches lands in that group, whatever it is called now.

    M-055 `plentymsg fetch`
    """
    desk.do("group", "set", "Amazon", "--name", "A-Markt")
    for number, marketplace in enumerate(("amazon", "otto", "kaufland")):
        channel_with_a_mail(desk, tmp_path, marketplace, number)
    desk.do("fetch")
    assert {group for _, group in places(desk).values()} == {"A-Markt", "OTTO", "Kaufland"}


def test_mail_of_an_ebay_channel_lands_in_the_ebay_group(desk: Desk, tmp_path: Path) -> None:
    """What the mailbox of an eBay channel receives lands in the group eBay; the eBay account comes later.

    M-054 `plentymsg channel add NAME --marketplace ebay`
    """
    channel_with_a_mail(desk, tmp_path, "ebay", 1)
    desk.do("fetch")
    assert places(desk) == {"Kanal ebay": ("ebay", "eBay")}
