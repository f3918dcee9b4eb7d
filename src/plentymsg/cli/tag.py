"""`plentymsg tag …`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from plentymsg.cli.changes import delete, given, listed, pairs, print_change
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.output import Column, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.messenger import tags

app = noun("Tags: keywords with a colour, for conversations and other things.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name", "Name", colour="colour", flexible=True),
    Column("colour", "Colour"),
    Column("availabilities", "Available for", flexible=True),
    Column("translations", "Translations", flexible=True),
)

Colour = Annotated[
    str | None, typer.Option("--colour", help="Such as #ff8800, rgb(255,136,0), hsl(32,100%,50%).")
]
Availabilities = Annotated[
    list[str] | None,
    typer.Option(
        "--availabilities",
        metavar="KINDS",
        help="What it may be put on, with commas: messenger, messageBillable, order, reorder,"
        " redistribution, contact, variation, category.",
    ),
]
Translations = Annotated[
    list[str] | None,
    typer.Option("--translations", metavar="LANGUAGE=NAME", help="Its name in a language, such as de=Eilig."),
]


@app.command("list")
def list_tags(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the tags, by name."""
    with reading() as desk:
        rows = tags.listed(desk.connection, desk.actor)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_tag(tag: str, json: Json = False) -> None:
    """Show one tag."""
    with reading() as desk:
        thing = tags.shown(desk.connection, desk.actor, tags.find(desk.connection, tag))
    print_thing(thing, COLUMNS, json=json)


@app.command("add")
def add_tag(
    name: str,
    colour: Colour = None,
    availabilities: Availabilities = None,
    translations: Translations = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add a tag."""
    from plentymsg.messenger.setup import tags as setup
    from plentymsg.messenger.setup.fields import checked

    wanted = given(
        name=name,
        colour=colour,
        availabilities=listed(availabilities),
        translations=_translated(translations),
    )
    fields = checked(setup.TagFields, wanted)
    with changing(dry_run=dry_run) as desk:
        change = setup.add(desk.session, desk.actor, fields)
    print_change(change, dry_run=dry_run, json=json)


@app.command("set")
def set_tag(
    tag: str,
    name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    colour: Colour = None,
    availabilities: Availabilities = None,
    translations: Translations = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a tag: only what is given. `--translations de=` removes one."""
    from plentymsg.messenger.setup import tags as setup

    changes = given(
        name=name,
        colour=colour,
        availabilities=listed(availabilities),
        translations=_translated(translations),
    )
    with changing(dry_run=dry_run) as desk:
        change = setup.alter(desk.session, desk.actor, tags.find(desk.connection, tag), changes)
    print_change(change, dry_run=dry_run, json=json)


@app.command("delete")
def delete_tag(tag: str, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete a tag, and take it from whatever bears it."""
    from plentymsg.messenger.setup import tags as setup

    delete(lambda c: tags.find(c, tag), setup.delete, yes=yes, dry_run=dry_run, json=json)


def _translated(translations: Sequence[str] | None) -> dict[str, str | None] | None:
    if translations is None:
        return None
    return {language: name or None for language, name in pairs(translations, "--translations", "de=Eilig")}
