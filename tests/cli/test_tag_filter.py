"""Saved filters: searches for tags that are kept, applied, shared, ordered and deleted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.test_tag import grant
from tests.desk import Desk


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with three tags, and jan.kiefer who may read them."""
    for name, kinds in (("Eilig", "messenger"), ("Collection", "order,contact"), ("Vintage", "variation")):
        desk.do("tag", "add", name, "--colour", "#ff8800", "--availabilities", kinds)
    desk.do("user", "add", "jan.kiefer")
    grant(desk, "jan.kiefer", "Setup > Tag > Read")
    return desk


def names(desk: Desk, *options: str) -> list[str]:
    """What a list of tags finds."""
    return [tag["name"] for tag in desk.json("tag", "list", *options)]


def filters(desk: Desk) -> list[dict[str, Any]]:
    """The saved filters that the acting user has."""
    found: list[dict[str, Any]] = desk.json("tag", "filter")
    return found


def test_a_search_is_kept_under_a_name(shop: Desk) -> None:
    """A search is kept as a filter under a name; there must be something that it searches by.

    M-095 `plentymsg tag filter save Orders --availabilities order`
    """
    saved = shop.json("tag", "filter", "save", "Orders", "--availabilities", "ORDER", "--name", "collect")
    assert saved["criteria"] == {"name": "collect", "availabilities": ["order"]}
    assert (saved["default"], saved["for_all"], saved["position"]) == (False, False, 1)
    for nothing in ((), ("--name", ""), ("--availabilities", "")):
        error = shop.refused("tag", "filter", "save", "All", *nothing, code=2)
        assert "has no criteria" in error["message"]
    shop.refused("tag", "filter", "save", "", "--name", "x", code=2)
    shop.refused("tag", "filter", "save", "X", "--availabilities", "ticket", code=2)
    shop.refused("tag", "filter", "save", "X", "--visible-to", "Nobody", code=3)
    assert [kept["name"] for kept in filters(shop)] == ["Orders"]


def test_saving_the_same_again_is_unchanged_and_something_else_is_refused(shop: Desk) -> None:
    same = ("tag", "filter", "save", "Orders", "--availabilities", "order")
    shop.do(*same)
    assert shop.json(*same)["changed"] is False
    error = shop.refused(*same, "--name", "x", code=1)
    assert "plentymsg tag filter set" in error["hint"]
    assert "Would have added" in shop.do("tag", "filter", "save", "X", "--name", "x", "--dry-run")
    changed = shop.json("tag", "filter", "set", "orders", "--name", "collect", "--rename", "Collected")
    assert (changed["name"], changed["criteria"]) == ("Collected", {"name": "collect"})
    assert [line["action"] for line in shop.history() if line["kind"] == "tag filter"] == ["added", "changed"]


def test_a_default_filter_is_applied_when_the_list_opens(shop: Desk) -> None:
    """A default filter is applied and run when the list of tags opens, which says so; a user has one.

    M-096 `plentymsg tag filter save Orders --availabilities order --default`
    """
    shop.do("tag", "filter", "save", "Orders", "--availabilities", "order", "--default")
    opened = shop.run("tag")
    assert opened.err == "Filter Orders, your default: [availabilities: order]  (all tags: --no-filter)\n"
    assert opened.out.splitlines()[1:] == ["2\tCollection\t#ff8800\tcontact, order\t\t"]
    assert len(names(shop, "--no-filter")) == 3
    assert names(shop, "--name", "eilig") == ["Eilig"]
    shop.do("tag", "filter", "save", "Shop", "--availabilities", "variation", "--default")
    assert names(shop) == ["Vintage"]
    assert [kept["default"] for kept in filters(shop)] == [False, True]
    shop.do("tag", "filter", "set", "Shop", "--no-default")
    assert len(names(shop)) == 3
    assert len(shop.do("tag", "export").splitlines()) == 4


def test_a_filter_is_for_its_user_or_for_all(shop: Desk) -> None:
    """A filter is its user's own, or for all users, each of whom may make it their default.

    M-097 `plentymsg tag filter save Orders --availabilities order --for-all`
    """
    shop.do("tag", "filter", "save", "Orders", "--availabilities", "order", "--for-all", "--default")
    shop.do("tag", "filter", "save", "Mine", "--name", "eilig")
    shop.become("jan.kiefer")
    assert [(kept["name"], kept["default"]) for kept in filters(shop)] == [("Orders", False)]
    shop.refused("tag", "list", "--filter", "Mine", code=3)
    assert len(names(shop)) == 3
    shop.do("tag", "filter", "set", "Orders", "--default")
    assert names(shop) == ["Collection"]
    for change in (
        ("set", "Orders", "--own"),
        ("move", "Orders", "--after", "Orders"),
        ("delete", "Orders", "--yes"),
    ):
        error = shop.refused("tag", "filter", *change, code=5)
        assert error["missing"] == ["Administrator"]
    shop.do("tag", "filter", "save", "Orders", "--name", "vintage")
    assert names(shop, "--filter", "orders") == ["Vintage"]


def test_a_filter_that_is_no_more_for_all_is_nobody_elses_default(shop: Desk) -> None:
    shop.do("tag", "filter", "save", "Orders", "--availabilities", "order", "--for-all", "--default")
    owner = filters(shop)[0]["user"]
    shop.become("jan.kiefer")
    shop.do("tag", "filter", "set", "Orders", "--default")
    shop.become(owner)
    shop.do("tag", "filter", "set", "Orders", "--own")
    shop.do("tag", "filter", "set", "Orders", "--for-all")
    assert names(shop) == ["Collection"]
    shop.become("jan.kiefer")
    assert len(names(shop)) == 3


def test_applying_a_filter_runs_its_search(shop: Desk) -> None:
    """Applying a saved filter runs its search and says which filter holds.

    M-098 `plentymsg tag list --filter Orders`
    """
    shop.do("tag", "filter", "save", "Orders", "--availabilities", "order,variation")
    applied = shop.run("tag", "filter", "apply", "orders", "--json")
    assert applied == shop.run("tag", "list", "--filter", "1", "--json")
    assert "Filter Orders: [availabilities: order or variation]" in applied.err
    assert names(shop, "--filter", "Orders") == ["Collection", "Vintage"]
    assert names(shop, "--filter", "Orders", "--name", "vintage") == ["Vintage"]
    assert len(shop.do("tag", "export", "--filter", "Orders").splitlines()) == 3
    error = shop.refused("tag", "list", "--filter", "Order", code=3)
    assert error["hint"] == "Did you mean Orders?"


def test_filters_are_ordered_and_deleted(shop: Desk) -> None:
    """Saved filters are put in an order and deleted; a deleted one is nobody's default any more.

    M-110 `plentymsg tag filter move Orders --before Shop`
    """
    for name in ("A", "B", "C"):
        shop.do("tag", "filter", "save", name, "--name", name, "--default")
    shop.do("tag", "filter", "move", "C", "--before", "a")
    assert [kept["name"] for kept in filters(shop)] == ["C", "A", "B"]
    shop.do("tag", "filter", "move", "C", "--after", "B")
    assert [kept["name"] for kept in filters(shop)] == ["A", "B", "C"]
    assert shop.json("tag", "filter", "move", "C", "--after", "B")["changed"] is False
    shop.refused("tag", "filter", "move", "C", code=2)
    shop.refused("tag", "filter", "move", "C", "--before", "C", code=2)
    shop.refused("tag", "filter", "move", "C", "--before", "D", code=3)
    assert "Delete the tag filter C?" in shop.refused("tag", "filter", "delete", "C", code=2)["message"]
    shop.do("tag", "filter", "delete", "C", "--yes")
    assert [kept["name"] for kept in filters(shop)] == ["A", "B"]
    assert len(names(shop)) == 3


def test_a_filter_for_a_client_that_is_gone_says_so_and_how_to_go_on(shop: Desk) -> None:
    shop.do("settings", "set", "--clients", "Holzweg Shop")
    shop.do("tag", "filter", "save", "Shop", "--visible-to", "holzweg shop", "--default")
    assert filters(shop)[0]["criteria"] == {"visible_to": "Holzweg Shop"}
    shop.do("settings", "set", "--clients", "")
    error = shop.refused("tag", code=3)
    assert error["message"] == "The filter 'Shop' is out of date: There is no client 'Holzweg Shop'."
    assert "--no-filter" in error["hint"]
    assert len(names(shop, "--no-filter")) == 3


@pytest.mark.parametrize("name", ["Line\nbreak", "\x1b[31mred", "ü" * 501])
def test_a_filters_name_cannot_act(shop: Desk, name: str) -> None:
    shop.refused("tag", "filter", "save", name, "--name", "x", code=2)


def test_what_is_looked_for_cannot_act_on_a_terminal_either(shop: Desk) -> None:
    shop.do("tag", "filter", "save", "Odd", "--name", "\x1b[2J\u202e", "--default")
    shown = shop.run("tag").err
    assert "\x1b" not in shown
    assert "\u202e" not in shown
