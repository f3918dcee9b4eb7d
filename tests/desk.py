"""The program on a store of its own, in this process: quick enough to try every noun with everything."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from plentymsg.cli.app import run
from plentymsg.messenger import access
from tests.journeys.program import Outcome


class Desk:
    """Runs commands on the store at `store`, as the account of the OS user or of `become`."""

    def __init__(
        self, store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.store = store
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.setenv("PLENTYMSG_STORE", str(store))
        monkeypatch.delenv("PLENTYMSG_USER", raising=False)
        self._begun = self.rows("SELECT coalesce(max(id), 0) FROM history")[0][0]

    def become(self, login: str) -> None:
        """Be another user of this machine from now on."""
        self._monkeypatch.setattr(access, "os_login", lambda: login)

    def run(self, *args: str, stdin: bytes = b"") -> Outcome:
        """Run a command, with nobody at the terminal."""
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        code = run(args)
        return Outcome(code, *self._capsys.readouterr())

    def do(self, *args: str, stdin: bytes = b"") -> str:
        """Run a command that must succeed; return what it printed."""
        done = self.run(*args, stdin=stdin)
        assert done.code == 0, f"{args}: exit {done.code}\n{done.out}{done.err}"
        return done.out

    def json(self, *args: str, stdin: bytes = b"") -> Any:
        """Run a command that must succeed, with `--json`; return what it printed, read."""
        return json.loads(self.do(*args, "--json", stdin=stdin))

    def refused(self, *args: str, code: int, stdin: bytes = b"") -> dict[str, Any]:
        """Run a command that must fail with `code`; return its error."""
        done = self.run(*args, "--json", stdin=stdin)
        assert done.code == code, f"{args}: exit {done.code}, not {code}\n{done.out}{done.err}"
        assert done.out == ""
        error: dict[str, Any] = json.loads(done.err.splitlines()[-1])["error"]
        return error

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the store holds."""
        with sqlite3.connect(self.store) as connection:
            found = connection.execute(query, values).fetchall()
        connection.close()
        return found

    def execute(self, statement: str, *values: Any) -> None:
        """Write into the store what no command does yet."""
        with sqlite3.connect(self.store) as connection:
            connection.execute(statement, values)
        connection.close()

    def history(self) -> list[dict[str, Any]]:
        """The history since the store was made, oldest first, with `before` and `after` read."""
        columns = ("login", "kind", "thing_id", "action", "before", "after")
        rows = self.rows(
            "SELECT u.login, h.kind, h.thing_id, h.action, h.before, h.after"
            " FROM history h JOIN user_account u ON u.id = h.user_id"
            " WHERE h.id > ? ORDER BY h.id",
            self._begun,
        )
        lines = [dict(zip(columns, row, strict=True)) for row in rows]
        return [
            {**line, "before": json.loads(line["before"]), "after": json.loads(line["after"])}
            for line in lines
        ]
