"""A noun and some verbs that exist only in tests, behind the real root command.

Run as a program (`python -m tests.cli.thing thing list`) it is `plentymsg` with these commands besides.
"""

from __future__ import annotations

import errno
import os
import sys
from types import ModuleType
from typing import Annotated

import typer

from plentymsg.cli import app as root
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun, verb
from plentymsg.cli.input import confirm, read_secret, read_text
from plentymsg.cli.output import Column, Section, print_done, print_list, print_thing
from plentymsg.cli.progress import progress
from plentymsg.cli.scope import scope
from plentymsg.cli.terminal import explain, out, say, warn
from plentymsg.errors import Conflict, RuleBroken

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202etxt.exe\u2066\x7f"
"""Sets a title, clears the screen, colours (C1), and turns text around."""

LONG = "Ünïcode " * 38
EMOJI = "👩‍👩‍👧 日本語 🏳️‍🌈"
RTL = "שלום עולם مرحبا"

COLUMNS = [
    Column("id", "ID", right=True),
    Column("name.de", "Name", colour="colour", flexible=True),
    Column("name.en", "English", flexible=True),
    Column("tags", "Tags", flexible=True),
    Column("visible", "Visible"),
    Column("note", "Note", extra=True),
]
ROWS = [
    {
        "id": 1,
        "name": {"de": "Ärger", "en": "[red]Trouble[/red]"},
        "tags": ["=1+1", "b"],
        "visible": True,
        "note": "a\tb\nc",
        "colour": "#ff8800",
    },
    {"id": 2, "name": {"de": LONG, "en": EMOJI}, "tags": [], "visible": False, "note": None, "colour": "red"},
    {
        "id": -3,
        "name": {"de": RTL, "en": HOSTILE},
        "tags": ["@x"],
        "visible": None,
        "note": "-5",
        "colour": "",
    },
]

things = noun("Things: what [tests] are made of.")


@things.command("list")
def list_things(
    json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1, none: bool = False
) -> None:
    """List the things."""
    print_list([] if none else ROWS[:limit], COLUMNS, json=json, form=form, empty="No things yet.")


@things.command()
def show(number: int, json: Json = False) -> None:
    """Show a thing."""
    thing = {**ROWS[number], "parts": ROWS[:number]}
    print_thing(thing, COLUMNS, json=json, sections=[Section("parts", "Parts", COLUMNS[:2])])


@things.command()
def add(
    names: Annotated[list[str], typer.Argument(help="The names [in German].")],
    en: Annotated[str | None, typer.Option(help="The English name.")] = None,
    progress_percent: Annotated[int, typer.Option("--progress", min=0, max=100)] = 0,
    same: Annotated[bool, typer.Option("--same", help="As if it existed.")] = False,
    json: Json = False,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Add things."""
    thing = {
        "id": 7,
        "name": names[0],
        "en": en,
        "progress": progress_percent,
        "dry_run": dry_run,
        "yes": yes,
    }
    print_done("Added", f"thing {names[0]} (7)", changed=not same, thing=thing, json=json)


single = noun("A noun with a single command.")


@single.command("show")
def show_single() -> None:
    """Show it."""
    out("shown")


coded = verb("List long codes with remarks.")


@coded.command()
def list_codes() -> None:
    print_list(
        [{"code": "c" * 30, "remark": "r" * 25}],
        [Column("code", "Code"), Column("remark", "R", flexible=True)],
    )


scoped = verb("Print the global options.")


@scoped.command()
def print_scope(words: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    options = scope()
    say("a note")
    warn("a warning")
    explain("an explanation")
    out(f"{options.store} {options.user} {options.quiet} {options.verbose} {options.debug}")


failing = verb("Fail in one of many ways.")


def _refuse() -> None:
    raise RuleBroken("It breaks a rule.", hint="Mend it.", details={"rules": ["PM201"]})


def _exist() -> None:
    raise Conflict(f"There is {HOSTILE} already.", hint=HOSTILE)


def _fill_the_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/store.db")


def _hang_up() -> None:
    raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def _interrupt() -> None:
    raise KeyboardInterrupt


def _err() -> None:
    raise ZeroDivisionError("division by zero")


def _do_part() -> None:
    raise typer.Exit(7)


FAILURES = {
    "rule": _refuse,
    "conflict": _exist,
    "disk": _fill_the_disk,
    "pipe": _hang_up,
    "interrupt": _interrupt,
    "bug": _err,
    "part": _do_part,
}


@failing.command()
def fail(way: str, json: Json = False) -> None:
    FAILURES[way]()


asking = verb("Ask for things.")


@asking.command()
def ask(
    file: Annotated[str | None, typer.Option()] = None,
    password_stdin: bool = False,
    password: bool = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    if file is not None:
        out(repr(read_text(file, limit=1000)))
    if password or password_stdin:
        out(f"{len(read_secret(stdin=password_stdin))} letters")
    if yes or not (file or password or password_stdin):
        confirm("Delete everything?", yes=yes)
        out("deleted")


running = verb("Take a while.")


@running.command()
def work(steps: int = 3) -> None:
    with progress(scope().quiet) as report:
        for done in range(steps + 1):
            report(task=f"Amazon {HOSTILE}", done=done, total=steps)
            report(task="eBay", done=done)


APPS = {
    "thing": things,
    "single": single,
    "codes": coded,
    "scoped": scoped,
    "fail": failing,
    "ask": asking,
    "work": running,
}


def install() -> None:
    """Put the commands behind the root."""
    for name, app in APPS.items():
        module = ModuleType(f"plentymsg.cli.{name}")
        module.app = app  # type: ignore[attr-defined]
        sys.modules[module.__name__] = module
        root.COMMANDS[name] = root.Entry(name, f"Test {name}.", "Tests")


if __name__ == "__main__":
    install()
    root.main()
