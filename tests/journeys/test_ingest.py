"""A mail server pipes mail in, and may be killed at any moment: nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.journeys.mails import mail
from tests.journeys.program import ROOT, Program

DYING = """
import os, signal, sys
from contextlib import contextmanager
from plentymsg.store import driver

die_at, steps = int(os.environ["DIE_AT"]), 0

class Dying:
    def __init__(self, connection):
        self._connection = connection

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, *args):
        step()
        return self._connection.execute(*args)

    def commit(self):
        step()
        self._connection.commit()
        step()

def step():
    global steps
    steps += 1
    if steps == die_at:
        os.kill(os.getpid(), signal.SIGKILL)

real = driver.open_store
driver.open_store = lambda path, **options: Dying(real(path, **options))
from plentymsg.cli.app import main
main()
"""
"""The program, killed before its Nth statement, or right after its commit."""


class Post(NamedTuple):
    """The program, and the target address of its only channel, which tells everyone of new mail."""

    program: Program
    target: str


@pytest.fixture
def post(tmp_path: Path) -> Post:
    program = Program(tmp_path)
    program.do("init")
    program.do("settings", "set", "--target-domain", "in.holzweg.example")
    program.do("channel", "add", "Shop", "--notifications")
    return Post(program, program.json("channel", "show", "Shop")["target_address"])


def pipe(post: Post, raw: bytes, code: str = "from plentymsg.cli.app import main; main()") -> int:
    """Hand a mail over as a mail server does; return the exit code."""
    done = subprocess.run(
        [sys.executable, "-c", code, "ingest", "--to", post.target],
        input=raw,
        capture_output=True,
        cwd=ROOT,
        env=post.program.environment,
        timeout=60,
        check=False,
    )
    return done.returncode


def counts(post: Post) -> list[int]:
    with sqlite3.connect(post.program.store) as connection:
        return [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("message", "message_raw", "conversation", "notification", "filed_mail")
        ]


def test_a_pipe_that_is_killed_at_each_of_its_steps_is_repeated_and_files_once(post: Post) -> None:
    raw, filed_at = mail(1), []
    for step in range(1, 200):
        post.program.environment["DIE_AT"] = str(step)
        code = pipe(post, raw, DYING)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        now = counts(post)
        assert now in ([0] * 5, [1] * 5), f"step {step}: {now}"
        filed_at.append(now[0])
    assert len(filed_at) > 10, "the steps that were to be interrupted"
    assert 0 in filed_at
    assert pipe(post, raw) == 0
    assert counts(post) == [1] * 5


def test_a_pipe_that_is_killed_right_after_its_commit_is_recognised(post: Post) -> None:
    after_commit = DYING.replace(
        "        self._connection.commit()\n        step()\n",
        "        self._connection.commit()\n        os.kill(os.getpid(), 9)\n",
    )
    post.program.environment["DIE_AT"] = "-1"
    raw = mail(1)
    assert pipe(post, raw, after_commit) == -signal.SIGKILL
    assert counts(post) == [1] * 5
    assert pipe(post, raw) == 0
    assert counts(post) == [1] * 5


def test_pipes_at_the_same_time_wait_for_one_another(post: Post) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "plentymsg", "ingest", "--to", post.target],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            env=post.program.environment,
        )
        for _ in range(8)
    ]
    mails = [mail(number) for number in range(4)] * 2
    for raw, process in zip(mails, processes, strict=True):
        assert process.stdin is not None
        process.stdin.write(raw)
        process.stdin.close()
    assert [process.wait(timeout=60) for process in processes] == [0] * 8
    assert counts(post)[0] == 4


def test_a_store_that_cannot_be_written_makes_the_server_wait(post: Post) -> None:
    """A full disk, a lock, a missing right: all of it may pass, and until then the server keeps the mail."""
    os.chmod(post.program.store.parent, 0o500)
    os.chmod(post.program.store, 0o400)
    try:
        if os.access(post.program.store, os.W_OK):  # root may write anywhere: then the store is elsewhere
            post.program.environment["PLENTYMSG_STORE"] = str(post.program.store.parent / "elsewhere.db")
        assert pipe(post, mail(1)) == 75
    finally:
        os.chmod(post.program.store.parent, 0o700)
        os.chmod(post.program.store, 0o600)
