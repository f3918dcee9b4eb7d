"""`plentymsg tag …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli import tag_filter, tag_link
from plentymsg.cli.changes import carry_out, delete_all, listed, print_changes
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.input import is_dialogue
from plentymsg.cli.options import Given, taking
from plentymsg.cli.output import Column, Section, print_thing
from plentymsg.cli.tag_options import COLUMNS, TagName, TagNames, search_options, tag_options
from plentymsg.errors import InvalidInput
from plentymsg.messenger import tags

app = noun("Tags: keywords with a colour, for conversations and other things.")
app.add_typer(tag_filter.app, name="filter")
app.add_typer(tag_link.app, name="link")

LINES = (*COLUMNS, Column("link_count", "Links"))
LINKS = Section("links", "On", (Column("kind", "Kind"), Column("count", "Things", right=True)))


@app.command("list")
@taking(search_options)
def list_tags(
    given: Given,
    text: Annotated[str | None, typer.Argument(help="Only this ID, or names like this.")] = None,
    saved: Annotated[
        str | None, typer.Option("--filter", metavar="NAME", help="Only what this saved filter finds.")
    ] = None,
    no_filter: Annotated[
        bool, typer.Option("--no-filter", help="Begin without the filter that is your default.")
    ] = False,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List the tags, by name: all, or those that everything given fits."""
    from plentymsg.cli.tag_results import print_found

    if text is not None:
        if "text" in given:
            raise InvalidInput(f"{text!r} and --search both say what to find.", hint="Give only one.")
        given = {**given, "text": text}
    if no_filter and saved is not None:
        raise InvalidInput("--filter and --no-filter ask for different things.", hint="Give only one.")
    print_found(given, saved, default=not no_filter, json=json, form=form, limit=limit, page=page)


@app.command("show")
def show_tag(tag: TagName, json: Json = False) -> None:
    """Show one tag, and on how many things it is."""
    with reading() as desk:
        thing = tags.shown(desk.connection, desk.actor, tags.find(desk.connection, tag))
    print_thing(thing, LINES, sections=(LINKS,) if thing["links"] else (), json=json)


@app.command("add")
@taking(tag_options)
def add_tag(
    given: Given,
    name: Annotated[str | None, typer.Argument()] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add a tag. On a terminal, without options, it asks step by step."""
    from plentymsg.messenger.setup import tags as setup
    from plentymsg.messenger.setup.fields import checked

    if not given and not json and not dry_run and is_dialogue():
        from plentymsg.cli.tag_dialogue import add_step_by_step, is_new

        if name is None or is_new(name):
            add_step_by_step(name)
            return
    if name is None:
        raise InvalidInput(
            "A tag needs NAME, --colour and --availabilities.",
            hint="For example: plentymsg tag add Urgent --colour '#ff8800' --availabilities messenger",
        )
    fields = checked(setup.TagFields, {"name": name, **given})
    carry_out(lambda desk: setup.add(desk.session, desk.actor, fields), dry_run=dry_run, json=json)


@app.command("set")
@taking(tag_options)
def set_tags(
    tag: TagNames,
    given: Given,
    name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change tags, all of them or none: only what is given. `--translations de=` removes one."""
    from plentymsg.messenger.setup import tags as setup

    changes = {"name": name, **given} if name is not None else given
    with changing(dry_run=dry_run) as desk:
        found = tags.find_several(desk.connection, tag)
        if name is not None and len(found) > 1:
            raise InvalidInput("Several tags cannot have one name.", hint="Rename one at a time.")
        done = [setup.alter(desk.session, desk.actor, thing, changes) for thing in found]
    print_changes(done, dry_run=dry_run, json=json)


@app.command("delete")
def delete_tags(tag: TagNames, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete tags, and take them from whatever bears them. All of them or none."""
    from plentymsg.messenger.setup import tags as setup

    delete_all(tags.find, tag, setup.delete, yes=yes, dry_run=dry_run, json=json)


@app.command("export")
@taking(search_options)
def export_tags(
    given: Given,
    everything: Annotated[bool, typer.Option("--all", help="All pages; so it is by default.")] = False,
    limit: Limit = None,
    page: Page = 1,
    pages: Annotated[
        str | None, typer.Option("--pages", metavar="A-B", help="Pages A to B, of --limit rows each.")
    ] = None,
    selected: Annotated[
        list[str] | None, typer.Option("--selected", metavar="TAGS", help="Only these tags, with commas.")
    ] = None,
    saved: Annotated[
        str | None, typer.Option("--filter", metavar="NAME", help="Only what this saved filter finds.")
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", metavar="FILE", help="Write into this file, not to stdout.", show_default=False
        ),
    ] = "-",
    json: Json = False,
) -> None:
    """Write tags as CSV for a spreadsheet. All, one page, several pages, or selected ones."""
    from plentymsg.cli.tag_export import Extent, export

    extent = Extent(everything, limit, page, pages, listed(selected))
    export(given, saved, extent, output, json=json)
