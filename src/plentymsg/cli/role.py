"""`plentymsg role …`."""

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
from plentymsg.cli.output import DELETED, Column, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.messenger import roles
from plentymsg.messenger.listing import Wanted

app = noun("Roles: what an owner is to a conversation. For what users may do, see `plentymsg rights role`.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name.de", "Name", flexible=True),
    Column("name.en", "English", flexible=True),
    Column("position", "Position", right=True),
)

Which = Annotated[list[str], typer.Argument(metavar="ROLE...", show_default=False)]


@app.command("list")
@taking(wanted_options)
def list_roles(
    given: Given, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the roles, by position."""
    wanted = Wanted(**given)
    with reading() as desk:
        rows = roles.listed(desk.connection, desk.actor, wanted)
    print_list(
        page_of(rows, limit, page), (*COLUMNS, DELETED) if wanted.deleted else COLUMNS, json=json, form=form
    )


@app.command("show")
def show_role(role: str, json: Json = False) -> None:
    """Show one role."""
    with reading() as desk:
        thing = roles.shown(desk.connection, desk.actor, roles.find(desk.connection, role))
    print_thing(thing, COLUMNS, json=json)


@app.command("add")
def add_role(
    name: str,
    en: English = None,
    position: Position = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add a role under its German NAME."""
    from plentymsg.messenger.setup import roles as setup
    from plentymsg.messenger.setup.fields import checked

    fields = checked(setup.RoleFields, given(name=names(name, en), position=position))
    carry_out(lambda desk: setup.add(desk.session, desk.actor, fields), dry_run=dry_run, json=json)


@app.command("set")
def set_role(
    role: str,
    name: German = None,
    en: English = None,
    position: Position = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a role: only what is given."""
    from plentymsg.messenger.setup import roles as setup

    changes = given(name=names(name, en), position=position)
    alter(lambda c: roles.find(c, role), setup.alter, changes, dry_run=dry_run, json=json)


@app.command("move")
@taking(move_options)
def move_role(role: str, given: Given) -> None:
    """Put a role before or behind another one."""
    from plentymsg.messenger.setup import roles as setup

    move(lambda c: roles.find(c, role), setup.move, **given)


@app.command("delete")
@taking(deletion_options)
def delete_roles(which: Which, given: Given) -> None:
    """Delete roles, all or none."""
    from plentymsg.messenger.setup import roles as setup

    delete_all(roles.find, which, setup.delete, **given)
