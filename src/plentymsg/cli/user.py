"""`plentymsg user …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.changes import delete, given, print_change
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.output import Column, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.messenger import users

app = noun("Users: who works with the messenger. A login is the name that the person has on this machine.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("login", "Login", flexible=True),
    Column("name", "Name", flexible=True),
    Column("email", "E-mail", flexible=True),
    Column("admin", "Admin"),
    Column("active", "Active"),
)

RealName = Annotated[str | None, typer.Option("--name", help="The person's name.")]
Email = Annotated[str | None, typer.Option("--email", metavar="ADDRESS", help="Their e-mail address.")]
Admin = Annotated[bool | None, typer.Option("--admin/--no-admin", help="Whether they may do everything.")]
Active = Annotated[bool | None, typer.Option("--active/--inactive", help="Whether they may do anything.")]


@app.command("list")
def list_users(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the accounts, by login."""
    with reading() as desk:
        rows = users.every(desk.connection)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_user(user: str, json: Json = False) -> None:
    """Show one account."""
    with reading() as desk:
        thing = users.read(desk.connection, users.find(desk.connection, user))
    print_thing(thing, COLUMNS, json=json)


@app.command("add")
def add_user(
    login: str,
    name: RealName = None,
    email: Email = None,
    admin: Admin = None,
    active: Active = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add an account. LOGIN has at least five characters and no spaces, and stays."""
    from plentymsg.messenger.setup import users as setup
    from plentymsg.messenger.setup.fields import checked

    fields = checked(setup.UserFields, given(login=login, name=name, email=email, admin=admin, active=active))
    with changing(dry_run=dry_run) as desk:
        change = setup.add(desk.session, desk.actor, fields)
    print_change(change, dry_run=dry_run, json=json)


@app.command("set")
def set_user(
    user: str,
    name: RealName = None,
    email: Email = None,
    admin: Admin = None,
    active: Active = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change an account: only what is given."""
    from plentymsg.messenger.setup import users as setup

    changes = given(name=name, email=email, admin=admin, active=active)
    with changing(dry_run=dry_run) as desk:
        change = setup.alter(desk.session, desk.actor, users.find(desk.connection, user), changes)
    print_change(change, dry_run=dry_run, json=json)


@app.command("delete")
def delete_user(user: str, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete an account that has done nothing yet; deactivate any other one."""
    from plentymsg.messenger.setup import users as setup

    delete(lambda c: users.find(c, user), setup.delete, yes=yes, dry_run=dry_run, json=json)
