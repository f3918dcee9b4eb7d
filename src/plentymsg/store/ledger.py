"""The ledger of the outbox: one line for each recipient of each message.

    queued ──claim──> queued, leased ──about to send──> handing-over ──answer──> sent, captured,
      ^                    │                                  │                  deferred or failed
      └── its run died ────┘                                  └── its run died ──> uncertain

Every step is a transaction of its own, and every step after the claim is fenced by the lease: a run that
has lost it changes nothing, but that it may still say of what is uncertain that the server took it. SMTP
cannot tell a lost answer from a lost message (RFC 1047), so what was being handed over when its run died is
neither sent again nor called sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from plentymsg.errors import PlentymsgError
from plentymsg.store import notices
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection, transaction

OPEN_STATES = ("queued", "deferred")


class LeaseLost(PlentymsgError):
    """Another run has taken over what this one had claimed; nothing was handed over."""


class ModeChanged(PlentymsgError):
    """Live mode was switched since the way out was chosen; nothing was handed over."""


class Claim(NamedTuple):
    """A message to deliver, and to whom; `attempts` includes this one."""

    message_id: int
    channel_id: int
    recipients: tuple[str, ...]
    attempts: int
    live: bool
    """Whether live mode was on when the message was accepted, and was on when it was claimed."""


class Answer(NamedTuple):
    """What became of one recipient: the new state, the server's words, for `deferred` when to try again."""

    state: str
    response: str = ""
    next_attempt_at: str | None = None


def enqueue(
    connection: Connection, message_id: int, recipients: Sequence[tuple[str, str]], not_before: datetime
) -> None:
    """Add the lines of a message, (address, kind) each, within the caller's transaction.

    What is accepted while live mode is off never reaches a customer, whatever is switched later.
    """
    live = is_live(connection)
    connection.executemany(
        "INSERT INTO delivery"
        " (message_id, recipient, kind, live, state, attempts, next_attempt_at, response, updated_at)"
        " VALUES (?, ?, ?, ?, 'queued', 0, ?, '', ?)",
        [(message_id, address, kind, live, stamp(not_before), stamp(now())) for address, kind in recipients],
    )


def note_skipped(connection: Connection, message_id: int, recipients: Sequence[tuple[str, str]]) -> None:
    """Add the lines of recipients to whom a channel sends nothing: nothing will ever be done with them."""
    connection.executemany(
        "INSERT INTO delivery (message_id, recipient, kind, live, state, attempts, response, updated_at)"
        " VALUES (?, ?, ?, 0, 'skipped', 0, 'The channel skips such recipients.', ?)",
        [(message_id, recipient, kind, stamp(now())) for recipient, kind in recipients],
    )


def recover(connection: Connection, is_alive: Callable[[str], bool]) -> int:
    """Settle what dead runs have left: `uncertain` if it was being handed over, else free again.

    Returns how many lines became uncertain.
    """
    leases = [
        row[0] for row in connection.execute("SELECT DISTINCT lease FROM delivery WHERE lease IS NOT NULL")
    ]
    dead = [lease for lease in leases if not is_alive(lease)]
    if not dead:
        return 0
    marks = ", ".join("?" * len(dead))
    with transaction(connection):
        cursor = connection.execute(
            "UPDATE delivery SET state = 'uncertain', lease = NULL, updated_at = ?, response ="
            " 'The program ended while the server was taking the message; whether it did is not known.'"
            f" WHERE state = 'handing-over' AND lease IN ({marks})",
            (stamp(now()), *dead),
        )
        connection.execute(f"UPDATE delivery SET lease = NULL WHERE lease IN ({marks})", dead)
    return cursor.rowcount


def claim(
    connection: Connection,
    lease: str,
    *,
    message_id: int | None = None,
    channel_ids: Sequence[int] | None = None,
) -> Claim | None:
    """Claim the recipients of one message that is due, of an active channel; None if nothing is.

    `message_id` or `channel_ids` narrow the choice.
    """
    moment = stamp(now())
    with transaction(connection):
        due = _first_due(connection, moment, message_id, channel_ids)
        if due is None:
            return None
        connection.execute(
            "UPDATE delivery SET lease = ?, attempts = attempts + 1, updated_at = ? WHERE message_id = ?"
            " AND +state IN ('queued', 'deferred') AND lease IS NULL AND next_attempt_at <= ?",
            (lease, moment, due[0], moment),
        )
        lines = connection.execute(
            "SELECT recipient, attempts, live FROM delivery"
            " WHERE message_id = ? AND lease = ? ORDER BY rowid",
            (due[0], lease),
        ).fetchall()
        live = is_live(connection) and all(line[2] for line in lines)
    return Claim(due[0], due[1], tuple(line[0] for line in lines), max(line[1] for line in lines), live)


def _first_due(
    connection: Connection, moment: str, message_id: int | None, channel_ids: Sequence[int] | None
) -> tuple[int, int] | None:
    """The message and the channel of what is due first; what was never tried goes before what was.

    One state after the other, so that the index gives the lines in order and the first one that fits ends
    the search. Where the message is known, a `+` before the state keeps SQLite from that index: it would
    read all that is due to find the few lines of one message.
    """
    state, condition, values = "d.state", "", []
    if message_id is not None:
        state, condition, values = "+d.state", " AND d.message_id = ?", [message_id]
    elif channel_ids is not None:
        condition = f" AND m.channel_id IN ({', '.join('?' * len(channel_ids))})"
        values = list(channel_ids)
    for open_state in OPEN_STATES:
        row = connection.execute(
            "SELECT d.message_id, m.channel_id FROM delivery d"
            " JOIN message m ON m.id = d.message_id JOIN channel c ON c.id = m.channel_id"
            f" WHERE {state} = ? AND d.lease IS NULL AND d.next_attempt_at <= ?"
            f" AND c.active AND c.deleted_at IS NULL{condition}"
            " ORDER BY d.next_attempt_at, d.rowid LIMIT 1",
            (open_state, moment, *values),
        ).fetchone()
        if row is not None:
            return row[0], row[1]
    return None


def is_live(connection: Connection) -> bool:
    """Whether live mode is on."""
    return bool(connection.execute("SELECT live_mode FROM settings").fetchone()[0])


def hand_over(connection: Connection, claimed: Claim, lease: str, recipients: Sequence[str]) -> None:
    """Commit that `recipients` are being handed over, before the server is given the message.

    Raises LeaseLost if one of them is not ours any more, ModeChanged if live mode was switched off: then
    nothing may be sent.
    """
    with transaction(connection):
        if claimed.live and not is_live(connection):
            raise ModeChanged("Live mode was switched off.")
        changed = sum(
            connection.execute(
                "UPDATE delivery SET state = 'handing-over', updated_at = ?"
                " WHERE message_id = ? AND recipient = ? AND lease = ? AND state IN ('queued', 'deferred')",
                (stamp(now()), claimed.message_id, recipient, lease),
            ).rowcount
            for recipient in recipients
        )
        if changed != len(recipients):
            raise LeaseLost(f"Message {claimed.message_id} has been taken over by another run.")


def hold_back(connection: Connection, claimed: Claim, lease: str, reason: str) -> None:
    """Commit that a message is not handed over to those who were claimed, and tell its author."""
    answers = {recipient: Answer("failed", reason) for recipient in claimed.recipients}
    with transaction(connection):
        if _settle(connection, claimed, lease, answers):
            notices.tell_author(connection, claimed.message_id)


def settle(connection: Connection, claimed: Claim, lease: str, answers: Mapping[str, Answer]) -> None:
    """Commit what became of each recipient, and free the lease on all of the message.

    Who was taken for dead has lost the lease. Of what such a run says, only that the server took the message
    still counts, for a recipient of whom that was not known: it saves a person the question.
    """
    with transaction(connection):
        _settle(connection, claimed, lease, answers)


def _settle(connection: Connection, claimed: Claim, lease: str, answers: Mapping[str, Answer]) -> bool:
    """Within the caller's transaction; whether the lease was still ours."""
    moment = stamp(now())
    settled = connection.executemany(
        "UPDATE delivery SET state = ?, response = ?, next_attempt_at = ?, lease = NULL, updated_at = ?"
        " WHERE message_id = ? AND recipient = ? AND lease = ?",
        [
            (
                answer.state,
                answer.response,
                answer.next_attempt_at,
                moment,
                claimed.message_id,
                recipient,
                lease,
            )
            for recipient, answer in answers.items()
        ],
    ).rowcount
    connection.executemany(
        "UPDATE delivery SET state = 'sent', response = ?, updated_at = ?"
        " WHERE message_id = ? AND recipient = ? AND lease IS NULL AND state = 'uncertain'",
        [
            (answer.response, moment, claimed.message_id, recipient)
            for recipient, answer in answers.items()
            if answer.state == "sent"
        ],
    )
    connection.execute(
        "UPDATE delivery SET lease = NULL WHERE message_id = ? AND lease = ?", (claimed.message_id, lease)
    )
    return settled > 0


def note(connection: Connection, claimed: Claim, told: str) -> None:
    """Add to the answer for each recipient of a message that was captured."""
    with transaction(connection):
        connection.executemany(
            "UPDATE delivery SET response = response || ? WHERE message_id = ? AND recipient = ?"
            " AND state = 'captured'",
            [(f"; {told}", claimed.message_id, recipient) for recipient in claimed.recipients],
        )


def release(connection: Connection, claimed: Claim, lease: str) -> None:
    """Give a claim back, untried."""
    with transaction(connection):
        connection.execute(
            "UPDATE delivery SET lease = NULL, attempts = attempts - 1 WHERE message_id = ? AND lease = ?",
            (claimed.message_id, lease),
        )


def decide(connection: Connection, message_id: int, from_states: Sequence[str], to_state: str) -> int:
    """Move the lines of a message that are in one of `from_states` to `to_state`; return how many.

    This is a person's decision: to try again (`queued`), to take it for `sent`, or `cancelled`.
    Within the caller's transaction.
    """
    marks = ", ".join("?" * len(from_states))
    moment = stamp(now())
    cursor = connection.execute(
        "UPDATE delivery SET state = ?, lease = NULL, updated_at = ?,"
        " attempts = CASE WHEN ? = 'queued' THEN 0 ELSE attempts END,"
        " next_attempt_at = CASE WHEN ? = 'queued' THEN ? END"
        f" WHERE message_id = ? AND lease IS NULL AND state IN ({marks})",
        (to_state, moment, to_state, to_state, moment, message_id, *from_states),
    )
    return cursor.rowcount
