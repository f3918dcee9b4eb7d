"""The line in which a violation is, and what is drawn under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from plentymsg.cli.reports.excerpt import underlined
from tests.cli.conftest import Run
from tests.desk import Desk

WHOLE = (False, False)


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("siehe ", "      "),
        ("漢字 ", "     "),
        ("😀 ", "   "),
        ("❤️ ", "   "),
        ("e\u0301 ", "  "),
        ("a\tb ", "    "),
        ("\x1b[31m ", "      "),
        ("\x85 ", "     "),
        ("\u202e ", "       "),
    ],
)
def test_the_mark_is_under_the_place_however_wide_what_stands_before_it(line: str, before: str) -> None:
    shown, mark = underlined(line + "www.x.de!", len(line), 8, 80, more=WHOLE)
    assert mark == before + "^" * 8
    assert shown.endswith("www.x.de!")


def test_a_wide_place_gets_a_wide_mark() -> None:
    assert underlined("a 漢字.de", 2, 5, 80, more=WHOLE) == ("a 漢字.de", "  ^^^^^^^")


def test_a_long_line_is_cut_around_the_place() -> None:
    shown, mark = underlined("a" * 500 + " www.x.de " + "b" * 500, 501, 8, 40, more=WHOLE)
    assert shown == "…" + "a" * 14 + " www.x.de " + "b" * 14 + "…"
    assert mark == " " * 16 + "^" * 8


def test_a_place_that_is_too_long_shows_its_beginning() -> None:
    shown, mark = underlined("siehe https://" + "x" * 500, 6, 508, 30, more=WHOLE)
    assert shown == "…https://" + "x" * 20 + "…"
    assert mark == " " + "^" * 28


def test_a_line_that_goes_on_says_so() -> None:
    assert underlined("b www.x.de c", 2, 8, 80, more=(True, True)) == ("…b www.x.de c…", "   ^^^^^^^^")


def test_where_nothing_has_a_place_nothing_is_marked() -> None:
    assert underlined("Ihr Regal", 0, 0, 80, more=WHOLE) == ("Ihr Regal", "")


@given(st.text(st.characters(codec="ascii")), st.integers(0, 50), st.integers(1, 50), st.integers(20, 200))
def test_no_line_is_wider_than_there_is_room(line: str, start: int, length: int, width: int) -> None:
    shown, mark = underlined(line, min(start, len(line)), length, width, more=(True, True))
    assert cell_len(shown) <= width
    assert cell_len(mark) <= width
    assert "^" in mark
    assert shown.isprintable()


LINK = "siehe www.shop.de " + "und so weiter " * 20


@pytest.mark.parametrize("columns", [80, 200])
def test_a_terminal_gets_colours_and_lines_that_fit(desk: Desk, screen: Run, columns: int) -> None:
    words = ("check", "--marketplace", "otto", "--text", LINK)
    printed = screen(*words, columns=columns).out
    assert "\x1b[31mPM201\x1b[0m" in printed
    assert "\x1b[31m^^^^^^^^^^^\x1b[0m" in printed
    shown = next(line for line in printed.splitlines() if "und so" in line)
    assert min(columns, 160) - 4 <= len(shown) <= columns
    assert shown.endswith("…")
    assert "\x1b" not in screen(*words, columns=columns, NO_COLOR="1").out
    assert "\x1b" not in desk.run(*words).out
