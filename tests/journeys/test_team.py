"""A store that a team on one machine shares: what lies on the disk, and who may open it."""

from __future__ import annotations

import grp
import os
import stat
from pathlib import Path

import pytest

from plentymsg.messenger.access import os_login
from tests.journeys.program import Program

GROUP = grp.getgrgid(os.getgid()).gr_name


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with a store that has a folder of its own; it runs under the umask 077."""
    program = Program(tmp_path)
    program.store = tmp_path / "team" / "store.db"
    program.environment["PLENTYMSG_STORE"] = str(program.store)
    return program


def modes(folder: Path) -> dict[str, int]:
    """The permissions of all that is in a folder, and of itself."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


def work(program: Program) -> None:
    """Do what leaves files beside the store: fetch, and capture a mail."""
    for name in ("cur", "new", "tmp"):
        (program.folder / "in" / name).mkdir(parents=True)
    out = program.folder / "out"
    program.do(
        *("channel", "add", "Shop", "--default", "--sender-email", "shop@holzweg.example"),
        *("--outgoing-protocol", "maildir", "--outgoing-path", str(out)),
        *("--incoming-protocol", "maildir", "--incoming-path", str(program.folder / "in")),
    )
    program.do("fetch")
    program.do("send", "--to", "a@example.com", "--subject", "x", "--text", "y")
    for place in ("store.db.captured/new", "store.db.locks"):
        assert [*(program.store.parent / place).iterdir()]


def test_a_team_may_open_the_store_and_all_that_is_made_beside_it(program: Program) -> None:
    program.do("init", "--unix-group", GROUP)
    work(program)
    found = modes(program.store.parent)
    assert {"store.db", "store.db.locks", "store.db.captured/new", "store.db.captured/tmp"} <= found.keys()
    folders = {path for path in found if (program.store.parent / path).is_dir()}
    assert {path: oct(found[path]) for path in folders} == dict.fromkeys(folders, "0o2770")
    files = found.keys() - folders
    assert {path: oct(found[path]) for path in files} == dict.fromkeys(files, "0o660")
    assert {path.stat().st_gid for path in program.store.parent.rglob("*")} == {os.getgid()}


def test_without_a_group_nobody_else_may(program: Program) -> None:
    program.do("init")
    work(program)
    assert {oct(mode & 0o077) for mode in modes(program.store.parent).values()} == {"0o0"}


def test_a_store_that_was_private_can_be_shared_later_and_twice(program: Program) -> None:
    program.do("init")
    work(program)
    assert program.json("init", "--unix-group", GROUP)["changed"] is True
    assert {oct(mode & 0o077) for mode in modes(program.store.parent).values()} == {"0o60", "0o70"}
    assert program.json("init", "--unix-group", GROUP)["changed"] is False
    assert program.json("init")["changed"] is False


def test_what_sqlite_makes_while_a_command_runs_is_the_teams_too(program: Program) -> None:
    program.do("init", "--unix-group", GROUP)
    code = """if True:
        import os, sqlite3, stat
        os.umask(0o077)
        connection = sqlite3.connect(os.environ["PLENTYMSG_STORE"])
        connection.execute("UPDATE settings SET client_name = 'x'")
        connection.commit()
        for end in ("-wal", "-shm"):
            print(oct(stat.S_IMODE(os.stat(os.environ["PLENTYMSG_STORE"] + end).st_mode)))
    """
    with program.start(code=code) as process:
        out, _ = process.communicate()
    assert out.split() == ["0o660", "0o660"]


def test_an_unknown_group_is_refused_before_anything_is_made(program: Program) -> None:
    error = program.refused("init", "--unix-group", "no-such-group", code=3)
    assert "'no-such-group'" in error["message"]
    assert "groupadd no-such-group" in error["hint"]
    assert not program.store.parent.exists()


def test_a_folder_with_other_things_in_it_is_not_shared(program: Program) -> None:
    program.store.parent.mkdir()
    (program.store.parent / "diary.txt").write_text("private")
    error = program.refused("init", "--unix-group", GROUP, code=1)
    assert "diary.txt" in error["message"]
    assert "folder of its own" in error["hint"]
    assert not program.store.exists()


def test_a_folder_that_the_team_cannot_come_through_is_warned_of(program: Program) -> None:
    program.folder.chmod(0o700)
    done = program.run("init", "--unix-group", GROUP)
    assert done.code == 0
    assert "cannot come to the store through" in done.err


def test_only_an_admin_shares_a_store(program: Program) -> None:
    program.do("init")
    program.do("user", "add", "eva.berg", "--admin")
    program.do("user", "set", os_login(), "--no-admin")
    before = modes(program.store.parent)
    assert program.refused("init", "--unix-group", GROUP, code=5)["missing"] == ["Administrator"]
    assert modes(program.store.parent) == before
