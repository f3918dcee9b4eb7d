"""How many of the mutants of the rules the tests have killed: the end of `make mutants`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ENOUGH = 90
"""Percent of the mutants."""


def main() -> str | None:
    """Print the share, and where to look if it is too small."""
    counts = json.loads(Path("mutants/mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    killed = counts["killed"] + counts["timeout"] + counts["segfault"]
    tried = killed + counts["survived"] + counts["no_tests"] + counts["suspicious"]
    share = 100 * killed / tried if tried else 0
    sys.stdout.write(f"{killed} of {tried} mutants killed: {share:.1f} %\n")
    if share < ENOUGH:
        return f"Fewer than {ENOUGH} %. See which live on: .venv/bin/mutmut results"
    return None


if __name__ == "__main__":
    sys.exit(main())
