"""`plentymsg rights role …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.changes import alter, carry_out, delete_all, given, listed
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import WritingDesk, reading
from plentymsg.cli.options import Given, taking
from plentymsg.cli.output import Column, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.messenger import access_roles

if TYPE_CHECKING:
    from plentymsg.messenger.setup.change import Change

app = noun("Access roles: sets of rights, which users have. For what an owner is, see `plentymsg role`.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("advanced", "Mode", show=lambda advanced: "advanced" if advanced else "simple"),
    Column("rights", "Rights", right=True, show=lambda rights: str(len(rights))),
    Column("visibilities", "Visibilities", extra=True),
    Column("users", "Users", flexible=True),
)


LINES = (
    *COLUMNS[:3],
    Column("rights", "Rights", show="\n".join),
    Column("visibilities", "Visibilities", show="\n".join),
    Column("users", "Users"),
)

Search = Annotated[str | None, typer.Option("--search", metavar="TEXT", help="Only whose name contains it.")]
Rights = Annotated[
    list[str],
    typer.Argument(
        metavar="RIGHT...", help="Rights or sections, such as 'CRM > Messenger > Read' or 'Setup > Tag'."
    ),
]


def role_options(
    advanced: Annotated[
        bool | None,
        typer.Option(
            "--advanced/--simple", help="Whether it takes rights one by one, or visibilities that tick them."
        ),
    ] = None,
    presets: Annotated[
        list[str] | None,
        typer.Option("--presets", metavar="NAMES", help="Rights to add: messenger, tags, emailbuilder."),
    ] = None,
    rights: Annotated[
        list[str] | None,
        typer.Option("--rights", metavar="RIGHTS", help="All rights it gives, with commas; empty for none."),
    ] = None,
    visibilities: Annotated[
        list[str] | None,
        typer.Option(
            "--visibilities",
            metavar="NODES",
            help="All that is ticked in simple mode, with commas, such as 'CRM > Messenger > See'.",
        ),
    ] = None,
) -> Given:
    """What may be given of an access role, besides its name."""
    return given(
        advanced=advanced, presets=listed(presets), rights=listed(rights), visibilities=listed(visibilities)
    )


@app.command("list")
def list_roles(
    search: Search = None, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the access roles, by ID."""
    with reading() as desk:
        rows = access_roles.searched(access_roles.every(desk.connection), search)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_role(role: str, json: Json = False) -> None:
    """Show one access role, with its rights and who has it."""
    with reading() as desk:
        thing = access_roles.shown(desk.connection, access_roles.find(desk.connection, role))
    print_thing(thing, LINES, json=json)


@app.command("add")
@taking(role_options)
def add_role(name: str, given: Given, dry_run: DryRun = False, json: Json = False) -> None:
    """Add an access role. Rights or presets make it advanced, unless --simple says otherwise."""
    from plentymsg.messenger.setup import access_roles as setup
    from plentymsg.messenger.setup.fields import checked

    fields = checked(setup.AccessRoleFields, {"name": name, **given})
    carry_out(lambda desk: setup.add(desk.session, desk.actor, fields), dry_run=dry_run, json=json)


@app.command("set")
@taking(role_options)
def set_role(
    role: str,
    given: Given,
    name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change an access role: only what is given. Switching its mode keeps both lists."""
    from plentymsg.messenger.setup import access_roles as setup

    changes = given if name is None else {"name": name, **given}
    alter(lambda c: access_roles.find(c, role), setup.alter, changes, dry_run=dry_run, json=json)


@app.command("copy")
def copy_role(role: str, dry_run: DryRun = False, json: Json = False) -> None:
    """Add a copy of an access role, named `Copy of …`. Nobody has it yet."""
    from plentymsg.messenger.setup import access_roles as setup

    def make(desk: WritingDesk) -> Change:
        return setup.copy(desk.session, desk.actor, access_roles.find(desk.connection, role))

    carry_out(make, dry_run=dry_run, json=json)


@app.command("delete")
def delete_roles(
    which: Annotated[list[str], typer.Argument(metavar="ROLE...", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Take it from the users who have it.")] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Delete access roles that no user has, all or none."""
    from plentymsg.messenger.setup import access_roles as setup

    delete_all(access_roles.find, which, setup.delete, force=force, yes=yes, dry_run=dry_run, json=json)


@app.command("grant")
def grant(role: str, rights: Rights, dry_run: DryRun = False, json: Json = False) -> None:
    """Give rights to an access role in advanced mode. Whole sections of them too; all or none."""
    from plentymsg.messenger.setup import access_roles as setup

    def make(desk: WritingDesk) -> Change:
        return setup.grant(desk.session, desk.actor, access_roles.find(desk.connection, role), rights)

    carry_out(make, dry_run=dry_run, json=json)


@app.command("revoke")
def revoke(role: str, rights: Rights, dry_run: DryRun = False, json: Json = False) -> None:
    """Take rights from an access role in advanced mode. Whole sections of them too; all or none."""
    from plentymsg.messenger.setup import access_roles as setup

    def make(desk: WritingDesk) -> Change:
        return setup.revoke(desk.session, desk.actor, access_roles.find(desk.connection, role), rights)

    carry_out(make, dry_run=dry_run, json=json)
