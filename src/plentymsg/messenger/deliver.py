"""Deliver what waits in the outbox, one committed step at a time (see `store.ledger`)."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from plentymsg.errors import LoginRefused, PlentymsgError, Unreachable
from plentymsg.mail.redirect import redirected
from plentymsg.mail.server import Server
from plentymsg.mail.transport import Outcome, Transport, open_transport
from plentymsg.messenger import accepted, access, connections, policy
from plentymsg.messenger.access import Actor
from plentymsg.store import filing, ledger, lock, sharing, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection, state_of
from plentymsg.store.ledger import Answer, Claim, LeaseLost, ModeChanged
from plentymsg.store.location import captured_path
from plentymsg.store.views import Row

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
MOST_ATTEMPTS = 37
"""With the waits above about five days (RFC 5321, section 4.5.4.1, asks for four to five at least)."""

SETTLE_ATTEMPTS = 6
"""How often the answer of a server is tried to be written down while the store is busy."""


class Delivered(NamedTuple):
    """What became of one message in this run: the state of its neediest recipient."""

    message_id: int
    channel: str
    state: str
    error: str | None
    warning: str
    """What someone should know although the message itself is dealt with."""


def deliver(
    store: Path,
    connection: Connection,
    actor: Actor,
    *,
    message_id: int | None = None,
    channel_ids: Sequence[int] | None = None,
    report: Callable[[Delivered], None] = lambda _: None,
) -> list[Delivered]:
    """Deliver all that is due, or one message, or that of some channels; say what became of each."""
    access.require(actor, access.MESSENGER_UPDATE, access.MESSAGE_CREATE)
    ledger.recover(connection, partial(lock.is_alive, store))
    done: list[Delivered] = []
    with lock.lease(store) as lease, ExitStack() as open_transports:
        run = _Run(store, connection, lease, open_transports)
        while claimed := ledger.claim(connection, lease, message_id=message_id, channel_ids=channel_ids):
            warning = run.deliver(claimed)
            row = views.first(connection, "v_outbox", {"id": claimed.message_id})
            assert row is not None
            done.append(Delivered(row["id"], row["channel"], row["state"], row["error"], warning))
            report(done[-1])
    return done


class _RulesChanged(PlentymsgError):
    """The rules do not let a message leave any more that they did when its way out was chosen."""


class _Run:
    """One run over the outbox: its lease, and a connection to each channel's server, made when needed."""

    def __init__(self, store: Path, connection: Connection, lease: str, open_transports: ExitStack) -> None:
        self._store = store
        self._connection = connection
        self._lease = lease
        self._open_transports = open_transports
        self._transports: dict[int | None, Transport] = {}
        self._down: dict[int | None, PlentymsgError] = {}

    def deliver(self, claimed: Claim) -> str:
        """Hand over one claimed message and commit what became of it; return a warning, or nothing."""
        channel = views.first(self._connection, "v_channel", {"id": claimed.channel_id})
        assert channel is not None  # the claim asked for an active channel
        seen = state_of(self._connection)
        raw = filing.raw_of(self._connection, claimed.message_id)
        reason = self._why_held_back(claimed, raw)
        if reason or raw is None:
            self._patiently(partial(ledger.hold_back, self._connection, claimed, self._lease, reason))
            return ""
        try:
            outcomes = self._hand_over(claimed, channel, raw, seen)
        except LeaseLost:
            return ""
        except (ModeChanged, _RulesChanged):
            ledger.release(self._connection, claimed, self._lease)
            return ""
        except PlentymsgError as fault:
            self._down[claimed.channel_id if claimed.live else None] = fault
            outcomes = dict.fromkeys(claimed.recipients, Outcome("deferred", fault.message))
        self._settle(claimed, outcomes)
        captured = not claimed.live and any(outcome.state != "deferred" for outcome in outcomes.values())
        return self._copy_for_tests(claimed, channel, raw) if captured else ""

    def _copy_for_tests(self, claimed: Claim, channel: Row, raw: bytes) -> str:
        """Hand a copy of a captured message over to the test address alone; return what went wrong, if so.

        Only now that the message is settled, and only once: a copy is never doubled, and whatever becomes
        of it, nothing else depends on it.
        """
        address = views.select(self._connection, "v_account")[0]["test_address"]
        if not address:
            return ""
        try:
            copy = redirected(raw, address)
            transport = self._transport(channel, live=True)
            outcome = transport.hand_over(copy, channel["sender_email"], [address], lambda _: None)[address]
            fault = "" if outcome.state == "sent" else outcome.response
        except (Unreachable, LoginRefused) as error:
            self._down[channel["id"]] = error
            fault = error.message
        except PlentymsgError as error:
            fault = error.message
        told = f"No copy went to the test address {address}: {fault}" if fault else f"copied to {address}"
        with suppress(sqlite3.OperationalError):  # the store is busy: then it is only said
            ledger.note(self._connection, claimed, told)
        return told if fault else ""

    def _hand_over(self, claimed: Claim, channel: Row, raw: bytes, seen: int) -> dict[str, Outcome]:
        def commit(recipients: Sequence[str]) -> None:
            # Reaching a server takes its time, in which somebody may have changed what holds.
            if state_of(self._connection) != seen and self._why_held_back(claimed, raw):
                raise _RulesChanged("The rules have changed.")
            ledger.hand_over(self._connection, claimed, self._lease, recipients)

        way_out = self._transport(channel, live=claimed.live)
        return way_out.hand_over(raw, channel["sender_email"], claimed.recipients, commit)

    def _transport(self, channel: Row, *, live: bool) -> Transport:
        """The channel's way out, or the Maildir beside the store for what must not reach a customer.

        Raises what opening it raises, for the channel's next messages too: a dead server is tried once.
        """
        place = channel["id"] if live else None
        if place in self._down:
            raise self._down[place]
        if place not in self._transports:
            if live:
                transport = connections.transport_of(self._connection, channel)
            else:
                captured = captured_path(self._store)
                sharing.make_folder(self._store, captured)
                transport = open_transport(Server("maildir", path=str(captured)))
            self._transports[place] = self._open_transports.enter_context(transport)
        return self._transports[place]

    def _why_held_back(self, claimed: Claim, raw: bytes | None) -> str:
        message = views.first(self._connection, "v_accepted", {"id": claimed.message_id})
        assert message is not None  # whom a claim names was not skipped
        return accepted.why_held_back(policy.in_force(self._connection), message, raw)

    def _settle(self, claimed: Claim, outcomes: dict[str, Outcome]) -> None:
        answers = {recipient: self._answer(claimed, outcome) for recipient, outcome in outcomes.items()}
        self._patiently(partial(ledger.settle, self._connection, claimed, self._lease, answers))

    def _patiently(self, commit: Callable[[], None]) -> None:
        """Commit what became of a message, however busy others keep the store."""
        for attempt in range(1, SETTLE_ATTEMPTS + 1):
            try:
                commit()
            except sqlite3.OperationalError:  # another writer: the answer is worth waiting for
                if attempt == SETTLE_ATTEMPTS:
                    raise
            else:
                return

    def _answer(self, claimed: Claim, outcome: Outcome) -> Answer:
        if outcome.state in ("sent", "uncertain") and not claimed.live:
            return Answer("captured", outcome.response)
        if outcome.state != "deferred":
            return Answer(outcome.state, outcome.response)
        if claimed.attempts >= MOST_ATTEMPTS:
            return Answer("failed", f"Given up after {claimed.attempts} attempts: {outcome.response}")
        return Answer("deferred", outcome.response, stamp(now() + wait_after(claimed.attempts)))


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts: doubling, up to a limit, a fifth more or less.

    The chance part keeps messages that failed together from all coming back together.
    """
    doubled = FIRST_WAIT * (1 << min(attempts - 1, 10))
    jitter: float = random.uniform(0.8, 1.2)  # noqa: S311 - not a secret
    return min(doubled, LONGEST_WAIT) * jitter
