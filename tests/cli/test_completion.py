from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def bash(process: Run, words: str) -> list[str]:
    environment = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    return process(_PLENTYMSG_COMPLETE="complete_bash", **environment).out.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("plentymsg conv", ["conversation"]),
        ("plentymsg thing ", ["list", "show", "add"]),
        ("plentymsg thing list --f", ["--format"]),
        ("plentymsg thing list --sto", ["--store"]),
        ("plentymsg thing list --format js", ["json", "jsonl"]),
        ("plentymsg --store x.db thing sh", ["show"]),
        ("plentymsg thing nonsense ", []),
    ],
)
def test_bash_completes_commands_options_and_values(process: Run, words: str, offered: list[str]) -> None:
    assert set(offered) == set(bash(process, words)) & set(offered)
    assert len(bash(process, words)) == len(offered) or not offered


def test_zsh_gets_values_with_their_help(process: Run) -> None:
    out = process(_PLENTYMSG_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="plentymsg thing l").out
    assert out == '_arguments \'*: :(("list":"List the things."))\'\n'


def test_zsh_gets_no_syntax_in_help(process: Run) -> None:
    """The script evaluates what is printed: the root's help of `check` has an apostrophe."""
    out = process(_PLENTYMSG_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="plentymsg chec").out
    assert out == '_arguments \'*: :(("check":"Check a message against its marketplaces rules."))\'\n'


def test_fish_gets_values_with_their_help_and_brackets_stay(process: Run) -> None:
    environment = {"_TYPER_COMPLETE_ARGS": "plentymsg thing li", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert process(_PLENTYMSG_COMPLETE="complete_fish", **environment).out == "list\tList the things.\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_installing_writes_the_script_of_the_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plentymsg: Run, shell: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: shell)
    with pytest.raises(SystemExit) as stop:
        plentymsg("--install-completion")
    assert stop.value.code == 0
    scripts = [path for path in tmp_path.rglob("*plentymsg*") if path.is_file()]
    assert len(scripts) == 1
    assert f"_PLENTYMSG_COMPLETE=complete_{shell}" in scripts[0].read_text()


def test_the_bash_script_completes(tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    steps = """
        plentymsg --show-completion > completion.sh
        source completion.sh
        COMP_WORDS=(plentymsg conv) COMP_CWORD=1
        _plentymsg_completion plentymsg
        echo "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "-c", steps], capture_output=True, text=True, cwd=tmp_path, env=environment, check=True
    )
    assert done.stdout == "conversation\n"
