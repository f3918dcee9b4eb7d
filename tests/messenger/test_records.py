"""Reading records from CSV and JSON of any kind and size."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput
from plentymsg.messenger.records import LARGEST_RECORD, Record, read

CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=20)


def records(content: str | bytes) -> list[Record]:
    return list(read(io.BytesIO(content.encode() if isinstance(content, str) else content)))


def values(content: str) -> list[dict[str, Any]]:
    return [record.values for record in records(content) if not record.header]


@given(st.sampled_from(",;\t"), st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), st.booleans())
def test_what_a_spreadsheet_writes_as_csv_is_read_back(
    delimiter: str, rows: list[list[str]], bom: bool
) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "a", "b"], *rows])
    content = ("\ufeff" if bom else "") + file.getvalue()
    assert values(content) == [dict(zip(["id", "a", "b"], row, strict=True)) for row in rows]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(CELLS, JSON_VALUES, max_size=3), min_size=1, max_size=5),
    st.sampled_from(["array", "indented", "lines"]),
)
def test_an_array_and_lines_of_json_are_read_alike(objects: list[dict[str, Any]], form: str) -> None:
    if form == "lines":
        content = "\n".join(json.dumps(one) for one in objects)
    else:
        content = json.dumps(objects, ensure_ascii=False, indent=2 if form == "indented" else None)
    assert values(content) == objects


@given(
    st.binary(max_size=200) | st.text(max_size=100).map(lambda text: b"[{" + text.encode(errors="replace"))
)
def test_no_bytes_at_all_do_more_than_be_refused(content: bytes) -> None:
    with contextlib.suppress(InvalidInput):
        assert all(record.line >= 1 for record in records(content))


def test_a_record_has_the_line_in_which_it_begins() -> None:
    assert [r.line for r in records('id;a\n1;"two\nlines"\n\n2;x\n')] == [1, 2, 5]
    assert [r.line for r in records('\n\n[{"a": 1},\n {"a":\n 2},\n\n {"a": 3}]')] == [3, 4, 7]
    assert [r.line for r in records('{"a": 1}\n{"a": 2}\n')] == [1, 2]


@pytest.mark.parametrize(
    ("content", "line", "fault"),
    [
        ("id,a\n1\n", 2, "it has 1 values, and the header 2"),
        ("id,id\n", 1, "the column id is there twice"),
        ("id,,a\n", 1, "column 2 has no name"),
        ('id,a\n1,"never\nclosed', 2, "this is no CSV: unexpected end of data"),
        ('[{"a": 1},\n{"a" 2}]', 2, "this is no JSON: Expecting ':' delimiter"),
        ('[{"a": 1},\n3]', 2, "here should be an object: { … }"),
        ('[{"a": 1}\n{"a": 2}]', 2, "here should be a ','"),
        ('[{"a": 1},\n]', 2, "here should be an object: { … }"),
        ('[{"a": 1}', 1, "here should be a ']'"),
        ('[{"a": 1}]\n[]', 2, "there is something behind the end"),
        ('{"a": 1, "a": 2}', 1, "the key a is there twice"),
        ("[" + '{"a":' * 100_000, 1, "it is nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(content: str, line: int, fault: str) -> None:
    last = records(content)[-1]
    assert (last.line, last.fault) == (line, fault)


@pytest.mark.parametrize("content", ["", " \n \n", "\ufeff"])
def test_an_empty_file_is_refused(content: str) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        records(content)


def test_a_file_in_two_byte_letters_is_refused() -> None:
    with pytest.raises(InvalidInput, match="UTF-8"):
        records("id;name\n".encode("utf-16-le"))


@pytest.mark.parametrize("start", ['id,a\n1,"', '[{"a": "'])
def test_a_record_without_an_end_is_given_up_in_time(start: str) -> None:
    endless = io.BytesIO(start.encode() + b"x" * (5 * LARGEST_RECORD))
    assert list(read(endless))[-1].fault
    assert endless.tell() < 4 * LARGEST_RECORD, "it must not be read to its end"


def test_records_are_given_while_the_file_is_read() -> None:
    file = io.BytesIO(b"[" + b",\n".join([b'{"a": 1}'] * 100_000) + b"]")
    reading = read(file)
    assert [next(reading).line for _ in range(3)] == [1, 2, 3]
    assert file.tell() < 200_000
