"""Help of the whole tree: no command and no option is left unexplained."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer._click.core import Command, Context
from typer.core import TyperGroup, TyperOption

from plentymsg.cli.app import COMMANDS, PROGRAM, root


def tree(command: Command, context: Context) -> Iterator[tuple[str, Command, Context]]:
    """All commands below this one, each with its full name and a context to draw its help."""
    yield context.command_path, command, context
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from tree(below, Context(below, parent=context, info_name=name))


def commands(name: str) -> Iterator[tuple[str, Command, Context]]:
    top = root()
    context = Context(top, info_name=PROGRAM)
    command = top.get_command(context, name)
    assert command is not None
    return tree(command, Context(command, parent=context, info_name=name))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name: str) -> None:
    for path, command, context in commands(name):
        assert command.help, f"{path} has no help"
        assert command.help.splitlines()[0].endswith("."), f"the help of {path} is no sentence"
        for param in command.get_params(context):
            assert not isinstance(param, TyperOption) or param.help, f"{path} {param.opts[0]} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_a_terminal_of_80_columns(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for path, _, context in commands(name):
        for line in context.get_help().splitlines():
            assert len(line) <= 80, f"{path}: {line}"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_list_of_commands_has_whole_sentences(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit a terminal of 80 columns is cut with three dots, in the middle of its meaning."""
    monkeypatch.setenv("COLUMNS", "80")
    for path, command, context in commands(name):
        if isinstance(command, TyperGroup):
            _, _, listed = context.get_help().partition("Commands:\n")
            rows = listed.partition("\n\n")[0].splitlines()
            assert len(rows) == len(command.list_commands(context)), path
            assert [row for row in rows if not row.endswith(".") or row.endswith("...")] == [], path


@pytest.mark.parametrize("name", COMMANDS)
def test_lists_and_results_can_be_had_in_json(name: str) -> None:
    """Every command that prints data has --json, and every list has --format, --limit and --page."""
    for path, command, context in commands(name):
        if isinstance(command, TyperGroup):
            continue
        options = {option for param in command.get_params(context) for option in param.opts}
        assert "--json" in options, path
        if path.endswith(" list"):
            assert options >= {"--format", "--limit", "--page"}, path
