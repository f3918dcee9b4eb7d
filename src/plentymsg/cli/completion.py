"""Shell completion: what typer's own classes print, without reading help texts as Rich markup.

Names from the store may be anything, and a shell puts what is chosen into the command line: a name that is
more than letters and spaces is offered as its ID, with the name as its explanation.
"""

from __future__ import annotations

import re

from typer._click.shell_completion import CompletionItem, add_completion_class
from typer._completion_classes import BashComplete, FishComplete, ZshComplete

_PLAIN = re.compile(r"[^\W\d]\w*(?:[ -]\w+)*")
_SPECIAL_IN_ZSH = re.compile(r"[\\\"'`$]")
"""The zsh script evaluates what we print: nothing in it may be syntax."""


class Bash(BashComplete):
    """Values alone, a line each. Bash quotes nothing that it puts into the command line."""

    def format_completion(self, item: CompletionItem) -> str:
        return str(item.value).replace(" ", "\\ ")


class Zsh(ZshComplete):
    """`"value":"help"` pairs, as zsh's `_arguments` reads them."""

    def format_completion(self, item: CompletionItem) -> str:
        value = _SPECIAL_IN_ZSH.sub("", item.value).replace(":", "\\\\:")
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


def tag_names(incomplete: str) -> list[tuple[str, str]]:
    """The tags whose name, or ID, begins with what has been typed."""
    from plentymsg.cli.desk import reading
    from plentymsg.messenger import tags
    from plentymsg.messenger.naming import fold

    begun = fold(incomplete.replace("\\", ""))
    with reading() as desk:
        rows = tags.listed(desk.connection, desk.actor)
    offered = []
    for row in rows:
        number, name = str(row["id"]), row["name"]
        if fold(name).startswith(begun) or (begun and number.startswith(begun)):
            plain = _PLAIN.fullmatch(name) and not number.startswith(begun or "x")
            offered.append((name, f"ID {number}") if plain else (number, name))
    return offered
