from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput
from plentymsg.provision.tree import Place, Tree, read_tree


def read(text: str | bytes) -> Tree:
    content = text if isinstance(text, bytes) else text.encode()
    return read_tree(content, file="shop.yaml", folder=Path("/nowhere"), least="version: 1")


def refused(text: str | bytes) -> InvalidInput | None:
    """The error, if there is one."""
    try:
        read(text)
    except InvalidInput as error:
        return error
    return None


def refusal(text: str | bytes) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        read(text)
    return caught.value


def test_values_are_those_of_yaml_1_2() -> None:
    text = (
        "a: yes\nb: NO\nc: 12:30\nd: 010\ne: 0x10\nf: true\ng: ~\nh: 1.10\ni: 2026-11-01\nj: '1'\nk:\nl: -3\n"
    )
    assert read(text).data == {
        "a": "yes",
        "b": "NO",
        "c": "12:30",
        "d": 10,
        "e": 16,
        "f": True,
        "g": None,
        "h": 1.1,
        "i": "2026-11-01",
        "j": "1",
        "k": None,
        "l": -3,
    }


def test_each_value_and_key_knows_its_place() -> None:
    tree = read("version: 1\nchannels:\n  - {name: A,\n     tags: [x, y]}\n")
    assert tree.place(("channels", 0, "tags", 1)) == Place(4, 16)
    assert tree.place(("channels", 0, "tags"), key=True) == Place(4, 6)
    assert tree.place(("channels", 0, "owners", 3)) == Place(3, 5)
    assert tree.place(("nothing",)) == Place(1, 1)


def test_an_anchor_may_be_used_elsewhere_in_the_file() -> None:
    tree = read("a: &x {host: h}\nb: *x\nc: &x 1\nd: *x\n")
    assert tree.data == {"a": {"host": "h"}, "b": {"host": "h"}, "c": 1, "d": 1}


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read(b"\xef\xbb\xbfversion: 1").data == {"version": 1}


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", "1:1", "empty"),
        ("# nothing\n", "1:1", "empty"),
        ("a: 1\nb: 2\na: 3\n", "3:1", "line 1 already"),
        ("x:\n  a: {b: 1, b: 2}", "2:13", "line 2 already"),
        ("a: !!python/object/apply:os.system [id]", "1:4", "tag"),
        ("a: !secret x", "1:4", "tag"),
        ("a: !!set {x}", "1:4", "tag"),
        ("a: !!binary aGk=", "1:4", "tag"),
        ("a: &x [*x]", "1:4", "contains itself"),
        ("a: &x {b: {c: *x}}", "1:4", "contains itself"),
        ("[a]: 1", "1:1", "key must be a word"),
        ("a: &x {b: 1}\nc:\n  <<: *x", "3:3", "`<<` merges nothing here; write the keys themselves"),
        ("a: 1\n---\nb: 2\n", "2:1", "no YAML"),
        ("a: [1", "1:6", "no YAML"),
        ("a: b: c", "1:5", "no YAML"),
        ("a: *nowhere", "1:4", "no YAML"),
        ("a:\n\t- b", "2:1", "no YAML"),
        ("a: \x00", "1:4", "U+0000"),
        ("a: 1\nb: \x1b[31m", "2:4", "U+001B"),
        (b"a: 1\nb: \xfcber", "2:4", "UTF-8"),
        ("version: 1".encode("utf-16"), "1:1", "UTF-8"),
        ("{" * 50, "1:1", "no YAML"),
        ("a: " + "[" * 40 + "]" * 40, "1:33", "nested too deeply"),
        ("a: " + "[" * 200_000, "1:204", "nested too deeply"),
        ("- " * 20_000, "1:1", "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(text: str | bytes, where: str, words: str) -> None:
    error = refusal(text)
    (problem,) = error.details["problems"]
    assert words in problem["message"]
    if where != "1:1":
        assert problem["where"] == f"shop.yaml:{where}"
    assert error.message.startswith(problem["where"])


def test_every_problem_is_told_in_the_order_of_the_file() -> None:
    error = refusal("a: {b: 1, b: 2}\nc: !x 1\na: 3\n")
    assert [p["where"] for p in error.details["problems"]] == [
        "shop.yaml:1:11",
        "shop.yaml:2:4",
        "shop.yaml:3:1",
    ]
    assert error.message == "shop.yaml has 3 problems."


@pytest.mark.parametrize(
    "text",
    [
        "password: hunter2: x",
        "password: *hunter2",
        "password: !hunter2 x",
        "password: !hunter2!x y",
        'password: "hunter2\\q"',
        "password: hunter2\npassword: hunter2",
        "password: 1hunter2\n x: 1",
        "password: [hunter2",
        "password: {hunter2: {hunter2",
        "password: 'hunter2",
        "? password\n: hunter2\n  hunter2: x",
        "%TAG ! hunter2\n---\na: !x 1",
        "%hunter2 x\n--- !a b",
    ],
)
def test_a_problem_does_not_repeat_what_stands_there(text: str) -> None:
    """It may be a password that somebody wrote down in spite of all."""
    error = refused(text)
    assert error is not None
    assert "hunter2" not in f"{error.message} {error.hint} {error.details}"


def test_a_file_that_grows_by_its_aliases_is_refused_at_once() -> None:
    laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    began = time.monotonic()
    assert "more than 100,000 values" in refusal(laughs).message
    assert time.monotonic() - began < 10


def test_a_file_of_more_than_half_a_megabyte_is_refused_unread() -> None:
    assert "larger than 500,000 bytes" in refusal(b"x" * 500_001).message


def test_a_number_of_any_length_is_read() -> None:
    assert read("a: " + "9" * 100_000).data == {"a": "9" * 100_000}


@given(st.one_of(st.binary(), st.text(), st.text(alphabet="ab:{}[]-&*!?|>%@#'\"\n\t ,~1.0\\")))
def test_anything_at_all_is_read_or_refused(text: str | bytes) -> None:
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    error = refused(content)
    assert error is None or error.details["problems"]


@pytest.mark.parametrize("text", ["", "# Nothing yet\n"])
def test_an_empty_file_is_told_what_it_needs(text: str) -> None:
    assert refusal(text).message == "shop.yaml:1:1: it is empty; it needs at least `version: 1`."
