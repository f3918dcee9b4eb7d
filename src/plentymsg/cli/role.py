"""`plentymsg role …`."""

from __future__ import annotations

from plentymsg.cli.changes import alter, carry_out, delete, given, names
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.options import English, German, Position
from plentymsg.cli.output import Column, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.messenger import roles

app = noun("Roles: what an owner is to a conversation. A role grants no rights.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name.de", "Name", flexible=True),
    Column("name.en", "English", flexible=True),
    Column("position", "Position", right=True),
)


@app.command("list")
def list_roles(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the roles, by position."""
    with reading() as desk:
        rows = roles.listed(desk.connection, desk.actor)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


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


@app.command("delete")
def delete_role(role: str, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete a role that no owner has."""
    from plentymsg.messenger.setup import roles as setup

    delete(lambda c: roles.find(c, role), setup.delete, yes=yes, dry_run=dry_run, json=json)
