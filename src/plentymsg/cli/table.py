"""Tables and cards for a terminal, drawn by Rich.

Only ever imported for a terminal: Rich takes time to load, and in a pipe it would cut lines to 80 columns.
Every cell is a `Text`: a plain string would be read as markup, and `[red]` would vanish from a subject.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from plentymsg.cli.output import Column, Row, Section, as_text, value_of
from plentymsg.cli.pager import show
from plentymsg.cli.terminal import is_plain, printable

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST_WORD = 20
"""Cells. A longer word may be broken where a line is short."""
_NO_LIMIT = 10_000
"""Columns of a table that is asked for in a pipe, where nothing is to be cut."""


def draw_table(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Print the rows as a table as wide as the terminal at most; what is longer ends in an ellipsis.

    A table that is higher than the terminal goes to the pager.
    """
    console = _console()
    with console.capture() as drawn:
        console.print(_table(console, rows, _filled(rows, columns)))
    show(drawn.get())


def draw_thing(thing: Row, lines: Sequence[Column], sections: Sequence[Section]) -> None:
    """Print a thing: titles on the left, values whole on the right, then its sections as tables."""
    console = _console()
    card = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    card.add_column(no_wrap=True, style="bold")
    card.add_column(overflow="fold")
    for line in lines:
        card.add_row(Text(line.title), _cell(console, thing, line, lines=True))
    console.print(card)
    for section in sections:
        console.print(Text(f"\n{section.title}", style="bold"))
        rows = value_of(thing, section.key) or ()
        drawn = (_whole if section.whole else _table)(console, rows, _filled(rows, section.columns))
        console.print(drawn if rows else Text("none", style="dim"))


def draw_chapters(chapters: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """Print a thing in chapters, (title, value) lines each: all on the left, so that it fits on a screen."""
    console = _console()
    card = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    card.add_column(no_wrap=True, style="bold")
    card.add_column(no_wrap=True)
    card.add_column(overflow="fold")
    for heading, lines in chapters:
        for place, (title, value) in enumerate(lines):
            card.add_row(Text("" if place else heading), Text(title), Text(printable(value, lines=True)))
    console.print(card)


def _console() -> Console:
    terminal = sys.stdout.isatty()
    return Console(
        file=sys.stdout,
        color_system="auto" if terminal and not is_plain() else None,
        width=None if terminal else _NO_LIMIT,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _whole(console: Console, rows: Sequence[Row], columns: Sequence[Column]) -> Table:
    """The rows with nothing cut: as a table whose flexible columns wrap, or where the terminal is too narrow
    for that, each below the one before.
    """
    if sum(_least(rows, column) + 2 for column in columns) - 2 <= console.width:
        return _table(console, rows, columns, wrap=True)
    card = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    card.add_column(no_wrap=True, style="bold")
    card.add_column(overflow="fold")
    for place, row in enumerate(rows):
        if place:
            card.add_row()
        for column in columns:
            if _shown(row, column):
                card.add_row(Text(column.title), _cell(console, row, column, lines=True))
    return card


def _least(rows: Sequence[Row], column: Column) -> int:
    """Cells that a column needs: for its longest value, or where it may wrap for its longest word."""
    values = [_shown(row, column) for row in rows]
    if not column.flexible:
        return max(cell_len(text) for text in (column.title, *values))
    words = [word for value in values for word in value.split()]
    return max(cell_len(column.title), *(min(cell_len(word), _LONGEST_WORD) for word in words), 0)


def _filled(rows: Sequence[Row], columns: Sequence[Column]) -> list[Column]:
    """The columns without those that are extra, and those that are sparse and empty in every row."""
    shown = [column for column in columns if not column.extra]
    return [column for column in shown if not column.sparse or any(_shown(row, column) for row in rows)]


def _table(console: Console, rows: Sequence[Row], columns: Sequence[Column], *, wrap: bool = False) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(
            Text(column.title, no_wrap=True, overflow="ellipsis"),
            justify="right" if column.right else "left",
            overflow="fold" if wrap else "ellipsis",
            no_wrap=not column.flexible,  # Rich narrows first the columns that may wrap
        )
    for row in rows:
        table.add_row(*(_cell(console, row, column, wrap=wrap and column.flexible) for column in columns))
    return table


def _cell(console: Console, row: Row, column: Column, *, lines: bool = False, wrap: bool = False) -> Text:
    text = Text() if lines or wrap else Text(no_wrap=True, overflow="ellipsis")
    colour = value_of(row, column.colour) if column.colour else None
    if console.color_system and isinstance(colour, str) and _HEX.fullmatch(colour):
        text.append("● ", style=colour)
    return text.append(printable(_shown(row, column), lines=lines))


def _shown(row: Row, column: Column) -> str:
    value = (value_of(row, column.instead) if column.instead else None) or value_of(row, column.key)
    if column.show is not None:
        return column.show(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return as_text(value)
