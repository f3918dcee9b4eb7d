"""A list that is longer than the terminal (here 24 lines) goes to the user's pager."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from plentymsg.cli.output import as_bar, as_bar_and_number
from tests.cli.conftest import Run
from tests.cli.test_output import ESCAPES
from tests.desk import Desk

MARKING = "sed s/^/=/"


@pytest.fixture
def store(desk: Desk) -> str:
    return str(desk.store)


def test_a_long_list_on_a_terminal_goes_to_the_pager(terminal: Run, store: str) -> None:
    done = terminal("status", "list", PLENTYMSG_STORE=store, PAGER=MARKING)
    assert done.code == 0
    lines = done.out.splitlines()
    assert len(lines) == 1 + 84
    assert all(line.startswith("=") for line in lines)
    assert "\x1b[38" in done.out, "with its colours"


@pytest.mark.parametrize(
    "args", [("group", "list"), ("status", "list", "--json"), ("status", "list", "--format", "csv")]
)
def test_what_fits_or_is_for_scripts_does_not(terminal: Run, store: str, args: tuple[str, ...]) -> None:
    assert not terminal(*args, PLENTYMSG_STORE=store, PAGER=MARKING).out.startswith("=")


def test_in_a_pipe_there_is_no_pager(process: Run, store: str) -> None:
    for form in ("table", "tsv"):
        done = process("status", "list", "--format", form, PLENTYMSG_STORE=store, PAGER=MARKING)
        assert "=" not in done.out


@pytest.mark.parametrize("pager", ["", "cat", "no-such-program -x", "'unpaired"])
def test_without_a_pager_that_works_the_list_is_printed(terminal: Run, store: str, pager: str) -> None:
    done = terminal("status", "list", PLENTYMSG_STORE=store, PAGER=pager)
    assert (done.code, len(done.out.splitlines())) == (0, 1 + 84)


def test_who_leaves_the_pager_early_gets_no_error(terminal: Run, store: str) -> None:
    done = terminal("status", "list", PLENTYMSG_STORE=store, PAGER="head -n 1")
    assert (done.code, len(done.out.splitlines())) == (0, 1)


@pytest.mark.parametrize("percent", range(0, 101, 10))
def test_a_progress_is_a_bar_of_always_the_same_width(percent: int) -> None:
    bar = as_bar(percent)
    assert bar.count("█") * 20 + bar.count("▌") * 10 == percent
    assert cell_len(bar) == 5
    assert as_bar_and_number(percent) == f"{bar} {percent:>3} %"
    assert as_bar(None) == ""


def test_statuses_show_colour_and_progress_at_80_columns(terminal: Run, store: str) -> None:
    screen = terminal("status", "list", "--group", "Amazon", PLENTYMSG_STORE=store).out
    assert "\x1b[38;5;33m● " in screen or "\x1b[38;2;0;132;255m● " in screen
    lines = ESCAPES.sub("", screen).splitlines()
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}
    assert cell_len(lines[0]) <= 80
    assert [line.split(" %")[0][-9:] for line in lines[1:5]] == [
        "░░░░░   0",
        "██▌░░  50",
        "███▌░  70",
        "█████ 100",
    ]
