"""CSV of tags: how much of them, which columns, and that no cell is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plentymsg.cli.output import Column, write_list
from tests.desk import Desk


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with the tags T1 to T5."""
    for number in range(1, 6):
        desk.do("tag", "add", f"T{number}", "--colour", "#ff8800", "--availabilities", "order,contact")
    return desk


def exported(desk: Desk, *options: str) -> list[dict[str, str]]:
    """The rows of an export."""
    return list(csv.DictReader(io.StringIO(desk.do("tag", "export", *options))))


def names(desk: Desk, *options: str) -> list[str]:
    return [row["name"] for row in exported(desk, *options)]


def test_all_tags_are_exported_with_a_column_for_each_language(shop: Desk, tmp_path: Path) -> None:
    """All tags go into a CSV in UTF-8, with a header: ID, name, colour, availabilities, clients, languages.

    M-101 `plentymsg tag export --all --output tags.csv`
    """
    shop.do("settings", "set", "--clients", "Holzweg Shop,Holzweg Outlet")
    shop.do(
        "tag", "set", "T1", "--name", "Größe", "--translations", "en=Size", "--translations", "pl=Rozmiar"
    )
    shop.do("tag", "set", "T2", "--availabilities", "variation", "--clients", "Holzweg Shop,Holzweg Outlet")
    rows = exported(shop, "--all")
    assert len(rows) == 5
    assert list(rows[0])[:7] == ["id", "name", "colour", "availabilities", "clients", "de", "en"]
    assert len(rows[0]) == 5 + 26
    size = rows[0]
    assert (size["id"], size["name"], size["en"], size["pl"], size["de"]) == (
        "1",
        "Größe",
        "Size",
        "Rozmiar",
        "",
    )
    assert (size["colour"], size["availabilities"]) == ("#ff8800", "contact|order")
    assert rows[1]["clients"] == "Holzweg Outlet|Holzweg Shop"
    file = tmp_path / "tags.csv"
    done = shop.run("tag", "export", "--output", str(file))
    assert (done.out, done.err) == ("", f"Wrote 5 tags to {file}.\n")
    assert file.read_bytes() == shop.do("tag", "export").encode()
    assert shop.json("tag", "export") == shop.json("tag", "list")


def test_one_page_is_exported_as_large_as_one_likes(shop: Desk) -> None:
    """One page is exported, of as many rows as one likes.

    M-102 `plentymsg tag export --page 2 --limit 2`
    """
    assert names(shop, "--limit", "2") == ["T1", "T2"]
    assert names(shop, "--limit", "2", "--page", "2") == ["T3", "T4"]
    assert names(shop, "--limit", "2", "--page", "3") == ["T5"]
    assert names(shop, "--limit", "100") == ["T1", "T2", "T3", "T4", "T5"]
    assert "--limit" in shop.refused("tag", "export", "--page", "2", code=2)["message"]
    error = shop.refused("tag", "export", "--page", "4", "--limit", "2", code=2)
    assert "There are 3 pages of 2 rows, not page 4" in error["message"]


def test_selected_tags_are_exported(shop: Desk) -> None:
    """Only selected tags are exported; without a selection this is refused.

    M-103 `plentymsg tag export --selected T2,T4`
    """
    assert names(shop, "--selected", "t4, 2", "--selected", "T2") == ["T2", "T4"]
    for nothing in ("", " , "):
        error = shop.refused("tag", "export", "--selected", nothing, code=2)
        assert error["message"] == "No tags are selected."
    shop.refused("tag", "export", "--selected", "T2,Nope", code=3)
    shop.refused("tag", "export", "--selected", "T2", "--name", "T", code=2)


def test_a_range_of_pages_is_exported(shop: Desk) -> None:
    """A range of pages is exported; one that is the wrong way round or not there is refused.

    M-104 `plentymsg tag export --pages 2-3 --limit 2`
    """
    assert names(shop, "--pages", "2-3", "--limit", "2") == ["T3", "T4", "T5"]
    assert names(shop, "--pages", "2", "--limit", "2") == ["T3", "T4"]
    hint = shop.refused("tag", "export", "--pages", "3-2", "--limit", "2", code=2)["hint"]
    assert "--pages 2-3" in hint
    for pages in ("2-4", "0-1", "1-", "-1", "a-b", "1-2-3", "9" * 50, "1-" + "9" * 50, "٢-٣"):
        shop.refused("tag", "export", "--pages", pages, "--limit", "2", code=2)
    assert "--limit" in shop.refused("tag", "export", "--pages", "1-2", code=2)["message"]


@pytest.mark.parametrize(
    "options",
    [
        ("--all", "--limit", "2"),
        ("--all", "--selected", "T1"),
        ("--page", "2", "--pages", "1-2", "--limit", "2"),
        ("--selected", "T1", "--limit", "1"),
    ],
)
def test_extents_that_contradict_each_other_are_refused(shop: Desk, options: tuple[str, ...]) -> None:
    assert "ask for different things" in shop.refused("tag", "export", *options, code=2)["message"]


def test_an_export_without_tags_is_a_header(desk: Desk) -> None:
    assert len(desk.do("tag", "export").splitlines()) == 1
    assert len(desk.do("tag", "export", "--pages", "1-1", "--limit", "5").splitlines()) == 1


@pytest.mark.parametrize("file", ["missing/tags.csv", ".", "tags\0.csv"])
def test_a_file_that_cannot_be_written_is_refused(shop: Desk, file: str) -> None:
    assert "cannot be written" in shop.refused("tag", "export", "--output", file, code=2)["message"]


def test_tags_are_not_imported_from_lists(desk: Desk) -> None:
    """There is no import of tags from a list: they are added one by one, or by a configuration.

    M-105 `plentymsg tag import`
    """
    error = desk.refused("tag", "import", "tags.csv", code=2)
    assert "There is no command `plentymsg tag import`" in error["message"]
    commands = [line.split()[0] for line in desk.do("tag", "--help").splitlines() if line.startswith("  ")]
    assert "export" in commands
    assert "import" not in commands


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cell_of_any_text_is_run_by_a_spreadsheet(tmp_path: Path, cells: list[tuple[str, str]]) -> None:
    rows = [{"name": name, "de": translation} for name, translation in cells]
    file = tmp_path / "out.csv"
    write_list(rows, [Column("name", ""), Column("de", "")], "csv", str(file))
    read = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    assert len(read) == len(rows) + 1
    assert not [cell for row in read for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


_NAMES = st.text(
    st.characters(
        blacklist_categories=("Cc", "Cs", "Zl", "Zp"),
        blacklist_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    min_size=1,
    max_size=20,
)


@given(
    name=st.one_of(
        _NAMES, st.sampled_from("=+-@").flatmap(lambda first: _NAMES.map(lambda rest: first + rest))
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_tag_is_run_by_a_spreadsheet(desk: Desk, first_store: Path, name: str) -> None:
    shutil.copy(first_store, desk.store)
    if not name.strip():
        return
    desk.do(
        *("tag", "add", "--colour", "red", "--availabilities", "order"),
        *("--translations", f"de={name}", "--", name),
    )
    row = exported(desk)[0]
    assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["name"].removeprefix("'") == name.strip().removeprefix("'")
    assert not row["de"].startswith(("=", "+", "-", "@", "\t", "\r"))
