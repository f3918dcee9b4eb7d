from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("options", [[], ["--json"], ["--format", "csv"], ["--limit", "1"]])
def test_a_bare_noun_runs_its_list(plentymsg: Run, options: list[str]) -> None:
    assert plentymsg("thing", *options) == plentymsg("thing", "list", *options)
    assert plentymsg("thing", *options).code == 0


def test_a_bare_noun_without_a_list_shows(plentymsg: Run) -> None:
    assert plentymsg("single") == (0, "shown\n", "")


def test_help_of_a_noun_is_not_that_of_its_list(plentymsg: Run) -> None:
    outcome = plentymsg("thing", "--help")
    assert outcome.code == 0
    assert "Usage: plentymsg thing [OPTIONS] COMMAND" in outcome.out


def test_help_keeps_brackets_and_groups_the_options(plentymsg: Run) -> None:
    assert plentymsg("thing", "add", "--help").out == (
        """\
Usage: plentymsg thing add [OPTIONS] NAMES...

  Add things.

Arguments:
  NAMES...      The names [in German].  [required]

Options:
  --en TEXT     The English name.
  --progress N  [default: 0; 0 to 100]
  --same        As if it existed.
  --json        Print JSON.
  --dry-run     Show what would be done, and do nothing.
  --yes         Do not ask.
  --help        Show this message and exit.

Global options:
  --store PATH  The store's file (or PLENTYMSG_STORE).
  --as USER     Who acts, by login (or PLENTYMSG_USER).
  --quiet       Say nothing but results and errors.
  --verbose     Say more about what is done.
  --debug       Show the traceback of an error.
"""
    )
    assert "what [tests] are made of" in plentymsg("thing", "--help").out


def test_a_verb_has_the_help_it_was_made_with(plentymsg: Run) -> None:
    assert "Print the global options." in plentymsg("scoped", "--help").out


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "x", "", "10000000000", "9" * 5000])
def test_limit_and_page_are_numbers_from_one(plentymsg: Run, number: str) -> None:
    assert plentymsg("thing", "list", "--limit", number).code == 2
    assert plentymsg("thing", "list", "--page", number).code == 2


def test_a_number_out_of_range_is_told_in_words(plentymsg: Run) -> None:
    assert "101 is not in the range 0 to 100." in plentymsg("thing", "add", "x", "--progress", "101").err


@pytest.mark.parametrize("args", [["thing", "list"], ["thing"], ["thing", "add", "x"]])
def test_an_option_with_one_value_is_given_once(plentymsg: Run, args: list[str]) -> None:
    option = "--en" if "add" in args else "--format"
    outcome = plentymsg(*args, option, "csv", f"{option}=csv")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(
        f"Error: {option} was given twice; it takes one value.\nHint: See `plentymsg thing"
    )


def test_a_global_option_is_given_once_where_it_is_given(plentymsg: Run) -> None:
    """An alias such as `plentymsg --store PATH` can still be told of another store."""
    assert plentymsg("--store", "a", "--store", "b", "thing").code == 2
    assert plentymsg("--store", "a", "scoped", "--store", "b").out.startswith("b ")


def test_what_switches_on_and_off_is_given_once(plentymsg: Run) -> None:
    outcome = plentymsg("rules", "pack", "set", "telephone", "--enabled", "--no-enabled")
    assert outcome.code == 2
    assert outcome.err.startswith("Error: --enabled or --no-enabled was given twice")


@pytest.mark.parametrize("flags", [["--quiet", "--quiet"], ["--json", "--json"]])
def test_a_flag_may_be_repeated(plentymsg: Run, flags: list[str]) -> None:
    assert plentymsg("thing", "add", "x", *flags).code == 0


def test_help_comes_whatever_else_was_given(plentymsg: Run) -> None:
    assert plentymsg("thing", "list", "--format", "csv", "--format", "csv", "--help").code == 0


def test_an_option_without_its_value_points_to_the_help_of_its_command(plentymsg: Run) -> None:
    outcome = plentymsg("thing", "list", "--format")
    assert outcome.code == 2
    assert outcome.err.endswith("Hint: See `plentymsg thing list --help`.\n")


def test_the_shared_options_reach_the_command(plentymsg: Run) -> None:
    outcome = plentymsg("thing", "add", "x", "--dry-run", "--yes", "--json")
    assert json.loads(outcome.out)["dry_run"] is True
    assert json.loads(outcome.out)["yes"] is True
