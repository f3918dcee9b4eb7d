"""Read records, one after the other, from a CSV or JSON file of any size.

Only one record at a time is in memory.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from itertools import chain
from typing import IO, Any, NamedTuple, TextIO

from plentymsg.errors import InvalidInput

LARGEST_RECORD = 1_000_000
"""Letters of one record: what is longer is no customer."""
_CHUNK = 65_536
_QUOTED = re.compile('"[^"]*"')
_SPACE = re.compile(r"[ \t\r\n]*")


class Record(NamedTuple):
    """A record and the line in which it begins.

    With a `fault` it could not be read. A `header` has the names of a CSV file's columns, and no values.
    """

    line: int
    values: dict[str, Any]
    fault: str = ""
    header: bool = False


def read(stream: IO[bytes]) -> Iterator[Record]:
    """The records of a file: CSV with a header (comma, semicolon or tab), a JSON array, or JSON lines.

    Where a file cannot be read on, its last record says why. Raises InvalidInput if the file is empty or
    no text.
    """
    # Bytes that are no UTF-8 become lone surrogates, so that whoever checks the values can name the place.
    text = TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        line = 1
        while (first := text.readline(LARGEST_RECORD)).isspace():
            line += 1
        if not first:
            raise InvalidInput("The file is empty.", hint="It needs a header in CSV, or an array in JSON.")
        if "\0" in first:
            raise InvalidInput("The file is no UTF-8 text.", hint="Save it as CSV or JSON in UTF-8.")
        is_json = first.lstrip()[0] in "[{"
        yield from _read_json(_Text(first, text, line)) if is_json else _read_csv(first, text, line)
    finally:
        text.detach()  # whoever opened the stream closes it


def _read_csv(first: str, rest: TextIO, line: int) -> Iterator[Record]:
    csv.field_size_limit(LARGEST_RECORD)
    delimiter = max(",;\t", key=_QUOTED.sub("", first).count)
    lines = chain([first], iter(lambda: rest.readline(LARGEST_RECORD), ""))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    before = line - 1
    header: Sequence[str] = ()
    try:
        for row in rows:
            if not header:
                header = [name.strip() for name in row]
                yield Record(line, dict.fromkeys(header), _fault_of_header(header), header=True)
            elif len(row) == len(header):
                yield Record(line, dict(zip(header, row, strict=True)))
            elif row:
                yield Record(line, {}, f"it has {len(row)} values, and the header {len(header)}")
            line = before + rows.line_num + 1
    except csv.Error as error:
        yield Record(line, {}, f"this is no CSV: {error}")


def _fault_of_header(header: Sequence[str]) -> str:
    twice = next((name for name in header if header.count(name) > 1), None)
    if "" in header:
        return f"column {header.index('') + 1} has no name"
    return "" if twice is None else f"the column {twice} is there twice"


class _Text:
    """JSON of which a piece is in memory: the next thing stands at `place`, in the line `line`."""

    def __init__(self, start: str, rest: TextIO, line: int) -> None:
        self.line = line
        self._held = start
        self._rest = rest
        self._place = 0
        self._decoder = json.JSONDecoder(parse_float=str, object_pairs_hook=_each_key_once)

    def next(self) -> str:
        """The next letter that is no space, which stays; empty at the end."""
        while True:
            found = _SPACE.match(self._held, self._place)
            assert found is not None
            self._pass(found.end())
            if self._place < len(self._held) or not self._read_on(_CHUNK):
                return self._held[self._place : self._place + 1]

    def take(self) -> None:
        """Go behind the next letter."""
        self._place += 1

    def value(self) -> dict[str, Any]:
        """The object that begins here. Raises ValueError with what is wrong."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._place)
            except json.JSONDecodeError as error:
                size = len(self._held) - self._place
                if size > LARGEST_RECORD:
                    raise ValueError("a record is longer than a customer's can be") from None
                if not self._read_on(max(size, _CHUNK)):
                    self._pass(error.pos)
                    raise ValueError(f"this is no JSON: {error.msg}") from None
            except RecursionError:
                raise ValueError("it is nested too deeply") from None
            else:
                self._pass(end)
                held: dict[str, Any] = value
                return held

    def _pass(self, end: int) -> None:
        self.line += self._held.count("\n", self._place, end)
        self._place = end

    def _read_on(self, size: int) -> bool:
        more = self._rest.read(size)
        self._held, self._place = self._held[self._place :] + more, 0
        return bool(more)


def _each_key_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice} is there twice")
    return values


def _read_json(text: _Text) -> Iterator[Record]:
    in_array = text.next() == "["
    if in_array:
        text.take()
    try:
        yield from _objects(text, in_array=in_array)
    except ValueError as error:
        yield Record(text.line, {}, str(error))


def _objects(text: _Text, *, in_array: bool) -> Iterator[Record]:
    first = True
    while (letter := text.next()) not in ("", "]"):
        if in_array and not first:
            _expect(text, ",")
            letter = text.next()
        if letter != "{":
            raise ValueError("here should be an object: { … }")
        line = text.line
        yield Record(line, text.value())
        first = False
    if in_array:
        _expect(text, "]")
    if text.next():
        raise ValueError("there is something behind the end")


def _expect(text: _Text, letter: str) -> None:
    if text.next() != letter:
        raise ValueError(f"here should be a {letter!r}")
    text.take()
