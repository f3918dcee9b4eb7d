"""Shell completion: what typer's own classes print, without reading help texts as Rich markup.

Names from the store may be anything, and a shell puts what is chosen into the command line: none of it may
be syntax there.
"""

from __future__ import annotations

import re

from typer._click.core import Context
from typer._click.shell_completion import CompletionItem, add_completion_class
from typer._completion_classes import BashComplete, FishComplete, ZshComplete

_SPECIAL_IN_BASH = re.compile(r"([^\w,.:/@%+=-])")
_SPECIAL_IN_ZSH = re.compile(r"[\\\"'`$]")
"""The zsh script evaluates what we print: nothing in it may be syntax."""


class Bash(BashComplete):
    """Values alone, a line each, and quoted: bash puts them into the command line as they are."""

    def format_completion(self, item: CompletionItem) -> str:
        return _SPECIAL_IN_BASH.sub(r"\\\1", item.value)


class Zsh(ZshComplete):
    """`"value":"help"` pairs, as zsh's `_arguments` reads them. What would be syntax is not offered."""

    def format_completion(self, item: CompletionItem) -> str:
        if _SPECIAL_IN_ZSH.search(item.value):
            return ""
        value = item.value.replace(":", "\\\\:")
        return f'"{value}":"{_SPECIAL_IN_ZSH.sub("", item.help)}"' if item.help else f'"{value}"'


class Fish(FishComplete):
    """Value and help, separated by a tab."""

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{' '.join(item.help.split())}" if item.help else item.value


def register() -> None:
    """Make the shells known that we complete for."""
    add_completion_class(Bash, "bash")
    add_completion_class(Zsh, "zsh")
    add_completion_class(Fish, "fish")


def tag_names(context: Context, incomplete: str) -> list[tuple[str, str]]:
    """The names of all tags, or their IDs where a number has been begun, each explained by the other."""
    from plentymsg.cli.desk import reading
    from plentymsg.messenger import tags

    with context.scope(cleanup=False), reading() as desk:  # its global options may name another store
        rows = tags.listed(desk.connection, desk.actor)
    if incomplete.isdecimal():
        return [(str(row["id"]), row["name"]) for row in rows]
    return [(row["name"], f"ID {row['id']}") for row in rows]
