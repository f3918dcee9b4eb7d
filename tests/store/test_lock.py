"""Locks that die with their process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from plentymsg.store import lock

HOLDER = """
import sys
from pathlib import Path
from plentymsg.store import lock
with {call} as held:
    print(held, flush=True)
    sys.stdin.read()
"""


def _holder(path: Path, call: str) -> subprocess.Popen[str]:
    code = HOLDER.format(call=call.format(path=f"Path({str(path)!r})"))
    return subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_lock_is_held_by_one_process_until_it_is_killed(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with _holder(store, "lock.hold({path}, 'mailbox')") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        with lock.hold(store, "mailbox") as free:
            assert free is False
        with lock.hold(store, "another") as free:
            assert free is True
        process.kill()
    with lock.hold(store, "mailbox") as free:
        assert free is True


def test_a_lease_is_alive_until_its_process_is_killed(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with _holder(store, "lock.lease({path})") as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        assert lock.is_alive(store, name)
        process.kill()
    assert not lock.is_alive(store, name)
    assert list(lock.locks_path(store).iterdir()) == []


def test_a_lease_that_ended_is_not_alive(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with lock.lease(store) as name:
        assert lock.is_alive(store, name)
    assert not lock.is_alive(store, name)
