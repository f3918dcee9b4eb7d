from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from plentymsg.cli.input import read_bytes, read_text
from plentymsg.errors import InvalidInput
from tests.cli.conftest import PROGRAM, ROOT, Run


def test_a_file_is_read_as_utf8_with_or_without_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"\xef\xbb\xbfGr\xc3\xbc\xc3\x9fe\r\n")
    assert read_text(str(path)) == "Grüße\r\n"


def test_a_dash_is_standard_input(process: Run) -> None:
    assert process("ask", "--file", "-", stdin="Grüße".encode()).out == "'Grüße'\n"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"There is no file .*/none\.txt"):
        read_text(str(tmp_path / "none.txt"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is a folder"):
        read_text(str(tmp_path))


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "/proc/self/mem"])
def test_what_cannot_be_read_says_why(name: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: "):
        read_text(name)


def test_text_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "latin"
    path.write_bytes(b"one\ntwo Gr\xfc\xdfe")
    with pytest.raises(InvalidInput, match="not UTF-8 text: byte 0xfc in line 2"):
        read_text(str(path))


def test_a_file_without_end_is_too_large(process: Run) -> None:
    outcome = process("ask", "--file", "/dev/zero")
    assert outcome.code == 2
    assert outcome.err.startswith("Error: /dev/zero is larger than 0.001 MB.")


def test_a_file_of_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(b"\xff" * 100)
    assert len(read_bytes(str(path), limit=100)) == 100
    with pytest.raises(InvalidInput, match="larger"):
        read_bytes(str(path), limit=99)


def test_the_output_of_a_command_is_a_file_too() -> None:
    """A shell hands over `<(command)` as a named pipe."""
    command = ["bash", "-c", '"$@" --file <(printf "from a command")', "bash", *PROGRAM, "ask"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout, done.stderr) == ("'from a command'\n", "")


def test_nothing_is_asked_where_nobody_can_answer(process: Run) -> None:
    outcome = process("ask", stdin=b"y\n")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--yes" in outcome.err
    assert process("ask", "--yes").out == "deleted\n"


@pytest.mark.parametrize("answer", [b"y\n", b"Yes\n", b"ja\n"])
def test_consent_at_the_terminal_goes_on(terminal: Run, answer: bytes) -> None:
    outcome = terminal("ask", answer=answer)
    assert outcome.code == 0
    assert "Delete everything? [y/N] " in outcome.out
    assert outcome.out.endswith("deleted\n")


@pytest.mark.parametrize("answer", [b"\n", b"n\n", b"maybe\n", b"\x04"])
def test_anything_else_stops(terminal: Run, answer: bytes) -> None:
    outcome = terminal("ask", answer=answer)
    assert outcome.code == 1
    assert "Stopped: nothing was done." in outcome.out
    assert "deleted" not in outcome.out


def test_an_interruption_at_the_question_is_130(terminal: Run) -> None:
    assert terminal("ask", answer=b"\x03").code == 130


def test_a_password_comes_from_the_first_line_of_standard_input(process: Run) -> None:
    assert process("ask", "--password-stdin", stdin="größe 1\r\nmore".encode()).out == "7 letters\n"


@pytest.mark.parametrize("stdin", [b"", b"\n", b"\xff\n"])
def test_a_password_that_is_none_is_refused(process: Run, stdin: bytes) -> None:
    assert process("ask", "--password-stdin", stdin=stdin).code == 2


def test_a_password_typed_at_the_terminal_is_not_shown(terminal: Run) -> None:
    outcome = terminal("ask", "--password", answer=b"hunter2\n")
    assert outcome.code == 0
    assert "Password: " in outcome.out
    assert outcome.out.endswith("7 letters\n")


def test_a_password_is_not_asked_for_without_a_terminal(process: Run) -> None:
    outcome = process("ask", "--password", "--json", stdin=b"hunter2\n")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--password-stdin" in json.loads(outcome.err)["error"]["hint"]
