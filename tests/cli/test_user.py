from __future__ import annotations

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
