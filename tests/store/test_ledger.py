"""The ledger: nothing is sent twice, nothing is forgotten, wherever a run dies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from plentymsg.store import filing, ledger, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection, open_store, transaction
from plentymsg.store.filing import ConversationRecord, MessageRecord
from plentymsg.store.ledger import Answer
from plentymsg.store.migrate import make
from tests.steps import steps


def fill(connection: Connection) -> None:
    """A group and an active channel, which a message needs."""
    with transaction(connection):
        connection.execute("INSERT INTO settings (id, live_mode, client_name) VALUES (1, 1, '')")
        connection.execute(
            "INSERT INTO messenger_group (id, name_de, position, visible) VALUES (1, 'A', 1, 1)"
        )
        connection.execute(
            "INSERT INTO channel (id, name, active, is_default, group_id, sender_email, sender_name)"
            " VALUES (1, 'Shop', 1, 0, 1, 'shop@example.com', '')"
        )


def add_message(connection: Connection, recipients: list[str], wait: timedelta = timedelta()) -> int:
    with transaction(connection):
        return queue(connection, recipients, wait)


def queue(connection: Connection, recipients: list[str], wait: timedelta = timedelta()) -> int:
    """Within the caller's transaction."""
    conversation = ConversationRecord("Hello", 1, 1, None, None, None, stamp(now()))
    message = MessageRecord(
        "out", 1, "<1@x>", "Hello", "", "shop@example.com", stamp(now()), "Hi", "", b"raw"
    )
    message_id = filing.file_message(connection, filing.open_conversation(connection, conversation), message)
    ledger.enqueue(connection, message_id, [(r, "address") for r in recipients], now() + wait)
    return message_id


def states(connection: Connection) -> list[str]:
    return [row["state"] for row in views.select(connection, "v_delivery", order_by="message_id, recipient")]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    make(tmp_path / "store.db")
    opened = open_store(tmp_path / "store.db")
    fill(opened)
    yield opened
    opened.close()


def test_a_message_is_claimed_by_one_run_only(connection: Connection) -> None:
    message_id = add_message(connection, ["a@example.com", "b@example.com"])
    claimed = ledger.claim(connection, "first")
    assert claimed is not None
    assert (claimed.message_id, claimed.recipients) == (message_id, ("a@example.com", "b@example.com"))
    assert ledger.claim(connection, "second") is None


def test_what_waits_for_its_time_is_not_claimed(connection: Connection) -> None:
    add_message(connection, ["a@example.com"], wait=timedelta(hours=1))
    assert ledger.claim(connection, "run") is None


def test_what_is_due_goes_in_the_order_of_writing_and_before_what_is_tried_again(
    connection: Connection,
) -> None:
    tried, first, second = (add_message(connection, [f"{name}@example.com"]) for name in "abc")
    connection.execute("UPDATE delivery SET state = 'deferred' WHERE message_id = ?", (tried,))
    order = [claimed.message_id for _ in "abc" if (claimed := ledger.claim(connection, "run"))]
    assert order == [first, second, tried]


def test_of_a_message_only_the_recipients_that_are_due_are_claimed(connection: Connection) -> None:
    message_id = add_message(connection, ["a@example.com", "b@example.com", "c@example.com", "d@example.com"])
    later = stamp(now() + timedelta(hours=1))
    connection.execute("UPDATE delivery SET state = 'deferred' WHERE recipient = 'b@example.com'")
    connection.execute("UPDATE delivery SET state = 'sent' WHERE recipient = 'c@example.com'")
    connection.execute("UPDATE delivery SET next_attempt_at = ? WHERE recipient = 'd@example.com'", (later,))
    for narrowed in ({}, {"message_id": message_id}, {"channel_ids": [1]}):
        claimed = ledger.claim(connection, "run", **narrowed)
        assert claimed is not None
        assert claimed.recipients == ("a@example.com", "b@example.com")
        ledger.release(connection, claimed, "run")


@pytest.mark.parametrize("narrowed", [{}, {"message_id": 1000}, {"channel_ids": [1]}])
def test_a_claim_does_not_read_all_that_is_due(connection: Connection, narrowed: dict[str, Any]) -> None:
    """It holds the write lock meanwhile, and a mailing of n messages has n claims."""
    with transaction(connection):
        for _ in range(1000):
            queue(connection, ["a@example.com"])
    assert steps(connection, lambda: ledger.claim(connection, "run", **narrowed)) < 500


@pytest.mark.parametrize("change", ["active = 0", "deleted_at = '2026-11-23'"])
def test_an_inactive_or_deleted_channel_sends_nothing(connection: Connection, change: str) -> None:
    add_message(connection, ["a@example.com"])
    connection.execute(f"UPDATE channel SET {change}")
    assert ledger.claim(connection, "run") is None


def test_a_claim_whose_run_died_is_free_again(connection: Connection) -> None:
    add_message(connection, ["a@example.com"])
    ledger.claim(connection, "dead")
    assert ledger.recover(connection, lambda lease: False) == 0
    assert states(connection) == ["queued"]
    assert ledger.claim(connection, "next") is not None


def test_what_was_being_handed_over_when_its_run_died_is_uncertain(connection: Connection) -> None:
    add_message(connection, ["a@example.com", "b@example.com"])
    claimed = ledger.claim(connection, "dead")
    assert claimed is not None
    ledger.hand_over(connection, claimed, "dead", ["a@example.com"])
    assert ledger.recover(connection, lambda lease: False) == 1
    assert states(connection) == ["uncertain", "queued"]


def test_a_living_run_is_left_alone(connection: Connection) -> None:
    add_message(connection, ["a@example.com"])
    claimed = ledger.claim(connection, "alive")
    assert claimed is not None
    ledger.hand_over(connection, claimed, "alive", claimed.recipients)
    assert ledger.recover(connection, lambda lease: lease == "alive") == 0
    assert states(connection) == ["handing-over"]


def test_a_run_that_lost_its_lease_may_not_hand_over(connection: Connection) -> None:
    """It was taken for dead, and another run has claimed the message."""
    add_message(connection, ["a@example.com"])
    slow = ledger.claim(connection, "slow")
    assert slow is not None
    ledger.recover(connection, lambda lease: False)
    ledger.claim(connection, "quick")
    with pytest.raises(ledger.LeaseLost):
        ledger.hand_over(connection, slow, "slow", slow.recipients)
    ledger.settle(connection, slow, "slow", {"a@example.com": Answer("failed", "too late")})
    assert states(connection) == ["queued"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("sent", "250 taken"), ("sent", "250 taken")),
        (Answer("failed", "550 no"), ("uncertain", "The program ended")),
        (Answer("deferred", "451 later", "2026-01-01T00:00:00+00:00"), ("uncertain", "The program ended")),
    ],
)
def test_of_a_run_that_was_taken_for_dead_only_that_the_server_took_it_counts(
    connection: Connection, answer: Answer, expected: tuple[str, str]
) -> None:
    """What it did not send might have been sent by another run meanwhile."""
    add_message(connection, ["a@example.com", "b@example.com"])
    slow = ledger.claim(connection, "slow")
    assert slow is not None
    ledger.hand_over(connection, slow, "slow", ["a@example.com"])
    ledger.recover(connection, lambda lease: False)
    ledger.settle(connection, slow, "slow", dict.fromkeys(slow.recipients, answer))
    one, other = views.select(connection, "v_delivery", order_by="recipient")
    assert (one["state"], one["response"][: len(expected[1])]) == expected
    assert other["state"] == "queued"


def test_what_a_person_has_decided_stays_whatever_a_run_taken_for_dead_says(connection: Connection) -> None:
    message_id = add_message(connection, ["a@example.com"])
    slow = ledger.claim(connection, "slow")
    assert slow is not None
    ledger.hand_over(connection, slow, "slow", slow.recipients)
    ledger.recover(connection, lambda lease: False)
    with transaction(connection):
        ledger.decide(connection, message_id, ("uncertain",), "queued")
    ledger.settle(connection, slow, "slow", {"a@example.com": Answer("sent", "250 taken")})
    assert states(connection) == ["queued"]


def test_a_deferred_recipient_is_tried_again_when_its_time_has_come(connection: Connection) -> None:
    add_message(connection, ["a@example.com"])
    claimed = ledger.claim(connection, "run")
    assert claimed is not None
    later = stamp(now() + timedelta(minutes=5))
    ledger.settle(connection, claimed, "run", {"a@example.com": Answer("deferred", "451 later", later)})
    assert ledger.claim(connection, "run") is None
    connection.execute("UPDATE delivery SET next_attempt_at = ?", (stamp(now()),))
    again = ledger.claim(connection, "run")
    assert again is not None
    assert again.attempts == 2


def test_looking_for_dead_runs_does_not_read_what_was_sent(connection: Connection) -> None:
    """Every `send` and `outbox list` looks; the outbox of a shop is years long."""
    message_id = add_message(connection, [f"{n}@example.com" for n in range(2000)])
    connection.execute("UPDATE delivery SET state = 'sent' WHERE message_id = ?", (message_id,))
    add_message(connection, ["last@example.com"])
    ledger.claim(connection, "alive")
    assert steps(connection, lambda: ledger.recover(connection, lambda lease: True)) < 100


class Ledger(RuleBasedStateMachine):
    """Runs that claim, hand over, settle, and die at any moment, in any order."""

    messages = Bundle("messages")
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        folder = Path(self._stack.enter_context(TemporaryDirectory()))
        make(folder / "store.db")
        self.connection = open_store(folder / "store.db")
        self._stack.callback(self.connection.close)
        fill(self.connection)
        self.leases = count()
        self.alive: set[str] = set()
        self.accepted: set[tuple[int, str]] = set()
        self.handed_over: Counter[tuple[int, str]] = Counter()
        self.allowed: Counter[tuple[int, str]] = Counter()

    def teardown(self) -> None:
        self._stack.close()

    @rule(target=messages, recipients=st.lists(st.sampled_from("abc"), min_size=1, unique=True))
    def accept(self, recipients: list[str]) -> int:
        message_id = add_message(self.connection, recipients)
        for recipient in recipients:
            self.accepted.add((message_id, recipient))
            self.allowed[message_id, recipient] = 1
        return message_id

    @rule(target=claims)
    def claim(self) -> tuple[str, ledger.Claim | None]:
        lease = f"lease-{next(self.leases)}"
        self.alive.add(lease)
        return lease, ledger.claim(self.connection, lease)

    @rule(claim=claims, data=st.data())
    def hand_over(self, claim: tuple[str, ledger.Claim | None], data: st.DataObject) -> None:
        lease, claimed = claim
        if claimed is None:
            return
        some = data.draw(st.lists(st.sampled_from(claimed.recipients), min_size=1, unique=True))
        try:
            ledger.hand_over(self.connection, claimed, lease, some)
        except ledger.LeaseLost:
            return
        for recipient in some:
            self.handed_over[claimed.message_id, recipient] += 1

    @rule(claim=consumes(claims), outcome=st.sampled_from(["sent", "failed", "deferred", "uncertain"]))
    def settle(self, claim: tuple[str, ledger.Claim | None], outcome: str) -> None:
        lease, claimed = claim
        if claimed is None:
            return
        before = self._states(claimed.message_id)
        answers = {
            recipient: Answer(outcome, "", stamp(now()))
            for recipient in claimed.recipients
            if before[recipient] == "handing-over" or outcome == "deferred"
        }
        ledger.settle(self.connection, claimed, lease, answers)
        for recipient, state in self._states(claimed.message_id).items():
            # A server that says "later" has not taken the message: it may be handed over once more.
            if before[recipient] == "handing-over" and state == "deferred":
                self.allowed[claimed.message_id, recipient] += 1

    @rule(claim=consumes(claims))
    def die(self, claim: tuple[str, ledger.Claim | None]) -> None:
        self.alive.discard(claim[0])

    @rule()
    def recover(self) -> None:
        ledger.recover(self.connection, self.alive.__contains__)

    @rule(message_id=messages)
    def retry(self, message_id: int) -> None:
        """A person takes the risk of a second copy."""
        before = self._states(message_id)
        with transaction(self.connection):
            ledger.decide(self.connection, message_id, ("uncertain", "failed"), "queued")
        for recipient, state in self._states(message_id).items():
            if before[recipient] in ("uncertain", "failed") and state == "queued":
                self.allowed[message_id, recipient] += 1

    @invariant()
    def nothing_is_forgotten(self) -> None:
        held = {(row["message_id"], row["recipient"]) for row in views.select(self.connection, "v_delivery")}
        assert held == self.accepted

    @invariant()
    def nothing_is_handed_over_more_often_than_somebody_allowed(self) -> None:
        assert all(times <= self.allowed[line] for line, times in self.handed_over.items())

    @invariant()
    def nothing_is_called_sent_that_was_not_handed_over(self) -> None:
        for row in views.select(self.connection, "v_delivery", {"state": ["sent", "handing-over"]}):
            assert self.handed_over[row["message_id"], row["recipient"]] > 0

    def _states(self, message_id: int) -> dict[str, str]:
        rows = views.select(self.connection, "v_delivery", {"message_id": message_id})
        return {row["recipient"]: row["state"] for row in rows}


Ledger.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestLedger = Ledger.TestCase
