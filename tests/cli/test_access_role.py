"""Access roles: sets of rights that user accounts have."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from plentymsg.messenger.permissions import PRESETS, TREE
from tests.desk import Desk

MESSENGER = list(PRESETS["messenger"])


def rights_of(desk: Desk, role: str) -> list[str]:
    found: list[str] = desk.json("rights", "role", "show", role)["rights"]
    return found


def test_a_role_has_a_name_and_at_first_no_rights(desk: Desk) -> None:
    """An access role is created with a name; a second time changes nothing.

    M-030 `plentymsg rights role add NAME`
    """
    role = desk.json("rights", "role", "add", "Support Köln")
    assert role == {
        "changed": True,
        "id": 1,
        "name": "Support Köln",
        "advanced": False,
        "rights": [],
        "visibilities": [],
    }
    assert desk.json("rights", "role", "add", "Support Köln") == {**role, "changed": False}
    assert [line["action"] for line in desk.history()] == ["added"]


def test_single_rights_are_granted_and_revoked(desk: Desk) -> None:
    """Rights are granted and revoked one by one, in either language.

    M-031 `plentymsg rights role grant ROLE RIGHT...`
    """
    desk.do("rights", "role", "add", "Support", "--advanced")
    desk.do("rights", "role", "grant", "Support", "CRM > Messenger > Read", "Kommentare/Lesen")
    assert rights_of(desk, "support") == ["CRM > Messenger > Read", "Comments > Read"]
    again = desk.json("rights", "role", "grant", "Support", "Comments > Read")
    assert again["changed"] is False
    desk.do("rights", "role", "revoke", "Support", "crm > messenger > lesen")
    assert rights_of(desk, "Support") == ["Comments > Read"]
    assert desk.json("rights", "role", "revoke", "Support", "CRM > Messenger > Read")["changed"] is False


def test_a_section_is_granted_and_revoked_whole(desk: Desk) -> None:
    """Granting a section grants every right in it, and revoking it revokes them.

    M-032 `plentymsg rights role grant ROLE 'Setup > Tag'`
    """
    desk.do("rights", "role", "add", "Tags", "--advanced")
    desk.do("rights", "role", "grant", "Tags", "Setup > Tag")
    assert rights_of(desk, "Tags") == TREE.expand(["Setup > Tag"])
    desk.do("rights", "role", "revoke", "Tags", "Setup > Tag > Tag relationship")
    assert rights_of(desk, "Tags") == [f"Setup > Tag > {v}" for v in ("Read", "Create", "Update", "Delete")]


GRANTING = [
    ("rights", "role", "add", "Neu"),
    ("rights", "role", "set", "Support", "--rights", "CRM"),
    ("rights", "role", "copy", "Support"),
    ("rights", "role", "grant", "Support", "CRM"),
    ("rights", "role", "revoke", "Support", "CRM"),
    ("rights", "role", "delete", "Support", "--yes"),
    ("user", "add", "someone", "--access-roles", "Support"),
    ("user", "set", "jan.kiefer", "--access-roles", ""),
    ("user", "set", "jan.kiefer", "--admin"),
]


@pytest.mark.parametrize("words", GRANTING, ids=lambda words: " ".join(words[:3]))
def test_only_an_admin_grants_rights(desk: Desk, words: tuple[str, ...]) -> None:
    """Nobody but an admin grants rights, changes access roles or gives them to users.

    M-033 `plentymsg rights role grant ROLE RIGHT...`
    """
    desk.do("rights", "role", "add", "Support", "--rights", "CRM,Comments,Setup")
    desk.do("user", "add", "jan.kiefer", "--access-roles", "Support")
    before = desk.history()
    desk.become("jan.kiefer")
    assert desk.refused(*words, code=5)["missing"] == ["Administrator"]
    assert desk.history() == before


def test_the_mode_says_whether_a_role_takes_visibilities_or_rights(desk: Desk) -> None:
    """A role in simple mode takes visibilities, in advanced mode rights; switching loses neither.

    M-036 `plentymsg rights role set ROLE --advanced`
    """
    desk.do("rights", "role", "add", "Support", "--visibilities", "CRM > Messenger > See")
    error = desk.refused("rights", "role", "grant", "Support", "CRM > Messenger > Ownership", code=1)
    assert "simple mode" in error["message"]
    assert "plentymsg rights role set Support --advanced" in error["hint"]
    desk.refused("rights", "role", "set", "Support", "--presets", "messenger", code=1)
    before = desk.json("rights", "role", "show", "Support")
    desk.do("rights", "role", "set", "Support", "--advanced")
    assert desk.json("rights", "role", "show", "Support") == {**before, "advanced": True}
    error = desk.refused("rights", "role", "set", "Support", "--visibilities", "CRM > EmailBuilder", code=1)
    assert "advanced mode" in error["message"]
    desk.do("rights", "role", "grant", "Support", "CRM > Messenger > Ownership")
    desk.do("rights", "role", "set", "Support", "--simple")
    after = desk.json("rights", "role", "show", "Support")
    assert after["visibilities"] == ["CRM > Messenger > See"]
    assert after["rights"] == TREE.ordered([*before["rights"], "CRM > Messenger > Ownership"])


def test_a_visibility_ticks_the_rights_that_it_needs(desk: Desk) -> None:
    """Ticking a visibility in simple mode ticks the matching rights; un-ticking it leaves them.

    M-037 `plentymsg rights role set ROLE --visibilities NODES`
    """
    desk.do("rights", "role", "add", "Support", "--visibilities", "crm » messenger » sehen")
    see = ["CRM > Message > Read", "CRM > Messenger > Read", "Comments > Read", "Setup > Tag > Read"]
    assert rights_of(desk, "Support") == see
    desk.do(*("rights", "role", "set", "Support"), "--visibilities", "CRM>Messenger>See,CRM>EmailBuilder>See")
    more = TREE.ordered([*see, "CRM > EmailBuilder > Read"])
    assert rights_of(desk, "Support") == more
    desk.do("rights", "role", "set", "Support", "--visibilities", "")
    assert desk.json("rights", "role", "show", "Support")["visibilities"] == []
    assert rights_of(desk, "Support") == more


def test_a_tick_that_stays_does_not_bring_back_a_right(desk: Desk) -> None:
    desk.do("rights", "role", "add", "Support", "--visibilities", "CRM > Messenger > See")
    desk.do("rights", "role", "set", "Support", "--advanced")
    desk.do("rights", "role", "revoke", "Support", "Comments")
    desk.do("rights", "role", "set", "Support", "--simple")
    same = desk.json("rights", "role", "set", "Support", "--visibilities", "CRM > Messenger > See")
    assert same["changed"] is False
    assert "Comments > Read" not in same["rights"]


def test_a_right_ticks_no_visibility(desk: Desk) -> None:
    """Granting rights in advanced mode makes nothing visible in simple mode.

    M-038 `plentymsg rights role grant ROLE RIGHT...`
    """
    desk.do("rights", "role", "add", "Support", "--advanced")
    desk.do("rights", "role", "grant", "Support", "CRM", "Comments", "Setup")
    assert desk.json("rights", "role", "show", "Support")["visibilities"] == []


def test_ownership_is_granted_in_advanced_mode(desk: Desk) -> None:
    """The right of Ownership is granted under CRM » Messenger, and makes its holder eligible as owner.

    M-039 `plentymsg rights role grant ROLE 'CRM > Messenger > Ownership'`
    """
    desk.do("rights", "role", "add", "Support", "--presets", "messenger")
    desk.do("user", "add", "jan.kiefer", "--access-roles", "Support")
    desk.do("role", "add", "Bearbeitung")
    desk.do("channel", "add", "Laden")
    owning = ("channel", "set", "Laden", "--owners", "Bearbeitung=jan.kiefer")
    assert "Ownership" in desk.refused(*owning, code=2)["message"]
    desk.do("rights", "role", "grant", "Support", "CRM » Messenger » Ownership")
    assert desk.json(*owning)["owners"] == [{"role": "Bearbeitung", "user": "jan.kiefer"}]


def test_a_change_of_several_rights_is_made_whole_or_not_at_all(desk: Desk) -> None:
    """Of several rights that are granted together none is, if one is unknown.

    M-040 `plentymsg rights role grant ROLE RIGHT...`
    """
    desk.do("rights", "role", "add", "Support", "--rights", "Comments > Read")
    before = desk.json("rights", "role", "show", "Support")
    for verb in ("grant", "revoke"):
        error = desk.refused("rights", "role", verb, "Support", "Comments", "CRM > Mesage > Read", code=3)
        assert error["name"] == "CRM > Mesage > Read"
        assert "CRM > Message > Read" in error["hint"]
    desk.refused("rights", "role", "set", "Support", "--name", "Neu", "--rights", "CRM,Nope", code=3)
    assert desk.json("rights", "role", "show", "Support") == before
    assert len(desk.history()) == 1


def test_roles_are_listed_by_id_searched_shown_and_renamed(desk: Desk) -> None:
    """Access roles are listed by ID, searched by name, shown with who has them, and renamed.

    M-043 `plentymsg rights role list --search TEXT`
    """
    for name in ("Support Köln", "Lager", "support Bonn"):
        desk.do("rights", "role", "add", name, "--presets", "tags")
    desk.do("user", "add", "jan.kiefer", "--access-roles", "Lager,Support Köln")
    names = [role["name"] for role in desk.json("rights", "role")]
    assert names == ["Support Köln", "Lager", "support Bonn"]
    found = desk.json("rights", "role", "list", "--search", "SUPPORT")
    assert [role["name"] for role in found] == ["Support Köln", "support Bonn"]
    assert desk.json("rights", "role", "show", "lager")["users"] == ["jan.kiefer"]
    assert desk.json("rights", "role", "set", "2", "--name", "Versand")["name"] == "Versand"
    assert desk.json("user", "show", "jan.kiefer")["access_roles"] == ["Support Köln", "Versand"]
    error = desk.refused("rights", "role", "set", "Versand", "--name", "SUPPORT KÖLN", code=1)
    assert "another access role" in error["message"]
    rows = list(csv.DictReader(io.StringIO(desk.do("rights", "role", "list", "--format", "csv"))))
    assert rows[1]["users"] == "jan.kiefer"


def test_a_role_is_copied_with_its_rights_and_without_its_users(desk: Desk) -> None:
    """A copy of an access role is named Copy of …, has its rights, and belongs to nobody yet.

    M-043 `plentymsg rights role copy ROLE`
    """
    desk.do("rights", "role", "add", "Support", "--visibilities", "CRM > Messenger > See")
    desk.do("user", "add", "jan.kiefer", "--access-roles", "Support")
    original = desk.json("rights", "role", "show", "Support")
    copy = desk.json("rights", "role", "copy", "Support")
    shown = desk.json("rights", "role", "show", "Copy of Support")
    assert shown == {**original, "id": copy["id"], "name": "Copy of Support", "users": []}
    assert desk.json("rights", "role", "copy", "Support")["changed"] is False


def test_a_role_that_users_have_is_deleted_only_by_force(desk: Desk) -> None:
    """Deleting an access role names the users who have it and stops, unless it is to be taken from them.

    M-043 `plentymsg rights role delete ROLE --force`
    """
    desk.do("rights", "role", "add", "Support", "--presets", "messenger")
    desk.do("user", "add", "jan.kiefer", "--access-roles", "Support")
    desk.do("user", "add", "eva.berg", "--access-roles", "Support")
    error = desk.refused("rights", "role", "delete", "Support", "--yes", code=1)
    assert error["users"] == ["eva.berg", "jan.kiefer"]
    assert "--force" in error["hint"]
    done = desk.run("rights", "role", "delete", "Support", "--force", "--yes")
    assert done.code == 0
    assert "jan.kiefer has lost this role" in done.err
    assert desk.json("user", "show", "jan.kiefer")["rights"] == []
    changes = [(line["kind"], line["action"]) for line in desk.history()[-3:]]
    assert changes == [("user", "changed"), ("user", "changed"), ("access role", "deleted")]


def test_deleting_asks_first(desk: Desk) -> None:
    desk.do("rights", "role", "add", "Support")
    error = desk.refused("rights", "role", "delete", "Support", code=2)
    assert "Delete the access role Support?" in error["message"]
    assert "Would have deleted" in desk.do("rights", "role", "delete", "Support", "--dry-run")
    desk.do("rights", "role", "delete", "Support", "--yes")
    assert "plentymsg rights role list" in desk.refused("rights", "role", "show", "Support", code=3)["hint"]


def test_presets_and_rights_add_up(desk: Desk) -> None:
    role = desk.json("rights", "role", "add", "Chef", "--presets", "messenger,tags", "--rights", "Comments")
    assert role["advanced"] is True
    assert role["rights"] == TREE.expand([*MESSENGER, "Setup > Tag", "Comments"])
    error = desk.refused("rights", "role", "set", "Chef", "--presets", "mesenger", code=2)
    assert "messenger, tags, emailbuilder" in error["message"]


FILE = """\
version: 1
access_roles:
  - {name: Support, presets: [messenger], rights: [CRM > Messenger > Ownership], visibilities: []}
  - {name: Lager, visibilities: [CRM > Messenger > See]}
users:
  - {login: eva.berg, name: Eva Berg, access_roles: [Support, lager], language: en, time_zone: Europe/Paris,
     signature_text: Eva, signature_html_file: eva.html}
"""


def test_a_configuration_file_has_access_roles_and_who_has_them(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(FILE)
    (tmp_path / "eva.html").write_text("<b>Eva</b>\n")
    applied = desk.json("apply", "-f", str(tmp_path / "shop.yaml"))
    assert [change["kind"] for change in applied["changes"]] == ["access role", "access role", "user"]
    role = desk.json("rights", "role", "show", "Support")
    assert role["rights"] == TREE.ordered([*MESSENGER, "CRM > Messenger > Ownership"])
    assert role["advanced"] is True
    user = desk.json("user", "show", "eva.berg")
    assert user["access_roles"] == ["Lager", "Support"]
    assert (user["language"], user["time_zone"]) == ("en", "Europe/Paris")
    assert (user["signature_text"], user["signature_html"]) == ("Eva", "<b>Eva</b>\n")
    assert desk.json("apply", "-f", str(tmp_path / "shop.yaml"))["changes"] == []


@pytest.mark.parametrize(
    ("entry", "key", "problem"),
    [
        ("access_roles: [{name: A, rights: [CRM > Mesage]}]", "access_roles[0].rights", "CRM > Message"),
        ("access_roles: [{name: A, presets: [all]}]", "access_roles[0].presets[0]", "messenger"),
        ("access_roles: [{name: A, visibilities: [CRM]}, {name: a}]", "access_roles[1]", "already"),
        (
            "access_roles: [{name: A, visibilities: [Tags]}]",
            "access_roles[0].visibilities",
            "Setup > Settings",
        ),
        ("users: [{login: eva.berg, access_roles: [Nope]}]", "users[0].access_roles", "Nope"),
        ("users: [{login: eva.berg, time_zone: Berlin}]", "users[0].time_zone", "Europe/Berlin"),
        (
            "users: [{login: eva.berg, signature_html_file: no.html}]",
            "users[0].signature_html_file",
            "no.html",
        ),
    ],
)
def test_what_is_wrong_in_a_file_has_its_place(desk: Desk, entry: str, key: str, problem: str) -> None:
    error = desk.refused("apply", "-f", "-", stdin=f"version: 1\n{entry}\n".encode(), code=2)
    (found,) = error["problems"]
    assert found["key"] == key
    assert problem in found["message"]
    assert desk.history() == []


@pytest.mark.parametrize("name", ["", "a\nb", "\x1b[31mred", "ü" * 501, "exe.\u202etxt"])
def test_a_name_that_could_act_is_refused(desk: Desk, name: str) -> None:
    desk.refused("rights", "role", "add", name, code=2)
    assert desk.json("rights", "role") == []
