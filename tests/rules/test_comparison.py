"""What differs between what is asked for on two sides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plentymsg.rules.comparison import Difference, differences
from plentymsg.rules.pack import Pack, Requirement
from plentymsg.rules.policy import Policy
from tests.rules.corpus import TODAY


def policy(*requirements: Requirement, name: str = "own") -> Policy:
    return Policy([Pack(name, "Ours.", requirements)])


def told(found: list[Difference]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.marketplace.key, each.rule) for each in found]


def test_each_difference_is_told_in_the_order_of_marketplaces_everyone_last() -> None:
    before = policy(
        Requirement("any", "PM203"), Requirement("otto", "PM201"), Requirement("ebay", "PM302", limit=1)
    )
    after = policy(
        Requirement("ebay", "PM302", limit=2), Requirement("any", "PM204"), Requirement("amazon", "PM202")
    )
    found = differences((before, TODAY), (after, TODAY))
    assert told(found) == [
        ("added", "amazon", "PM202"),
        ("changed", "ebay", "PM302"),
        ("removed", "otto", "PM201"),
        ("removed", "any", "PM203"),
        ("added", "any", "PM204"),
    ]
    added, changed, removed, *_ = found
    assert added.before is None
    assert added.after is not None
    assert added.after.pack == "own"
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before.requirement.limit, changed.after.requirement.limit) == (1, 2)
    assert removed.before is not None
    assert removed.after is None


@pytest.mark.parametrize(
    "change",
    [{"severity": "warning"}, {"words": {"de": "Eilig"}}, {"limit": 2}, {"allowed": ("pdf",)}],
    ids=lambda change: next(iter(change)),
)
def test_what_a_requirement_says_makes_the_difference(change: dict[str, Any]) -> None:
    one, other = policy(Requirement("ebay", "PM302")), policy(Requirement("ebay", "PM302", **change))
    assert told(differences((one, TODAY), (other, TODAY))) == [("changed", "ebay", "PM302")]


def test_who_says_it_and_why_makes_none() -> None:
    one = policy(Requirement("ebay", "PM302", limit=1, source="here"))
    other = policy(Requirement("ebay", "PM302", limit=1, source="there", reason="so"), name="other")
    assert differences((one, TODAY), (other, TODAY)) == []


def test_one_policy_may_ask_for_something_else_on_another_day() -> None:
    asked = policy(Requirement("ebay", "PM201", valid_from=date(2027, 1, 1)))
    assert told(differences((asked, TODAY), (asked, date(2027, 1, 1)))) == [("added", "ebay", "PM201")]
    assert differences((asked, date(2027, 1, 1)), (asked, date(2028, 1, 1))) == []
