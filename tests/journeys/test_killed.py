"""kill -9 at any moment: no mail is lost or filed twice, no message is sent twice or forgotten."""

from __future__ import annotations

import random
import signal
import subprocess
from collections import Counter
from contextlib import suppress
from time import monotonic

from plentymsg.store.driver import store_at
from tests.journeys.conftest import Shop
from tests.journeys.mails import mail

MAILS = 5000
KILLS = 20


def test_a_fetch_that_is_killed_twenty_times_loses_and_doubles_nothing(shop: Shop) -> None:
    for number in range(MAILS):
        shop.receive(mail(number, subject=f"Frage {number}"))
    program, chance = shop.program, random.Random(2026)
    killed_at = []
    for kill in range(KILLS):
        before = _filed(shop)
        with program.start("fetch", "--quiet") as process:
            # Half of them while it files, the others at any moment before that: however quick or slow the
            # machine is, no run gets far.
            latest = monotonic() + (60 if kill % 2 else chance.uniform(0, 0.5))
            while _filed(shop) == before and monotonic() < latest and process.poll() is None:
                _wait(process, 0.01)
            _wait(process, chance.uniform(0, 0.05))
            process.kill()
            process.communicate()
        assert process.returncode == -signal.SIGKILL, (
            f"it had ended, with {killed_at} filed at the kills before"
        )
        killed_at.append(_filed(shop))
    assert len(set(killed_at)) >= KILLS // 2, f"the kills were to hit it at work: {killed_at}"
    program.do("fetch", "--quiet")
    assert program.json("fetch")[0]["fetched"] == 0
    with store_at(program.store) as connection:
        ids = [row[0] for row in connection.execute("SELECT header_id FROM message")]
        raws = connection.execute("SELECT count(*) FROM message_raw").fetchone()[0]
        conversations = connection.execute("SELECT count(*) FROM conversation").fetchone()[0]
    assert Counter(ids) == Counter(f"<{number}@customer.example>" for number in range(MAILS))
    assert (raws, conversations) == (MAILS, MAILS)


def _wait(process: subprocess.Popen[str], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)


def _filed(shop: Shop) -> int:
    with store_at(shop.program.store, read_only=True) as connection:
        return int(connection.execute("SELECT count(*) FROM message").fetchone()[0])


DYING = """
import os, signal, smtplib, sys
from contextlib import contextmanager
from plentymsg.store import driver

die_at, steps = int(os.environ["DIE_AT"]), 0

def step():
    global steps
    steps += 1
    if steps == die_at:
        os.kill(os.getpid(), signal.SIGKILL)

real_transaction, real_send = driver.transaction, smtplib.SMTP.send

@contextmanager
def transaction(connection):
    step()
    with real_transaction(connection):
        yield
        step()
    step()

def send(self, data):
    step()
    real_send(self, data)
    step()

driver.transaction, smtplib.SMTP.send = transaction, send
from plentymsg.cli.app import run
code = run(sys.argv[1:])
os.write(2, f"steps: {steps}\\n".encode())
sys.exit(code)
"""
"""The program, killed before or after its Nth step: a transaction's begin or commit, a line to the server."""


def test_a_send_that_is_killed_at_each_of_its_steps_is_never_sent_twice_and_never_gone(shop: Shop) -> None:
    program = shop.program
    program.do("settings", "set", "--live-mode", "--yes")
    died, step = 0, 0
    after: Counter[str] = Counter()
    while True:
        step += 1
        key = f"step-{step}"
        words = (
            "send",
            "--to",
            f"{key}@example.com",
            "--subject",
            "[Wichtig] x",
            "--text",
            "y",
            "--key",
            key,
        )
        program.environment["DIE_AT"] = str(step)
        with program.start(*words, code=DYING) as process:
            process.communicate(timeout=60)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL
        died += 1
        lines = [line for line in program.json("outbox", "list") if line["to"] == [f"{key}@example.com"]]
        arrived = sum(f"{key}@example.com" in message.recipients for message in shop.smtp.received)
        state = lines[0]["state"] if lines else "not accepted"
        after[state] += 1
        assert len(lines) <= 1
        assert state in ("not accepted", "queued", "uncertain", "sent")
        assert arrived == 0 or state in ("uncertain", "sent"), f"step {step}: it arrived, but is {state}"
        # The script that was killed runs again, and then everything that waits is delivered.
        if state != "uncertain":
            program.do(*words)
        program.do("send")
        state = next(line["state"] for line in program.json("outbox", "list") if f"{key}@" in line["to"][0])
        arrived = sum(f"{key}@example.com" in message.recipients for message in shop.smtp.received)
        assert (state, arrived) in (("sent", 1), ("uncertain", 0), ("uncertain", 1)), f"step {step}"
    assert died > 20, "the steps that were to be interrupted"
    assert set(after) >= {"not accepted", "queued", "uncertain", "sent"}


def test_a_run_that_is_killed_while_it_holds_a_message_back_sends_nothing_and_leaves_nothing_half(
    shop: Shop,
) -> None:
    program = shop.program
    program.do("settings", "set", "--live-mode", "--yes")
    words = ("send", "--to", "petra@example.com", "--subject", "x", "--text", "y", "--queue")
    states: list[str] = []
    step = 0
    while True:
        step += 1
        program.environment["DIE_AT"] = "0"
        _be_of(shop, None)
        message = program.json(*words)["id"]
        _be_of(shop, "amazon")  # whose subjects need a word that this one lacks
        program.environment["DIE_AT"] = str(step)
        with program.start("send", code=DYING) as process:
            process.communicate(timeout=60)
        line = program.json("outbox", "show", str(message))
        assert line["state"] in ("queued", "failed")
        program.run("send")
        held = program.json("outbox", "show", str(message))
        assert (held["state"], held["attempts"] <= 2) == ("failed", True)
        assert held["error"].startswith("Held back: PM101 ")
        if process.returncode != -signal.SIGKILL:
            break
        states.append(line["state"])
    assert {"queued", "failed"} == set(states), "it was to be killed before and after it decided"
    assert shop.smtp.received == []


def _be_of(shop: Shop, marketplace: str | None) -> None:
    """Let the channel be of a marketplace, or of none."""
    with store_at(shop.program.store) as connection:
        connection.execute("UPDATE channel SET marketplace = ?, group_id = 1", (marketplace,))
