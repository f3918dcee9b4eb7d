"""Print what became of a message: `send` and `conversation reply` do it alike."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plentymsg.cli.output import print_done
from plentymsg.cli.scope import scope
from plentymsg.cli.terminal import warn
from plentymsg.store.location import captured_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plentymsg.messenger.deliver import Delivered
    from plentymsg.messenger.dispatch import Dispatched
    from plentymsg.messenger.send import Queued

_TOLD = {
    "sent": "Sent",
    "captured": "Captured",
    "queued": "Queued",
    "deferred": "Deferred",
    "handing-over": "Handing over",
    "uncertain": "Uncertain:",
    "failed": "Failed:",
    "cancelled": "Cancelled",
    "skipped": "Skipped",
}


def print_dispatched(done: Dispatched, store: Path, *, json: bool) -> None:
    """Print the result, what was mended, its warnings, and loudly if live mode kept it from the customer."""
    result = done.result
    _tell_of_message(done.queued)
    for warning in done.warnings:
        warn(warning)
    what = f"message {result['id']} to {', '.join(result['to'])} in conversation {result['conversation']}"
    if result["state"] in ("queued", "deferred"):
        what += f"; next attempt at {result['next_attempt_at']}"
    print_done(_TOLD[result["state"]], what, changed=done.changed, thing=result, json=json)
    warn_of_capture(store, captured=result["captured"])


def _tell_of_message(queued: Queued) -> None:
    """Say what is not as it was written, and which words a marketplace may object to, and where."""
    if scope().quiet or not (queued.changes or queued.doubts):
        return
    from plentymsg.cli.reports.report import Change, in_one_line
    from plentymsg.cli.reports.text import diff_lines

    for change in queued.changes:
        sys.stderr.writelines(line + "\n" for line in diff_lines(Change(*change), sys.stderr))
    for doubt in queued.doubts:
        warn(in_one_line(doubt.as_json()))


def warn_of_delivered(done: Sequence[Delivered], store: Path, *, live: bool) -> None:
    """Say what someone should know of a run over the outbox; `live` is live mode after it."""
    for warning in dict.fromkeys(item.warning for item in done if item.warning):
        warn(warning)
    captured = sum(item.state == "captured" for item in done)
    if captured and live:  # a message keeps the mode it was accepted in
        what = "1 message was" if captured == 1 else f"{captured} messages were"
        warn(f"{what} accepted before live mode was on, and captured. See {captured_path(store)}")
    else:
        warn_of_capture(store, captured=captured > 0)


def warn_of_capture(store: Path, *, captured: bool) -> None:
    """Say that what was captured has not reached a customer, and where it is."""
    if captured:
        warn(f"LIVE MODE IS OFF: nothing was sent to a customer. See {captured_path(store)}")
