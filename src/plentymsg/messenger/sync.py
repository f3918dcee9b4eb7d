"""Fetch several channels, side by side if wanted, and deliver what waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plentymsg.errors import InvalidInput, NotFound, Partial, PlentymsgError
from plentymsg.messenger import access, naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.fetch import Report, Result, fetch
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def channels_to_fetch(connection: Connection, actor: Actor, names: Sequence[str]) -> list[Row]:
    """The active channels with an incoming server, or the channels that are named.

    Raises NotFound for an unknown name and where there is none at all, InvalidInput for one not active.
    """
    access.require(actor, access.MESSENGER_UPDATE, access.MESSAGE_CREATE)
    rows = views.select(connection, "v_channel", order_by="name")
    if not rows and not names:
        raise NotFound(
            "There is no channel yet, so nothing can be received.",
            hint="Add one with: plentymsg channel add NAME",
        )
    if not names:
        return receiving(connection, [row for row in rows if row["active"]])
    known = naming.candidates(rows, shown="name")
    wanted = list(dict.fromkeys(naming.find(name, known, "channel") for name in names))
    chosen = [row for wanted_id in wanted for row in rows if row["id"] == wanted_id]
    for row in chosen:
        if not row["active"]:
            raise InvalidInput(
                f"The channel {row['name']} is not active, so it receives nothing.",
                hint=f"Activate it with: plentymsg channel set {row['name']!r} --active",
            )
    return chosen


def receiving(connection: Connection, channels: Sequence[Row]) -> list[Row]:
    """Those channels that have an incoming server; the others only send."""
    servers = views.select(connection, "v_channel_server", {"side": "incoming"})
    ids = {server["channel_id"] for server in servers}
    return [channel for channel in channels if channel["id"] in ids]


def fetch_all(
    store: Path, actor: Actor, channels: Sequence[Row], report: Callable[[Report], None], *, jobs: int = 1
) -> list[Result]:
    """Fetch the channels, `jobs` of them at the same time; the results are in the channels' order.

    When it is interrupted, every channel ends with the batch that it is filing.
    """
    if jobs == 1 or len(channels) < 2:
        return [fetch(store, actor, channel, report) for channel in channels]
    stopping = threading.Event()

    def report_or_stop(state: Report) -> None:
        if stopping.is_set():
            raise _Stopped
        report(state)

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        try:
            return list(pool.map(lambda channel: fetch(store, actor, channel, report_or_stop), channels))
        except BaseException:
            stopping.set()
            pool.shutdown(cancel_futures=True, wait=False)
            raise


class _Stopped(BaseException):
    """Ends a channel's thread after an interruption, past all that would take it for a fault."""


def require_success(results: Sequence[Result]) -> None:
    """Raise unless all channels were fetched whole: the exit code tells how many, and why.

    Partial if some were, or mail was set aside; else Busy or Unreachable if it may be repeated, else failed.
    """
    failed = [result for result in results if result.error is not None]
    if not failed and not any(result.quarantined for result in results):
        return
    details = {"channels": [result.as_json() for result in results]}
    if failed and len(failed) == len(results):
        raise _all_failed(failed, details)
    parts = [f"{result.channel}: {result.error}" for result in failed]
    parts += [f"{result.channel}: {result.quarantined} set aside" for result in results if result.quarantined]
    raise Partial(
        "; ".join(parts), hint=failed[0].error.hint if failed and failed[0].error else "", details=details
    )


def _all_failed(failed: Sequence[Result], details: Mapping[str, object]) -> PlentymsgError:
    errors = [result.error for result in failed if result.error is not None]
    message = "; ".join(f"{result.channel}: {result.error}" for result in failed)
    repeatable = next((error for error in errors if error.exit_code == 8), None)
    kind = type(repeatable) if repeatable is not None else PlentymsgError
    return kind(message, hint=(repeatable or errors[0]).hint, details=details)
