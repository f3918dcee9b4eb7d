"""`plentymsg`: the root command, and the one place where errors end.

A sub-command's module is imported when it is used: people script dozens of calls, and each pays for
everything that is imported here. So this module needs nothing that typer has not loaded already.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

import typer
from typer._click.core import Command as AnyCommand
from typer._click.core import Context
from typer._click.formatting import HelpFormatter
from typer._click.shell_completion import CompletionItem
from typer.completion import install_callback, show_callback
from typer.core import TyperOption

from plentymsg import __version__
from plentymsg.cli.command import Group, build, write_sections
from plentymsg.cli.scope import Scope, global_options
from plentymsg.errors import PlentymsgError

PROGRAM = "plentymsg"
COMPLETION_VARIABLE = "_PLENTYMSG_COMPLETE"

TRY_AGAIN = 75
"""What a mail server is told whenever `ingest` fails (EX_TEMPFAIL of sysexits): it keeps the mail and tries
again later. After any other code it would send the customer's mail back."""


class Entry(NamedTuple):
    """A line of the root's help, and the module of `plentymsg.cli` that stands behind it."""

    module: str
    explanation: str
    panel: str


_DAILY, _SETUP, _STORE = "Every day", "Setting up", "Rules and store"

COMMANDS: dict[str, Entry] = {
    "fetch": Entry("fetch", "Fetch new mail from the channels into conversations.", _DAILY),
    "send": Entry("send", "Send a message, or deliver what waits in the outbox.", _DAILY),
    "sync": Entry("sync", "Fetch and deliver in one run.", _DAILY),
    "ingest": Entry("ingest", "File a mail that a mail server pipes in.", _DAILY),
    "collect": Entry("collect", "File a mail that another system has sent.", _DAILY),
    "check": Entry("check", "Check a message against its marketplace's rules.", _DAILY),
    "conversation": Entry("conversation", "Read conversations, and answer customers.", _DAILY),
    "contact": Entry("contact", "Customers: look them up, import them, note things about them.", _DAILY),
    "order": Entry("order", "Orders: look them up, import them.", _DAILY),
    "message": Entry("message", "Mail that was set aside instead of filed.", _DAILY),
    "outbox": Entry("outbox", "Messages on their way out.", _DAILY),
    "history": Entry("history", "Who changed what, when, and how it was before.", _DAILY),
    "notification": Entry("notification", "What came in, or was held back, that you are to know of.", _DAILY),
    "init": Entry("init", "Make the store, with the groups and defaults that are given.", _SETUP),
    "apply": Entry("apply", "Set up everything from one YAML file.", _SETUP),
    "channel": Entry("channel", "Mailboxes: how mail comes in and goes out.", _SETUP),
    "group": Entry("group", "Lanes of conversations, usually one a marketplace.", _SETUP),
    "type": Entry("type", "Types of conversations in a group.", _SETUP),
    "status": Entry("status", "Statuses of a type: progress, colour, position.", _SETUP),
    "tag": Entry("tag", "Keywords with colours.", _SETUP),
    "role": Entry("role", "What an owner is to a conversation.", _SETUP),
    "user": Entry("user", "Who works with the messenger.", _SETUP),
    "rights": Entry("rights", "What users may do, and the access roles that say so.", _SETUP),
    "template": Entry("template", "Texts for messages, per language.", _SETUP),
    "account": Entry("account", "The signature under messages, and the test address.", _SETUP),
    "settings": Entry("settings", "Live mode, client name and other settings.", _SETUP),
    "marketplace": Entry("marketplace", "What each marketplace needs to be set up.", _STORE),
    "rules": Entry("rules", "What the marketplaces require.", _STORE),
    "store": Entry("store", "The file that holds everything: info, migrate.", _STORE),
}


class Root(Group):
    """The root command. It knows its sub-commands by the table, and imports the one that is used."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:  # noqa: ARG002
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        return build(import_module(f"plentymsg.cli.{entry.module}").app, cmd_name)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        rows = ((entry.panel, (name, entry.explanation)) for name, entry in COMMANDS.items())
        write_sections(formatter, rows)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        names = [
            CompletionItem(name, help=entry.explanation)
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return names + AnyCommand.shell_complete(self, ctx, incomplete)


def _print_version(context: typer.Context, _param: Any, value: bool) -> None:
    if value and not context.resilient_parsing:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


def _flag(flag: str, explanation: str, callback: Any) -> TyperOption:
    return TyperOption(
        param_decls=[flag],
        help=explanation,
        is_flag=True,
        default=False,
        is_eager=True,
        expose_value=False,
        callback=callback,
    )


def root() -> Root:
    """The root command, with its options."""
    return Root(
        name=PROGRAM,
        help="The PlentyONE Messenger for the shell: set it up, fetch, check and send customer messages.",
        no_args_is_help=True,
        rich_markup_mode=None,
        params=[
            _flag("--version", "Print the version.", _print_version),
            _flag("--install-completion", "Install completion for your shell.", install_callback),
            _flag("--show-completion", "Print the completion script of your shell.", show_callback),
            *global_options(),
        ],
    )


def _complete(instruction: str) -> int:
    from typer.completion import shell_complete

    from plentymsg.cli.completion import register

    register()
    try:
        return shell_complete(root(), {}, PROGRAM, COMPLETION_VARIABLE, instruction)
    except PlentymsgError:  # no store yet, no right to look: nobody wants to read that after pressing TAB
        return 1


def _prepare_streams() -> None:
    """Data in UTF-8 for whoever reads a pipe; a terminal that cannot show a letter gets its escape."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller, as in `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def run(args: Sequence[str]) -> int:
    """Run the program with these arguments and return its exit code. Errors are printed, none is raised.

    That nobody reads the output to its end is no error, and does not take one back.
    """
    exit_code = 0
    try:
        exit_code = _invoke(args)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - this is where every error ends
        from plentymsg.cli.failure import report

        exit_code = report(error, args) or exit_code
    return TRY_AGAIN if exit_code and _runs(args) == "ingest" else exit_code


def _runs(args: Sequence[str]) -> str | None:
    """The command that the arguments name, also where they are wrong."""
    return next((arg for arg in args if arg in COMMANDS), None)


def _invoke(args: Sequence[str]) -> int:
    instruction = os.environ.get(COMPLETION_VARIABLE)
    if instruction:
        return _complete(instruction)
    command = root()
    try:
        with command.make_context(PROGRAM, list(args), obj=Scope()) as context:
            command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    return 0


def main() -> NoReturn:
    """The program: what the `plentymsg` command calls."""
    os.umask(0o077)  # what plentymsg writes is nobody else's business
    _prepare_streams()
    sys.exit(run(sys.argv[1:]))
