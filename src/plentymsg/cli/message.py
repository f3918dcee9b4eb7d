"""`plentymsg message …`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, print_list
from plentymsg.cli.paging import window
from plentymsg.cli.terminal import out
from plentymsg.messenger import quarantine

app = noun("Single mails: those that were set aside instead of filed.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("channel", "Channel", flexible=True),
    Column("reason", "Why", flexible=True),
    Column("size", "Bytes", right=True),
    Column("created_at", "Came", show=lambda time: time[:16].replace("T", " ")),
)


@app.command("quarantine")
def list_quarantine(
    raw: Annotated[
        int | None,
        typer.Option("--raw", metavar="ID", min=1, max=2**63 - 1, help="Print this one, as it came."),
    ] = None,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List the mail that was set aside, the newest first, and why. On a terminal 50 of them."""
    if raw is not None:
        _print_raw(raw)
        return
    limit, offset = window(limit, page, json=json, form=form)
    with reading() as desk:
        rows = quarantine.listed(desk.connection, desk.actor, limit=limit, offset=offset)
    print_list(rows, COLUMNS, json=json, form=form, empty="Nothing was set aside.")


def _print_raw(quarantine_id: int) -> None:
    """Print a mail: made safe for a terminal, in a pipe to the byte."""
    with reading() as desk:
        content = quarantine.raw(desk.connection, desk.actor, quarantine_id)
    if sys.stdout.isatty():
        out(content.decode(errors="replace"))
    else:
        sys.stdout.buffer.write(content)
