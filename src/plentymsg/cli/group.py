"""`plentymsg group …`."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from plentymsg.cli.changes import alter, carry_out, delete, given, names
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.options import English, German, Position
from plentymsg.cli.output import Column, Section, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.terminal import say
from plentymsg.messenger import groups, naming

app = noun("Groups: the lanes of conversations, usually one a marketplace.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name.de", "Name", flexible=True),
    Column("name.en", "English", flexible=True),
    Column("position", "Position", right=True),
    Column("visible", "Visible"),
    Column("system", "System"),
)
TYPES = Section(
    "types",
    "Types",
    (Column("id", "ID", right=True), Column("name.de", "Name"), Column("name.en", "English")),
)

Visible = Annotated[bool | None, typer.Option("--visible/--hidden", help="Whether it is offered to users.")]


@app.command("list")
def list_groups(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the groups, by position."""
    with reading() as desk:
        rows = groups.listed(desk.connection, desk.actor)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_group(group: str, json: Json = False) -> None:
    """Show one group, with its types."""
    with reading() as desk:
        thing = groups.shown(desk.connection, desk.actor, groups.find(desk.connection, group))
    print_thing(thing, COLUMNS, sections=(TYPES,), json=json)


@app.command("add")
def add_group(
    name: str,
    en: English = None,
    position: Position = None,
    visible: Visible = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add a group under its German NAME."""
    from plentymsg.messenger.setup import groups as setup
    from plentymsg.messenger.setup.fields import checked

    fields = checked(setup.GroupFields, given(name=names(name, en), position=position, visible=visible))
    change = carry_out(lambda desk: setup.add(desk.session, desk.actor, fields), dry_run=dry_run, json=json)
    if change.changed and not dry_run:
        path = shlex.quote(naming.join_path(change.name, "TYPE"))
        say(f"Next, give it a type: plentymsg type add {path}")


@app.command("set")
def set_group(
    group: str,
    name: German = None,
    en: English = None,
    position: Position = None,
    visible: Visible = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a group: only what is given."""
    from plentymsg.messenger.setup import groups as setup

    changes = given(name=names(name, en), position=position, visible=visible)
    alter(lambda c: groups.find(c, group), setup.alter, changes, dry_run=dry_run, json=json)


@app.command("delete")
def delete_group(group: str, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete a group that no channel files into. Its conversations move to General."""
    from plentymsg.messenger.setup import groups as setup

    delete(lambda c: groups.find(c, group), setup.delete, yes=yes, dry_run=dry_run, json=json)
