"""`plentymsg history`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from plentymsg.cli import moments
from plentymsg.cli.changes import readable
from plentymsg.cli.command import Format, FormatName, Json, Limit, Page, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, print_list
from plentymsg.cli.pager import show
from plentymsg.cli.paging import window
from plentymsg.cli.terminal import local, printable, styled
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
        show("".join(f"{line}\n" for row in rows for line in _lines(row)))
        return
    if form in (None, "table", "tsv", "csv") and not json:
        rows = [{**row, "changes": "; ".join(_told(row))} for row in rows]
    print_list(rows, COLUMNS, json=json, form=form, empty="There is no such history.")


def _lines(row: Row) -> Iterator[str]:
    called = f"{row['name']} ({row['thing_id']})" if row["name"] else str(row["thing_id"])
    yield styled(f"{local(row['at'])}  {row['kind']} {called} {row['action']} by {row['user']}", "1")
    for told in _told(row):
        yield printable(f"    {told}")


def _told(row: Row) -> list[str]:
    """What a line tells, in words; of what was begun or ended, only what it was."""
    told = []
    for key, change in row["changes"].items():
        old, new = change["before"], change["after"]
        if row["action"] == "changed" or (old is not None and new is not None):
            told.append(f"{key} {readable(old)} → {readable(new)}")
        else:
            told.append(f"{key} {readable(new if old is None else old)}")
    return told
