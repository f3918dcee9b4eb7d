from __future__ import annotations

from datetime import date

import pytest

from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import Pack, Requirement, by_key, pack_of, shipped

REAL = {
    "key": "real",
    "name": "Real",
    "group": "general",
    "setup": "Create a channel for Real.",
    "relays": ["real.example", "*.real"],
    "source": "Real's help",
}


def test_a_pack_is_read_with_all_that_it_says() -> None:
    row = {
        "marketplace": "real",
        "rule": "PM101",
        "severity": "warning",
        "words": {"de": "Eilig", "en": "Urgent"},
        "limit": 7,
        "allowed": ["pdf", "png"],
        "from": date(2027, 1, 1),
        "until": "2027-12-31",
        "source": "Real's help, page 2",
        "reason": "agreed by telephone",
    }
    table = {
        "name": "own",
        "summary": "Ours.",
        "source": "us",
        "enabled": False,
        "marketplace": [REAL],
        "requirement": [row],
    }
    real = Marketplace(
        "real", "Real", "general", "Create a channel for Real.", ("real.example", "*.real"), "Real's help"
    )
    asked = Requirement(
        marketplace="real",
        rule="PM101",
        severity="warning",
        words={"de": "Eilig", "en": "Urgent"},
        limit=7,
        allowed=("pdf", "png"),
        valid_from=date(2027, 1, 1),
        valid_until=date(2027, 12, 31),
        source="Real's help, page 2",
        reason="agreed by telephone",
    )
    assert pack_of(table) == Pack("own", "Ours.", (asked,), (real,), enabled=False)


def test_what_a_pack_leaves_out_is_the_strictest() -> None:
    """A requirement is an error from always to always, and written where its pack is."""
    table = {
        "name": "own",
        "summary": "Ours.",
        "source": "us",
        "marketplace": [{"key": "real", "name": "Real"}],
        "requirement": [{"marketplace": "real", "rule": "PM201"}],
    }
    asked = Requirement(
        marketplace="real",
        rule="PM201",
        severity="error",
        words={},
        limit=0,
        allowed=(),
        valid_from=None,
        valid_until=None,
        source="us",
        reason="",
    )
    real = Marketplace("real", "Real", "", "", (), "")
    assert pack_of(table) == Pack("own", "Ours.", (asked,), (real,), enabled=True)


def test_a_pack_without_a_source_has_none() -> None:
    table = {"name": "own", "summary": "", "requirement": [{"marketplace": "any", "rule": "PM201"}]}
    assert pack_of(table).requirements[0].source == ""
    assert pack_of({"name": "own", "summary": ""}) == Pack("own", "", ())


def test_the_words_of_a_requirement_cannot_be_changed() -> None:
    row = {"marketplace": "any", "rule": "PM101", "words": {"en": "Urgent"}}
    words = pack_of({"name": "own", "summary": "", "requirement": [row]}).requirements[0].words
    with pytest.raises(TypeError):
        words["en"] = "Other"  # type: ignore[index]


def test_the_packs_are_read_in_their_order() -> None:
    """The manual's first, so that a stricter one that is on decides over it."""
    shipped.cache_clear()
    names = [pack.name for pack in shipped()]
    assert names[0] == "plentyone"
    assert names[1:] == sorted(names[1:])
    assert [pack.name for pack in shipped() if pack.enabled] == ["plentyone"]
    assert all(each.source for pack in shipped() for each in pack.requirements)


def test_a_packs_own_marketplace_may_be_called_by_its_name() -> None:
    shop = Marketplace("hood", "Hood.de", "", "", (), "")
    asks = Pack("a", "", (Requirement("hood.de", "PM201"), Requirement("ebay", "PM201", severity="warning")))
    adds = Pack("b", "", (Requirement("hood", "PM302", limit=1),), marketplaces=(shop,))
    first, second = by_key([asks, adds])
    assert [(each.marketplace, each.rule, each.severity) for each in first.requirements] == [
        ("hood", "PM201", "error"),
        ("ebay", "PM201", "warning"),
    ]
    assert first.name == "a"
    assert second == adds
    assert by_key([asks]) == (asks,)
