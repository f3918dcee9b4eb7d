from __future__ import annotations

import pytest

from plentymsg.errors import NotFound
from plentymsg.rules.catalogue import find_rule, rules
from plentymsg.rules.pack import shipped
from plentymsg.rules.policy import built_in
from tests.rules.corpus import TODAY

POLICY = built_in()


def asked_by(key: str) -> str:
    """The codes of what this marketplace asks for, as against what everyone is asked for."""
    demands = POLICY.demands(frozenset({key}), TODAY)
    return " ".join(each.requirement.rule for each in demands if each.marketplace.key == key)


def test_the_table_is_that_of_the_manual() -> None:
    table = {each.name: (each.system_group, asked_by(each.key)) for each in POLICY.marketplaces}
    assert table == {
        "Amazon": ("amazon", "PM101 PM201"),
        "bol": ("", ""),
        "eBay": ("ebay", "PM201 PM301 PM302 PM303"),
        "Kaufland": ("kaufland", "PM201 PM401 PM402"),
        "limango": ("", ""),
        "Netto": ("", ""),
        "OTTO": ("otto", "PM201 PM401 PM402"),
        "Shopify": ("", ""),
        "WooCommerce": ("", ""),
        "Zalando": ("", ""),
    }


def test_every_marketplace_says_how_to_set_it_up_and_where_that_is_written() -> None:
    assert all(each.setup.endswith(".") and each.source for each in POLICY.marketplaces)


@pytest.mark.parametrize("name", ["ebay", "eBay", "EBAY", " ebay "])
def test_a_marketplace_is_found_in_any_letter_case(name: str) -> None:
    assert POLICY.find_marketplace(name).key == "ebay"


def test_an_unknown_marketplace_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(NotFound) as refusal:
        POLICY.find_marketplace("kaufhof")
    assert "'kaufhof'" in refusal.value.message
    assert "Kaufland" in refusal.value.hint
    with pytest.raises(NotFound) as refusal:
        POLICY.find_marketplace("xyz")
    assert "WooCommerce" in refusal.value.hint


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("abc123@marketplace.amazon.de", "amazon"),
        ("abc123@marketplace.amazon.co.uk", "amazon"),
        ("abc123@marketplace.amazon.com.be", "amazon"),
        ("ABC123@Marketplace.AMAZON.Com", "amazon"),
        ("Eva <abc@members.ebay.com>", "ebay"),
        ("abc@mail.members.ebay.fr.", "ebay"),
        ("x@kaufland-marktplatz.de", "kaufland"),
        ("x@customer.otto.market", "otto"),
        ("x@verkopen.bol.com", "bol"),
        ("x@klantbericht.bol.com", "bol"),
        ("abc+reply@members.ebay.com.au..", "ebay"),
        ('"Eva, <x@otto.example>" <abc@MEMBERS.eBay.de>', "ebay"),
        ("abc@ｍｅｍｂｅｒｓ。ｅｂａｙ。ｄｅ", "ebay"),
    ],
)
def test_a_relay_address_belongs_to_its_marketplace(address: str, key: str) -> None:
    assert POLICY.marketplaces_of_address(address) == {key}


@pytest.mark.parametrize(
    "address",
    [
        "eva@example.com",
        "x@notmarketplace.amazon.de",
        "x@marketplace.amazon.de.evil.example",
        "x@marketplace.amazon",
        "x@amazon.de",
        "marketplace.amazon.de@example.com",
        "x@xkaufland-marktplatz.de",
        "x@otto.market",
        "x@bol.com",
        "x@",
        "",
        "x@members.eb\u00e4y.de",
        "x@" + "\u00e4" * 300 + ".de",
        "x@\ud800.de",
    ],
)
def test_any_other_address_belongs_to_none(address: str) -> None:
    assert POLICY.marketplaces_of_address(address) == frozenset()


def test_a_system_group_belongs_to_the_marketplace_that_must_use_it() -> None:
    assert POLICY.marketplaces_of_group("otto") == {"otto"}
    assert POLICY.marketplaces_of_group("general") == frozenset()
    assert POLICY.marketplaces_of_group("") == frozenset()


def test_every_rule_that_is_asked_for_can_be_explained() -> None:
    asked = {requirement.rule for pack in shipped() for requirement in pack.requirements}
    assert {rule.code for rule in rules()} == asked
    assert [rule.code for rule in rules()] == sorted(asked)
    assert all(text.endswith(".") for rule in rules() for text in (rule.summary, rule.why, rule.fix))


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("no-link", "Did you mean no-links?"),
        ("NO-TELEPHONES ", "Did you mean no-telephone?"),
        ("PM210", "Did you mean PM206 or PM205 or PM204?"),
    ],
)
def test_who_mistypes_a_rule_is_told_the_nearest(code: str, hint: str) -> None:
    with pytest.raises(NotFound) as refusal:
        find_rule(code)
    assert refusal.value.hint == hint


def test_a_rule_is_found_by_code_or_name() -> None:
    assert find_rule("pm201") == find_rule("no-links")
    with pytest.raises(NotFound) as refusal:
        find_rule("PM999")
    assert refusal.value.message == "There is no rule 'PM999'."
    assert refusal.value.hint is not None
    assert refusal.value.hint.startswith("The rules are PM101 subject-word, PM201 no-links, PM202 ")
    assert refusal.value.hint.endswith(", PM403 relay.")
