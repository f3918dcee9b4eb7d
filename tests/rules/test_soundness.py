"""What is wrong with packs taken together."""

from __future__ import annotations

from typing import Any

import pytest

from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import ANY, Pack, Requirement, shipped
from plentymsg.rules.soundness import faults

REAL = Marketplace("real", "Real.de", "", "", ("kunden.real.*",), "")


def own(name: str = "own", *requirements: Requirement, marketplaces: tuple[Marketplace, ...] = ()) -> Pack:
    return Pack(name, "", requirements, marketplaces)


def found(*packs: Pack) -> list[tuple[str, tuple[Any, ...], str]]:
    return [tuple(fault) for fault in faults([*shipped(), *packs])]


def test_what_comes_with_plentymsg_is_sound() -> None:
    assert found() == []


def test_packs_may_speak_of_any_marketplace_that_any_of_them_has() -> None:
    first = own("a", Requirement("real", "PM201"), Requirement(ANY, "PM201"), Requirement("ebay", "PM201"))
    assert found(first, own("b", marketplaces=(REAL,))) == []


@pytest.mark.parametrize(
    ("marketplace", "hint"),
    [
        ("amazn", "did you mean amazon?"),
        ("x" * 100, "there are any, amazon, bol, ebay, kaufland,"),
    ],
)
def test_a_marketplace_in_no_pack_is_told_with_the_nearest(marketplace: str, hint: str) -> None:
    ((pack, path, message),) = found(
        own("own", Requirement("bol", "PM201"), Requirement(marketplace, "PM201"))
    )
    assert (pack, path) == ("own", ("requirements", 1, "marketplace"))
    assert message.startswith(f"there is no marketplace {marketplace[:60]!r}; {hint}")


def test_less_than_a_pack_that_is_on_needs_a_reason() -> None:
    ((pack, path, message),) = found(own("own", Requirement("ebay", "PM201", "warning")))
    assert (pack, path) == ("own", ("requirements", 0))
    assert message == (
        "it asks for less than the pack plentyone (severity warning instead of error);"
        " say why with the key `reason`"
    )
    assert found(own("own", Requirement("ebay", "PM201", "warning", reason="agreed"))) == []


@pytest.mark.parametrize(
    "nothing",
    ["", " ", "\u00a0\u3000", "\u200b", "\u2060\u00ad", "\u200c\u200d", "\t\x07", "\u3164\u115f", "—…"],
)
def test_a_reason_in_which_nobody_can_read_anything_is_none(nothing: str) -> None:
    loose = Requirement("ebay", "PM201", "warning", reason=nothing)
    assert [path for _, path, _ in found(own("own", loose))] == [("requirements", 0)]


@pytest.mark.parametrize("reason", ["x", "\u200b§ 7", "約束", "Ω"])
def test_a_letter_or_a_digit_of_any_script_is_a_reason(reason: str) -> None:
    assert found(own("own", Requirement("ebay", "PM201", "warning", reason=reason))) == []


def test_less_than_a_pack_that_is_off_or_than_another_own_one_needs_none() -> None:
    loose = Requirement("ebay", "PM202", "warning")
    assert found(own("a", Requirement("ebay", "PM202")), own("b", loose)) == []


@pytest.mark.parametrize(
    ("marketplace", "path", "told"),
    [
        (("ebay", "Other", ()), "key", "it is that of the marketplace eBay already"),
        (("other", "eBAY", ()), "name", "it is that of the marketplace eBay already"),
        (("other", "Real", ()), "name", "it is that of the marketplace Real.de already"),
        (
            ("other", "O", ("x.kunden.real.de",)),
            "relays",
            "x.kunden.real.de stands for buyers of real as well",
        ),
        (("other", "O", ("kunden.real.*",)), "relays", "kunden.real.* stands for buyers of real as well"),
        (("other", "O", ("real.*",)), "relays", "kunden.real.* stands for buyers of real as well"),
        (("other", "O", ("members.ebay.fr",)), "relays", "members.ebay.fr stands for buyers of ebay as well"),
    ],
)
def test_what_another_marketplace_has_is_not_taken(
    marketplace: tuple[str, str, tuple[str, ...]], path: str, told: str
) -> None:
    key, name, relays = marketplace
    good, second = Marketplace("good", "Good", "", "", (), ""), Marketplace(key, name, "", "", relays, "")
    reported = found(own("a", marketplaces=(REAL,)), own("b", marketplaces=(good, second)))
    assert reported == [("b", ("marketplaces", 1, path), told)]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("telephne", "did you mean telephone?"),
        ("TELEPHNE", "did you mean telephone?"),
        ("q", "give it `requirements` or `marketplaces`"),
        ("x" * 100, "give it `requirements` or `marketplaces`"),
    ],
)
def test_a_pack_that_asks_for_nothing_is_told_which_may_be_meant(name: str, hint: str) -> None:
    message = f"{name[:60]!r} asks for nothing and adds no marketplace; {hint}"
    assert found(own(name)) == [(name, ("name",), message)]
    assert found(own(name, Requirement("ebay", "PM201"))) == []
    assert found(own(name, marketplaces=(REAL,))) == []
