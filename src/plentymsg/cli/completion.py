"""Shell completion: what typer's own classes print, without reading help texts as Rich markup."""

from __future__ import annotations

import re

from typer._click.shell_completion import CompletionItem, add_completion_class
from typer._completion_classes import BashComplete, FishComplete, ZshComplete

_SPECIAL_IN_ZSH = re.compile(r"[\\\"'`$]")
"""The zsh script evaluates what we print: nothing in it may be syntax."""


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
    add_completion_class(BashComplete, "bash")
    add_completion_class(Zsh, "zsh")
    add_completion_class(Fish, "fish")
