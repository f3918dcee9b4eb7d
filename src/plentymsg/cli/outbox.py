"""`plentymsg outbox …`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from plentymsg.cli.command import Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.input import confirm
from plentymsg.cli.output import Column, Section, print_done, print_list, print_thing
from plentymsg.cli.paging import require_limit
from plentymsg.errors import InvalidInput
from plentymsg.messenger import outbox
from plentymsg.messenger.access import Actor
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.views import Row

app = noun("The outbox: messages accepted for delivery, and what became of them.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("conversation", "Conv.", right=True),
    Column("channel", "Channel", extra=True),
    Column("to", "To", flexible=True),
    Column("subject", "Subject", flexible=True),
    Column("state", "State"),
    Column("attempts", "Tries", right=True),
    Column("next_attempt_at", "Next try", show=lambda time: (time or "")[:16].replace("T", " ")),
    Column("error", "Error", flexible=True),
)
RECIPIENTS = Section(
    "recipients",
    "Recipients",
    (
        Column("recipient", "Recipient", flexible=True),
        Column("state", "State"),
        Column("attempts", "Attempts", right=True),
        Column("next_attempt_at", "Next attempt"),
        Column("response", "Answer", flexible=True),
    ),
)

Message = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="The message's ID.")]
State = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="STATE", help=f"Only this one of: {', '.join(outbox.STATES)}."),
]


@app.command("list")
def list_outbox(
    state: State = None, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the messages, the newest first."""
    require_limit(limit, page)
    for name in state or ():
        if name not in outbox.STATES:
            raise InvalidInput(f"There is no state {name!r}.", hint=f"There are: {', '.join(outbox.STATES)}.")
    with reading() as desk:
        rows = outbox.listed(
            desk.store,
            desk.connection,
            desk.actor,
            state or [],
            limit=limit,
            offset=(page - 1) * (limit or 0),
        )
    print_list(rows, COLUMNS, json=json, form=form, empty="The outbox is empty.")


@app.command("show")
def show_message(message: Message, json: Json = False) -> None:
    """Show a message with what became of each recipient."""
    with reading() as desk:
        thing = outbox.shown(desk.store, desk.connection, desk.actor, message)
    print_thing(thing, COLUMNS, sections=(RECIPIENTS,), json=json)


@app.command("retry")
def retry(message: Message, yes: Yes = False, json: Json = False) -> None:
    """Try a deferred, failed or uncertain message again. An uncertain one may arrive twice."""
    with reading() as desk:
        state = outbox.shown(desk.store, desk.connection, desk.actor, message)["state"]
    if state == "uncertain":
        confirm(f"Message {message} may have arrived already. Send it again?", yes=yes)
    _decide(outbox.retry, message, "Queued again", json=json)


@app.command("settle")
def settle(
    message: Message,
    sent: Annotated[bool, typer.Option("--sent", help="The customer has it.")] = False,
    json: Json = False,
) -> None:
    """Decide that an uncertain message was sent."""
    if not sent:
        raise InvalidInput(
            "An uncertain message can only be settled as sent.",
            hint=f"Give --sent, or send it again with: plentymsg outbox retry {message}",
        )
    _decide(outbox.settle, message, "Settled as sent:", json=json)


@app.command("cancel")
def cancel(message: Message, yes: Yes = False, json: Json = False) -> None:
    """Never send a message that still waits, or give one up that failed."""
    confirm(f"Cancel message {message}?", yes=yes)
    _decide(outbox.cancel, message, "Cancelled", json=json)


def _decide(
    use_case: Callable[[Connection, Actor, int], Row], message: int, done: str, *, json: bool
) -> None:
    with reading() as desk, transaction(desk.connection):
        thing = use_case(desk.connection, desk.actor, message)
    print_done(done, f"message {message}", thing=thing, json=json)
