"""`plentymsg group …`."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from plentymsg.cli.changes import alter, carry_out, delete_all, given, move, names, print_change
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, noun
from plentymsg.cli.desk import changing, reading
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
from plentymsg.cli.output import DELETED, Column, Section, print_done, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.terminal import say
from plentymsg.messenger import groups, naming
from plentymsg.messenger.listing import Wanted

app = noun("Groups: the lanes of conversations, usually one a marketplace.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name.de", "Name", flexible=True),
    Column("name.en", "English", flexible=True),
    Column("position", "Position", right=True),
    Column("visible", "Visible"),
    Column("system", "System"),
    Column("current", "Current", show=lambda current: "●" if current else ""),
)
TYPES = Section(
    "types",
    "Types",
    (Column("id", "ID", right=True), Column("name.de", "Name"), Column("name.en", "English")),
)

Visible = Annotated[bool | None, typer.Option("--visible/--hidden", help="Whether it is offered to users.")]

Which = Annotated[list[str], typer.Argument(metavar="GROUP...", show_default=False)]


@app.command("list")
@taking(wanted_options)
def list_groups(
    given: Given, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the groups, by position."""
    wanted = Wanted(**given)
    with reading() as desk:
        rows = groups.listed(desk.connection, desk.actor, wanted)
    print_list(
        page_of(rows, limit, page), (*COLUMNS, DELETED) if wanted.deleted else COLUMNS, json=json, form=form
    )


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


@app.command("defaults")
def add_default_types(group: str, dry_run: DryRun = False, json: Json = False) -> None:
    """Add the default types that a group lacks, with their statuses. Its own of that name stay."""
    from plentymsg.messenger.setup import types as setup

    with changing(dry_run=dry_run) as desk:
        group_id = groups.find(desk.connection, group)
        changes = setup.add_defaults(desk.session, desk.actor, group_id)
        thing = groups.shown(desk.connection, desk.actor, group_id)
    if json or not changes:
        what = f"group {naming.identity(thing)} ({group_id})"
        print_done("Changed", what, changed=bool(changes), thing=thing, json=json)
        return
    for change in changes:
        if change.kind == "type":  # its statuses go without saying
            print_change(change, dry_run=dry_run)


@app.command("switch")
def switch_group(group: str, dry_run: DryRun = False, json: Json = False) -> None:
    """Have your lists of conversations show one group's. All shows those of every group."""
    from plentymsg.messenger.setup import groups as setup

    with changing(dry_run=dry_run) as desk:
        change = setup.switch(desk.session, desk.actor, groups.find(desk.connection, group))
    done = "Would have switched to" if dry_run else "Switched to"
    what = f"group {change.name} ({change.thing_id})"
    print_done(done, what, changed=change.changed, thing=change.thing, json=json)


@app.command("move")
@taking(move_options)
def move_group(group: str, given: Given) -> None:
    """Put a group before or behind another one."""
    from plentymsg.messenger.setup import groups as setup

    move(lambda c: groups.find(c, group), setup.move, **given)


@app.command("delete")
@taking(deletion_options)
def delete_groups(which: Which, given: Given) -> None:
    """Delete groups, all or none. Their conversations move to General; system groups stay."""
    from plentymsg.messenger.setup import groups as setup

    delete_all(groups.find, which, setup.delete, **given)
