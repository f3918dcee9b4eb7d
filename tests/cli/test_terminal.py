from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.cli.terminal import printable

HARMLESS = "Grüße, 日本語, 👩‍👩‍👧, שלום, [red], 100 %"
CONTROLS = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))}
TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
LINE_BREAKS = {"\u2028", "\u2029"}


def test_ordinary_text_stays_as_it_is() -> None:
    assert printable(HARMLESS) == HARMLESS
    assert printable(HARMLESS, lines=True) == HARMLESS


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m", "\\x9b31m"),
        ("a\x08b\x7f", "a␈b␡"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\x00b", "a␀b"),
    ],
)
def test_what_acts_becomes_visible(hostile: str, shown: str) -> None:
    assert printable(hostile) == shown
    assert printable(hostile, lines=True) == shown


def test_one_line_has_no_line_breaks_or_tabs() -> None:
    assert printable("a\nb\r\nc\td\u2028e\rf") == "a b c d e f"


def test_lines_keep_line_breaks_and_tabs_but_not_the_carriage_return() -> None:
    """A lone carriage return would write over the line."""
    assert printable("a\nb\r\nc\td\u2029e\rf", lines=True) == "a\nb\nc\td\ne␍f"


@given(st.text())
def test_nothing_printable_acts(text: str) -> None:
    assert not set(printable(text)) & (CONTROLS | TURNING | LINE_BREAKS)
    assert not set(printable(text, lines=True)) & ((CONTROLS | TURNING | LINE_BREAKS) - {"\n", "\t"})
    assert printable(printable(text)) == printable(text)
