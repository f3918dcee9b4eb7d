"""`plentymsg notification …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, print_done, print_list, print_thing
from plentymsg.cli.paging import window
from plentymsg.cli.terminal import say
from plentymsg.errors import InvalidInput
from plentymsg.messenger import notifications
from plentymsg.store.driver import transaction

app = noun("Notifications: what came in, or was held back, that you are to know of. Everyone has their own.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("opened_at", "New", show=lambda opened_at: "" if opened_at else "●"),
    Column("direction", "What", show=lambda direction: "came in" if direction == "in" else "held back"),
    Column("from", "From", flexible=True, show=lambda sender: sender.partition(" <")[0]),
    Column("subject", "Subject", flexible=True),
    Column("conversation", "Conversation", right=True),
    Column("date", "Sent", show=lambda time: time[:16].replace("T", " ")),
    Column("closed_at", "Closed", extra=True),
)


@app.command("list")
def list_notifications(
    all_: Annotated[bool, typer.Option("--all", help="Those too that are closed.")] = False,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List your open notifications, the newest first, and count them. On a terminal 50 of them."""
    limit, offset = window(limit, page, json=json, form=form)
    with reading() as desk:
        rows = notifications.listed(desk.connection, desk.actor, closed=all_, limit=limit, offset=offset)
        count = notifications.count(desk.connection, desk.actor)
    print_list(rows, COLUMNS, json=json, form=form, empty="You have no notifications here.")
    if rows and not json and form in (None, "table"):
        say(f"{count} open.")


@app.command("open")
def open_notification(
    notification: Annotated[str, typer.Argument(metavar="ID", help="The notification's ID.")],
    json: Json = False,
) -> None:
    """Show the conversation of a notification, and mark it as read."""
    from plentymsg.cli.thread import print_conversation
    from plentymsg.messenger import conversations

    with reading() as desk:
        with transaction(desk.connection):
            thing = notifications.opened(desk.connection, desk.actor, notification)
        if json:
            print_thing(thing, (), json=True)
        else:
            print_conversation(thing)
        conversations.mark_seen(desk.connection, desk.actor, thing)


@app.command("close")
def close_notifications(
    notification: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="The notifications' IDs.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="All that are open.")] = False,
    json: Json = False,
) -> None:
    """Close notifications that you have dealt with: the counter falls. Closed ones stay in list --all."""
    if bool(notification) == all_:
        raise InvalidInput("Which notifications is not said.", hint="Give their IDs, or --all for every one.")
    with reading() as desk, transaction(desk.connection):
        closed = notifications.close(desk.connection, desk.actor, notification if not all_ else None)
        count = notifications.count(desk.connection, desk.actor)
    what = f"{closed} notification{'s' if closed != 1 else ''}, {count} open"
    print_done("Closed", what, changed=closed > 0, thing={"closed": closed, "open": count}, json=json)
