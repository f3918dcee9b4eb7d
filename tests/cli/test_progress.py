from __future__ import annotations

import pytest

from plentymsg.cli import progress as module
from plentymsg.cli.progress import progress
from tests.cli.conftest import Run


def test_a_log_gets_a_line_when_a_task_is_done_and_at_the_end(process: Run) -> None:
    outcome = process("work")
    assert outcome.out == ""
    lines = outcome.err.splitlines()
    assert lines[0].endswith(": 3 of 3")
    assert lines[1] == "eBay: 3"
    assert len(lines) == 2
    assert "␛]0;owned␇" in lines[0]


def test_a_long_task_gets_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 0.0
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    with progress(quiet=False) as report:
        for done in range(100):
            report(task="Amazon", done=done, total=1000)
            now += 1.0
    assert [line.split()[1] for line in capsys.readouterr().err.splitlines()] == [
        *(str(done) for done in range(10, 100, 10)),
        "99",
    ]


def test_a_task_that_is_done_gets_its_line_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(quiet=False) as report:
        report(task="Amazon", done=1, total=2)
        assert capsys.readouterr().err == ""
        report(task="Amazon", done=2, total=2)
        assert capsys.readouterr().err == "Amazon: 2 of 2\n"
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_bars_and_no_control_of_others(terminal: Run) -> None:
    screen = terminal("work", columns=120).out
    assert "3/3" in screen
    assert "\x1b]0;" not in screen
    assert "\x9b" not in screen


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_plain_terminal_gets_lines(terminal: Run, environment: dict[str, str]) -> None:
    screen = terminal("work", **environment).out
    assert "\x1b" not in screen
    assert "eBay: 3\n" in screen


def test_quiet_says_nothing(process: Run, terminal: Run) -> None:
    assert process("work", "--quiet") == (0, "", "")
    assert terminal("work", "--quiet").out == ""
