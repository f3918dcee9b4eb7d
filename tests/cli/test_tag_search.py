"""Finding tags: the quick search, each filter, what is suggested, and what tells that filters hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.desk import Desk

TAGS = {
    "Collector's item": ("variation", "Holzweg Shop"),
    "Collection": ("variation,order", "Holzweg Outlet"),
    "Eilig": ("messenger", ""),
    "Größe": ("category,contact", ""),
    "Regal": ("variation,category", "Holzweg Shop"),
}


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with five tags and two clients."""
    desk.do("settings", "set", "--clients", "Holzweg Shop,Holzweg Outlet")
    for name, (kinds, client) in TAGS.items():
        desk.do(
            *("tag", "add", name, "--colour", "#ff8800"),
            *("--availabilities", kinds, "--clients", client),
        )
    desk.do("tag", "set", "Eilig", "--translations", "en=Urgent")
    return desk


def names(desk: Desk, *options: str) -> list[str]:
    """What a list finds."""
    return [tag["name"] for tag in desk.json("tag", "list", *options)]


def test_customers_of_a_shop_see_tags_of_variations_and_never_of_categories(shop: Desk) -> None:
    """What customers of a web shop see: the tags for variations of that client, never one for categories.

    M-085 `plentymsg tag list --visible-to "Holzweg Shop"`
    """
    assert names(shop, "--visible-to", "holzweg shop") == ["Collector's item"]
    assert names(shop, "--visible-to", "Holzweg Outlet") == ["Collection"]
    error = shop.refused("tag", "list", "--visible-to", "Holzweg", code=3)
    assert "There are: Holzweg Outlet, Holzweg Shop." in error["hint"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("collect", ["Collection", "Collector's item"]),
        ("3", ["Eilig"]),
        ("urgent", ["Eilig"]),
        ("grosse", ["Größe"]),
        ("", list(TAGS)),
    ],
)
def test_the_quick_search_takes_a_number_or_text(shop: Desk, text: str, found: list[str]) -> None:
    """A number finds the tag with that ID, text finds names like it, in whatever language.

    M-090 `plentymsg tag list collect`
    """
    assert sorted(names(shop, text)) == sorted(names(shop, "--search", text)) == sorted(found)


def test_what_finds_nothing_gets_the_nearest_names(shop: Desk, terminal: Run) -> None:
    screen = terminal("tag", "list", "Egal", PLENTYMSG_STORE=str(shop.store)).out
    assert "Regal" in screen
    nothing = terminal("tag", "list", "Elch", PLENTYMSG_STORE=str(shop.store)).out
    assert "No tag is like that. There are: Collection" in nothing


def test_what_is_to_be_found_is_said_once(shop: Desk) -> None:
    assert "Give only one" in shop.refused("tag", "list", "a", "--search", "b", code=2)["hint"]
    assert "Give only one" in shop.refused("tag", "list", "--filter", "a", "--no-filter", code=2)["hint"]


def test_one_tag_is_found_by_its_id(shop: Desk) -> None:
    """The filter for the ID finds the one tag that has it, and no other.

    M-091 `plentymsg tag list --id 4`
    """
    assert names(shop, "--id", "4") == ["Größe"]
    assert names(shop, "--id", "44") == []
    assert names(shop, "--id", "9" * 50) == []
    for wrong in ("x", "1.5", "9" * 5000):
        shop.refused("tag", "list", "--id", wrong, code=2)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("collect", ["Collection", "Collector's item"]),
        ("COLECT", ["Collection", "Collector's item"]),
        ("groesse", ["Größe"]),
        ("grösse", ["Größe"]),
        ("GROSE", ["Größe"]),
        ("xyz", []),
        ("x" * 100_000, []),
    ],
)
def test_names_are_found_though_they_are_not_quite_so(shop: Desk, name: str, found: list[str]) -> None:
    """The filter for names finds parts of names and misspellings, whatever the case and the accents.

    M-092 `plentymsg tag list --name collect`
    """
    assert names(shop, "--name", name) == found


def test_one_of_several_availabilities_is_enough_and_different_filters_all_count(shop: Desk) -> None:
    """Of several availabilities a tag needs one; of different filters it must fit each.

    M-093 `plentymsg tag list --availabilities order,contact`
    """
    assert names(shop, "--availabilities", "order,contact") == ["Collection", "Größe"]
    assert names(shop, "--availabilities", "order", "--availabilities", "CONTACT") == ["Collection", "Größe"]
    assert names(shop, "--availabilities", "order,contact", "--name", "collect") == ["Collection"]
    error = shop.refused("tag", "list", "--availabilities", "order,ticket", code=2)
    assert "'ticket'" in error["message"]
    assert "messageBillable" in error["hint"]


def test_filters_that_hold_are_shown_and_can_be_taken_away(shop: Desk, terminal: Run) -> None:
    """On a terminal the list says which filters hold and how to reset them; a plain list has none.

    M-094 `plentymsg tag list --no-filter`
    """
    store = {"PLENTYMSG_STORE": str(shop.store)}
    screen = terminal("tag", "list", "--name", "collect", "--availabilities", "order,contact", **store).out
    assert "Filters: [name: collect] [availabilities: order or contact]  (all tags: --no-filter)" in screen
    for plain in (("tag", "list"), ("tag", "list", "--no-filter")):
        screen = terminal(*plain, **store).out
        assert "Filter" not in screen
        assert all(name in screen for name in TAGS)


def test_a_script_that_gives_filters_is_not_told_them(shop: Desk) -> None:
    assert shop.run("tag", "list", "--name", "collect").err == ""


def test_a_tag_that_was_found_is_changed_by_its_id(shop: Desk) -> None:
    """A tag that a search has found is opened and changed by its ID or name.

    M-099 `plentymsg tag set 3 --colour "#0084ff"`
    """
    found = shop.json("tag", "list", "eilig")[0]
    shop.do("tag", "set", str(found["id"]), "--colour", "#0084ff")
    assert shop.json("tag", "show", "eilig")["colour"] == "#0084ff"


ODD = "Coll $(touch pwned); it's"


@pytest.fixture
def odd(shop: Desk) -> dict[str, str]:
    """A store that has a tag whose name is syntax in a shell, as environment."""
    shop.do("tag", "add", ODD, "--colour", "red", "--availabilities", "order")
    return {"PLENTYMSG_STORE": str(shop.store)}


def test_the_shell_completes_names_and_ids_of_tags(odd: dict[str, str], process: Run) -> None:
    fish = {"_TYPER_COMPLETE_FISH_ACTION": "get-args", **odd}

    def offered(words: str) -> list[str]:
        return process(
            _PLENTYMSG_COMPLETE="complete_fish", _TYPER_COMPLETE_ARGS=words, **fish
        ).out.splitlines()

    assert offered("plentymsg tag show Colle") == ["Collection\tID 2", "Collector's item\tID 1"]
    assert offered("plentymsg tag set Eilig Gr") == ["Größe\tID 4"]
    assert offered("plentymsg tag delete 3") == ["3\tEilig"]
    fish["PLENTYMSG_STORE"] = "nowhere.db"
    assert offered(f"plentymsg --store {odd['PLENTYMSG_STORE']} tag show Eil") == ["Eilig\tID 3"]
    assert offered("plentymsg tag show Eil") == []


def test_zsh_is_offered_no_name_that_it_would_run(odd: dict[str, str], process: Run) -> None:
    out = process(
        _PLENTYMSG_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="plentymsg tag show Coll", **odd
    ).out
    assert '"Collection":"ID 2"' in out
    assert "touch" not in out


def test_bash_takes_a_name_of_any_letters_as_one_word(odd: dict[str, str], tmp_path: Path) -> None:
    environment = {**os.environ, **odd, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    steps = """
        plentymsg --show-completion > completion.sh
        source completion.sh
        COMP_WORDS=(plentymsg tag show 'Coll\\ ') COMP_CWORD=3
        _plentymsg_completion plentymsg
        eval "words=(${COMPREPLY[0]})"
        printf '%s\\n' "${#COMPREPLY[@]}" "${#words[@]}" "${words[0]}"
    """
    done = subprocess.run(
        ["bash", "-c", steps], capture_output=True, text=True, cwd=tmp_path, env=environment, check=True
    )
    assert done.stdout.splitlines() == ["1", "1", ODD]
    assert not (tmp_path / "pwned").exists()
