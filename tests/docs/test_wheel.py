"""The wheel has all that the program needs: views, migrations, rules, templates."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.journeys.program import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel was unpacked; what it depends on is taken from this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("plentymsg-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", folder / "site", wheel], check=True)
    return folder / "site"


def test_the_wheel_runs_init_apply_and_fetch_elsewhere(installed: Path, tmp_path: Path) -> None:
    # -I -S: neither this checkout nor its editable install can help out.
    code = (
        f"import sys; sys.path += [{str(installed)!r}, {sysconfig.get_path('purelib')!r}];"
        "from plentymsg.cli.app import main; main()"
    )
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}

    def run(*words: str) -> str:
        command = [sys.executable, "-I", "-S", "-c", code, "--store", str(tmp_path / "store.db"), *words]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "Made store" in run("init")
    assert "30 added" in run("apply", "-f", str(ROOT / "examples" / "shop.yaml"))
    assert "Amazon DE\t12\t8" in run("fetch")
    assert "PM201" in run("rules", "list")
    assert run("--version").startswith("plentymsg 0.1.0")


def test_the_wheel_says_where_its_code_came_from(installed: Path) -> None:
    files = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    data = {"py.typed", "store/views.sql", "rules/marketplaces.toml", "rules/packs/plentyone.toml"}
    assert {f"plentymsg/{name}" for name in data} <= files
    assert not [name for name in files if name.startswith(("tests/", "benchmarks/", "examples/"))]
