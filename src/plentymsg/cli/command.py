"""What all commands share: their classes, how their help looks, the options that mean the same everywhere.

A noun (`plentymsg group …`) and a verb (`plentymsg fetch`) are modules with an `app`:

    app = noun("Groups: the lanes of conversations.")

    @app.command("list")
    def list_groups(json: Json = False, form: Format = None) -> None:
        \"\"\"List the groups.\"\"\"

Help is plain text, set by typer's own formatter: its Rich pages take longer to draw than a list takes to
read, and they read [brackets] as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Annotated, Any, Literal, TypeVar

import typer
from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer._click.exceptions import UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info, get_command_name
from typer.models import CommandInfo

from plentymsg.cli.scope import PANEL, global_options
from plentymsg.errors import InvalidInput

F = TypeVar("F", bound=Callable[..., Any])

_MANY = 1_000_000_000


def _count(given: str | int) -> int:
    text = str(given)
    if not text.isdecimal() or len(text) > 10 or not 1 <= int(text) <= _MANY:
        raise typer.BadParameter(f"{text!r} is not a whole number from 1 to {_MANY}.")
    return int(text)


FormatName = Literal["table", "json", "jsonl", "csv", "tsv", "yaml"]

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Format = Annotated[
    FormatName | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="Print table, json, jsonl, csv, tsv or yaml. By default a table on a terminal, tsv in a pipe.",
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", parser=_count, metavar="N", help="At most N rows.")]
Page = Annotated[
    int,
    typer.Option(
        "--page", parser=_count, metavar="N", help="Which page of --limit rows.", show_default=False
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

_FIRST_PANELS = ("Arguments", "Options")
_TERM_WIDTH = 24
"""A longer option has its explanation on the next line."""

_METAVARS = {"str": "TEXT", "int": "N", "int range": "N", "path": "PATH"}


def write_sections(formatter: HelpFormatter, rows: Iterable[tuple[str, tuple[str, str]]]) -> None:
    """Write (heading, (term, explanation)) rows under their headings, in the order they first come."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for heading, row in rows:
        sections.setdefault(heading, []).append(row)
    lengths = [len(term) for entries in sections.values() for term, _ in entries]
    width = max((length for length in lengths if length <= _TERM_WIDTH), default=0)
    for heading, entries in sections.items():
        with formatter.section(heading):
            rows_of_one_width = [
                (term.ljust(width) if text else term, in_words(text)) for term, text in entries
            ]
            formatter.write_dl(rows_of_one_width, _TERM_WIDTH)


def in_words(text: str) -> str:
    """Ranges as people write them: click says `x>=1` and `1<=x<=9`."""
    return re.sub(r"\bx>=(\d+)", r"at least \1", re.sub(r"(\d+)<=x<=(\d+)", r"\1 to \2", text))


def write_parameters(params: Sequence[Parameter], context: Context, formatter: HelpFormatter) -> None:
    """Write a command's arguments and options; the global ones come last, under their own heading."""
    rows: list[tuple[str, tuple[str, str]]] = []
    for param in params:
        record = param.get_help_record(context)
        if record is not None:
            panel = getattr(param, "rich_help_panel", None)
            usual = "Arguments" if param.param_type_name == "argument" else "Options"
            rows.append((panel or usual, record))
    order = (*_FIRST_PANELS, *(heading for heading, _ in rows if heading != PANEL), PANEL)
    write_sections(formatter, sorted(rows, key=lambda row: order.index(row[0])))


class _Parsing(AnyCommand):
    """How every command reads its arguments: an option that takes one value is given once.

    Click would take the last and forget the others, so that a check of two files were a check of one.
    """

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        given = list(args)  # click takes them out one by one
        try:
            rest = super().parse_args(ctx, args)
        except UsageError as error:
            if error.ctx is None:  # click does not say everywhere whose help would help
                error.ctx = ctx
            raise
        if not ctx.resilient_parsing:
            _require_once(ctx, self.make_parser(ctx).parse_args(given)[2])
        return rest


def _require_once(context: Context, given: Sequence[Parameter]) -> None:
    """Raise UsageError if one of these parameters, one for each time it was given, is there too often.

    A flag that only switches on may be repeated, and so may what is made to be.
    """
    seen: set[str | None] = set()
    for param in given:
        if isinstance(param, TyperOption) and not param.multiple and param.name in seen:
            if param.secondary_opts:
                either = f"{param.opts[0]} or {param.secondary_opts[0]}"
                raise UsageError(f"{either} was given twice; only one of them can hold.", context)
            if not param.is_flag:
                raise UsageError(f"{param.opts[0]} was given twice; it takes one value.", context)
        seen.add(param.name)


class Command(_Parsing, TyperCommand):
    """A command with the global options, and help in plain text."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for param in self.params:
            if param.metavar is None and isinstance(param, TyperArgument):
                param.metavar = str(param.name).upper() + ("..." if param.nargs == -1 else "")
            elif param.metavar is None:
                param.metavar = _METAVARS.get(param.type.name)
        self.params.extend(global_options())

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        write_parameters(self.get_params(ctx), ctx, formatter)

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


class Group(_Parsing, TyperGroup):
    """A command with sub-commands. What is unknown gets the nearest names."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        self.format_commands(ctx, formatter)
        write_parameters(self.get_params(ctx), ctx, formatter)

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        name = args[0]
        if ctx.resilient_parsing or name in self.list_commands(ctx) or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = get_close_matches(name.lower(), self.list_commands(ctx), cutoff=0.5)
        way_out = f"`{ctx.command_path} --help` lists the commands."
        hint = f"Did you mean {' or '.join(f'`{ctx.command_path} {n}`' for n in near)}? {way_out}"
        raise InvalidInput(
            f"There is no command `{ctx.command_path} {name}`.", hint=hint if near else way_out
        )


class Noun(Group):
    """The commands of one noun. Bare, it runs its `list`, or if it has none its `file`, `show` or `info`."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.params.extend(global_options())

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        bare = next((verb for verb in ("list", "file", "show", "info") if verb in self.commands), None)
        if bare and not ctx.resilient_parsing and self._names_no_command(ctx, args):
            args = [bare, *args]
        return super().parse_args(ctx, args)

    def _names_no_command(self, ctx: Context, args: list[str]) -> bool:
        if not args:
            return True
        only_options = args[0].startswith("-") and args[0] not in ctx.help_option_names
        return only_options and not any(arg in self.commands for arg in args)


class App(typer.Typer):
    """A typer app whose commands are ours."""

    def __init__(self, explanation: str, **settings: Any) -> None:
        super().__init__(help=explanation, add_completion=False, rich_markup_mode=None, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[F], F]:
        settings.setdefault("cls", Command)
        return super().command(name, **settings)


def noun(explanation: str) -> typer.Typer:
    """An app for a noun: `@app.command("list")` and so on make its commands. Bare, it runs its `list`."""
    return App(explanation, cls=Noun)


class _Verb(App):
    def command(self, name: str | None = None, **settings: Any) -> Callable[[F], F]:
        settings.setdefault("help", self.info.help)
        return super().command(name, **settings)


def verb(explanation: str) -> typer.Typer:
    """An app for a command that stands alone: it has one `@app.command()`."""
    return _Verb(explanation)


class _Commands(Mapping[str, AnyCommand]):
    """The commands of a noun by name, each built when it is asked for; typer would build all to run one."""

    def __init__(self, app: typer.Typer) -> None:
        self._makers: dict[str, Callable[[str], AnyCommand]] = {}
        for command in app.registered_commands:
            name = command.name or get_command_name(getattr(command.callback, "__name__", ""))
            self._makers[name] = partial(_build_command, command)
        for group in app.registered_groups:
            if group.typer_instance is not None:
                self._makers[str(group.name)] = partial(build, group.typer_instance)

    def __getitem__(self, name: str) -> AnyCommand:
        return self._makers[name](name)

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def _build_command(info: CommandInfo, _name: str) -> AnyCommand:
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


def build(app: typer.Typer, name: str) -> AnyCommand:
    """The command behind a noun's or verb's app, under the name that the user types."""
    if app.info.cls is Noun:
        return Noun(name=name, help=app.info.help, commands=_Commands(app), rich_markup_mode=None)
    command = typer.main.get_command(app)
    command.name = name
    return command
