"""`plentymsg collect …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.changes import carry_out, clearable, given, listed
from plentymsg.cli.command import DryRun, Json, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.input import read_bytes
from plentymsg.cli.output import Column, print_done, print_thing
from plentymsg.messenger import collecting

app = noun(
    "Collecting: mail that other systems send to customers is filed here too. `plentymsg collect --source"
    " SOURCE < sent.eml` files one."
)

LINES = (
    Column("active", "Active"),
    Column("attachments", "Attachments"),
    Column("channel", "Channel"),
    Column("group", "Group"),
    Column("tags", "Tags"),
)


@app.command("file")
def file_mail(
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="SOURCE",
            help=f"Where it was sent from: {', '.join(source.key for source in collecting.SOURCES)}.",
        ),
    ],
    json: Json = False,
) -> None:
    """File one sent mail from standard input. Bare `plentymsg collect` does this."""
    from plentymsg.messenger.collect import collect

    with reading() as desk:
        done = collect(desk.connection, desk.actor, source, read_bytes("-"))
    thing = {"id": done.message_id, "conversation": done.conversation_id, "channel": done.channel}
    what = (
        f"message {done.message_id} in conversation {done.conversation_id}"
        if done.message_id
        else f"the mail in the channel {done.channel}"
    )
    print_done("Collected", what, changed=done.is_new, thing=thing, json=json)


@app.command("show")
def show_collecting(json: Json = False) -> None:
    """Show whether and where mail is collected."""
    with reading() as desk:
        thing = collecting.shown(desk.connection, desk.actor)
    print_thing(thing, LINES, json=json)


@app.command("set")
def set_collecting(
    active: Annotated[
        bool | None, typer.Option("--active/--inactive", help="Whether mail is collected.")
    ] = None,
    attachments: Annotated[
        bool | None, typer.Option("--attachments/--no-attachments", help="Whether with its attachments.")
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="NAME", help="The channel it is filed in.")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            metavar="NAME",
            help="The group of new conversations; empty for Automatically sent emails.",
        ),
    ] = None,
    tags: Annotated[
        list[str] | None,
        typer.Option("--tags", metavar="NAMES", help="Tags of new conversations; empty for none."),
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change whether and where mail is collected: only what is given."""
    from plentymsg.messenger.setup import collecting as setup

    changes = {
        **given(active=active, attachments=attachments, tags=listed(tags)),
        **clearable(channel=channel, group=group),
    }
    carry_out(lambda desk: setup.alter(desk.session, desk.actor, changes), dry_run=dry_run, json=json)
