"""What lies in examples/ works as it stands."""

from __future__ import annotations

import configparser
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from tests.journeys.program import ROOT, Program

BIN = Path(sys.executable).parent


def test_the_demo_runs_to_its_end_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """It checks the exit code of each of its commands itself."""
    environment = {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        ["sh", ROOT / "examples" / "demo.sh"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert "PM201" in done.stderr
    assert "LIVE MODE IS OFF" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert not (ROOT / "examples" / "out").exists(), (
        "live mode is off: nothing goes to the channels' own folders"
    )


def test_applying_the_shop_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.do("init")
    assert program.json("apply", "-f", "examples/shop.yaml")["changed"] is True
    again = program.json("apply", "-f", "examples/shop.yaml")
    assert (again["changed"], again["changes"]) == (False, [])


def test_the_shops_mail_becomes_the_conversations_that_it_tells(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.do("init")
    program.do("apply", "-f", "examples/shop.yaml")
    fetched = {c["channel"]: (c["fetched"], c["new_conversations"]) for c in program.json("fetch")}
    assert fetched == {"Amazon DE": (12, 8), "Kaufland": (4, 3), "Shop": (15, 11), "eBay DE": (10, 7)}


def test_ten_marketplaces_are_set_up_with_few_commands_and_again_without_a_change(tmp_path: Path) -> None:
    """A shop of ten marketplaces takes at most forty commands, and the script may run twice.

    M-015 `examples/ten-marketplaces.sh`
    M-121 `examples/ten-marketplaces.sh`
    """
    program = Program(tmp_path)
    bin_, count = tmp_path / "bin", tmp_path / "count"
    bin_.mkdir()
    counting = bin_ / "plentymsg"
    counting.write_text(f'#!/bin/sh\necho "$@" >> "{count}"\nexec "{BIN}/plentymsg" "$@"\n')
    counting.chmod(0o755)

    def run() -> str:
        environment = {**program.environment, "PATH": f"{bin_}:{os.environ['PATH']}"}
        script = ["sh", ROOT / "examples" / "ten-marketplaces.sh"]
        done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr
        return done.stdout

    first = run()
    assert len(count.read_text().splitlines()) <= 40
    channels = program.json("channel", "list")
    assert sorted(channel["marketplace"] for channel in channels) == sorted(
        ["amazon", "bol", "ebay", "kaufland", "limango", "netto", "otto", "shopify", "woocommerce", "zalando"]
    )
    assert "Added channel Zalando" in first
    again = run()
    assert "Added" not in again
    assert "Changed" not in again
    assert program.json("channel", "list") == channels


@pytest.mark.parametrize("unit", ["plentymsg-sync.service", "plentymsg-sync.timer"])
def test_the_systemd_units_can_be_read(unit: str) -> None:
    text = (ROOT / "examples" / "systemd" / unit).read_text()
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string(text)
    if unit.endswith(".service"):
        words = parser["Service"]["ExecStart"].split()
        assert "sync" in words
        assert "8" in parser["Service"]["SuccessExitStatus"].split()
    else:
        assert "Timer" in parser


def test_the_cron_line_runs_sync(tmp_path: Path) -> None:
    """With a stand-in for cron: its line, in sh, with an empty home."""
    lines = (ROOT / "examples" / "cron" / "plentymsg.cron").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("*/5")]
    command = line.split(None, 5)[5]
    program = Program(tmp_path)
    program.do("init")
    local = program.home / ".local" / "bin"
    local.mkdir(parents=True)
    shutil.copy(BIN / "plentymsg", local / "plentymsg")
    environment = {**program.environment, "PATH": f"{local}:/usr/bin:/bin"}
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), command


def _in_ci(tmp_path: Path, script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step of a CI job in a copy of the repository's examples, as the job's own user would."""
    folder = tmp_path / "repository"
    if not folder.exists():
        folder.mkdir()
        shutil.copytree(ROOT / "examples", folder / "examples")
    return subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env={"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(tmp_path), "LANG": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_job_of_github_annotates_and_reports_answers(tmp_path: Path) -> None:
    job = YAML(typ="safe").load(ROOT / "examples" / "ci" / "github-actions.yml")
    steps = {step["name"]: step["run"] for step in job["jobs"]["check"]["steps"] if "name" in step}
    annotated = _in_ci(tmp_path, steps["Annotate"], job["env"])
    assert annotated.returncode == 4
    (line,) = annotated.stdout.splitlines()
    assert line.startswith("::error file=examples/answers/with-link.txt,line=8,")
    assert _in_ci(tmp_path, steps["Report"], job["env"]).returncode == 0
    reports = sorted((tmp_path / "repository" / "sarif").iterdir())
    runs = [json.loads(report.read_text())["runs"][0] for report in reports]
    assert [len(run["results"]) for run in runs] == [0, 1]
    assert len({run["automationDetails"]["id"] for run in runs}) == 2  # else GitHub refuses the upload


def test_the_job_of_gitlab_judges_all_templates(tmp_path: Path) -> None:
    job = YAML(typ="safe").load(ROOT / "examples" / "ci" / "gitlab-ci.yml")
    script = "\n".join(job["templates"]["script"])
    strict = _in_ci(
        tmp_path, script.replace("check.db", "strict.db"), {**job["variables"], "STRICT": "--strict"}
    )
    assert strict.returncode == 4, "not all of them are proven"
    assert _in_ci(tmp_path, script, job["variables"]).returncode == 0
    report = ElementTree.parse(tmp_path / "repository" / job["templates"]["artifacts"]["reports"]["junit"])
    assert len(list(report.iter("testcase"))) > 5
