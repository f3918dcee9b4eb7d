from __future__ import annotations

from pathlib import Path

import pytest

from plentymsg.messenger.access import os_login
from tests.desk import Desk


@pytest.mark.parametrize(
    ("login", "problem"), [("eva", "short"), ("eva berg", "space"), ("eva\u00a0berg", "space")]
)
def test_a_login_has_five_characters_and_no_space(desk: Desk, login: str, problem: str) -> None:
    assert problem in desk.refused("user", "add", login, code=2)["message"]


def test_whoever_made_the_store_is_an_admin_in_it_whatever_their_login(desk: Desk) -> None:
    first = desk.json("user", "show", os_login())
    assert first["admin"] is first["active"] is True
    assert desk.json("user", "set", os_login(), "--name", "Eva")["changed"] is True


@pytest.mark.parametrize(
    "email", ["eva", "eva@", "@x.example", "eva@x", "eva@x.example, jan@x.example", "e va@x.example"]
)
def test_an_e_mail_address_is_one(desk: Desk, email: str) -> None:
    error = desk.refused("user", "add", "eva.berg", "--email", email, code=2)
    assert repr(email) in error["message"]


def test_an_e_mail_address_can_be_taken_away(desk: Desk) -> None:
    desk.do("user", "add", "eva.berg", "--email", "eva@holzweg.example")
    assert desk.json("user", "set", "eva.berg", "--email", "")["email"] == ""


@pytest.mark.parametrize("call", [("set", "--no-admin"), ("set", "--inactive"), ("delete", "--yes")])
def test_the_last_active_admin_stays(desk: Desk, call: tuple[str, str]) -> None:
    verb, option = call
    desk.do("user", "add", "eva.berg", "--admin", "--inactive")
    desk.do("user", "add", "jan.kiefer")
    error = desk.refused("user", verb, os_login(), option, code=1)
    assert "last active admin" in error["message"]
    assert desk.json("user", "show", os_login())["admin"] is True
    desk.do("user", "set", "eva.berg", "--active")
    if verb == "set":
        desk.do("user", verb, os_login(), option)


def test_an_account_that_anything_names_is_deactivated_instead(desk: Desk) -> None:
    desk.do("user", "add", "eva.berg", "--admin")
    desk.do("role", "add", "Bearbeitung")
    desk.do("channel", "add", "Laden", "--owners", "Bearbeitung=eva.berg")
    error = desk.refused("user", "delete", "eva.berg", code=1)
    assert "channel owner" in error["message"]
    assert "plentymsg user set eva.berg --inactive" in error["hint"]
    desk.do("channel", "set", "Laden", "--owners", "")
    desk.do("user", "delete", "eva.berg", "--yes")


def test_what_somebody_changed_keeps_their_account(desk: Desk) -> None:
    desk.do("user", "add", "eva.berg", "--admin")
    desk.do("group", "add", "Maßarbeit", "--as", "eva.berg")
    assert "history" in desk.refused("user", "delete", "eva.berg", "--yes", code=1)["message"]
    assert desk.history()[-1]["login"] == "eva.berg"


def test_an_inactive_user_may_do_nothing(desk: Desk) -> None:
    desk.do("user", "add", "jan.kiefer")
    desk.become("jan.kiefer")
    desk.do("user", "list")
    desk.become(os_login())
    desk.do("user", "set", "jan.kiefer", "--inactive")
    desk.become("jan.kiefer")
    desk.refused("user", "list", code=5)


def test_an_account_is_created_listed_edited_and_deactivated(desk: Desk, tmp_path: Path) -> None:
    """A user account has access, access roles, a language and a signature, and can be deactivated.

    M-041 `plentymsg user add LOGIN`
    """
    (tmp_path / "jan.html").write_text("<p>Jan</p>\n")
    desk.do("rights", "role", "add", "Support", "--presets", "messenger")
    desk.do("rights", "role", "add", "Lager")
    wanted = {
        "login": "jan.kiefer",
        "name": "Jan Kiefer",
        "email": "jan@holzweg.example",
        "admin": False,
        "active": True,
        "language": "en",
        "time_zone": "Europe/Paris",
        "access_roles": ["Lager", "Support"],
        "signature_text": "Jan\nKiefer",
        "signature_html": "<p>Jan</p>\n",
    }
    options = (
        *("--name", "Jan Kiefer", "--email", "jan@holzweg.example", "--language", "en"),
        *("--time-zone", "Europe/Paris", "--access-roles", "support,Lager"),
        *("--signature-text", "Jan\nKiefer", "--signature-html-file", str(tmp_path / "jan.html")),
    )
    added = desk.json("user", "add", "jan.kiefer", *options)
    assert wanted.items() <= added.items()
    assert desk.json("user", "add", "jan.kiefer", *options)["changed"] is False
    (listed,) = desk.json("user", "list", "--search", "KIEFER")
    assert listed["access_roles"] == ["Lager", "Support"]
    desk.do("user", "set", "jan.kiefer", "--access-roles", "", "--inactive")
    assert desk.json("user", "show", "jan.kiefer")["access_roles"] == []
    assert desk.refused("group", "list", "--as", "jan.kiefer", code=5)["code"] == "forbidden"
    assert desk.json("user", "set", "jan.kiefer", "--active", "--access-roles", "Lager")["active"] is True


def test_the_history_of_an_account_has_its_roles_and_not_what_follows_from_them(desk: Desk) -> None:
    desk.do("rights", "role", "add", "Support", "--presets", "messenger")
    desk.do("user", "add", "jan.kiefer")
    desk.do("user", "set", "jan.kiefer", "--access-roles", "Support")
    line = desk.history()[-1]
    assert (line["before"]["access_roles"], line["after"]["access_roles"]) == ([], ["Support"])
    assert "rights" not in line["after"]


@pytest.mark.parametrize(
    ("option", "value", "code", "problem"),
    [
        ("--access-roles", "Suport", 3, "Support"),
        ("--language", "deutsch", 2, "de, en"),
        ("--time-zone", "europe/berln", 2, "Europe/Berlin"),
        ("--time-zone", "../../etc/passwd", 2, "no time zone"),
        ("--time-zone", "Europe", 2, "no time zone"),
        ("--time-zone", "x" * 400, 2, "no time zone"),
        ("--signature-html-file", "nowhere.html", 2, "nowhere.html"),
        ("--signature-text", "\0", 2, "U+0000"),
    ],
)
def test_a_wrong_value_is_refused_with_the_way_out(
    desk: Desk, option: str, value: str, code: int, problem: str
) -> None:
    desk.do("rights", "role", "add", "Support")
    error = desk.refused("user", "add", "jan.kiefer", option, value, code=code)
    assert problem in f"{error['message']} {error['hint']}"
    desk.refused("user", "show", "jan.kiefer", code=3)


def test_an_account_with_access_roles_can_be_deleted_and_leaves_the_role(desk: Desk) -> None:
    desk.do("rights", "role", "add", "Support")
    desk.do("user", "add", "jan.kiefer", "--access-roles", "Support")
    desk.do("user", "delete", "jan.kiefer", "--yes")
    assert desk.json("rights", "role", "show", "Support")["users"] == []


def test_who_gives_up_being_admin_is_told_who_can_undo_it(desk: Desk) -> None:
    desk.do("user", "add", "eva.berg", "--admin")
    desk.do("user", "add", "jan.kiefer", "--admin")
    done = desk.run("user", "set", "jan.kiefer", "--no-admin")
    assert (done.code, done.err) == (0, "")
    done = desk.run("user", "set", os_login(), "--no-admin")
    assert done.code == 0
    assert "You are no admin any more; ask one to become one again: eva.berg." in done.err
