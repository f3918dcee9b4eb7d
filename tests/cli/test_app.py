from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from plentymsg import __version__
from plentymsg.cli.app import COMMANDS
from tests.cli.conftest import PROGRAM, ROOT, Run


def test_version_is_printed(plentymsg: Run) -> None:
    assert plentymsg("--version") == (0, f"plentymsg {__version__}\n", "")


def test_help_lists_every_command_without_importing_any(plentymsg: Run) -> None:
    before = set(sys.modules)
    outcome = plentymsg("--help")
    assert outcome.code == 0
    for name, entry in COMMANDS.items():
        assert name in outcome.out
        assert entry.explanation in outcome.out
    loaded = {name for name in set(sys.modules) - before if name.startswith("plentymsg.")}
    assert loaded == set()


def test_help_fits_80_columns(plentymsg: Run) -> None:
    for args in (["--help"], ["thing", "--help"], ["thing", "list", "--help"], ["thing", "add", "--help"]):
        assert max(len(line) for line in plentymsg(*args).out.splitlines()) <= 80


def test_without_a_command_help_goes_to_stderr_and_the_exit_code_is_2(plentymsg: Run) -> None:
    outcome = plentymsg()
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("Usage: plentymsg [OPTIONS] COMMAND")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("thin", "thing"), ("things", "thing"), ("THING", "thing"), ("conversatoin", "conversation")],
)
def test_a_mistyped_command_gets_the_nearest_name(plentymsg: Run, typed: str, meant: str) -> None:
    outcome = plentymsg(typed, "list")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"There is no command `plentymsg {typed}`." in outcome.err
    assert f"`plentymsg {meant}`" in outcome.err


def test_a_mistyped_sub_command_gets_the_nearest_name(plentymsg: Run) -> None:
    outcome = plentymsg("thing", "lsit")
    assert outcome.code == 2
    assert "Did you mean `plentymsg thing list`?" in outcome.err


def test_a_command_unlike_any_other_is_pointed_to_the_list(plentymsg: Run) -> None:
    assert plentymsg("xyzzy").err.endswith("Hint: `plentymsg --help` lists the commands.\n")


def test_a_mistyped_option_gets_the_nearest_name_and_the_help_to_read(plentymsg: Run) -> None:
    outcome = plentymsg("thing", "list", "--formt", "csv")
    assert outcome.code == 2
    assert outcome.err.splitlines() == [
        "Error: There is no option --formt.",
        "Hint: Did you mean --format? See `plentymsg thing list --help`.",
    ]


def test_a_missing_argument_is_named(plentymsg: Run) -> None:
    outcome = plentymsg("thing", "show")
    assert outcome.code == 2
    assert outcome.err == "Error: Missing argument 'NUMBER'.\nHint: See `plentymsg thing show --help`.\n"


def test_a_password_as_an_argument_is_refused_without_showing_it(plentymsg: Run) -> None:
    outcome = plentymsg("ask", "--password-is", "hunter2", "--password=hunter2")
    assert outcome.code == 2
    assert "--password-stdin" in outcome.err
    assert "hunter2" not in outcome.err
    assert "hunter2" not in plentymsg("ask", "--password=hunter2").err
    assert "hunter2" not in plentymsg("ask", "--password", "hunter2").err
    assert "hunter2" not in plentymsg("ask", "--password-stdin", "hunter2", "--json").err


def test_an_error_has_its_sentence_hint_and_exit_code(plentymsg: Run) -> None:
    assert plentymsg("fail", "rule") == (4, "", "Error: It breaks a rule.\nHint: Mend it.\n")


def test_an_error_in_json_is_one_object_with_its_details(plentymsg: Run) -> None:
    outcome = plentymsg("fail", "rule", "--json")
    assert (outcome.code, outcome.out) == (4, "")
    assert json.loads(outcome.err) == {
        "error": {
            "code": "rule-broken",
            "message": "It breaks a rule.",
            "hint": "Mend it.",
            "rules": ["PM201"],
        }
    }


def test_a_wrong_command_line_is_told_in_json_too(plentymsg: Run) -> None:
    outcome = plentymsg("thing", "list", "--json", "--limit", "many")
    assert outcome.code == 2
    error = json.loads(outcome.err)["error"]
    assert error["code"] == "invalid-input"
    assert "'many' is not a whole number" in error["message"]
    assert error["hint"] == "See `plentymsg thing list --help`."


@pytest.mark.parametrize("form", [["--format", "json"], ["--format=json"], ["--format", "jsonl"]])
def test_a_format_that_is_json_has_errors_in_json(plentymsg: Run, form: list[str]) -> None:
    outcome = plentymsg("thing", "list", *form, "--limit", "many")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == plentymsg("thing", "list", "--json", "--limit", "many").err


@pytest.mark.parametrize("form", [["--format", "csv"], ["--format"], ["--", "--format", "json"], ["json"]])
def test_any_other_format_has_errors_in_words(plentymsg: Run, form: list[str]) -> None:
    assert plentymsg("thing", "list", "--limit", "many", *form).err.startswith("Error: ")


def test_what_stands_after_two_dashes_is_no_option(plentymsg: Run) -> None:
    outcome = plentymsg("fail", "rule", "--", "--json")
    assert outcome.code == 2
    assert outcome.err.startswith("Error: ")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_error_cannot_act_on_the_terminal(plentymsg: Run, options: list[str]) -> None:
    err = plentymsg("fail", "conflict", *options).err
    assert not set(err) & set("\x1b\x07\x7f\x9b\u202e\u2066")


def test_a_full_disk_is_one_sentence_with_the_way_out(plentymsg: Run) -> None:
    outcome = plentymsg("fail", "disk")
    assert outcome.code == 1
    assert outcome.err == (
        "Error: No space left on device: /data/store.db\n"
        "Hint: The disk is full: free some space and run it again.\n"
    )


def test_an_interruption_is_130_without_a_traceback(plentymsg: Run) -> None:
    outcome = plentymsg("fail", "interrupt")
    assert outcome.code == 130
    assert outcome.err.startswith("Error: Interrupted.\nHint: What was done is kept")


def test_a_bug_is_one_sentence(plentymsg: Run) -> None:
    outcome = plentymsg("fail", "bug")
    assert outcome.code == 1
    assert "did not expect: ZeroDivisionError: division by zero" in outcome.err
    assert "--debug" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    "args", [["--debug", "fail", "bug"], ["fail", "bug", "--debug"], ["fail", "rule", "--debug"]]
)
def test_debug_shows_the_traceback(plentymsg: Run, args: list[str]) -> None:
    assert "Traceback (most recent call last)" in plentymsg(*args).err


def test_a_mail_server_that_hangs_up_is_no_success(plentymsg: Run) -> None:
    """Only the reader of our own output may go away quietly; EPIPE from elsewhere is an error."""
    outcome = plentymsg("fail", "pipe")
    assert outcome.code == 1
    assert "Broken pipe" in outcome.err


def test_a_command_may_end_with_a_code_of_its_own(plentymsg: Run) -> None:
    assert plentymsg("fail", "part") == (7, "", "")


@pytest.mark.parametrize(
    "args",
    [
        ["--store", "a.db", "--as", "eva", "scoped"],
        ["scoped", "--store", "a.db", "--as", "eva"],
        ["--store", "b.db", "--as", "ute", "scoped", "--store", "a.db", "--as", "eva"],
    ],
)
def test_global_options_stand_before_or_after_the_command(plentymsg: Run, args: list[str]) -> None:
    assert plentymsg(*args).out == "a.db eva False False False\n"


def test_global_options_stand_between_noun_and_verb(plentymsg: Run) -> None:
    assert plentymsg("thing", "--store", "a.db", "list", "--json").code == 0
    assert plentymsg("thing", "--store", "a.db").code == 0


def test_the_environment_names_store_and_user_until_an_option_does(
    plentymsg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLENTYMSG_STORE", "env.db")
    monkeypatch.setenv("PLENTYMSG_USER", "env")
    assert plentymsg("scoped").out == "env.db env False False False\n"
    assert plentymsg("--store", "a.db", "scoped", "--as", "eva").out == "a.db eva False False False\n"


def test_an_empty_store_option_is_refused(plentymsg: Run) -> None:
    """A script whose variable is unset must not act on another store than it meant."""
    assert plentymsg("--store", "", "scoped").code == 2
    assert plentymsg("scoped", "--as", "").code == 2


def test_notes_go_to_stderr_and_quiet_silences_them(plentymsg: Run) -> None:
    assert plentymsg("scoped").err == "a note\nWarning: a warning\n"
    assert plentymsg("--quiet", "scoped") == (0, "None None True False False\n", "")
    assert plentymsg("scoped", "--verbose").err == "a note\nWarning: a warning\nan explanation\n"


def test_python_m_runs_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plentymsg", "gruop"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "`plentymsg group`" in done.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    with subprocess.Popen(
        [*PROGRAM, "thing", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


def test_output_to_a_full_disk_is_an_error() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "thing", "list"], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False, text=True
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: No space left on device")
    assert "Traceback" not in done.stderr


def test_a_closed_stdout_is_no_crash() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *PROGRAM, "thing", "list"], capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_letters_that_the_terminal_lacks_become_escapes(process: Run, terminal: Run) -> None:
    latin = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    assert "日本語" in process("thing", "--json", **latin).out
    assert "\\u65e5" in terminal("thing", "--json", **latin).out


def test_what_is_written_is_nobody_elses_business(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from plentymsg.cli import app
        app.run = lambda args: open(args[0], "w").close() or 0
        app.main()
    """
    path = tmp_path / "store"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, preexec_fn=lambda: os.umask(0o022))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
