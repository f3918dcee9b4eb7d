"""What may not be imported: starting is most of what a script of many calls waits for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.startup import LISTS
from plentymsg.cli.app import COMMANDS

HEAVY = {
    *("alembic", "email", "html", "http", "imap_tools", "imaplib", "inscriptis", "jinja2", "keyring"),
    *("linkify_it", "lxml", "nh3", "pydantic", "pydantic_core", "rich", "ruamel", "smtplib", "sqlalchemy"),
    *("sqlmodel", "ssl"),
}

MODULES = """if True:
    import sys
    from plentymsg.cli import app
    code = app.run(sys.argv[1:])
    print(code, *sys.modules, file=sys.stderr)
"""


def loaded(*args: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", MODULES, *args], capture_output=True, text=True, check=True)
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0"
    return set(modules)


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_starting_loads_nothing_heavy(option: str) -> None:
    packages = {name.partition(".")[0] for name in loaded(option)}
    assert packages & HEAVY == set()


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_starting_loads_nothing_but_typer_and_the_root(option: str) -> None:
    bare = subprocess.run(
        [sys.executable, "-c", "import sys, typer; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    ours = {name for name in loaded(option) if name.startswith("plentymsg")}
    assert ours == {
        "plentymsg",
        "plentymsg.cli",
        "plentymsg.cli.app",
        "plentymsg.cli.command",
        "plentymsg.cli.scope",
        "plentymsg.errors",
    }
    others = {name for name in loaded(option) - ours if not name.startswith("typer.")}
    assert others <= {*bare.stdout.split(), "__future__"}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    """It is also what the shell waits for after TAB."""
    packages = {name.partition(".")[0] for name in loaded(command, "--help")}
    assert packages & HEAVY == set()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("startup") / "store.db"
    subprocess.run([sys.executable, "-m", "plentymsg", "--store", str(path), "init"], check=True)
    return path


@pytest.mark.parametrize("command", LISTS)
def test_a_list_loads_the_bare_driver_and_nothing_heavy(store: Path, command: str) -> None:
    modules = loaded("--store", str(store), *command.split())
    assert "sqlite3" in modules
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
