"""What all nouns of the set-up have in common."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.conftest import Run
from tests.cli.test_startup import loaded
from tests.desk import Desk

MESSENGER_READ = "CRM > Messenger > Read"


class Case(NamedTuple):
    """A noun, how one thing of it is added, and what may be changed of it."""

    noun: str
    name: str
    options: tuple[str, ...]
    changes: tuple[str, ...]
    key: str
    """The field that `changes` changes."""
    before: object
    after: object
    rights: tuple[str, str, str, str] = (MESSENGER_READ, "Administrator", "Administrator", "Administrator")
    """Needed to read, add, change and delete."""

    def renamed(self, name: str) -> str:
        """The argument for a sibling of this name."""
        parent, slash, _ = self.name.rpartition("/")
        return f"{parent}/{name.replace('/', chr(92) + '/')}" if slash else name


CASES = [
    Case("group", "Maßarbeit", ("--en", "Made to order"), ("--position", "7"), "position", 101, 7),
    Case("type", "Amazon/Garantie", ("--position", "4"), ("--en", "Claim"), "name.en", None, "Claim"),
    Case(
        "status",
        "Amazon/Kundenanfrage/Eskaliert",
        ("--progress", "60", "--colour", "#f00"),
        ("--colour", "00FF00"),
        "colour",
        "#ff0000",
        "#00ff00",
    ),
    Case(
        "tag",
        "Eilig",
        ("--colour", "rgb(255, 136, 0)", "--availabilities", "messenger,order"),
        ("--colour", "hsl(0, 100%, 50%)"),
        "colour",
        "#ff8800",
        "#ff0000",
        tuple(f"Setup > Tag > {verb}" for verb in ("Read", "Create", "Update", "Delete")),  # type: ignore[arg-type]
    ),
    Case("role", "Bearbeitung", ("--en", "Handling"), ("--en", ""), "name.en", "Handling", None),
    Case(
        "user",
        "eva.berg",
        ("--name", "Eva Berg"),
        ("--admin",),
        "admin",
        False,
        True,
        ("", *["Administrator"] * 3),
    ),  # type: ignore[arg-type]
    Case(
        "template",
        "Kurz",
        ("--language", "de", "--text-file", "body.txt"),
        ("--folder", "Service"),
        "folder",
        "",
        "Service",
        tuple(f"CRM > EmailBuilder > {verb}" for verb in ("Read", "Create", "Update", "Delete")),  # type: ignore[arg-type]
    ),
    Case("channel", "Laden", ("--since", "2026-11-01"), ("--inactive",), "active", True, False),
]

every_noun = pytest.mark.parametrize("case", CASES, ids=[case.noun for case in CASES])


@pytest.fixture(autouse=True)
def _in_a_folder_with_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "body.txt").write_text("Hallo {{ contact.fullName }}\n\n{{ text }}\n")
    monkeypatch.chdir(tmp_path)


def field(thing: object, key: str) -> object:
    for part in key.split("."):
        assert isinstance(thing, dict)
        thing = thing[part]
    return thing


@every_noun
def test_what_is_added_is_shown_and_listed(desk: Desk, case: Case) -> None:
    added = desk.json(case.noun, "add", case.name, *case.options)
    assert added.pop("changed") is True
    shown = desk.json(case.noun, "show", case.name)
    assert field(shown, case.key) == case.before
    assert shown.items() >= added.items()
    listed = desk.json(case.noun, "list")
    assert added["id"] in [thing["id"] for thing in listed]
    assert desk.json(case.noun) == listed


@every_noun
def test_a_thing_is_found_by_its_id_and_in_any_case(desk: Desk, case: Case) -> None:
    added = desk.json(case.noun, "add", case.name, *case.options)
    for reference in (str(added["id"]), case.name.upper(), f" {case.name.lower()} "):
        assert desk.json(case.noun, "show", reference)["id"] == added["id"]


@every_noun
def test_adding_the_same_again_is_unchanged(desk: Desk, case: Case) -> None:
    first = desk.json(case.noun, "add", case.name, *case.options)
    lines = len(desk.history())
    again = desk.json(case.noun, "add", case.name, *case.options)
    assert again == {**first, "changed": False}
    assert "unchanged" in desk.do(case.noun, "add", case.name)
    assert len(desk.history()) == lines


@every_noun
def test_adding_it_with_other_values_is_refused_naming_them(desk: Desk, case: Case) -> None:
    desk.do(case.noun, "add", case.name, *case.options)
    before = desk.json(case.noun, "show", case.name)
    pairs = zip(case.options[::2], case.options[1::2], strict=True)
    kept = [word for pair in pairs if pair[0] not in case.changes for word in pair]
    error = desk.refused(case.noun, "add", case.name, *kept, *case.changes, code=1)
    assert error["code"] == "conflict"
    assert f"plentymsg {case.noun} set" in error["hint"]
    assert error["differences"] == {case.key: {"is": case.before, "wanted": case.after}}
    assert desk.json(case.noun, "show", case.name) == before


@every_noun
def test_only_what_is_given_is_changed(desk: Desk, case: Case) -> None:
    desk.do(case.noun, "add", case.name, *case.options)
    before = desk.json(case.noun, "show", case.name)
    changed = desk.json(case.noun, "set", case.name, *case.changes)
    assert changed.pop("changed") is True
    after = desk.json(case.noun, "show", case.name)
    assert field(after, case.key) == case.after
    top = case.key.partition(".")[0]
    assert {key for key in before if before[key] != after[key]} == {top}
    assert desk.json(case.noun, "set", case.name, *case.changes)["changed"] is False


@every_noun
def test_every_change_has_a_line_of_history_with_before_and_after(desk: Desk, case: Case) -> None:
    added = desk.json(case.noun, "add", case.name, *case.options)
    desk.do(case.noun, "set", case.name, *case.changes)
    desk.do(case.noun, "delete", case.name, "--yes")
    lines = [line for line in desk.history() if line["kind"] == case.noun]
    assert [line["action"] for line in lines] == ["added", "changed", "deleted"]
    assert {line["thing_id"] for line in lines} == {added["id"]}
    assert lines[0]["before"] == {}
    assert field(lines[0]["after"], case.key) == field(lines[1]["before"], case.key) == case.before
    assert field(lines[1]["after"], case.key) == field(lines[2]["before"], case.key) == case.after
    assert lines[2]["after"] == {}


@every_noun
def test_a_dry_run_does_nothing(desk: Desk, case: Case) -> None:
    assert "Would have added" in desk.do(case.noun, "add", case.name, *case.options, "--dry-run")
    desk.refused(case.noun, "show", case.name, code=3)
    desk.do(case.noun, "add", case.name, *case.options)
    before = desk.json(case.noun, "show", case.name)
    assert "Would have changed" in desk.do(case.noun, "set", case.name, *case.changes, "--dry-run")
    assert "Would have deleted" in desk.do(case.noun, "delete", case.name, "--dry-run")
    assert desk.json(case.noun, "show", case.name) == before
    assert len([line for line in desk.history() if line["kind"] == case.noun]) == 1


@every_noun
@pytest.mark.parametrize("verb", ["show", "set", "delete"])
def test_an_unknown_name_gets_the_nearest_one(desk: Desk, case: Case, verb: str) -> None:
    desk.do(case.noun, "add", case.name, *case.options)
    error = desk.refused(case.noun, verb, case.name[:-1], code=3)
    assert error["code"] == "not-found"
    assert case.name[:-1].rpartition("/")[2] in error["message"]
    assert error["hint"] == f"Did you mean {case.name}?"


@every_noun
def test_deleting_asks_first(desk: Desk, case: Case) -> None:
    desk.do(case.noun, "add", case.name, *case.options)
    error = desk.refused(case.noun, "delete", case.name, code=2)
    assert f"Delete the {case.noun} {case.name}?" in error["message"]
    assert "--yes" in error["hint"]
    desk.do(case.noun, "show", case.name)
    desk.do(case.noun, "delete", case.name, "--yes")
    desk.refused(case.noun, "show", case.name, code=3)


@every_noun
def test_several_are_deleted_or_none_of_them(desk: Desk, case: Case) -> None:
    names = [case.renamed(name) for name in ("Erste", "Zweite")]
    added = [desk.json(case.noun, "add", name, *case.options)["id"] for name in names]
    desk.refused(case.noun, "delete", names[0], case.renamed("Niemand"), "--yes", code=3)
    assert desk.json(case.noun, "show", names[0])["id"] == added[0]
    done = desk.json(case.noun, "delete", *names, "--yes")
    assert [(thing["id"], thing["changed"]) for thing in done] == [(number, True) for number in added]
    for name in names:
        desk.refused(case.noun, "show", name, code=3)


@every_noun
def test_a_deleted_things_name_is_free_and_its_id_is_not(desk: Desk, case: Case) -> None:
    first = desk.json(case.noun, "add", case.name, *case.options)
    desk.do(case.noun, "delete", case.name, "--yes")
    second = desk.json(case.noun, "add", case.name, *case.options)
    assert second["changed"] is True
    kept = case.noun not in ("user", "template")
    assert (second["id"] != first["id"]) or not kept


@every_noun
def test_who_lacks_the_right_is_refused_and_told_which(desk: Desk, case: Case) -> None:
    desk.do(case.noun, "add", case.name, *case.options)
    desk.do("user", "add", "jan.kiefer")
    before = desk.history()
    desk.become("jan.kiefer")
    read, add, change, delete = case.rights
    calls = {
        ("list",): read,
        ("show", case.name): read,
        ("add", case.renamed("Another"), *case.options): add,
        ("add", case.name, *case.options): add,
        ("set", case.name, *case.changes): change,
        ("delete", case.name): delete,
        ("delete", case.name, "--yes"): delete,
    }
    for call, right in calls.items():
        if not right:
            desk.do(case.noun, *call)
            continue
        error = desk.refused(case.noun, *call, code=5)
        assert error["code"] == "forbidden"
        assert error["missing"] == [right]
        assert f"jan.kiefer lacks the right {right}" in error["message"]
    assert desk.history() == before


@every_noun
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("Line\nbreak", "a line break"),
        ("\x1b[31mred", "U+001B"),
        ("exe.\u202etxt", "U+202E"),
        ("bad\udcffbyte", "no UTF-8"),
        ("ü" * 501, "500 letters"),
        ("", ""),
    ],
    ids=["newline", "escape", "override", "byte", "long", "empty"],
)
def test_a_name_that_could_act_or_is_too_long_is_refused(
    desk: Desk, case: Case, name: str, problem: str
) -> None:
    before = desk.json(case.noun)
    error = desk.refused(case.noun, "add", case.renamed(name), *case.options, code=2)
    assert problem in error["message"]
    assert desk.json(case.noun) == before


@every_noun
@pytest.mark.parametrize(
    "name",
    [
        "👩‍👩‍👧 日本語",
        "שלום עולם",
        "Ünïcode " * 37,
        "[red]x[/red]",
        "=1+1",
        "--",
        "a'b\"c;d",
        "'; DROP TABLE tag; --",
    ],
    ids=["emoji", "rtl", "long", "markup", "formula", "dashes", "quotes", "sql"],
)
def test_any_other_name_is_kept_as_it_is(desk: Desk, case: Case, name: str) -> None:
    if case.noun == "user":
        name = f"{name.strip()}{name.strip()}{name.strip()}".replace(" ", "_")
        name = name[:500]
    added = json.loads(desk.do(case.noun, "add", *case.options, "--json", "--", case.renamed(name)))
    shown = added.get("login") or added["name"]
    assert (shown["de"] if isinstance(shown, dict) else shown) == name.strip()
    lines = list(csv.DictReader(io.StringIO(desk.do(case.noun, "list", "--format", "csv"))))
    assert str(added["id"]) in [line["id"] for line in lines]
    desk.do(case.noun, "delete", str(added["id"]), "--yes")


@pytest.mark.parametrize("case", [c for c in CASES if c.noun != "user"], ids=lambda case: case.noun)
def test_a_name_is_taken_in_any_case(desk: Desk, case: Case) -> None:
    desk.do(case.noun, "add", case.name, *case.options)
    desk.do(case.noun, "add", case.renamed("Zweite"), *case.options)
    taken = case.name.rpartition("/")[2].upper()
    error = desk.refused(case.noun, "set", case.renamed("Zweite"), "--name", taken, code=1)
    assert error["code"] == "conflict"
    assert f"another {case.noun}" in error["message"]
    error = desk.refused(case.noun, "add", case.renamed(taken), code=1)
    assert "exists with other values: name" in error["message"]


@pytest.mark.parametrize("case", [c for c in CASES if c.noun != "user"], ids=lambda case: case.noun)
def test_a_thing_can_be_renamed(desk: Desk, case: Case) -> None:
    added = desk.json(case.noun, "add", case.name, *case.options)
    desk.do(case.noun, "set", case.name, "--name", "Neuer Name")
    assert desk.json(case.noun, "show", case.renamed("neuer name"))["id"] == added["id"]
    desk.refused(case.noun, "show", case.name, code=3)


@every_noun
def test_a_list_has_pages(desk: Desk, case: Case) -> None:
    for name in ("Erste", "Zweite", "Dritte"):
        desk.do(case.noun, "add", case.renamed(name), *case.options)
    everything = desk.json(case.noun)
    assert desk.json(case.noun, "--limit", "2", "--page", "2") == everything[2:4]
    assert len(desk.do(case.noun, "--limit", "1").splitlines()) == 2
    desk.refused(case.noun, "--page", "2", code=2)


@pytest.mark.parametrize("noun", [case.noun for case in CASES])
def test_a_hostile_reference_finds_nothing(desk: Desk, noun: str) -> None:
    for reference in ("9" * 5000, "x" * 100_000, "../../etc/passwd"):
        assert desk.run(noun, "show", reference, "--json").code in (2, 3)


@pytest.mark.parametrize("noun", [case.noun for case in CASES])
def test_reading_needs_neither_sqlmodel_nor_pydantic(desk: Desk, noun: str) -> None:
    """People script dozens of calls: what only reads starts quickly."""
    for verb in (["list"], ["show", "1", "--json"]):
        if verb == ["list"] or noun in ("group", "type", "status", "user", "template"):
            packages = {name.partition(".")[0] for name in loaded(noun, *verb)}
            assert not packages & {
                "sqlmodel",
                "sqlalchemy",
                "pydantic",
                "rich",
                "jinja2",
                "ruamel",
                "keyring",
            }


@pytest.mark.parametrize(
    ("answer", "kept"), [(b"n\n", True), (b"\n", True), (b"y\n", False), (b"ja\n", False)]
)
def test_on_a_terminal_the_answer_decides(desk: Desk, terminal: Run, answer: bytes, kept: bool) -> None:
    desk.do("role", "add", "Bearbeitung")
    done = terminal("role", "delete", "bearbeitung", answer=answer, PLENTYMSG_STORE=str(desk.store))
    assert "Delete the role Bearbeitung? [y/N]" in done.out
    assert (done.code, len(desk.json("role"))) == ((1, 1) if kept else (0, 0))
