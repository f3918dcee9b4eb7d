"""What differs between two policies, or two days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plentymsg.rules.comparison import differences
from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import ANY, Pack, Requirement
from plentymsg.rules.policy import Policy
from tests.rules.corpus import TODAY

ASKED = Requirement("ebay", "PM302", limit=1, words={"de": "x"}, allowed=("pdf",))
BEFORE = Policy([Pack("a", "", (ASKED,))])


def told(before: Policy, after: Policy, on: date = TODAY) -> list[tuple[str, str, str]]:
    found = differences((before, TODAY), (after, on))
    return [(each.kind, each.marketplace.key, each.rule) for each in found]


def policy(*requirements: Requirement, name: str = "a", marketplaces: tuple[Marketplace, ...] = ()) -> Policy:
    return Policy([Pack(name, "", requirements, marketplaces)])


@pytest.mark.parametrize(
    "otherwise", [{"severity": "warning"}, {"limit": 2}, {"words": {"de": "y"}}, {"allowed": ()}]
)
def test_what_is_asked_for_otherwise(otherwise: dict[str, object]) -> None:
    assert told(BEFORE, policy(replace(ASKED, **otherwise))) == [("changed", "ebay", "PM302")]


def test_who_says_so_why_and_where_makes_no_difference() -> None:
    same = replace(ASKED, source="elsewhere", reason="because", valid_until=date(2099, 1, 1))
    assert told(BEFORE, policy(same, name="b")) == []


def test_what_is_asked_for_on_one_side_only_in_order_and_of_every_message_last() -> None:
    real = Marketplace("real", "Real.de", "", "", (), "")
    after = policy(
        Requirement(ANY, "PM101"),
        Requirement("real", "PM201"),
        Requirement("amazon", "PM301"),
        Requirement("amazon", "PM201"),
        marketplaces=(real,),
    )
    assert told(BEFORE, after) == [
        ("added", "amazon", "PM201"),
        ("added", "amazon", "PM301"),
        ("removed", "ebay", "PM302"),
        ("added", "real", "PM201"),
        ("added", "any", "PM101"),
    ]
    assert ("removed", "real", "PM201") in told(after, BEFORE)


def test_both_sides_are_at_hand() -> None:
    after = policy(replace(ASKED, limit=0), name="b")
    (change,) = differences((BEFORE, TODAY), (after, TODAY))
    assert change.before is not None
    assert change.after is not None
    assert (change.before.requirement.limit, change.before.pack) == (1, "a")
    assert (change.after.requirement.limit, change.after.pack) == (0, "b")


def test_another_day_makes_a_difference() -> None:
    asked = replace(ASKED, valid_until=TODAY)
    assert told(policy(asked), policy(asked), date(2099, 1, 1)) == [("removed", "ebay", "PM302")]
