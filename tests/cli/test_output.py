from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from ruamel.yaml import YAML

from plentymsg.cli import output
from plentymsg.cli.output import Column, as_json
from plentymsg.cli.yaml import as_yaml
from tests.cli import thing
from tests.cli.conftest import Run

ACTING = {
    chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")

acting_texts = st.text(alphabet="a \n\x1b\x7f\x85\x9b\u2028\u202e\u2066\u2069'\"#:")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | acting_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner),
    max_leaves=10,
)
texts = st.text() | st.text(alphabet="=+-@\t\r\n\"',;a1 \x1b\u202e")
rows = st.lists(st.fixed_dictionaries({"a": texts, "b": values}), max_size=4)
COLUMNS = [Column("a", "A"), Column("b", "B")]


def printed(form: str, items: list[dict[str, Any]]) -> str:
    return "".join(output._PIECES[form](items, COLUMNS))  # type: ignore[index]


def test_in_a_pipe_a_list_is_tab_separated_with_keys_as_header(process: Run) -> None:
    outcome = process("thing", "list")
    header, first, second, third = outcome.out.splitlines()
    assert header.split("\t") == ["id", "name.de", "name.en", "tags", "visible", "note"]
    assert first.split("\t") == ["1", "Ärger", "[red]Trouble[/red]", "=1+1, b", "true", "a b c"]
    assert second.split("\t") == ["2", thing.LONG, thing.EMOJI, "", "false", ""]
    assert third.split("\t") == [
        "-3",
        thing.RTL,
        "␛]0;owned␇␛[2J\\x9b31m\\u202etxt.exe\\u2066␡",
        "@x",
        "",
        "-5",
    ]
    assert outcome.err == ""


def test_json_is_an_array_of_the_whole_rows(process: Run) -> None:
    outcome = process("thing", "list", "--json")
    assert json.loads(outcome.out) == thing.ROWS
    assert "Ärger" in outcome.out
    assert process("thing", "list", "--format", "json").out == outcome.out


def test_json_lines_are_one_row_each(process: Run) -> None:
    lines = process("thing", "list", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == thing.ROWS


def test_yaml_is_the_whole_rows(process: Run) -> None:
    text = process("thing", "list", "--format", "yaml").out
    assert YAML(typ="safe").load(text) == thing.ROWS
    assert text.startswith("- id: 1\n  name:\n    de: Ärger\n")


def test_csv_opens_in_a_spreadsheet_without_executing_anything(process: Run) -> None:
    table = list(csv.reader(io.StringIO(process("thing", "list", "--format", "csv").out)))
    assert table[0] == ["id", "name.de", "name.en", "tags", "visible", "note"]
    assert table[1] == ["1", "Ärger", "[red]Trouble[/red]", "'=1+1, b", "true", "a\tb\nc"]
    assert table[3] == ["-3", thing.RTL, "␛]0;owned␇␛[2J\\x9b31m\\u202etxt.exe\\u2066␡", "'@x", "", "'-5"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--json"], "[]\n"),
        (["--format", "jsonl"], ""),
        (["--format", "yaml"], "[]\n"),
        ([], "id\tname.de\tname.en\ttags\tvisible\tnote\n"),
        (["--format", "csv"], "id,name.de,name.en,tags,visible,note\n"),
    ],
)
def test_an_empty_list_is_valid_in_every_format(process: Run, options: list[str], expected: str) -> None:
    assert process("thing", "list", "--none", *options) == (0, expected, "")


def test_an_empty_list_on_a_terminal_says_so(terminal: Run) -> None:
    assert terminal("thing", "list", "--none").out == "No things yet.\n"
    assert terminal("thing", "list", "--none", "--quiet").out == ""


def test_json_and_another_format_do_not_go_together(process: Run) -> None:
    outcome = process("thing", "list", "--json", "--format", "csv")
    assert (outcome.code, outcome.out) == (2, "")
    assert json.loads(outcome.err)["error"]["code"] == "invalid-input"


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_table_is_straight_and_fits_the_terminal(terminal: Run, columns: int) -> None:
    """With emoji, wide and right-to-left letters, a name of 300 letters and text that tries to act."""
    plain = ESCAPES.sub("", terminal("thing", "list", columns=columns).out)
    lines = plain.splitlines()
    assert len(lines) == 1 + len(thing.ROWS)
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}
    assert cell_len(lines[0]) <= columns
    assert "…" in lines[2]


def test_where_the_line_is_short_flexible_columns_give_way(terminal: Run) -> None:
    line = ESCAPES.sub("", terminal("codes", columns=40).out).splitlines()[1]
    assert line.split() == ["c" * 30, "r" * 7 + "…"]


def test_a_table_shows_colours_and_reads_no_markup(terminal: Run) -> None:
    screen = terminal("thing", "list", columns=200).out
    assert screen.count("●") == 1, "only the row with a valid colour has a dot"
    assert "[red]Trouble[/red]" in screen
    assert "yes" in screen
    assert "true" not in screen


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("args", [["thing", "list"], ["thing", "show", "0"], ["fail", "rule"], ["scoped"]])
def test_without_colours_not_one_escape_is_printed(
    terminal: Run, args: list[str], environment: dict[str, str]
) -> None:
    screen = terminal(*args, **environment).out
    assert "\x1b" not in screen
    assert "●" not in screen


def test_hostile_text_does_not_reach_the_terminal(terminal: Run) -> None:
    for args in (["thing"], ["thing", "show", "2"], ["thing", "--json"], ["thing", "--format", "yaml"]):
        screen = ESCAPES.sub("", terminal(*args, columns=200).out)
        assert not set(screen) & (ACTING - {"\n", "\t"})


def test_a_table_that_is_asked_for_in_a_pipe_is_whole_and_plain(process: Run) -> None:
    out = process("thing", "list", "--format", "table").out
    assert thing.LONG.strip() in out
    assert "\x1b" not in out
    assert "…" not in out


def test_a_thing_in_a_pipe_is_a_line_per_key_and_a_table_per_section(process: Run) -> None:
    assert process("thing", "show", "1").out.splitlines() == [
        "id\t2",
        f"name.de\t{thing.LONG}",
        f"name.en\t{thing.EMOJI}",
        "tags\t",
        "visible\tfalse",
        "note\t",
        "",
        "parts",
        "id\tname.de",
        "1\tÄrger",
    ]


def test_a_thing_on_a_terminal_is_whole(terminal: Run) -> None:
    screen = ESCAPES.sub("", terminal("thing", "show", "1").out)
    assert screen.count("Ünïcode") == 38
    assert all(cell_len(line) <= 80 for line in screen.splitlines())
    assert "\nParts\n" in screen
    assert "none" in terminal("thing", "show", "0").out


def test_a_thing_in_json_is_one_object(process: Run) -> None:
    assert json.loads(process("thing", "show", "0", "--json").out) == {**thing.ROWS[0], "parts": []}


def test_a_change_says_what_was_done_and_a_repetition_that_it_is_unchanged(process: Run) -> None:
    assert process("thing", "add", "x").out == "Added thing x (7).\n"
    assert process("thing", "add", "x", "--same").out == "Thing x (7): unchanged.\n"
    assert process("thing", "add", "x", "--quiet") == (0, "", "")


def test_a_change_in_json_has_the_thing_and_whether_it_changed(process: Run) -> None:
    changed = json.loads(process("thing", "add", "x", "--json").out)
    assert (changed["changed"], changed["id"], changed["name"]) == (True, 7, "x")
    assert json.loads(process("thing", "add", "x", "--same", "--json", "--quiet").out)["changed"] is False


def test_a_change_shows_names_safely(process: Run) -> None:
    assert process("thing", "add", "a\x1b[2J\nb").out == "Added thing a␛[2J b (7).\n"


def test_a_dotted_key_that_ends_early_is_empty() -> None:
    assert output.value_of({"name": "x"}, "name.de") is None
    assert output.value_of({}, "name.de") is None


@given(values)
def test_json_says_the_same_and_cannot_act(value: Any) -> None:
    text = as_json(value)
    assert json.loads(text) == value
    assert not set(text) & ACTING


@given(values)
def test_yaml_says_the_same_and_cannot_act(value: Any) -> None:
    text = as_yaml(value)
    assert YAML(typ="safe").load(text) == value
    assert not set(text) & (ACTING - {"\n", "\t"})


@given(rows)
def test_tab_separated_rows_have_one_line_and_their_columns_each(items: list[dict[str, Any]]) -> None:
    lines = printed("tsv", items).split("\n")
    assert len(lines) == len(items) + 2
    assert all(line.count("\t") == 1 for line in lines[:-1])


@given(rows)
def test_no_csv_cell_is_a_formula(items: list[dict[str, Any]]) -> None:
    text = printed("csv", items)
    table = list(csv.reader(io.StringIO(text, newline="")))
    assert len(table) == len(items) + 1
    for item, (a, b) in zip(items, table[1:], strict=True):
        assert not a.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert isinstance(item["b"], int) or not b.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not set(text) & (ACTING - {"\n", "\t"})
