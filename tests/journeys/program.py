"""plentymsg as its users run it: a process of its own, an empty home, a store in a temporary folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]


class Outcome(NamedTuple):
    """What a run of the program gave."""

    code: int
    out: str
    err: str


class Program:
    """The program, in an environment of its own under `folder`."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.store = folder / "store.db"
        self.home = folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PLENTYMSG_STORE": str(self.store),
            "PYTHONWARNINGS": "error",
            **(environment or {}),
        }

    def start(
        self, *args: str, code: str = "from plentymsg.cli.app import main; main()"
    ) -> subprocess.Popen[str]:
        """Start the program and go on; `code` may do something before it calls `main`."""
        return subprocess.Popen(
            [sys.executable, "-c", code, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=self.environment,
        )

    def run(self, *args: str, stdin: str = "") -> Outcome:
        """Run the program to its end."""
        with self.start(*args) as process:
            out, err = process.communicate(stdin, timeout=120)
        return Outcome(process.returncode, out, err)

    def do(self, *args: str, stdin: str = "") -> str:
        """Run a command that must succeed; return what it printed."""
        done = self.run(*args, stdin=stdin)
        assert done.code == 0, f"plentymsg {' '.join(args)}: exit {done.code}\n{done.out}{done.err}"
        return done.out

    def json(self, *args: str) -> Any:
        """Run a command that must succeed, with `--json`; return what it printed, read."""
        return json.loads(self.do(*args, "--json"))

    def refused(self, *args: str, code: int, stdin: str = "") -> dict[str, Any]:
        """Run a command that must fail with `code`; return its error."""
        done = self.run(*args, "--json", stdin=stdin)
        assert done.code == code, (
            f"plentymsg {' '.join(args)}: exit {done.code}, not {code}\n{done.out}{done.err}"
        )
        error: dict[str, Any] = json.loads(done.err.splitlines()[-1])["error"]
        return error
