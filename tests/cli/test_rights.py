"""What users may do: the tree of rights, and who lacks what."""

from __future__ import annotations

import csv
import io

import pytest

from plentymsg.messenger.access import os_login
from plentymsg.messenger.operations import OPERATIONS
from plentymsg.messenger.permissions import PRESETS, TREE
from tests.cli.conftest import Run
from tests.desk import Desk


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Jan, with two access roles; eva, who is an admin; and gone.away, who is not active."""
    desk.do("rights", "role", "add", "Support", "--presets", "messenger")
    desk.do("rights", "role", "add", "Tags 日本", "--rights", "Setup > Tag > Read,Setup > Tag > Update")
    desk.do("user", "add", "jan.kiefer", "--access-roles", "Support,Tags 日本")
    desk.do("user", "add", "eva.berg", "--admin")
    desk.do("user", "add", "gone.away", "--inactive", "--access-roles", "Support")
    return desk


def answer(desk: Desk, *words: str, code: int) -> str:
    """What `rights check` says; a no is an answer, and not an error."""
    done = desk.run("rights", "check", *words)
    assert (done.code, done.err) == (code, "")
    return done.out


def test_the_rights_are_listed_with_both_names(desk: Desk) -> None:
    rows = {row["right"]: row for row in desk.json("rights", "list")}
    assert list(rows) == [entry.path for entry in TREE.entries]
    ownership = rows["CRM > Messenger > Ownership"]
    assert ownership["name"]["de"] == "CRM > Messenger > Eignerschaft"
    assert (ownership["section"], ownership["presets"]) == (False, [])
    assert rows["Setup > Tag > Tag relationship"]["section"] is True
    assert rows["Setup > Tag > Read"]["presets"] == ["messenger", "tags"]
    assert all(row["meaning"] for row in rows.values())


def test_the_preset_for_messenger_work_and_what_is_lacking(team: Desk) -> None:
    """The preset messenger is the nine rights of the manual; a check says which of them a user lacks.

    M-034 `plentymsg rights check USER --preset messenger`
    """
    assert len(PRESETS["messenger"]) == 9
    assert team.json("rights", "role", "show", "Support")["rights"] == TREE.ordered(PRESETS["messenger"])
    assert team.json("rights", "check", "jan.kiefer", "--preset", "messenger")["may"] is True
    team.do("rights", "role", "revoke", "Support", "Comments", "CRM > Message > Create")
    told = answer(team, "jan.kiefer", "--preset", "messenger", code=5)
    missing = "CRM > Message > Create, Comments > Read, Comments > Create"
    assert told == f"jan.kiefer lacks of the preset messenger: {missing}\n"


def test_the_preset_for_tags_and_what_is_lacking(team: Desk) -> None:
    """The preset tags is the whole section Setup > Tag; a check says which of its rights a user lacks.

    M-035 `plentymsg rights check USER --preset tags`
    """
    whole = team.json("rights", "role", "add", "Alle Tags", "--presets", "tags")["rights"]
    assert whole == TREE.expand(["Setup > Tag"])
    told = answer(team, "jan.kiefer", "--preset", "tags", code=5)
    assert "Setup > Tag > Delete" in told
    assert "Setup > Tag > Tag relationship > Create" in told
    team.do("user", "set", "jan.kiefer", "--access-roles", "Alle Tags")
    assert "every right" in answer(team, "jan.kiefer", "--preset", "tags", code=0)


def test_several_roles_of_a_user_add_up(team: Desk) -> None:
    """A user may do what any of their access roles allows.

    M-042 `plentymsg user set USER --access-roles NAME,NAME`
    """
    shown = team.json("user", "show", "jan.kiefer")
    assert shown["rights"] == TREE.ordered([*PRESETS["messenger"], "Setup > Tag > Update"])
    team.do("tag", "add", "Eilig", "--colour", "#f00", "--availabilities", "messenger")
    team.do("tag", "set", "Eilig", "--colour", "#0f0", "--as", "jan.kiefer")
    team.do("group", "list", "--as", "jan.kiefer")
    team.do("user", "set", "jan.kiefer", "--access-roles", "Support")
    error = team.refused("tag", "set", "Eilig", "--colour", "#00f", "--as", "jan.kiefer", code=5)
    assert error["missing"] == ["Setup > Tag > Update"]


def test_a_check_of_an_operation_says_why(team: Desk) -> None:
    assert answer(team, "jan.kiefer", "tag", "add", code=0) == "jan.kiefer may run `plentymsg tag add`.\n"
    told = answer(team, "Jan.Kiefer", "plentymsg tag set", "--explain", code=0)
    assert "has Setup > Tag > Update, from Tags 日本" in told
    told = answer(team, "jan.kiefer", "tag  delete", "--explain", code=5)
    assert "may not run `plentymsg tag delete`. Missing: Setup > Tag > Delete" in told
    assert "no access role yet gives" in told
    told = answer(team, "jan.kiefer", "GROUP ADD", "--explain", code=5)
    assert "plentymsg user set jan.kiefer --admin" in told
    assert "from Administrator" in answer(team, "eva.berg", "group add", "--explain", code=0)
    assert "not active" in answer(team, "gone.away", "group list", code=5)


def test_a_check_in_json_has_each_right_and_the_roles_that_give_it(team: Desk) -> None:
    done = team.run("rights", "check", "jan.kiefer", "tag delete", "--json")
    assert done.code == 5
    assert '"may": false' in done.out
    found = team.json("rights", "check", "jan.kiefer", "tag add")
    assert found == {
        "user": "jan.kiefer",
        "operation": "tag add",
        "may": True,
        "active": True,
        "admin": False,
        "missing": [],
        "rights": [
            {"right": "Setup > Tag > Create", "held": True, "from": ["Support"], "given_by": ["Support"]}
        ],
    }


def test_without_an_operation_the_presets_are_checked(team: Desk) -> None:
    rows = {row["preset"]: row["may"] for row in team.json("rights", "check", "jan.kiefer")}
    assert rows == {"messenger": True, "tags": False, "emailbuilder": False}


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("check", "jan.kiefer", "tag ad"), 3, "`tag add`"),
        (("check", "jan.kiefer", "x" * 100_000), 3, "rights matrix"),
        (("check", "jan.keifer"), 3, "jan.kiefer"),
        (("check", "jan.kiefer", "--preset", "mesenger"), 2, "messenger"),
        (("check", "jan.kiefer", "tag add", "--preset", "tags"), 2, "only one"),
        (("who", "CRM > Mesenger"), 3, "CRM > Messenger"),
    ],
)
def test_what_is_unknown_gets_the_way_out(team: Desk, words: tuple[str, ...], code: int, hint: str) -> None:
    assert hint in team.refused("rights", *words, code=code)["hint"]


def test_who_has_a_right(team: Desk) -> None:
    rows = team.json("rights", "who", "einrichtung/tag/lesen")
    assert {row["login"]: row["from"] for row in rows} == {
        "eva.berg": ["Administrator"],
        "jan.kiefer": ["Support", "Tags 日本"],
        os_login(): ["Administrator"],
    }
    assert [row["login"] for row in team.json("rights", "who", "Setup > Tag")] == ["eva.berg", os_login()]
    assert [row["login"] for row in team.json("rights", "who", "administrator")] == ["eva.berg", os_login()]


def test_the_matrix_of_rights_and_roles(team: Desk) -> None:
    rows = {row["right"]: row["roles"] for row in team.json("rights", "matrix")}
    assert list(rows) == [entry.path for entry in TREE.entries if not entry.is_section]
    assert rows["Setup > Tag > Update"] == {"Support": False, "Tags 日本": True}
    lines = list(csv.DictReader(io.StringIO(team.do("rights", "matrix", "--format", "csv"))))
    assert lines[0] == {"right": "CRM > Message > Read", "roles.Support": "true", "roles.Tags 日本": "false"}


def test_the_matrix_of_operations_and_users(team: Desk) -> None:
    rows = {row["operation"]: row["users"] for row in team.json("rights", "matrix", "--operations")}
    assert list(rows) == list(OPERATIONS)
    assert rows["tag delete"] == {"jan.kiefer": False, "eva.berg": True, os_login(): True}
    lines = list(csv.DictReader(io.StringIO(team.do("rights", "matrix", "--operations", "--format", "csv"))))
    assert lines[0]["users.jan.kiefer"] == "true"


def test_a_matrix_that_is_too_wide_for_the_terminal_comes_in_parts(team: Desk, terminal: Run) -> None:
    names = [f"Rolle für den Laden {number}" for number in range(7)]
    for name in names:
        team.do("rights", "role", "add", name)
    environment = {"PLENTYMSG_STORE": str(team.store), "NO_COLOR": "1"}
    done = terminal("rights", "matrix", columns=80, **environment)
    assert done.code == 0
    assert all(name in done.out for name in names)
    assert max(map(len, done.out.splitlines())) <= 80
    assert done.out.count("CRM > Message > Read") > 1
    wide = terminal("rights", "matrix", columns=300, **environment)
    assert wide.out.count("CRM > Message > Read") == 1


def test_everyone_with_an_account_may_look(team: Desk) -> None:
    """Who is refused something can see what they lack, and which role or admin would help."""
    team.become("jan.kiefer")
    assert team.json("rights", "check", "jan.kiefer", "tag add")["may"] is True
    for words in ("rights list", "rights who Comments", "rights matrix", "rights role", "rights role show 1"):
        assert team.json(*words.split())


def test_a_refusal_says_what_would_help(team: Desk) -> None:
    team.do("user", "add", "mia.neu")
    team.become("mia.neu")
    hint = team.refused("group", "list", code=5)["hint"]
    assert "plentymsg rights role add NAME --presets messenger" in hint
    assert "plentymsg user set mia.neu --access-roles NAME" in hint
    assert "--presets emailbuilder" in team.refused("template", "list", code=5)["hint"]
    assert "plentymsg user list" in team.refused("group", "add", "X", code=5)["hint"]
    team.become("jan.kiefer")
    hint = team.refused("template", "list", code=5)["hint"]
    assert "plentymsg rights role grant ROLE 'CRM > EmailBuilder > Read'" in hint


def test_rights_for_templates(desk: Desk) -> None:
    """The rights of the EmailBuilder govern templates: seeing, adding, changing and deleting them.

    M-044 `plentymsg rights role add NAME --presets emailbuilder`
    """
    desk.do("rights", "role", "add", "Texte", "--rights", "CRM > EmailBuilder > Read")
    desk.do("user", "add", "jan.kiefer", "--access-roles", "Texte")
    adding = ("template", "add", "Kurz", "--language", "de", "--text-file", "-")
    calls = {
        adding: "Create",
        ("template", "set", "Messenger default NEW", "--folder", "x"): "Update",
        ("template", "delete", "Messenger default NEW", "--yes"): "Delete",
    }
    desk.do("template", "list", "--as", "jan.kiefer")
    for words, verb in calls.items():
        error = desk.refused(*words, "--as", "jan.kiefer", stdin=b"x", code=5)
        assert error["missing"] == [f"CRM > EmailBuilder > {verb}"]
    desk.do("rights", "role", "set", "Texte", "--presets", "emailbuilder")
    for words in calls:
        if words[1] != "delete":
            desk.do(*words, "--as", "jan.kiefer", stdin=b"x")
    desk.do("template", "delete", "Kurz", "--yes", "--as", "jan.kiefer")
