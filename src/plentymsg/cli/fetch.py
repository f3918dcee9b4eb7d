"""`plentymsg fetch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from plentymsg.cli.command import Json, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, print_list
from plentymsg.cli.progress import progress
from plentymsg.cli.scope import scope
from plentymsg.cli.terminal import say

if TYPE_CHECKING:
    from plentymsg.messenger.fetch import Report, Result

app = verb("Fetch new mail from the channels into conversations; all active channels if none is named.")

COLUMNS = (
    Column("channel", "Channel", flexible=True),
    Column("fetched", "Fetched", right=True),
    Column("new_conversations", "New conversations", right=True),
    Column("refused", "Refused", right=True, extra=True),
    Column("quarantined", "Set aside", right=True),
    Column("error.message", "Error", flexible=True),
)

Channels = Annotated[
    list[str] | None, typer.Argument(metavar="[CHANNEL]...", help="Names or IDs of channels.")
]


@app.command()
def fetch(channel: Channels = None, json: Json = False) -> None:
    from plentymsg.messenger.sync import channels_to_fetch, fetch_all, require_success

    with reading() as desk, progress(quiet=scope().quiet or json) as shown:
        channels = channels_to_fetch(desk.connection, desk.actor, channel or [])
        results = fetch_all(desk.store, desk.actor, channels, reporting(shown))
    print_results(results, json=json)
    require_success(results)


def reporting(shown: Any) -> Any:
    """What a fetch reports to, so that it is shown as progress."""

    def report(state: Report) -> None:
        shown(task=state.channel, done=state.done, total=state.total)

    return report


def print_results(results: list[Result], *, json: bool) -> None:
    """Print what each channel's fetch did."""
    if not results and not json:
        say("No active channel has an incoming server. Add one with: plentymsg channel add NAME")
    print_list([result.as_json() for result in results], COLUMNS, json=json)
    for result in results:
        if result.refused:
            say(f"{result.channel}: {result.refused} not taken; see: plentymsg message quarantine")
