"""A CSV of links: lines of a kind, the ID of a record, and the ID of a tag, as a spreadsheet saves them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.messenger.tag_search import AVAILABILITIES

COLUMNS = ("kind", "record_id", "tag_id")
"""In this order, unless the first line says otherwise; other columns are not looked at."""

_HIGHEST_ID = 2**63 - 1
_LONGEST_SHOWN = 40
_KINDS = {kind.lower(): kind for kind in AVAILABILITIES}


class Link(NamedTuple):
    """A tag on a record. `line` is where the file says so."""

    kind: str
    record_id: int
    tag_id: int
    line: int = 0


class Problem(NamedTuple):
    """What is wrong with a line."""

    line: int
    message: str


def read(text: str, file: str) -> tuple[list[Link], list[Problem]]:
    """The links of a CSV with commas or semicolons, and what is wrong with lines that are none.

    Raises InvalidInput if the first line has names of columns, but not of all three.
    """
    links: list[Link] = []
    problems: list[Problem] = []
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    places: Sequence[int] | None = None
    try:
        for cells in reader:
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if places is None:
                places = _places([value.lower() for value in values], file)
                if places is not None:
                    continue
                places = range(len(COLUMNS))
            link = _link(values, places, reader.line_num)
            if isinstance(link, Link):
                links.append(link)
            else:
                problems.append(link)
    except csv.Error as fault:
        problems.append(Problem(reader.line_num, f"it cannot be read: {fault}"))
    return links, problems


def refused(file: str, problems: Sequence[Problem]) -> InvalidInput:
    """The error that names every problem of a file, with its line."""
    told = [{"where": f"{file}:{line}", "message": message} for line, message in sorted(problems)]
    message = (
        f"{told[0]['where']}: {told[0]['message']}."
        if len(told) == 1
        else f"{file} has {len(told)} problems."
    )
    return InvalidInput(
        message, hint="Nothing was done; mend the file and import it again.", details={"problems": told}
    )


def _places(names: Sequence[str], file: str) -> list[int] | None:
    """Where the columns are, if this is a line of their names."""
    if not set(COLUMNS) & set(names):
        return None
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise InvalidInput(
            f"{file} has no column {' and '.join(missing)}.", hint=f"Name the columns {','.join(COLUMNS)}."
        )
    return [names.index(name) for name in COLUMNS]


def _link(values: Sequence[str], places: Sequence[int], line: int) -> Link | Problem:
    if len(values) <= max(places):
        return Problem(line, f"it does not have {', '.join(COLUMNS)}")
    kind, record, tag = (values[place] for place in places)
    if kind.lower() not in _KINDS:
        return Problem(line, f"there is no kind {_quoted(kind)}; there is {', '.join(AVAILABILITIES)}")
    for name, number in (("record_id", record), ("tag_id", tag)):
        if not _is_id(number):
            return Problem(line, f"{name}: {_quoted(number)} is no ID")
    return Link(_KINDS[kind.lower()], int(record), int(tag), line)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20 and 0 < int(text) <= _HIGHEST_ID


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…")
