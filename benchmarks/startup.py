"""How long a command takes from start to end, against a bare typer program: `python -m benchmarks.startup`.

People script dozens of calls, so starting is most of what they wait for. Both programs run in turns, so
that whatever else the machine does meets both. What counts is the ratio of the medians: at most 1.5.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
LIMIT = 1.5

BARE = """\
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    print("hello")


app()
"""

LISTS = [
    *("group list", "type list", "status list", "role list", "tag list", "tag filter list", "tag link list"),
    *("user list", "rights list", "rights role list", "channel list", "template list", "contact list"),
    *("order list", "conversation list", "outbox list", "notification list", "message quarantine", "history"),
    *("marketplace list", "rules list", "rules pack list", "rights matrix", "template variable list"),
]
"""Every command that lists things."""


def run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL
    )


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of one run, which has to succeed."""
    start = time.perf_counter()
    done = run(command, environment)
    elapsed = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr.decode()}")
    return elapsed


def measure(bare: list[str], command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """The medians of the bare program and of the command, in seconds, run in turns."""
    run(bare, environment)
    run(command, environment)  # warm: both come from the disk's cache
    pairs = [(seconds(bare, environment), seconds(command, environment)) for _ in range(ROUNDS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def main() -> None:
    plentymsg = [str(Path(sys.executable).with_name("plentymsg"))]
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "bare.py")
        program.write_text(BARE, encoding="utf-8")
        environment = {**os.environ, "PLENTYMSG_STORE": str(Path(folder, "store.db"))}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled, whoever measures
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        commands = [["--version"], ["--help"]]
        if run([*plentymsg, "init"], environment).returncode == 0:
            commands += [words.split() for words in LISTS]
        else:
            print("`plentymsg init` failed: only what needs no store is measured.", file=sys.stderr)
        print(f"{'plentymsg':<20}{'median ms':>10}{'bare typer':>12}{'ratio':>8}   (at most {LIMIT})")
        for command in commands:
            bare, ours = measure([sys.executable, str(program)], [*plentymsg, *command], environment)
            slow = "  too slow" if ours / bare > LIMIT else ""
            print(f"{' '.join(command):<20}{ours * 1000:>10.0f}{bare * 1000:>12.0f}{ours / bare:>8.2f}{slow}")


if __name__ == "__main__":
    main()
