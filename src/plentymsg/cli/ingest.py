"""`plentymsg ingest`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.command import Json, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.output import print_done
from plentymsg.cli.terminal import warn

if TYPE_CHECKING:
    from plentymsg.messenger.incoming import Taken

app = verb(
    "File one mail from standard input, as a mail server's pipe hands it over, in the channel whose target"
    " address it was sent to. Exits with 0 once the mail is kept; with 75 if the server is to keep it and try"
    " again."
)

Recipient = Annotated[
    str, typer.Option("--to", metavar="ADDRESS", help="Whom the server took it for; else its headers tell.")
]

_DONE = {"filed": "Filed", "known": "Filed", "refused": "Set aside", "faulty": "Set aside"}


@app.command()
def ingest(to: Recipient = "", json: Json = False) -> None:
    from plentymsg.messenger.ingest import ingest as use_case

    raw = sys.stdin.buffer.read()
    with reading() as desk:
        taken = use_case(desk.connection, desk.actor, raw, to)
    thing = {
        "state": taken.state,
        "channel": taken.channel["name"],
        "conversation": taken.conversation_id,
        "message": taken.message_id,
        "reason": taken.reason or None,
    }
    print_done(_DONE[taken.state], _what(taken), changed=taken.state != "known", thing=thing, json=json)
    if taken.reason:
        warn(f"{taken.reason} The mail is kept; see: plentymsg message quarantine")


def _what(taken: Taken) -> str:
    place = f"in the channel {taken.channel['name']}"
    if taken.state == "filed":
        return f"message {taken.message_id} in conversation {taken.conversation_id} {place}"
    return f"the mail {place}"
