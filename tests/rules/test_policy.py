from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plentymsg.errors import NotFound
from plentymsg.rules.judge import judge
from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import ANY, Pack, Requirement, pack_of, shipped
from plentymsg.rules.policy import Policy
from tests.rules.corpus import TODAY, draft

LINK = draft("ebay", text="www.example.com")


def codes(policy: Policy, on: date = TODAY) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity, each.pack) for each in judge(LINK, policy, on)]


def with_own(*requirements: Requirement) -> Policy:
    return Policy([*(pack for pack in shipped() if pack.enabled), Pack("own", "Ours.", requirements)])


def test_a_later_pack_decides_for_its_marketplace_alone() -> None:
    policy = with_own(Requirement("ebay", "PM201", "warning", reason="agreed with eBay"))
    assert codes(policy) == [("PM201", "warning", "own")]
    (other,) = judge(draft("otto", text="www.example.com"), policy, TODAY)
    assert (other.severity, other.pack) == ("error", "plentyone")


def test_a_warning_of_one_marketplace_hides_no_error_of_another() -> None:
    policy = with_own(Requirement("amazon", "PM201", "warning", reason="agreed with Amazon"))
    both = replace(LINK, marketplaces=frozenset({"amazon", "ebay"}), subject="[Important]")
    (violation,) = judge(both, policy, TODAY)
    assert (violation.severity, violation.marketplace) == ("error", "ebay")


def test_off_takes_a_requirement_back() -> None:
    assert codes(with_own(Requirement("ebay", "PM201", "off", reason="agreed with eBay"))) == []


@pytest.mark.parametrize(
    ("on", "pack"),
    [
        (date(2026, 12, 31), "plentyone"),
        (date(2027, 1, 1), "own"),
        (date(2027, 1, 31), "own"),
        (date(2027, 2, 1), "plentyone"),
    ],
)
def test_a_requirement_holds_from_its_first_day_to_its_last(on: date, pack: str) -> None:
    own = Requirement("ebay", "PM201", valid_from=date(2027, 1, 1), valid_until=date(2027, 1, 31))
    assert codes(with_own(own), on) == [("PM201", "error", pack)]


def test_a_pack_is_made_of_a_table_whose_days_may_be_text() -> None:
    row = {
        "marketplace": "ebay",
        "rule": "PM302",
        "limit": None,
        "from": "2027-01-01",
        "until": date(2027, 1, 2),
    }
    table = {"name": "own", "summary": "Ours.", "source": "a contract", "enabled": False}
    real = {"key": "real", "name": "Real.de", "group": "ebay", "setup": "Create one.", "relays": ["real.*"]}
    rows = [row, {**row, "source": "a page", "reason": "x"}]
    pack = pack_of({**table, "requirement": rows, "marketplace": [real]})
    first, second = pack.requirements
    assert (first.valid_from, first.valid_until) == (date(2027, 1, 1), date(2027, 1, 2))
    assert (first.source, second.source, second.reason) == ("a contract", "a page", "x")
    assert (first.limit, first.severity, pack.enabled) == (0, "error", False)
    (marketplace,) = pack.marketplaces
    assert (marketplace.system_group, marketplace.setup) == ("ebay", "Create one.")
    assert Policy([pack]).marketplaces_of_address("x@a.real.co.uk") == {"real"}


def test_what_is_asked_of_any_message_is_asked_of_one_for_no_marketplace() -> None:
    policy = with_own(Requirement(ANY, "PM201"))
    (violation,) = judge(draft("", text="www.example.com"), policy, TODAY)
    assert (violation.code, violation.marketplace) == ("PM201", "any")
    assert codes(policy) == [("PM201", "error", "plentyone")]


def test_a_marketplace_that_nobody_knows_is_refused() -> None:
    with pytest.raises(NotFound, match="'nowhere'"):
        judge(draft("nowhere"), Policy(shipped()), TODAY)


NAMES = "Amazon, bol, eBay, Kaufland, limango, Netto, OTTO, Shopify, WooCommerce, Zalando"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("eBuy", "Did you mean eBay?"),
        ("zalndo", "Did you mean Zalando?"),
        ("lotto", "Did you mean OTTO or Netto?"),
        ("qqqqqqqq", f"The marketplaces are {NAMES}."),
        (9000 * "q", f"The marketplaces are {NAMES}."),
        ("ebay" + 200 * "q", f"The marketplaces are {NAMES}."),
    ],
)
def test_who_mistypes_a_marketplace_is_told_the_nearest_or_all(name: str, hint: str) -> None:
    with pytest.raises(NotFound) as refusal:
        Policy(shipped()).find_marketplace(name)
    assert refusal.value.message == f"There is no marketplace {name!r}."
    assert refusal.value.hint == hint
    assert refusal.value.details == {"kind": "marketplace", "name": name}


def _with_relays(**relays: str) -> Policy:
    added = tuple(Marketplace(key, key, "", "", tuple(of.split()), "") for key, of in relays.items())
    return Policy([Pack("own", "Ours.", (), added)])


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ("x@a.one.example", {"one"}),
        ("x@b.a.one.example", {"one"}),
        ("x@one.example", set()),
        ("x@example", set()),
        ("x@two.co.uk", {"two"}),
        ("x@two.de", {"two"}),
        ("x@deep.two.com.br", {"two"}),
        ("x@two.one.uk", set()),
        ("x@two.1", set()),
        ("x@a.very.long.name.of.three.example", {"three"}),
        ("x@more.and.more.a.very.long.name.of.three.example", {"three"}),
        ("x@bücher.example", {"four"}),
        ("x@xn--bcher-kva.example", {"four"}),
        ("x@shared.example", {"one", "two"}),
        ("<x@shared.example> \t\r\n", {"one", "two"}),
    ],
)
def test_a_relay_is_found_by_its_domain(address: str, keys: set[str]) -> None:
    policy = _with_relays(
        one="a.one.example shared.example",
        two="two.* shared.example",
        three="a.very.long.name.of.three.example",
        four="Bücher.example.",
    )
    assert policy.marketplaces_of_address(address) == keys


def test_a_policy_without_relays_knows_nobody() -> None:
    assert _with_relays(one="example").marketplaces_of_address("x@deep.below.example") == {"one"}


def test_what_is_asked_for_is_worked_out_once_for_a_day() -> None:
    policy = Policy(shipped())
    first = policy.demands(frozenset({"ebay"}), TODAY)
    assert policy.demands(frozenset({"ebay"}), TODAY) is first
    assert policy.demands(frozenset({"otto"}), TODAY) != first
