"""`plentymsg send`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plentymsg.cli.command import Json, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.message_options import (
    Attach,
    ChannelName,
    Fix,
    HtmlFile,
    Subject,
    TemplateLanguage,
    TemplateName,
    Text,
    TextFile,
    To,
    given,
)
from plentymsg.cli.moments import not_before
from plentymsg.cli.output import Column, print_list
from plentymsg.cli.sending import print_dispatched, warn_of_delivered
from plentymsg.errors import InvalidInput

if TYPE_CHECKING:
    from plentymsg.messenger.deliver import Delivered

app = verb("Send a message; without a recipient, deliver what waits in the outbox.")

COLUMNS = (
    Column("id", "Message", right=True),
    Column("channel", "Channel", flexible=True),
    Column("state", "State"),
    Column("error", "Error", flexible=True),
)

Queue = Annotated[bool, typer.Option("--queue", help="Leave the delivery to the next sync or send.")]
Hold = Annotated[
    str | None, typer.Option("--hold", metavar="DURATION", help="Wait before delivery: 60s, 5m, 2h, 1d.")
]
At = Annotated[
    str | None, typer.Option("--at", metavar="TIME", help="Deliver at this time: 2026-12-24T09:00+01:00.")
]
Key = Annotated[
    str | None, typer.Option("--key", help="A name of your own: a repetition with it is the same message.")
]


@app.command()
def send(
    channel: ChannelName = None,
    to: To = None,
    subject: Subject = None,
    text: Text = None,
    text_file: TextFile = None,
    html_file: HtmlFile = None,
    attach: Attach = None,
    template: TemplateName = None,
    language: TemplateLanguage = None,
    fix: Fix = False,
    queue: Queue = False,
    hold: Hold = None,
    at: At = None,
    key: Key = None,
    json: Json = False,
) -> None:
    content = (channel, subject, text, text_file, html_file, attach, template, language, hold, at, key)
    if not to and any(option is not None for option in content) | fix | queue:
        raise InvalidInput("The message has no recipient.", hint="Give at least one with --to.")
    if not to:
        _deliver_all(json=json)
        return
    message = given(
        subject=subject,
        text=text,
        text_file=text_file,
        html_file=html_file,
        attach=attach,
        template=template,
        language=language,
    )
    from plentymsg.messenger import send as use_case
    from plentymsg.messenger.dispatch import dispatch, require_taken
    from plentymsg.messenger.sending_channel import sending_channel

    digest = use_case.digest_of(channel, to, message)
    terms = use_case.Terms(fix=fix, not_before=not_before(hold, at), key=key, digest=digest)
    with reading() as desk:

        def accept() -> use_case.Queued:
            sender = sending_channel(desk.connection, desk.actor, channel)
            return use_case.send(desk.connection, desk.actor, sender, to, message, terms)

        done = dispatch(desk.store, desk.connection, desk.actor, accept, terms, queue_only=queue)
    print_dispatched(done, desk.store, json=json)
    require_taken(done.result)


def delivered_rows(done: Sequence[Delivered]) -> list[dict[str, Any]]:
    """What became of each message of a run, as it is listed."""
    return [{"id": d.message_id, "channel": d.channel, "state": d.state, "error": d.error} for d in done]


def _deliver_all(*, json: bool) -> None:
    from plentymsg.messenger.deliver import deliver
    from plentymsg.messenger.dispatch import require_delivered
    from plentymsg.store import ledger

    with reading() as desk:
        done = deliver(desk.store, desk.connection, desk.actor)
        live = ledger.is_live(desk.connection)
    print_list(delivered_rows(done), COLUMNS, json=json, empty="Nothing in the outbox is due.")
    warn_of_delivered(done, desk.store, live=live)
    require_delivered(done)
