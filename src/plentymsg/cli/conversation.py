"""`plentymsg conversation …`."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Annotated, Any

import typer

from plentymsg.cli import linking
from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.message_options import (
    Attach,
    Fix,
    HtmlFile,
    Subject,
    TemplateName,
    Text,
    TextFile,
    To,
    given,
)
from plentymsg.cli.output import Column, print_list, print_thing
from plentymsg.cli.paging import require_limit
from plentymsg.cli.sending import print_dispatched
from plentymsg.cli.terminal import say
from plentymsg.messenger import conversations, groups, naming
from plentymsg.messenger.conversations import Filters

app = noun("Conversations: read them, and answer customers.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("unread", "New", show=lambda unread: "●" if unread else ""),
    Column("from", "From", flexible=True, show=lambda sender: sender.partition(" <")[0]),
    Column("subject", "Subject", flexible=True),
    Column("channel", "Channel", flexible=True),
    Column("group", "Group", extra=True),
    Column("type", "Type", extra=True),
    Column("status", "Status", colour="status_colour"),
    Column("tags", "Tags", extra=True),
    Column("message_count", "#", right=True),
    Column("undelivered", "!", show=lambda undelivered: "!" if undelivered else ""),
    Column("created_at", "Created", show=lambda time: time[:10]),
    Column("updated_at", "Updated", extra=True),
    Column("marketplace", "Marketplace", extra=True),
)

PAGE_ROWS = 50
"""Rows of a list on a terminal, unless `--limit` says otherwise."""

Conversation = Annotated[str, typer.Argument(metavar="ID", help="The conversation's ID.")]


def _names(flag: str) -> Any:
    return typer.Option(flag, metavar="NAME", help=f"Only of this {flag[2:]}; may be repeated.")


@app.command("list")
def list_conversations(
    channel: Annotated[list[str] | None, _names("--channel")] = None,
    group: Annotated[list[str] | None, _names("--group")] = None,
    type_: Annotated[list[str] | None, _names("--type")] = None,
    status: Annotated[list[str] | None, _names("--status")] = None,
    tag: Annotated[list[str] | None, _names("--tag")] = None,
    limit: Limit = None,
    page: Page = 1,
    json: Json = False,
    form: Format = None,
) -> None:
    """List the conversations, the newest first; on a terminal 50 of them."""
    import sys

    filters = Filters(channel or (), group or (), type_ or (), status or (), tag or ())
    if limit is None and sys.stdout.isatty() and not json and form in (None, "table"):
        limit = PAGE_ROWS
    require_limit(limit, page)
    with reading() as desk:
        current = None if group else groups.narrowed_to(desk.connection, desk.actor)
        if current is not None:
            filters = filters._replace(groups=[str(current["id"])])
            say(
                f"Only the group {naming.identity(current)}, to which you have switched; see all: --group All"
            )
        rows = conversations.listed(
            desk.connection, desk.actor, filters, limit=limit, offset=(page - 1) * (limit or 0)
        )
    print_list(rows, COLUMNS, json=json, form=form, empty="There are no conversations here.")


@app.command("show")
def show_conversation(conversation: Conversation, json: Json = False) -> None:
    """Show a conversation with its messages, oldest first, and mark it as read."""
    from plentymsg.cli.thread import print_conversation

    with reading() as desk:
        found = conversations.find(desk.connection, desk.actor, conversation)
        thing = conversations.shown(desk.connection, desk.actor, found["id"])
        if json:
            print_thing(thing, (), json=True)
        else:
            print_conversation(thing)
        with suppress(sqlite3.OperationalError):  # a store that is busy or read-only can still be read
            conversations.mark_seen(desk.connection, desk.actor, thing)


@app.command("reply")
def reply(
    conversation: Conversation,
    text: Text = None,
    text_file: TextFile = None,
    html_file: HtmlFile = None,
    template: TemplateName = None,
    subject: Subject = None,
    to: To = None,
    attach: Attach = None,
    fix: Fix = False,
    json: Json = False,
) -> None:
    """Answer a conversation's customer."""
    from plentymsg.messenger import send
    from plentymsg.messenger.dispatch import dispatch, require_taken

    message = given(
        subject=subject, text=text, text_file=text_file, html_file=html_file, attach=attach, template=template
    )
    with reading() as desk:
        terms = send.Terms(fix=fix)

        def accept() -> send.Queued:
            found = conversations.find(desk.connection, desk.actor, conversation)
            return send.reply(desk.connection, desk.actor, found, to or (), message, terms)

        done = dispatch(desk.store, desk.connection, desk.actor, accept, terms)
    print_dispatched(done, desk.store, json=json)
    require_taken(done.result)


app.command("link")(linking.link)
app.command("unlink")(linking.unlink)
