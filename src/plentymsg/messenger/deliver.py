"""Deliver what waits in the outbox, one committed step at a time (see `store.ledger`)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from plentymsg.errors import PlentymsgError
from plentymsg.mail.parse import parse
from plentymsg.mail.server import Server
from plentymsg.mail.transport import Outcome, Transport, open_transport
from plentymsg.messenger import access, connections, judging
from plentymsg.messenger.access import Actor
from plentymsg.rules.draft import Recipient
from plentymsg.rules.judge import judge
from plentymsg.store import filing, ledger, lock, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection
from plentymsg.store.ledger import Answer, Claim, LeaseLost
from plentymsg.store.location import captured_path
from plentymsg.store.views import Row

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
"""How long an unwilling server is tried (RFC 5321, section 4.5.4.1: at least four to five days)."""


class Delivered(NamedTuple):
    """What became of one message in this run: the state of its neediest recipient."""

    message_id: int
    channel: str
    state: str
    error: str | None


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
            run.deliver(claimed)
            row = views.first(connection, "v_outbox", {"id": claimed.message_id})
            assert row is not None
            done.append(Delivered(row["id"], row["channel"], row["state"], row["error"]))
            report(done[-1])
    return done


class _Run:
    """One run over the outbox: its lease, and a connection to each channel's server, made when needed."""

    def __init__(self, store: Path, connection: Connection, lease: str, open_transports: ExitStack) -> None:
        self._store = store
        self._connection = connection
        self._lease = lease
        self._open_transports = open_transports
        self._transports: dict[int | None, Transport] = {}
        self._down: dict[int, PlentymsgError] = {}
        self._live = False

    def deliver(self, claimed: Claim) -> None:
        """Hand over one claimed message and commit what became of it."""
        channel = views.first(self._connection, "v_channel", {"id": claimed.channel_id})
        assert channel is not None  # the claim asked for an active channel
        raw = filing.raw_of(self._connection, claimed.message_id)
        broken = self._broken_rules(claimed, channel, raw)
        if broken:
            self._settle(claimed, dict.fromkeys(claimed.recipients, Outcome("failed", broken)))
            return
        # Asked for each message: who switches live mode off must not have to wait for a run to end.
        self._live = bool(views.select(self._connection, "v_settings")[0]["live_mode"])
        try:
            outcomes = self._hand_over(claimed, channel, raw)
        except LeaseLost:
            return
        except PlentymsgError as fault:
            self._down[claimed.channel_id] = fault
            outcomes = dict.fromkeys(claimed.recipients, Outcome("deferred", fault.message))
        self._settle(claimed, outcomes)

    def _hand_over(self, claimed: Claim, channel: Row, raw: bytes) -> dict[str, Outcome]:
        return self._transport(channel).hand_over(
            raw,
            channel["sender_email"],
            claimed.recipients,
            partial(ledger.hand_over, self._connection, claimed, self._lease),
        )

    def _transport(self, channel: Row) -> Transport:
        """The channel's way out; while live mode is off, the Maildir beside the store.

        Raises what opening it raises, for the channel's next messages too: a dead server is tried once.
        """
        if channel["id"] in self._down:
            raise self._down[channel["id"]]
        place = channel["id"] if self._live else None
        if place not in self._transports:
            if self._live:
                transport = connections.transport_of(self._connection, channel)
            else:
                transport = open_transport(Server("maildir", path=str(captured_path(self._store))))
            self._transports[place] = self._open_transports.enter_context(transport)
        return self._transports[place]

    def _broken_rules(self, claimed: Claim, channel: Row, raw: bytes) -> str:
        """What the rules say now against a message that was accepted earlier; empty if nothing."""
        message = views.first(self._connection, "v_outbox", {"id": claimed.message_id})
        assert message is not None
        lines = views.select(self._connection, "v_delivery", {"message_id": claimed.message_id})
        to = [Recipient(line["kind"], line["recipient"]) for line in lines]
        asked = judging.marketplaces_of(to, channel=channel, group_system=message["group_system"])
        violations = judging.errors(judge(judging.draft_of_mail(parse(raw), to, asked)))
        if not violations:
            return ""
        return "Held back: " + "; ".join(f"{v.code} {v.message}" for v in violations)

    def _settle(self, claimed: Claim, outcomes: dict[str, Outcome]) -> None:
        answers = {recipient: self._answer(claimed, outcome) for recipient, outcome in outcomes.items()}
        ledger.settle(self._connection, claimed, self._lease, answers)

    def _answer(self, claimed: Claim, outcome: Outcome) -> Answer:
        if outcome.state == "sent" and not self._live:
            return Answer("captured", outcome.response)
        if outcome.state != "deferred":
            return Answer(outcome.state, outcome.response)
        if now() - datetime.fromisoformat(claimed.created_at) > GIVE_UP_AFTER:
            return Answer("failed", f"Given up after {GIVE_UP_AFTER.days} days: {outcome.response}")
        return Answer("deferred", outcome.response, stamp(now() + wait_after(claimed.attempts)))


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts: doubling, up to a limit, a fifth more or less.

    The chance part keeps messages that failed together from all coming back together.
    """
    doubled = FIRST_WAIT * (1 << min(attempts - 1, 10))
    jitter: float = random.uniform(0.8, 1.2)  # noqa: S311 - not a secret
    return min(doubled, LONGEST_WAIT) * jitter
