"""How results are printed: one row model, and a table, JSON, CSV, YAML or tab-separated text of it.

A row is a mapping with snake_case keys, nested at will. JSON and YAML print it whole; the other formats
print the columns that a command names. On a terminal a list is a table; in a pipe it is tab-separated,
whole, with the keys as header. Results go to stdout; `plentymsg.cli.terminal` has the notes for stderr.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from plentymsg.cli.command import FormatName
from plentymsg.cli.scope import scope
from plentymsg.cli.terminal import printable, say
from plentymsg.errors import InvalidInput

Row = Mapping[str, Any]


class Column(NamedTuple):
    """A column of a list, or a line of a thing.

    `key` finds the value in the row and is the header for scripts; `name.de` reaches into a nested value.
    `title` is the header for people. On a terminal only: `colour` is the key of a `#rrggbb` in the row that
    is shown beside the value; `instead` that of what is shown in its place where there is such; `show` makes
    the text; `right` aligns numbers; `flexible` columns give way
    first where the line is short; a column that is `extra` is left out of the table, one that is `sparse`
    where it is empty in every row.
    """

    key: str
    title: str
    colour: str = ""
    show: Callable[[Any], str] | None = None
    right: bool = False
    flexible: bool = False
    extra: bool = False
    sparse: bool = False
    instead: str = ""


DELETED = Column("deleted_at", "Deleted", show=lambda time: time[:16].replace("T", " "))
"""Since when a thing is deleted, in a list of those."""


class Section(NamedTuple):
    """A list inside a thing, shown as a table below it: a group's types, a conversation's messages.

    On a terminal nothing of one that is `whole` is cut: its flexible columns wrap.
    """

    key: str
    title: str
    columns: Sequence[Column]
    whole: bool = False


def value_of(row: Row, key: str) -> Any:
    """The value at a dotted key, or None where the path ends early. A key may have dots of its own."""
    if key in row:
        return row[key]
    first, _, rest = key.partition(".")
    inner = row.get(first)
    return value_of(inner, rest) if rest and isinstance(inner, Mapping) else None


def as_text(value: Any) -> str:
    """A value as one cell of text, not yet made safe to print; a list is joined with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return as_json(value) if value else ""
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(as_text(item) for item in value)
    return str(value)


def as_bar(percent: int | None) -> str:
    """A progress for a terminal, nothing where there is none. Half a cell is ten percent."""
    if percent is None:
        return ""
    halves = percent // 10
    return f"{'█' * (halves // 2) + '▌' * (halves % 2):░<5}"


def as_bar_and_number(percent: int) -> str:
    """The same with the number behind it."""
    return f"{as_bar(percent)} {percent:>3} %"


_ACTS = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What JSON allows in a string although a terminal may obey it. (JSON escapes the C0 characters itself.)"""


def as_json(value: Any, *, indent: int | None = None) -> str:
    """JSON in readable letters, with all that could act on a terminal escaped. Other types become text."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _ACTS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def print_list(
    rows: Iterable[Row],
    columns: Sequence[Column],
    *,
    json: bool = False,
    form: FormatName | None = None,
    empty: str = "There are none.",
) -> None:
    """Print rows in the format that the user asked for; `empty` is the note where a table has no rows."""
    chosen = _chosen(json, form)
    if chosen == "table":
        _print_table(list(rows), columns, empty)
        return
    for piece in _PIECES[chosen](rows, columns):
        sys.stdout.write(piece)


def write_list(rows: Iterable[Row], columns: Sequence[Column], form: FormatName, file: str) -> None:
    """Write rows into a file, or to stdout if its name is `-`. Raises InvalidInput if that cannot be."""
    if file == "-":
        print_list(rows, columns, form=form)
        return
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="") as target:
            target.writelines(_PIECES[form](rows, columns))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput(
            f"{file} cannot be written: {reason}.", hint="Check the path and its permissions."
        ) from error


def print_thing(
    thing: Row,
    lines: Sequence[Column],
    *,
    json: bool = False,
    sections: Sequence[Section] = (),
) -> None:
    """Print one thing: its JSON, or a line per column and then its sections."""
    if json:
        sys.stdout.write(as_json(thing, indent=2) + "\n")
    elif sys.stdout.isatty():
        from plentymsg.cli.table import draw_thing

        draw_thing(thing, lines, sections)
    else:
        _write_thing(thing, lines, sections)


def print_done(
    done: str, what: str, *, changed: bool = True, thing: Row | None = None, json: bool = False
) -> None:
    """Print that a change was made: `print_done("Added", "tag Urgent (7)")` says `Added tag Urgent (7).`

    With `changed=False` it says that everything was so already. In JSON it is the thing and `changed`.
    """
    if json:
        sys.stdout.write(as_json({"changed": changed, **(thing or {})}, indent=2) + "\n")
    elif not scope().quiet:
        sentence = f"{done} {what}." if changed else f"{what[:1].upper()}{what[1:]}: unchanged."
        sys.stdout.write(printable(sentence) + "\n")


def _chosen(json: bool, form: FormatName | None) -> FormatName:
    if json and form not in (None, "json"):
        raise InvalidInput(
            f"--json and --format {form} ask for different things.", hint="Give only one of them."
        )
    if json:
        return "json"
    return form or ("table" if sys.stdout.isatty() else "tsv")


def _print_table(rows: Sequence[Row], columns: Sequence[Column], empty: str) -> None:
    if not rows:
        say(empty)
        return
    from plentymsg.cli.table import draw_table

    draw_table(rows, columns)


def _write_thing(thing: Row, lines: Sequence[Column], sections: Sequence[Section]) -> None:
    for line in lines:
        sys.stdout.write(f"{line.key}\t{printable(as_text(value_of(thing, line.key)))}\n")
    for section in sections:
        sys.stdout.write(f"\n{section.key}\n")
        for piece in _tsv(value_of(thing, section.key) or (), section.columns):
            sys.stdout.write(piece)


def _tsv(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    yield "\t".join(column.key for column in columns) + "\n"
    for row in rows:
        yield "\t".join(printable(as_text(value_of(row, column.key))) for column in columns) + "\n"


def _json(rows: Iterable[Row], _columns: Sequence[Column]) -> Iterator[str]:
    start = "["
    for row in rows:
        yield f"{start}\n{as_json(row)}"
        start = ","
    yield "[]\n" if start == "[" else "\n]\n"


def _jsonl(rows: Iterable[Row], _columns: Sequence[Column]) -> Iterator[str]:
    for row in rows:
        yield as_json(row) + "\n"


class _Lines:
    """What `csv.writer` writes to: it keeps the line that was written last."""

    line = ""

    def write(self, line: str) -> None:
        self.line = line


def _csv(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    import csv

    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow([column.key for column in columns])
    yield lines.line
    for row in rows:
        writer.writerow([_spreadsheet_cell(value_of(row, column.key)) for column in columns])
        yield lines.line


def _spreadsheet_cell(value: Any) -> str:
    """A cell that a spreadsheet does not run: text that starts like a formula gets a leading apostrophe.

    The characters are those of OWASP's "CSV Injection". Numbers stay numbers.
    """
    text = as_text(value)
    if not isinstance(value, (int, float)) and text.startswith(("=", "+", "-", "@", "\t", "\r")):
        text = f"'{text}"
    return printable(text, lines=True)


def _yaml(rows: Iterable[Row], _columns: Sequence[Column]) -> Iterator[str]:
    from plentymsg.cli.yaml import as_yaml

    yield as_yaml(list(rows))


_PIECES: dict[FormatName, Callable[[Iterable[Row], Sequence[Column]], Iterator[str]]] = {
    "tsv": _tsv,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "yaml": _yaml,
}
