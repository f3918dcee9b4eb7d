"""`plentymsg conversation …`."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Annotated, Any, Literal

import typer

from plentymsg.cli import handling, linking
from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.desk import reading, working
from plentymsg.cli.message_options import (
    Attach,
    Fix,
    HtmlFile,
    Subject,
    TemplateLanguage,
    TemplateName,
    Text,
    TextFile,
    To,
    given,
    text_of,
)
from plentymsg.cli.output import Column, as_bar, print_done, print_list, print_thing
from plentymsg.cli.paging import window
from plentymsg.cli.sending import print_dispatched
from plentymsg.cli.terminal import say
from plentymsg.errors import InvalidInput
from plentymsg.messenger import conversations, groups, naming, statuses, types
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
    Column("status", "Status", colour="status_colour", flexible=True),
    Column("progress", "%", show=as_bar),
    Column("tags", "Tags", extra=True),
    Column("message_count", "#", right=True),
    Column("undelivered", "!", show=lambda undelivered: "!" if undelivered else ""),
    Column("created_at", "Created", show=lambda time: time[:10]),
    Column("updated_at", "Updated", extra=True),
    Column("marketplace", "Marketplace", extra=True),
)

MOST_MINUTES = 100_000
Conversation = Annotated[str, typer.Argument(metavar="ID", help="The conversation's ID.")]


def _names(flag: str, metavar: str = "NAME") -> Any:
    return typer.Option(flag, metavar=metavar, help=f"Only of this {flag[2:]}; may be repeated.")


NoOwner = Annotated[bool, typer.Option("--no-owner", help="Only what nobody owns.")]
Sort = Annotated[
    Literal["created", "updated", "type", "status"],
    typer.Option("--sort", metavar="KEY", help="By created, updated, type or status.", show_default=True),
]
Reverse = Annotated[bool, typer.Option("--reverse", help="The other way round.")]


@app.command("list")
def list_conversations(
    channel: Annotated[list[str] | None, _names("--channel")] = None,
    group: Annotated[list[str] | None, _names("--group")] = None,
    type_: Annotated[list[str] | None, _names("--type", types.PATH)] = None,
    status: Annotated[list[str] | None, _names("--status", statuses.PATH)] = None,
    tag: Annotated[list[str] | None, _names("--tag")] = None,
    owner: Annotated[list[str] | None, _names("--owner", "LOGIN")] = None,
    no_owner: NoOwner = False,
    sort: Sort = "created",
    reverse: Reverse = False,
    limit: Limit = None,
    page: Page = 1,
    json: Json = False,
    form: Format = None,
) -> None:
    """List the conversations, the newest first. On a terminal 50 of them.

    By type and status, the lowest position comes first. A type or status is named by its name, in any
    group, or by its path.
    """
    filters = Filters(
        channels=channel or (),
        groups=group or (),
        types=type_ or (),
        statuses=status or (),
        tags=tag or (),
        owners=owner or (),
        no_owner=no_owner,
    )
    limit, offset = window(limit, page, json=json, form=form)
    with reading() as desk:
        current = None if group else groups.narrowed_to(desk.connection, desk.actor)
        if current is not None:
            filters = filters._replace(groups=[str(current["id"])])
            say(
                f"Only the group {naming.identity(current)}, to which you have switched; see all: --group All"
            )
        rows = conversations.listed(
            desk.connection, desk.actor, filters, sort=sort, reverse=reverse, limit=limit, offset=offset
        )
    print_list(rows, COLUMNS, json=json, form=form, empty="There are no conversations here.")


@app.command("show")
def show_conversation(conversation: Conversation, json: Json = False) -> None:
    """Show a conversation with its messages, and mark it as read. The oldest comes first."""
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
    language: TemplateLanguage = None,
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
        subject=subject,
        text=text,
        text_file=text_file,
        html_file=html_file,
        attach=attach,
        template=template,
        language=language,
    )
    with reading() as desk:
        terms = send.Terms(fix=fix)

        def accept() -> send.Queued:
            found = conversations.find(desk.connection, desk.actor, conversation)
            return send.reply(desk.connection, desk.actor, found, to or (), message, terms)

        done = dispatch(desk.store, desk.connection, desk.actor, accept, terms)
    print_dispatched(done, desk.store, json=json)
    require_taken(done.result)


@app.command("whisper")
def whisper(
    conversation: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The conversation's ID; without one, see --new.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Begin a conversation, which has no channel.")] = False,
    subject: Annotated[str | None, typer.Option("--subject", help="The subject of the new one.")] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="NAME", help="The group of the new one, else General.")
    ] = None,
    text: Text = None,
    text_file: TextFile = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", metavar="NAME", help="A tag on the message; may be repeated.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=1, max=MOST_MINUTES, help="How long the work took.")
    ] = None,
    billable: Annotated[
        bool, typer.Option("--billable", help="The customer pays for these minutes.")
    ] = False,
    json: Json = False,
) -> None:
    """Write an internal message. It stays here, whatever the channel, and no rule applies.

    Minutes need a tag that is available for billable messages.
    """
    from plentymsg.messenger import whisper as use_case

    _require_one_place(conversation, new=new, subject=subject, group=group)
    note = use_case.Note(text_of(text, text_file) or "", tag or (), minutes, billable)
    with working() as desk:
        if conversation is None:
            done = use_case.begin(desk.connection, desk.actor, subject or "", group, note)
        else:
            done = use_case.whisper(desk.connection, desk.actor, conversation, note)
    what = f"message {done['id']} in conversation {done['conversation']}"
    print_done("Whispered", what, thing=done, json=json)


def _require_one_place(
    conversation: str | None, *, new: bool, subject: str | None, group: str | None
) -> None:
    if new == (conversation is not None):
        raise InvalidInput(
            "A whisper is in a conversation or begins one." if not new else "--new begins a conversation.",
            hint="Give its ID, or --new with --subject.",
        )
    if not new and (subject is not None or group is not None):
        raise InvalidInput(
            "--subject and --group are for a new conversation.", hint="Leave them out, or give --new."
        )


app.command("assign")(handling.assign)
app.command("tag")(handling.tag)
app.command("set")(handling.set_all)
app.command("link")(linking.link)
app.command("unlink")(linking.unlink)


@app.command("history")
def show_history(
    conversation: Conversation,
    limit: Limit = None,
    page: Page = 1,
    json: Json = False,
    form: Format = None,
) -> None:
    """Show what people did in a conversation, the newest first."""
    from plentymsg.cli.history import print_history
    from plentymsg.messenger import history

    limit, offset = window(limit, page, json=json, form=form)
    with reading() as desk:
        found = conversations.find(desk.connection, desk.actor, conversation)
        rows = history.of_conversation(desk.connection, desk.actor, found["id"], limit=limit, offset=offset)
    print_history(rows, json=json, form=form)
