"""The global options: which store, who acts, how much is said.

They are accepted before and after every sub-command, because people type them at either place.
"""

from __future__ import annotations

import os
from typing import Any

import typer
from typer._click.globals import get_current_context
from typer.core import TyperOption

PANEL = "Global options"


class Scope:
    """The global options of this run. An option beats its environment variable; the last option wins.

    `store` is a path as typed, or None for the default place. `user` is the login of who acts, or None
    for the account of the user of this machine.
    """

    def __init__(self) -> None:
        self.store: str | None = os.environ.get("PLENTYMSG_STORE") or None
        self.user: str | None = os.environ.get("PLENTYMSG_USER") or None
        self.debug = False
        self.quiet = False
        self.verbose = False


def scope() -> Scope:
    """The global options of the command that runs."""
    context = get_current_context(silent=True)
    return (context.find_object(Scope) if context else None) or Scope()


def global_options() -> list[TyperOption]:
    """The parameters that every command has besides its own. They fill the `Scope`."""
    return [
        _option("store", "--store", "The store's file (or PLENTYMSG_STORE).", metavar="PATH"),
        _option("user", "--as", "Who acts, by login (or PLENTYMSG_USER).", metavar="USER"),
        _option("quiet", "--quiet", "Say nothing but results and errors."),
        _option("verbose", "--verbose", "Say more about what is done."),
        _option("debug", "--debug", "Show the traceback of an error."),
    ]


def _option(name: str, flag: str, explanation: str, metavar: str | None = None) -> TyperOption:
    def remember(context: typer.Context, _param: Any, value: Any) -> None:
        if value == "":
            raise typer.BadParameter("it is empty")
        if value:
            setattr(context.ensure_object(Scope), name, value)

    return TyperOption(
        param_decls=[f"global_{name}", flag],
        help=explanation,
        metavar=metavar,
        is_flag=metavar is None,
        default=None if metavar else False,
        expose_value=False,
        callback=remember,
        rich_help_panel=PANEL,
    )
