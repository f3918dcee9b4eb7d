"""`plentymsg tag link …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, noun
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.input import read_text
from plentymsg.cli.output import Column, print_done, print_list
from plentymsg.cli.paging import window
from plentymsg.messenger import tag_links, tags

app = noun("Links: which tag is on which record.")

COLUMNS = (
    Column("kind", "Kind"),
    Column("record_id", "Record", right=True),
    Column("tag_id", "Tag ID", right=True),
    Column("tag", "Tag", flexible=True),
)


@app.command("list")
def list_links(
    tag: Annotated[str | None, typer.Option("--tag", metavar="TAG", help="Only of this tag.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only to records of this kind.")
    ] = None,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List the links, on a terminal 50 of them. As CSV they are what `tag link import` reads."""
    limit, offset = window(limit, page, json=json, form=form)
    with reading() as desk:
        rows = tag_links.listed(
            desk.connection,
            desk.actor,
            tag_id=None if tag is None else tags.find(desk.connection, tag),
            kind=kind,
            limit=limit,
            offset=offset,
        )
    print_list(rows, COLUMNS, json=json, form=form)


@app.command("import")
def import_links(
    file: Annotated[str, typer.Argument(help="CSV with the columns kind, record_id, tag_id; - is stdin.")],
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Put existing tags on records, by the IDs in a CSV file. All of it or nothing."""
    from plentymsg.messenger.setup import tag_links as setup

    text = read_text(file)
    with changing(dry_run=dry_run) as desk:
        done = setup.import_links(desk.session, desk.actor, text, file="stdin" if file == "-" else file)
    print_done(
        "Would have added" if dry_run else "Added",
        f"{done.added} of {done.links} links" if done.added else f"all {done.links} links",
        changed=done.added > 0,
        thing={"links": done.links, "added": done.added},
        json=json,
    )
