"""`plentymsg status …`."""

from __future__ import annotations

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
from plentymsg.cli.output import DELETED, Column, as_bar_and_number, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.messenger import naming, statuses, types
from plentymsg.messenger.listing import Wanted

app = noun("Statuses: how far the conversations of a type have come. A status is named GROUP/TYPE/STATUS.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("group", "Group", flexible=True),
    Column("type", "Type", flexible=True),
    Column("name.de", "Name", colour="colour", flexible=True),
    Column("name.en", "English", flexible=True),
    Column("progress", "Progress", show=as_bar_and_number),
    Column("colour", "Colour"),
    Column("position", "Position", right=True),
)

Path = Annotated[str, typer.Argument(metavar=statuses.PATH, show_default=False)]
Paths = Annotated[list[str], typer.Argument(metavar=f"{statuses.PATH}...", show_default=False)]
Progress = Annotated[int | None, typer.Option("--progress", help="Percent: 0, 10, 20 … 100.")]
Colour = Annotated[str | None, typer.Option("--colour", metavar="HEX", help="Such as #ff8800.")]


@app.command("list")
@taking(wanted_options)
def list_statuses(
    given: Given,
    group: Annotated[str | None, typer.Option("--group", help="Only those of this group.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Only those of this type.")] = None,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List the statuses, by group, type and position."""
    wanted = Wanted(**given)
    with reading() as desk:
        rows = statuses.listed(desk.connection, desk.actor, wanted, group=group, type_=type_)
    print_list(
        page_of(rows, limit, page), (*COLUMNS, DELETED) if wanted.deleted else COLUMNS, json=json, form=form
    )


@app.command("show")
def show_status(path: Path, json: Json = False) -> None:
    """Show one status."""
    with reading() as desk:
        thing = statuses.shown(desk.connection, desk.actor, statuses.find(desk.connection, path))
    print_thing(thing, COLUMNS, json=json)


@app.command("add")
def add_status(
    path: Path,
    progress: Progress = None,
    colour: Colour = None,
    en: English = None,
    position: Position = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    r"""Add a status to a type, under its German name. `\/` is a slash in a name."""
    from plentymsg.messenger.setup import statuses as setup
    from plentymsg.messenger.setup.fields import checked

    group, type_, name = naming.split_path(path, 3, statuses.PATH)
    wanted = given(name=names(name, en), progress=progress, colour=colour, position=position)
    fields = checked(setup.StatusFields, wanted)
    parent = naming.join_path(group, type_)
    carry_out(
        lambda desk: setup.add(desk.session, desk.actor, fields, type_id=types.find(desk.connection, parent)),
        dry_run=dry_run,
        json=json,
    )


@app.command("set")
def set_status(
    path: Path,
    name: German = None,
    en: English = None,
    progress: Progress = None,
    colour: Colour = None,
    position: Position = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a status: only what is given."""
    from plentymsg.messenger.setup import statuses as setup

    changes = given(name=names(name, en), progress=progress, colour=colour, position=position)
    alter(lambda c: statuses.find(c, path), setup.alter, changes, dry_run=dry_run, json=json)


@app.command("move")
@taking(move_options)
def move_status(path: Path, given: Given) -> None:
    """Put a status before or behind another one of its type."""
    from plentymsg.messenger.setup import statuses as setup

    move(lambda c: statuses.find(c, path), setup.move, **given)


@app.command("delete")
@taking(deletion_options)
def delete_statuses(paths: Paths, given: Given) -> None:
    """Delete statuses, all or none. Their conversations keep their type."""
    from plentymsg.messenger.setup import statuses as setup

    delete_all(statuses.find, paths, setup.delete, **given)
