"""Finding, copying, moving, keeping and deleting templates."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.cli.shelf import put, shop, version
from tests.desk import Desk


def names(desk: Desk, *options: str) -> list[str]:
    return [row["name"] for row in desk.json("template", "list", *options)]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.do("user", "add", "eva.berg", "--name", "Eva Berg")
    put(desk, "Lieferzeit", "Ihr Paket kommt bald.", "", "--folder", "Service/Versand", "--owner", "eva.berg")
    put(
        desk,
        "Retoure",
        "Das Paket kommt zurück.",
        "",
        "--folder",
        "Service",
        subject="Retoure {{ order.id }}",
    )
    put(desk, "Kopf", "Holzweg", kind="header")
    put(desk, "Gruß", "Bis bald", kind="text_block", language="all")
    desk.do("template", "set", "Retoure", *version(desk, "fr", "Le colis revient."))
    return desk


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--name", "RETOUR"], ["Retoure"]),
        (["--kind", "header"], ["Kopf"]),
        (["--kind", "text_block"], ["Gruß"]),
        (["--language", "fr"], ["Retoure"]),
        (["--language", "all"], ["Gruß"]),
        (["--owner", "Eva Berg"], ["Lieferzeit"]),
        (["--folder", "service"], ["Retoure", "Lieferzeit"]),
        (["--folder", "Service/Versand"], ["Lieferzeit"]),
        (["--folder", ""], ["Gruß", "Kopf"]),
        (["--search", "paket bald"], ["Lieferzeit"]),
        (["--search", "colis"], ["Retoure"]),
        (["--search", "Retoure order.id"], ["Retoure"]),
        (["--id", "1"], ["Messenger default NEW"]),
        (["--id", "99"], []),
        (["--folder", "Service", "--language", "de", "--search", "zurück"], ["Retoure"]),
    ],
)
def test_templates_are_found_by_what_is_known_of_them(
    filled: Desk, options: list[str], found: list[str]
) -> None:
    """Templates are searched by ID, name, kind, language, owner, folder, and the words in them.

    M-175 `plentymsg template list --search WORDS`
    """
    assert names(filled, *options) == found


def test_an_owner_or_kind_that_does_not_exist_is_named(filled: Desk) -> None:
    assert "no user 'nobody'" in filled.refused("template", "list", "--owner", "nobody", code=3)["message"]
    assert "letter" in filled.refused("template", "list", "--kind", "letter", code=2)["message"]


def test_a_favourite_is_listed_first_for_its_user_alone(filled: Desk) -> None:
    """A user's favourite templates and text blocks come first in their own lists.

    M-184 `plentymsg template favourite NAME`
    """
    before = names(filled)
    assert filled.json("template", "favourite", "Retoure")["changed"] is True
    assert filled.json("template", "favourite", "Gruß")["favourite"] is True
    assert filled.json("template", "favourite", "Gruß")["changed"] is False
    assert names(filled)[:2] == [name for name in before if name in ("Retoure", "Gruß")]
    assert names(filled, "--favourites", "--kind", "text_block") == ["Gruß"]
    filled.do("user", "set", "eva.berg", "--admin")
    filled.become("eva.berg")
    assert names(filled) == before
    assert names(filled, "--favourites") == []


def test_a_favourite_is_given_up(filled: Desk) -> None:
    before = names(filled)
    filled.do("template", "favourite", "Retoure")
    assert "Would have changed" in filled.do("template", "favourite", "Gruß", "--dry-run")
    filled.do("template", "favourite", "Retoure", "--no-favourite")
    assert filled.json("template", "favourite", "Retoure", "--no-favourite")["changed"] is False
    assert names(filled) == before
    filled.do("template", "favourite", "Retoure")
    filled.do("template", "delete", "Retoure", "--yes")
    assert names(filled, "--favourites") == []


def test_a_copy_has_all_but_the_name(filled: Desk) -> None:
    """A copy of a template has all its values and versions, under `Copy of …` or a name that is given.

    M-175 `plentymsg template copy NAME`
    """
    filled.do("template", "set", "Retoure", "--header", "", "--owner", "eva.berg")
    copied = filled.json("template", "copy", "Retoure")
    held = filled.json("template", "show", "Retoure")
    assert copied["name"] == "Copy of Retoure"
    without = [{k: v for k, v in each.items() if k != "id"} for each in held["versions"]]
    assert [{k: v for k, v in each.items() if k != "id"} for each in copied["versions"]] == without
    assert not {each["id"] for each in copied["versions"]} & {each["id"] for each in held["versions"]}
    assert {key: copied[key] for key in ("folder", "owner", "kind")} == {
        key: held[key] for key in ("folder", "owner", "kind")
    }
    assert filled.json("template", "copy", "Retoure")["changed"] is False
    assert filled.json("template", "copy", "Retoure", "Umtausch")["name"] == "Umtausch"
    assert (
        "exists with other values" in filled.refused("template", "copy", "Kopf", "Retoure", code=1)["message"]
    )


def test_a_template_is_moved_into_another_folder(filled: Desk) -> None:
    """A template is moved into another folder.

    M-175 `plentymsg template move NAME FOLDER`
    """
    assert filled.json("template", "move", "Retoure", "Archiv")["folder"] == "Archiv"
    assert filled.json("template", "move", "Retoure", "Archiv")["changed"] is False
    assert names(filled, "--folder", "Archiv") == ["Retoure"]
    assert filled.json("template", "move", "Retoure", "")["folder"] == ""


def test_where_a_template_is_used_is_listed(filled: Desk) -> None:
    """It is listed which channels use a template, for new messages or replies, and which templates do.

    M-175 `plentymsg template usage NAME`
    """
    shop(filled, "--template-new", "Retoure", "--template-reply", "Retoure")
    filled.do(
        "template", "set", "Lieferzeit", "--header", "Kopf", *version(filled, "de", "{{ textBlocks.Gruß }}")
    )
    uses = filled.json("template", "usage", "Retoure")
    assert [(use["kind"], use["name"], use["as"]) for use in uses] == [
        ("channel", "Laden", "new"),
        ("channel", "Laden", "reply"),
    ]
    (use,) = filled.json("template", "usage", "Kopf")
    assert (use["kind"], use["name"], use["as"], use["language"]) == (
        "template",
        "Lieferzeit",
        "header",
        None,
    )
    (use,) = filled.json("template", "usage", "Gruß")
    assert (use["name"], use["as"], use["language"]) == ("Lieferzeit", "text_block", "de")
    assert filled.json("template", "usage", "Lieferzeit") == []


def test_what_is_in_use_is_not_deleted_and_parts_survive(filled: Desk) -> None:
    """A template that is used is not deleted, and the error says where; deleting one leaves its parts.

    M-175 `plentymsg template delete NAME`
    """
    filled.do(
        "template", "set", "Lieferzeit", "--header", "Kopf", *version(filled, "de", "{{ textBlocks.Gruß }}")
    )
    for part, how in (("Kopf", "header"), ("Gruß", "text block")):
        error = filled.refused("template", "delete", part, "--yes", code=1)
        assert f"is used by the template 'Lieferzeit' ({how})." in error["message"]
        assert error["used_by"] == [f"the template 'Lieferzeit' ({how})"]
    filled.do("template", "delete", "Lieferzeit", "--yes")
    assert {"Kopf", "Gruß"} <= set(names(filled))
    for part in ("Kopf", "Gruß"):
        filled.do("template", "delete", part, "--yes")


def test_one_language_version_is_deleted(filled: Desk) -> None:
    """One language version is deleted, and the last one is not.

    M-175 `plentymsg template delete NAME --language CODE`
    """
    error = filled.refused("template", "delete", "Retoure", "--language", "fr", code=2)
    assert "Delete the version in fr of Retoure?" in error["message"]
    filled.do("template", "delete", "Retoure", "--language", "fr", "--yes", "--dry-run")
    filled.do("template", "delete", "Retoure", "--language", "fr", "--yes")
    assert [each["language"] for each in filled.json("template", "show", "Retoure")["versions"]] == ["de"]
    assert (
        "It has: de." in filled.refused("template", "delete", "Retoure", "--language", "fr", code=3)["hint"]
    )
    error = filled.refused("template", "delete", "Retoure", "--language", "de", "--yes", code=1)
    assert "the only one" in error["message"]


def test_many_uses_are_told_in_a_short_sentence(filled: Desk) -> None:
    for number in range(7):
        put(filled, f"T{number}", "x", "", "--header", "Kopf")
    error = filled.refused("template", "delete", "Kopf", "--yes", code=1)
    assert error["message"].endswith("the template 'T4' (header) and 2 more.")


def test_an_owner_is_an_active_account(filled: Desk) -> None:
    filled.do("user", "set", "eva.berg", "--inactive")
    error = filled.refused("template", "set", "Retoure", "--owner", "eva.berg", code=2)
    assert "eva.berg is not active" in error["message"]
    filled.do("template", "move", "Lieferzeit", "Alt")  # who owns it already still does
    assert filled.json("template", "set", "Lieferzeit", "--owner", "")["owner"] is None


def test_a_list_is_a_table_on_a_terminal_and_whole_in_a_pipe(filled: Desk, terminal: Run) -> None:
    """A list has kind and languages in words on a terminal, and every column in a pipe.

    M-175 `plentymsg template list`
    """
    filled.do("template", "favourite", "Gruß")
    table = terminal("template", "list", PLENTYMSG_STORE=str(filled.store), NO_COLOR="1").out.splitlines()
    assert table[1].split() == ["5", "Gruß", "text", "block", "all", "★"]
    assert max(len(line) for line in table if "\x1b" not in line) <= 80
    assert filled.do("template", "list").splitlines()[0].split("\t") == [
        *("id", "name", "kind", "folder", "owner", "header", "footer"),
        *("languages", "language_ids", "favourite"),
    ]
