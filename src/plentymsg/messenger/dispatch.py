"""From a message that a person sends to what became of it: queue it, deliver it, report."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from plentymsg.errors import Interrupted, Partial, PlentymsgError
from plentymsg.messenger import accepted, send
from plentymsg.messenger.access import Actor
from plentymsg.messenger.deliver import Delivered, deliver
from plentymsg.messenger.send import Queued, Terms
from plentymsg.store import ledger, lock, views
from plentymsg.store.driver import Connection, transaction


class Dispatched(NamedTuple):
    """What became of a message. `changed` is False for a key that was used before: nothing was queued."""

    result: dict[str, Any]
    queued: Queued
    warnings: Sequence[str]
    """Those of `queued`, and of the delivery."""
    changed: bool


def dispatch(
    store: Path,
    connection: Connection,
    actor: Actor,
    accept: Callable[[], Queued],
    terms: Terms,
    *,
    queue_only: bool = False,
) -> Dispatched:
    """Queue what `accept` makes, in one transaction of its own, then deliver it unless `queue_only`.

    What was accepted under the terms' key before is not accepted again. Raises what `accept` raises, or
    Conflict for a key that was used for something else, and then nothing was queued.
    """
    with transaction(connection):
        before = send.already_sent(connection, actor, terms)
        queued = accept() if before is None else Queued(before, ())
    warnings = queued.warnings
    if before is None and not queue_only:
        warnings = (*warnings, *_try_to_deliver(store, connection, actor, queued.message_id))
    return Dispatched(_result(connection, queued.message_id), queued, warnings, before is None)


def _try_to_deliver(store: Path, connection: Connection, actor: Actor, message_id: int) -> Iterator[str]:
    """Deliver a message that is in the outbox already: whatever happens now, it must not be sent again."""
    try:
        done = deliver(store, connection, actor, message_id=message_id)
        yield from (item.warning for item in done if item.warning)
    except KeyboardInterrupt:
        raise Interrupted(
            f"Interrupted: message {message_id} is in the outbox.",
            hint=f"Do not send it again; see: plentymsg outbox show {message_id}",
        ) from None
    except (PlentymsgError, sqlite3.Error, OSError) as fault:
        yield f"Message {message_id} is in the outbox: do not send it again, sync delivers it. ({fault})"
    with suppress(sqlite3.Error):
        ledger.recover(connection, partial(lock.is_alive, store))


def require_taken(result: dict[str, Any]) -> None:
    """Raise for what a person must look at: Partial if uncertain or sent to some only, else failed."""
    number, error = result["id"], result["error"]
    if result["state"] == "uncertain":
        raise Partial(
            f"Whether message {number} reached its recipient is not known: {error}",
            hint=f"Decide: plentymsg outbox retry {number}, or: plentymsg outbox settle {number} --sent",
        )
    if result["state"] == "failed":
        told = f"Message {number} was not sent to every recipient: {error}"
        kind = (
            Partial if {"sent", "captured", "deferred"} & set(result["states"].values()) else PlentymsgError
        )
        raise kind(told, hint=_way_out(number, error))


def require_delivered(done: Sequence[Delivered]) -> None:
    """Raise if some messages of a run failed or became uncertain; each is named."""
    trouble = [item for item in done if item.state in ("failed", "uncertain")]
    if not trouble:
        return
    message = "; ".join(f"message {item.message_id} is {item.state}: {item.error}" for item in trouble)
    kind = PlentymsgError if all(item.state == "failed" for item in done) else Partial
    held = next((item for item in trouble if accepted.is_held_back(item.error)), None)
    hint = _way_out(held.message_id, held.error) if held else "See them with: plentymsg outbox list"
    raise kind(f"{message[:1].upper()}{message[1:]}", hint=hint)


def _way_out(number: int, error: str | None) -> str:
    """What a person can do about a message that was not sent to everyone."""
    if not accepted.is_held_back(error):
        return f"See what each server said: plentymsg outbox show {number}"
    return (
        f"See where: plentymsg check --outbox {number}. Write it anew and give this one up: plentymsg outbox"
        f" cancel {number}; or, once the rule holds no more: plentymsg outbox retry {number}"
    )


def _result(connection: Connection, message_id: int) -> dict[str, Any]:
    row = views.first(connection, "v_outbox", {"id": message_id})
    assert row is not None
    lines = views.select(connection, "v_delivery", {"message_id": message_id})
    return {
        "id": row["id"],
        "conversation": row["conversation_id"],
        "message_id": row["header_id"],
        "state": row["state"],
        "captured": row["state"] == "captured",
        "to": views.parsed(row["recipients"]),
        "states": {line["recipient"]: line["state"] for line in lines},
        "next_attempt_at": row["next_attempt_at"],
        "error": row["error"],
    }
