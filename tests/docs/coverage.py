"""docs/coverage.md: which lines of the PlentyONE manual work, by which command, shown by which test.

    python -m tests.docs.coverage

writes it from the tests. A test that shows a line of the checklist says so in its docstring: a sentence of
what holds, then a line for each number, with the command that does it:

    \"""The groups of the marketplaces are hidden at first.

    M-045 `plentymsg group list`
    \"""
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.journeys.program import ROOT

PAGE = ROOT / "docs" / "coverage.md"
_LINE = re.compile(r"^(M-\d{3})(?: `([^`]+)`)?$", flags=re.MULTILINE)

CHAPTERS = {
    1: "Marketplaces",
    28: "Rights",
    45: "Groups, types, statuses",
    74: "Tags",
    111: "Messenger roles and owners",
    121: "Channels",
    157: "E-mail account and integration",
    169: "Templates",
    186: "Conversations",
}
"""The first number of each chapter."""

_LATER = {
    *(20, 21, *range(22, 28)),  # more about marketplaces, eBay accounts
    *(142, 164, 165, 167, 168),  # provider guides, the account's own server, information addresses
    *(180, 183, 185),  # formats per version, attachments of templates, folders of folders
}
REQUIRED = [*(f"M-{n:03}" for n in range(1, 190) if n not in _LATER), "M-203"]
"""The lines that the whole set-up consists of."""


class Claim(NamedTuple):
    """A test that shows a line of the checklist."""

    number: str
    sentence: str
    command: str
    test: str


def claims() -> list[Claim]:
    """What all tests say that they show, in the order of numbers."""
    found = [claim for path in sorted((ROOT / "tests").rglob("test_*.py")) for claim in _claims_of(path)]
    return sorted(found, key=lambda claim: claim.number)


def _claims_of(path: Path) -> Iterator[Claim]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        told = ast.get_docstring(node) or ""
        sentence = " ".join(told.split("\n\n")[0].split())
        for line in _LINE.finditer(told):
            test = f"{path.relative_to(ROOT)}::{node.name}"
            yield Claim(line[1], sentence if not _LINE.match(sentence) else "", line[2] or "", test)


def page() -> str:
    """The text of docs/coverage.md."""
    parts = [
        "# What of the Messenger is covered",
        "",
        "One line for each thing that the PlentyONE manual lets people do in the chapters on preparing the",
        "Messenger: the command that does it here, and the test that shows it. Made from the tests by",
        "`python -m tests.docs.coverage`; a test fails when this page is not current.",
    ]
    for claim_number, group in _by_number().items():
        number = int(claim_number[2:])
        chapter = max((first for first in CHAPTERS if first <= number), default=1)
        heading = f"## {CHAPTERS[chapter]}"
        if heading not in parts:
            parts += ["", heading, "", "| line | what holds | command | test |", "|---|---|---|---|"]
        parts.append(_row(claim_number, group))
    return "\n".join(parts) + "\n"


def _by_number() -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims():
        groups.setdefault(claim.number, []).append(claim)
    return groups


def _row(number: str, group: list[Claim]) -> str:
    sentence = group[0].sentence.replace("|", "\\|")
    commands = "<br>".join(
        f"`{c}`".replace("|", "\\|") for c in dict.fromkeys(g.command for g in group if g.command)
    )
    tests = "<br>".join(f"`{claim.test.removeprefix('tests/')}`" for claim in group)
    return f"| {number} | {sentence} | {commands} | {tests} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
