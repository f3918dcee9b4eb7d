"""A line of text with a place in it underlined, within so many columns of a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from plentymsg.cli.terminal import printable

_WIDE_BY_SELECTOR = "\ufe0f"
"""Behind a character it asks for the form of an emoji (Unicode TR 51), which is two columns wide."""


def underlined(line: str, start: int, length: int, width: int, *, more: tuple[bool, bool]) -> tuple[str, str]:
    """The line, and below it `^^^^` under `line[start:start + length]`; empty where there is no length.

    What is longer than `width` columns is cut around the place, with an ellipsis; `more` says whether the
    line goes on before and behind what is given of it.
    """
    cells = [printable(character) for character in line]
    widths = _widths(line, cells)
    start = min(start, len(line))
    end = min(start + length, len(line))
    low, high = _window(widths, start, end, width - 2)
    before = "…" if low or more[0] else ""
    behind = "…" if high < len(line) or more[1] else ""
    shown = before + "".join(cells[low:high]) + behind
    if not length:
        return shown, ""
    marked = max(1, sum(widths[start : min(end, high)]))
    return shown, " " * (len(before) + sum(widths[low:start])) + "^" * marked


def _widths(line: str, cells: Sequence[str]) -> list[int]:
    """Columns that each character takes up; a character that joins the one before it takes none."""
    widths = []
    for at, (character, cell) in enumerate(zip(line, cells, strict=True)):
        if cell != character:
            widths.append(len(cell))
        elif unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            widths.append(0)
        else:
            is_emoji = line[at + 1 : at + 2] == _WIDE_BY_SELECTOR
            widths.append(2 if is_emoji or unicodedata.east_asian_width(character) in "WF" else 1)
    return widths


def _window(widths: Sequence[int], start: int, end: int, width: int) -> tuple[int, int]:
    """The stretch of the line to show: the place, then as much around it as there is room for."""
    low = high = start
    room = max(width, 1)
    while high < end and widths[high] <= room:
        room -= widths[high]
        high += 1
    if high < end:
        return low, high
    while low > 0 or high < len(widths):
        can_left = low > 0 and widths[low - 1] <= room
        can_right = high < len(widths) and widths[high] <= room
        if not can_left and not can_right:
            break
        if can_left and (not can_right or start - low <= high - end):
            low -= 1
            room -= widths[low]
        else:
            room -= widths[high]
            high += 1
    return low, high
