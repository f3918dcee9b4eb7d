"""Every command of docs/ is run, in order and in an empty home; its output is what the page shows."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.docs.console import printed_by, reader, steps_of
from tests.journeys.program import ROOT

PAGES = sorted((ROOT / "docs").glob("*.md"))
GENERATED = ("coverage.md", "rules.md")


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in GENERATED], ids=lambda p: p.name)
def test_a_page_shows_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    """`python -m tests.docs.console docs/PAGE.md` writes what they print into the page."""
    program = reader(tmp_path)
    steps = steps_of(page.read_text(encoding="utf-8"))
    assert steps, "a page about commands shows some, in ```console blocks"
    for step in steps:
        printed = printed_by(program, step.command)
        assert step.matches(printed), f"$ {step.command}\npage:\n{step.output}\nprinted:\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_runs_every_command_that_it_shows(page: Path) -> None:
    blocks = re.findall(r"^```(\w*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[::2]
    assert set(blocks) <= {"console", "yaml", "csv", "json", "twig", "text", "toml"}, (
        "commands stand in console"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_files_that_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or os.path.exists(page.parent / target), target
