"""`plentymsg history`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from plentymsg.cli import moments
from plentymsg.cli.changes import in_words, shown
from plentymsg.cli.command import Format, FormatName, Json, Limit, Page, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, print_list
from plentymsg.cli.paging import window
from plentymsg.cli.terminal import bold, local, out, printable
from plentymsg.messenger import history
from plentymsg.store.clock import stamp
from plentymsg.store.views import Row

app = verb("Show who changed what, when, and how it was before; the newest first.")

Thing = Annotated[
    str | None,
    typer.Argument(
        metavar="[THING]",
        help="Of one thing: channel:Shop, tag:Urgent, conversation:6; of a kind: tag; without it, of all.",
    ),
]


@app.command()
def show_history(
    thing: Thing = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="LOGIN", help="Only what this user did.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Only from then on: 2026-12-24, or 2h, 7d.")
    ] = None,
    action: Annotated[
        str | None, typer.Option("--action", help="Only this action: added, changed, deleted …")
    ] = None,
    limit: Limit = None,
    page: Page = 1,
    json: Json = False,
    form: Format = None,
) -> None:
    oldest = None if since is None else stamp(moments.since(since))
    search = history.Search(thing, user, oldest, action)
    limit, offset = window(limit, page, json=json, form=form)
    with reading() as desk:
        rows = history.listed(desk.connection, desk.actor, search, limit=limit, offset=offset)
    print_history(rows, json=json, form=form)


COLUMNS = (
    Column("at", "When"),
    Column("user", "Who"),
    Column("action", "Action"),
    Column("kind", "Kind"),
    Column("thing_id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("changes", "What", flexible=True),
)


def print_history(rows: Sequence[Row], *, json: bool, form: FormatName | None) -> None:
    """Print lines of the history: to read on a terminal, else as any list."""
    if rows and form is None and not json and sys.stdout.isatty():
        for row in rows:
            _print_line(row)
        return
    if form in (None, "table", "tsv", "csv") and not json:
        rows = [{**row, "changes": "; ".join(_told(row))} for row in rows]
    print_list(rows, COLUMNS, json=json, form=form, empty="There is no such history.")


def _print_line(row: Row) -> None:
    named = (
        f"{row['kind']} {row['name']} ({row['thing_id']})"
        if row["name"]
        else f"{row['kind']} {row['thing_id']}"
    )
    bold(f"{local(row['at'])}  {named} {row['action']} by {row['user']}")
    for told in _told(row):
        out(printable(f"    {told}"))


def _told(row: Row) -> list[str]:
    """What a line tells, in words; of what was begun or ended, only what it was."""
    return [
        in_words(key, change["before"], change["after"])
        if row["action"] == "changed"
        else f"{key} {shown(change['before'] if change['after'] is None else change['after'])}"
        for key, change in row["changes"].items()
    ]
