"""`plentymsg type …`."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from plentymsg.cli.changes import alter, carry_out, delete_all, given, move, names
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.options import (
    English,
    German,
    Given,
    Position,
    deletion_options,
    move_options,
    taking,
    wanted_options,
)
from plentymsg.cli.output import DELETED, Column, Section, as_bar_and_number, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.terminal import say
from plentymsg.messenger import groups, naming, types
from plentymsg.messenger.listing import Wanted

app = noun("Types: what the conversations of a group are about. A type is named GROUP/TYPE.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("group", "Group", flexible=True),
    Column("name.de", "Name", flexible=True),
    Column("name.en", "English", flexible=True),
    Column("position", "Position", right=True),
)
STATUSES = Section(
    "statuses",
    "Statuses",
    (
        Column("id", "ID", right=True),
        Column("name.de", "Name", colour="colour"),
        Column("name.en", "English"),
        Column("progress", "Progress", show=as_bar_and_number),
    ),
)

Path = Annotated[str, typer.Argument(metavar=types.PATH, show_default=False)]
Paths = Annotated[list[str], typer.Argument(metavar=f"{types.PATH}...", show_default=False)]


@app.command("list")
@taking(wanted_options)
def list_types(
    given: Given,
    group: Annotated[str | None, typer.Option("--group", help="Only those of this group.")] = None,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List the types, by group and position."""
    wanted = Wanted(**given)
    with reading() as desk:
        rows = types.listed(desk.connection, desk.actor, wanted, group=group)
    print_list(
        page_of(rows, limit, page), (*COLUMNS, DELETED) if wanted.deleted else COLUMNS, json=json, form=form
    )


@app.command("show")
def show_type(path: Path, json: Json = False) -> None:
    """Show one type, with its statuses."""
    with reading() as desk:
        thing = types.shown(desk.connection, desk.actor, types.find(desk.connection, path))
    print_thing(thing, COLUMNS, sections=(STATUSES,), json=json)


@app.command("add")
def add_type(
    path: Path,
    en: English = None,
    position: Position = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    r"""Add a type to a group, under its German name. `\/` is a slash in a name."""
    from plentymsg.messenger.setup import types as setup
    from plentymsg.messenger.setup.fields import checked

    group, name = naming.split_path(path, 2, types.PATH)
    fields = checked(setup.TypeFields, given(name=names(name, en), position=position))
    change = carry_out(
        lambda desk: setup.add(
            desk.session, desk.actor, fields, group_id=groups.find(desk.connection, group)
        ),
        dry_run=dry_run,
        json=json,
    )
    if change.changed and not dry_run:
        path = shlex.quote(f"{change.name}/STATUS")
        say(f"Next, give it a status: plentymsg status add {path} --progress 0 --colour '#0084ff'")


@app.command("set")
def set_type(
    path: Path,
    name: German = None,
    en: English = None,
    position: Position = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a type: only what is given."""
    from plentymsg.messenger.setup import types as setup

    changes = given(name=names(name, en), position=position)
    alter(lambda c: types.find(c, path), setup.alter, changes, dry_run=dry_run, json=json)


@app.command("move")
@taking(move_options)
def move_type(path: Path, given: Given) -> None:
    """Put a type before or behind another one of its group."""
    from plentymsg.messenger.setup import types as setup

    move(lambda c: types.find(c, path), setup.move, **given)


@app.command("delete")
@taking(deletion_options)
def delete_types(paths: Paths, given: Given) -> None:
    """Delete types, all or none. Their conversations lose type and status."""
    from plentymsg.messenger.setup import types as setup

    delete_all(types.find, paths, setup.delete, **given)
