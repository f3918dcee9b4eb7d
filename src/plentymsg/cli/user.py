"""`plentymsg user …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.changes import alter, carry_out, delete_all, given, listed
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.input import read_text
from plentymsg.cli.options import Given, taking
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
    Column("access_roles", "Access roles", flexible=True),
    Column("language", "Language", extra=True),
    Column("time_zone", "Time zone", extra=True),
)
LINES = (
    *COLUMNS,
    Column("signature_text", "Signature"),
    Column("signature_html", "Signature, HTML"),
    Column("rights", "Rights", show="\n".join),
)

Search = Annotated[
    str | None, typer.Option("--search", metavar="TEXT", help="Only whose login, name or e-mail contains it.")
]


def user_options(
    name: Annotated[str | None, typer.Option("--name", help="The person's name.")] = None,
    email: Annotated[
        str | None, typer.Option("--email", metavar="ADDRESS", help="Their e-mail address.")
    ] = None,
    admin: Annotated[
        bool | None, typer.Option("--admin/--no-admin", help="Whether they may do everything.")
    ] = None,
    active: Annotated[
        bool | None, typer.Option("--active/--inactive", help="Whether they may do anything.")
    ] = None,
    access_roles: Annotated[
        list[str] | None,
        typer.Option(
            "--access-roles", metavar="NAMES", help="All access roles they have, with commas; empty for none."
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Their language, such as de or en.")
    ] = None,
    time_zone: Annotated[
        str | None, typer.Option("--time-zone", metavar="ZONE", help="Such as Europe/Berlin.")
    ] = None,
    signature_text: Annotated[
        str | None, typer.Option("--signature-text", help="Their signature in plain text.")
    ] = None,
    signature_html_file: Annotated[
        str | None,
        typer.Option("--signature-html-file", metavar="FILE", help="The same in HTML, from a file."),
    ] = None,
) -> Given:
    """What may be given of an account, besides its login."""
    return given(
        name=name,
        email=email,
        admin=admin,
        active=active,
        access_roles=listed(access_roles),
        language=language,
        time_zone=time_zone,
        signature_text=signature_text,
        signature_html=None if signature_html_file is None else read_text(signature_html_file),
    )


Which = Annotated[list[str], typer.Argument(metavar="USER...", show_default=False)]


@app.command("list")
def list_users(
    search: Search = None, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the accounts, by login."""
    with reading() as desk:
        rows = users.searched(users.every(desk.connection), search)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_user(user: str, json: Json = False) -> None:
    """Show one account, with the rights that its access roles add up to."""
    with reading() as desk:
        thing = users.read(desk.connection, users.find(desk.connection, user))
    print_thing(thing, LINES, json=json)


@app.command("add")
@taking(user_options)
def add_user(login: str, given: Given, dry_run: DryRun = False, json: Json = False) -> None:
    """Add an account. LOGIN has at least five characters and no spaces, and stays."""
    from plentymsg.messenger.setup import users as setup
    from plentymsg.messenger.setup.fields import checked

    fields = checked(setup.UserFields, {"login": login, **given})
    carry_out(lambda desk: setup.add(desk.session, desk.actor, fields), dry_run=dry_run, json=json)


@app.command("set")
@taking(user_options)
def set_user(user: str, given: Given, dry_run: DryRun = False, json: Json = False) -> None:
    """Change an account: only what is given. `--inactive` keeps the person out and what they did."""
    from plentymsg.messenger.setup import users as setup

    alter(lambda c: users.find(c, user), setup.alter, given, dry_run=dry_run, json=json)


@app.command("delete")
def delete_users(which: Which, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete accounts that have done nothing yet, all or none. Deactivate any other one."""
    from plentymsg.messenger.setup import users as setup

    delete_all(users.find, which, setup.delete, yes=yes, dry_run=dry_run, json=json)
