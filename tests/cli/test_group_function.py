"""What is done to many conversations at once: owners, tags, group, type and status."""

from __future__ import annotations

import sqlite3

import pytest

from plentymsg.messenger.access import os_login
from tests.desk import Desk


@pytest.fixture
def three(desk: Desk) -> Desk:
    """A store with the conversations 1, 2 and 3, the roles Bearbeitung and Prüfung, and some people."""
    for subject in ("Eins", "Zwei", "Drei"):
        desk.do("conversation", "whisper", "--new", "--subject", subject, "--text", "x")
    desk.do("role", "add", "Bearbeitung", "--en", "Handling")
    desk.do("role", "add", "Prüfung")
    desk.do("user", "add", "eva.berg", "--admin")
    desk.do("user", "add", "jan.kiefer")
    return desk


def owners(desk: Desk, number: int) -> dict[str, str]:
    """Who owns a conversation, by role."""
    return {o["role"]: o["user"] for o in desk.json("conversation", "show", str(number))["owners"]}


def place(desk: Desk, number: int) -> tuple[str, str | None, str | None]:
    """Group, type and status of a conversation."""
    shown = desk.json("conversation", "show", str(number))
    return shown["group"], shown["type"], shown["status"]


def test_an_owner_needs_a_role_that_exists_and_is_given(desk: Desk) -> None:
    """While there is no Messenger role, and if none is given, an owner is refused.

    M-112 `plentymsg conversation assign ID --role ROLE --owner LOGIN`
    """
    desk.do("conversation", "whisper", "--new", "--subject", "x", "--text", "x")
    words = ("conversation", "assign", "1", "--owner", os_login())
    for more in ((), ("--role", "Bearbeitung")):
        error = desk.refused(*words, *more, code=3)
        assert "no Messenger role" in error["message"]
        assert "plentymsg role add" in error["hint"]
    desk.do("role", "add", "Prüfung")
    error = desk.refused(*words, code=2)
    assert "none is given" in error["message"]
    assert "Prüfung" in error["hint"]
    assert "'Bearbeitung'" in desk.refused(*words, "--role", "Bearbeitung", code=3)["message"]
    assert owners(desk, 1) == {}


def test_a_conversation_has_several_owners_through_different_roles(three: Desk) -> None:
    """Each role of a conversation may have an owner of its own.

    M-113 `plentymsg conversation assign ID --role ROLE --owner LOGIN`
    """
    three.do("conversation", "assign", "1", "--role", "Bearbeitung", "--owner", "eva.berg")
    three.do("conversation", "assign", "1", "--role", "Prüfung", "--owner", os_login())
    assert owners(three, 1) == {"Bearbeitung": "eva.berg", "Prüfung": os_login()}


def test_one_conversation_gets_a_role_and_its_owner_once(three: Desk) -> None:
    """A role and its owner are set on one conversation; doing it again changes nothing.

    M-114 `plentymsg conversation assign ID --role ROLE --owner LOGIN`
    """
    words = ("conversation", "assign", "1", "--role", "handling", "--owner", "EVA.BERG")
    assert "owners nothing → eva.berg (Bearbeitung)" in three.do(*words)
    assert (owners(three, 1), owners(three, 2)) == ({"Bearbeitung": "eva.berg"}, {})
    lines = len(three.history())
    assert three.do(*words) == "Conversation 1: unchanged.\n"
    assert len(three.history()) == lines


def test_a_new_owner_takes_the_place_of_the_old_one(three: Desk) -> None:
    """The owner in a role changes, or the role has none any more, and the history tells both.

    M-115 `plentymsg conversation assign ID --role ROLE --owner LOGIN`
    M-115 `plentymsg conversation assign ID --remove ROLE`
    """
    assign = ("conversation", "assign", "1")
    three.do(*assign, "--role", "Bearbeitung", "--owner", "eva.berg")
    three.do(*assign, "--role", "Bearbeitung", "--owner", os_login())
    assert owners(three, 1) == {"Bearbeitung": os_login()}
    line = three.history()[-1]
    assert line["before"] == {"owners": [{"role": "Bearbeitung", "user": "eva.berg"}]}
    assert line["after"] == {"owners": [{"role": "Bearbeitung", "user": os_login()}]}
    three.do(*assign, "--remove", "Bearbeitung")
    assert owners(three, 1) == {}


def test_many_conversations_get_their_owner_in_one_command(three: Desk) -> None:
    """A role and its owner are set on all conversations that are named, or read from a list.

    M-116 `plentymsg conversation assign ID... --role ROLE --owner LOGIN`
    """
    three.do("conversation", "assign", "1", "2", "--role", "Bearbeitung", "--owner", "eva.berg")
    assert [owners(three, n) for n in (1, 2, 3)] == [{"Bearbeitung": "eva.berg"}] * 2 + [{}]
    listed = three.do("conversation", "list", "--no-owner", "--format", "tsv")
    ids = "\n".join(line.partition("\t")[0] for line in listed.splitlines())
    three.do("conversation", "assign", "-", "--role", "Prüfung", "--owner", "eva.berg", stdin=ids.encode())
    assert owners(three, 3) == {"Prüfung": "eva.berg"}
    assert owners(three, 1) == {"Bearbeitung": "eva.berg"}


def test_by_default_only_admins_can_be_owners(three: Desk) -> None:
    """Who is no active admin is refused as an owner, and the right that they lack is named.

    M-117 `plentymsg conversation assign ID --role ROLE --owner LOGIN`
    """
    words = ("conversation", "assign", "1", "--role", "Bearbeitung", "--owner")
    assert "CRM > Messenger > Ownership" in three.refused(*words, "jan.kiefer", code=2)["message"]
    three.do(*words, "eva.berg")
    three.do("user", "set", "eva.berg", "--inactive")
    three.refused("conversation", "assign", "2", *words[3:], "eva.berg", code=2)
    assert (owners(three, 1), owners(three, 2)) == ({"Bearbeitung": "eva.berg"}, {})


def test_who_has_the_right_of_ownership_can_be_an_owner_and_stays_one_without_it(three: Desk) -> None:
    """A user with Ownership can be chosen. Taken away, it bars new ownerships and ends none.

    M-118 `plentymsg conversation assign ID --role ROLE --owner LOGIN`
    """
    give_ownership(three, "jan.kiefer")
    words = ("--role", "Bearbeitung", "--owner", "jan.kiefer")
    three.do("conversation", "assign", "1", *words)
    three.rows("DELETE FROM access_role_right")
    three.refused("conversation", "assign", "2", *words, code=2)
    three.refused("conversation", "assign", "1", "2", *words, code=2)
    assert three.json("conversation", "assign", "1", *words)[0]["changed"] is False
    three.do("conversation", "tag", "1", "--remove", add_tag(three, "Eilig"))
    assert (owners(three, 1), owners(three, 2)) == ({"Bearbeitung": "jan.kiefer"}, {})


def give_ownership(desk: Desk, login: str) -> None:
    desk.rows("INSERT INTO access_role (id, name, advanced) VALUES (77, 'Team', 1)")
    desk.rows("INSERT INTO access_role_right VALUES (77, 'CRM > Messenger > Ownership')")
    desk.rows("INSERT INTO user_access_role SELECT id, 77 FROM user_account WHERE login = ?", login)


def add_tag(desk: Desk, name: str, availability: str = "messenger") -> str:
    desk.do("tag", "add", name, "--colour", "#ff0000", "--availabilities", availability)
    return name


def test_tags_owner_type_and_status_of_many_conversations_change_in_one_command(three: Desk) -> None:
    """The group function: what is given changes in every conversation that is named, each with its history.

    M-189 `plentymsg conversation set ID... --status STATUS --add-tag NAME --role ROLE --owner LOGIN`
    M-189 `plentymsg conversation tag ID... --add NAME --remove NAME`
    """
    add_tag(three, "Eilig")
    add_tag(three, "Stammkunde")
    three.do("conversation", "tag", "2", "--add", "Eilig,Stammkunde")
    before = len(three.history())
    assert three.do("conversation", "tag", "3", "2", "1", "3", "--add", "Eilig").splitlines() == [
        "Changed conversation 3: tags nothing → Eilig.",
        "Conversation 2: unchanged.",
        "Changed conversation 1: tags nothing → Eilig.",
    ]
    assert [line["thing_id"] for line in three.history()[before:]] == [3, 1]
    changes = three.json("conversation", "set", "1", "2", "--group", "Amazon", "--type", "Retoure")
    assert [(c["id"], c["changed"], c["group"], c["type"]) for c in changes] == [
        (1, True, "Amazon", "Retoure"),
        (2, True, "Amazon", "Retoure"),
    ]
    assert changes[0]["changes"] == {
        "group": {"before": "Allgemein", "after": "Amazon"},
        "type": {"before": None, "after": "Retoure"},
    }
    line = three.history()[-1]
    assert (line["login"], line["thing_id"], line["action"]) == (os_login(), 2, "changed")
    assert line["before"] == {"group": "Allgemein", "type": None}
    assert line["after"] == {"group": "Amazon", "type": "Retoure"}


def test_all_of_it_in_one_command_is_one_line_of_history_a_conversation(three: Desk) -> None:
    add_tag(three, "Eilig")
    add_tag(three, "Alt")
    three.do("conversation", "tag", "1", "2", "--add", "Alt")
    lines = len(three.history())
    everything = (
        *("conversation", "set", "1", "2", "--group", "Amazon", "--type", "Retoure", "--status", "Neu"),
        *("--add-tag", "Eilig", "--remove-tag", "Alt", "--role", "Bearbeitung"),
    )
    three.refused(*everything, "--owner", "jan.kiefer", code=2)
    assert len(three.history()) == lines
    assert place(three, 1) == ("Allgemein", None, None)
    three.do(*everything, "--owner", "eva.berg")
    assert [set(line["after"]) for line in three.history()[lines:]] == [
        {"group", "type", "status", "tags", "owners"}
    ] * 2
    shown = three.json("conversation", "show", "2")
    assert (shown["status"], shown["tags"], owners(three, 2)) == (
        "Neu",
        ["Eilig"],
        {"Bearbeitung": "eva.berg"},
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("tag", "1", "4", "2", "--add", "Eilig"), 3),
        (("tag", "1", "zwei", "--add", "Eilig"), 3),
        (("tag", "1", "-2", "--add", "Eilig"), 2),
        (("tag", "1", "9" * 5000, "--add", "Eilig"), 3),
        (("tag", "1", "--add", "Eilig,Lager"), 2),
        (("tag", "1", "--add", "Eilig", "--remove", "eilig"), 2),
        (("tag", "1", "--add", "Unbekannt"), 3),
        (("tag", "1", "2"), 2),
        (("tag", "--add", "Eilig"), 2),
        (("set", "1", "2"), 2),
        (("set", "1", "4", "--group", "Amazon"), 3),
        (("set", "1", "--group", "All"), 2),
        (("set", "1", "2", "3", "--type", "Amazon/Retoure"), 2),
        (("assign", "1", "4", "--role", "Prüfung", "--owner", "eva.berg"), 3),
        (("assign", "1", "2"), 2),
        (("assign", "1", "--role", "Prüfung"), 2),
        (("assign", "1", "--role", "Prüfung", "--owner", "niemand"), 3),
        (("assign", "1", "--role", "Prüfung", "--owner", "eva.berg", "--remove", "Prüfung"), 2),
    ],
)
def test_all_conversations_change_or_none(three: Desk, words: tuple[str, ...], code: int) -> None:
    add_tag(three, "Eilig")
    add_tag(three, "Lager", "order")
    lines = len(three.history())
    state = three.json("conversation", "list")
    three.refused("conversation", *words, code=code)
    assert three.json("conversation", "list") == state
    assert len(three.history()) == lines


def test_who_names_conversations_that_do_not_exist_is_told_which(three: Desk) -> None:
    wrong = [str(number) for number in range(4, 12)]
    error = three.refused("conversation", "set", "1", *wrong, "--group", "Amazon", code=3)
    assert error["message"] == "There is no conversation 4, 5, 6, 7, 8 and 3 more."
    assert error["unknown"] == wrong


@pytest.mark.parametrize("ids", [b"", b"id\n", b" \n\n"])
def test_a_list_without_conversations_changes_none(three: Desk, ids: bytes) -> None:
    assert three.json("conversation", "set", "-", "--group", "Amazon", stdin=ids) == []


@pytest.mark.parametrize("ids", [b"1\nid\n", b"1, 2", b"1\tEins\n", b"\xff", b"1\n2\n\x00"])
def test_a_list_of_something_else_is_refused(three: Desk, ids: bytes) -> None:
    three.refused("conversation", "set", "-", "--group", "Amazon", code=2, stdin=ids)
    assert place(three, 1)[0] == "Allgemein"


def test_a_rehearsal_changes_nothing(three: Desk) -> None:
    add_tag(three, "Eilig")
    lines = len(three.history())
    assert "Would have changed conversation 1" in three.do(
        "conversation", "tag", "1", "--add", "Eilig", "--dry-run"
    )
    three.do("conversation", "set", "1", "--group", "Amazon", "--dry-run")
    three.do("conversation", "assign", "1", "--role", "Prüfung", "--owner", "eva.berg", "--dry-run")
    assert (place(three, 1)[0], owners(three, 1)) == ("Allgemein", {})
    assert three.json("conversation", "show", "1")["tags"] == []
    assert len(three.history()) == lines


def test_a_conversation_gets_a_group_a_type_and_a_status_that_go_together(three: Desk) -> None:
    """Group, type and status are set, by name, path or ID; what is dropped for another group is said.

    M-203 `plentymsg conversation set ID --group NAME --type NAME --status NAME`
    """
    change = ("conversation", "set", "1")
    three.do(*change, "--type", "Complaint", "--status", "In progress")
    assert place(three, 1) == ("Allgemein", "Reklamation", "In Bearbeitung")
    assert three.do(*change, "--group", "eBay").startswith(
        "Changed conversation 1: group Allgemein → eBay, type Reklamation → nothing, status"
    )
    three.do(*change, "--group", "Amazon", "--type", "Amazon/Retoure", "--status", "Amazon/Retoure/Neu")
    assert place(three, 1) == ("Amazon", "Retoure", "Neu")
    assert "unchanged" in three.do(*change, "--group", "Amazon", "--type", "Retoure")
    three.do(*change, "--type", "Kundenanfrage")
    assert place(three, 1) == ("Amazon", "Kundenanfrage", None)
    status = three.json("status", "show", "Amazon/Kundenanfrage/Erledigt")["id"]
    three.do(*change, "--status", str(status))
    three.do(*change, "--status", "")
    assert place(three, 1) == ("Amazon", "Kundenanfrage", None)
    three.do(*change, "--status", "Neu")
    three.do(*change, "--type", "")
    assert place(three, 1) == ("Amazon", None, None)


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--type", "eBay/Retoure"), 2, "does not belong to the group Amazon of conversation 1"),
        (("--group", "eBay", "--type", "Amazon/Retoure"), 2, "does not belong to the group eBay"),
        (("--type", "Garantie"), 2, "does not belong to the group Amazon"),
        (("--type", "Quatsch"), 3, "no type 'Quatsch'"),
        (("--status", "Offen"), 2, "does not belong to the type Amazon/Retoure of conversation 1"),
        (("--status", "Amazon/Reklamation/Neu"), 2, "does not belong to the type Amazon/Retoure"),
        (("--status", "Quatsch"), 3, "no status 'Quatsch'"),
        (("--type", "", "--status", "Neu"), 2, "belongs to a type, and conversation 1 has none"),
        (("--group", "eBay", "--status", "Neu"), 2, "belongs to a type, and conversation 1 has none"),
    ],
)
def test_a_type_of_another_group_and_a_status_of_another_type_are_refused(
    three: Desk, options: tuple[str, ...], code: int, told: str
) -> None:
    """A status goes only with its own type, and a type only into its own group.

    M-203 `plentymsg conversation set ID --type NAME --status NAME`
    """
    three.do("type", "add", "General/Garantie")
    three.do("status", "add", "General/Garantie/Offen", "--progress", "0", "--colour", "#ff0000")
    three.do("conversation", "set", "1", "--group", "Amazon", "--type", "Retoure", "--status", "Neu")
    assert told in three.refused("conversation", "set", "1", *options, code=code)["message"]
    assert place(three, 1) == ("Amazon", "Retoure", "Neu")


def test_a_name_means_the_type_of_each_conversations_own_group(three: Desk) -> None:
    three.do("conversation", "set", "1", "--group", "Amazon")
    three.do("conversation", "set", "2", "--group", "eBay")
    three.do("conversation", "set", "1", "2", "3", "--type", "Retoure", "--status", "Erledigt")
    assert [place(three, n)[0] for n in (1, 2, 3)] == ["Amazon", "eBay", "Allgemein"]
    assert len(three.rows("SELECT DISTINCT type_id, status_id FROM conversation")) == 3


def test_thousands_of_conversations_change_in_one_command(three: Desk) -> None:
    size = 3000
    with sqlite3.connect(three.store) as connection:
        connection.executemany(
            "INSERT INTO conversation (subject, group_id, created_at, updated_at) VALUES (?, 1, '', '')",
            [(str(number),) for number in range(size)],
        )
    connection.close()
    ids = "\n".join(str(number) for number in range(1, size + 1)).encode()
    changes = three.json("conversation", "set", "-", "--type", "Retoure", "--status", "Neu", stdin=ids)
    assert sum(change["changed"] for change in changes) == size
    assert three.rows("SELECT count(*) FROM conversation WHERE status_id IS NOT NULL") == [(size,)]
    assert len(three.history()) >= size


def test_notes_about_contacts_are_moved_only_by_who_may_read_them(three: Desk) -> None:
    three.do("conversation", "set", "1", "--group", "Contact notes")
    three.rows("INSERT INTO access_role (id, name, advanced) VALUES (78, 'Umzug', 1)")
    three.rows("INSERT INTO access_role_right VALUES (78, 'CRM > Messenger > Update')")
    three.rows("INSERT INTO user_access_role SELECT id, 78 FROM user_account WHERE login = 'jan.kiefer'")
    three.become("jan.kiefer")
    error = three.refused("conversation", "set", "1", "2", "--group", "General", code=5)
    assert error["missing"] == ["Comments > Read"]
    three.do("conversation", "set", "2", "--group", "Amazon")
