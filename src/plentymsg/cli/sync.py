"""`plentymsg sync`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plentymsg.cli.command import Json, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.fetch import Channels, print_results, reporting
from plentymsg.cli.output import as_json, print_list, print_thing
from plentymsg.cli.progress import progress
from plentymsg.cli.scope import scope
from plentymsg.cli.send import COLUMNS, delivered_rows
from plentymsg.cli.sending import warn_of_delivered
from plentymsg.cli.terminal import out, warn
from plentymsg.errors import PlentymsgError

if TYPE_CHECKING:
    from plentymsg.messenger.deliver import Delivered
    from plentymsg.messenger.fetch import Result

app = verb("Fetch new mail and deliver what waits; all active channels if none is named.")

WATCH_SECONDS = 60
"""How long `--watch` waits between two runs."""

Jobs = Annotated[int, typer.Option("--jobs", min=1, max=32, help="Fetch so many channels side by side.")]
Watch = Annotated[bool, typer.Option("--watch", help="Go on every minute, until interrupted.")]


@app.command()
def sync(channel: Channels = None, jobs: Jobs = 4, watch: Watch = False, json: Json = False) -> None:
    if not watch:
        _sync(channel or [], jobs, json=json, line=False)
        return
    import time

    while True:
        try:
            _sync(channel or [], jobs, json=json, line=True)
        except PlentymsgError as fault:
            if fault.exit_code in (2, 3, 5):  # it would be the same every minute
                raise
            warn(f"{fault.message} {fault.hint}")
        time.sleep(WATCH_SECONDS)


def _sync(names: Sequence[str], jobs: int, *, json: bool, line: bool) -> None:
    from plentymsg.messenger.deliver import deliver
    from plentymsg.messenger.dispatch import require_delivered
    from plentymsg.messenger.sync import channels_to_fetch, fetch_all, receiving, require_success
    from plentymsg.store import ledger

    with reading() as desk:
        channels = channels_to_fetch(desk.connection, desk.actor, names)
        with progress(quiet=scope().quiet or json) as shown:
            to_fetch = receiving(desk.connection, channels)
            results = fetch_all(desk.store, desk.actor, to_fetch, reporting(shown), jobs=jobs)
        channel_ids = [channel["id"] for channel in channels] if names else None
        done = deliver(desk.store, desk.connection, desk.actor, channel_ids=channel_ids)
        live = ledger.is_live(desk.connection)
    _print(results, done, json=json, line=line)
    warn_of_delivered(done, desk.store, live=live)
    require_success(results)
    require_delivered(done)


def _print(results: list[Result], done: list[Delivered], *, json: bool, line: bool) -> None:
    if not json:
        print_results(results, json=False)
        if done:
            print_list(delivered_rows(done), COLUMNS)
        return
    thing: dict[str, Any] = {
        "channels": [result.as_json() for result in results],
        "delivered": delivered_rows(done),
    }
    if line:
        out(as_json(thing))
    else:
        print_thing(thing, (), json=True)
