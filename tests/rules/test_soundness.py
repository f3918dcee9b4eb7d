"""What is wrong with packs taken together."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import Pack, Requirement, shipped
from plentymsg.rules.soundness import Fault, faults


def faults_of(*own: Pack, given: Iterable[Pack] = shipped()) -> list[Fault]:
    return list(faults([*given, *own]))


def own(*requirements: Requirement, name: str = "own", marketplaces: tuple[Marketplace, ...] = ()) -> Pack:
    return Pack(name, "Ours.", requirements, marketplaces)


def real(key: str = "real", name: str = "Real", *relays: str) -> Marketplace:
    return Marketplace(key, name, "", "", relays, "")


def test_packs_that_go_together_have_no_fault() -> None:
    pack = own(
        Requirement("any", "PM203"),
        Requirement("real", "PM201"),
        Requirement("ebay", "PM201"),
        Requirement("otto", "PM201", "off", reason="agreed with OTTO"),
        marketplaces=(real("real", "Real", "buyers.real.example"),),
    )
    assert faults_of(pack) == []
    assert faults_of() == []


def test_a_marketplace_that_nobody_knows_is_named_with_the_nearest_one() -> None:
    pack = own(Requirement("ebay", "PM201"), Requirement("ebuy", "PM201"))
    message = "there is no marketplace 'ebuy'; did you mean ebay?"
    assert faults_of(pack) == [Fault("own", ("requirements", 1, "marketplace"), message)]


def test_where_none_is_near_all_are_named() -> None:
    (fault,) = faults_of(own(Requirement("q" * 99, "PM201")))
    assert fault.message == (
        f"there is no marketplace '{'q' * 60}'; there are any, amazon, bol, ebay, kaufland, limango, netto, "
        "otto, shopify, woocommerce, zalando"
    )


def test_less_than_a_shipped_pack_asks_for_needs_a_reason() -> None:
    pack = own(Requirement("ebay", "PM203"), Requirement("ebay", "PM201", "warning"))
    message = (
        "it asks for less than the pack plentyone (severity warning instead of error); "
        "say why with the key `reason`"
    )
    assert faults_of(pack) == [Fault("own", ("requirements", 1), message)]


def test_less_than_a_pack_asks_for_that_is_not_in_force_needs_none() -> None:
    off = [pack for pack in shipped() if not pack.enabled]
    assert faults_of(own(Requirement("ebay", "PM201", "off")), given=off) == []


@pytest.mark.parametrize(
    ("added", "key"),
    [(real("ebay", "Real"), "key"), (real("real", "EBAY"), "name"), (real("x", "eBay"), "name")],
)
def test_a_marketplace_may_not_be_called_as_one_that_is_there(added: Marketplace, key: str) -> None:
    pack = own(marketplaces=(real("first", "First"), added))
    message = "it is that of the marketplace eBay already"
    assert faults_of(pack) == [Fault("own", ("marketplaces", 1, key), message)]


def test_the_later_of_two_packs_may_not_take_the_marketplace_of_the_earlier() -> None:
    one = own(name="one", marketplaces=(real("real", "Real"),))
    other = own(name="other", marketplaces=(real("more", "real"),))
    message = "it is that of the marketplace Real already"
    assert faults_of(one, other) == [Fault("other", ("marketplaces", 0, "name"), message)]


@pytest.mark.parametrize("relay", ["members.ebay.com", "members.ebay.*", "x.members.ebay.com"])
def test_a_relay_may_not_stand_for_buyers_of_another_marketplace(relay: str) -> None:
    pack = own(marketplaces=(real("first", "First"), real("real", "Real", "real.example", relay)))
    message = f"{relay} stands for buyers of ebay as well"
    assert Fault("own", ("marketplaces", 1, "relays"), message) in faults_of(pack)


def test_of_two_that_share_a_relay_the_later_is_at_fault() -> None:
    one, two = real("b", "Bee", "shared.example"), real("a", "Ay", "shared.example")
    found = faults_of(own(marketplaces=(one, two)))
    assert {each.path for each in found} == {("marketplaces", 1, "relays")}
    assert {each.message for each in found} == {"shared.example stands for buyers of b as well"}
