from __future__ import annotations

import json
import sqlite3

import pytest

from tests.desk import Desk


def converse(desk: Desk, group: int, type_: int | None = None, status: int | None = None) -> int:
    """A conversation in the store, with this group, type and status."""
    with sqlite3.connect(desk.store) as connection:
        cursor = connection.execute(
            "INSERT INTO conversation (subject, group_id, type_id, status_id, created_at, updated_at)"
            " VALUES ('Lieferung?', ?, ?, ?, '2026-11-01T10:00:00+00:00', '2026-11-01T10:00:00+00:00')",
            (group, type_, status),
        )
        conversation = cursor.lastrowid
    connection.close()
    assert conversation is not None
    return conversation


def place_of(desk: Desk, conversation: int) -> tuple[int | None, ...]:
    """Group, type and status of a conversation."""
    return desk.rows("SELECT group_id, type_id, status_id FROM conversation WHERE id = ?", conversation)[0]


def test_a_store_begins_with_the_system_groups_under_their_fixed_ids(desk: Desk) -> None:
    """A new store has the system groups; of these only All and General are visible.

    M-045 `plentymsg group list`
    """
    given = {group["id"]: (group["system"], group["visible"]) for group in desk.json("group")}
    assert given == {
        0: ("all", True),
        1: ("general", True),
        2: ("ebay", False),
        3: ("contact_notes", False),
        4: ("automatic", False),
        6: ("otto", False),
        7: ("kaufland", False),
        8: ("amazon", False),
    }


def test_an_own_group_has_the_place_and_names_that_it_is_given(desk: Desk) -> None:
    """A group is added with its German name, and a position and an English name if these are given.

    M-048 `plentymsg group add NAME --position 5 --en NAME`
    """
    added = desk.json("group", "add", "Maßarbeit", "--position", "5", "--en", "Made to order")
    assert added["name"] == {"de": "Maßarbeit", "en": "Made to order"}
    assert added["position"] == 5
    assert desk.json("group", "add", "Werkstatt")["name"] == {"de": "Werkstatt", "en": None}
    names = [group["name"]["de"] for group in desk.json("group")]
    assert names.index("Automatisch versendete E-Mails") < names.index("Maßarbeit") < names.index("OTTO")


def test_only_an_admin_adds_and_changes_groups(desk: Desk) -> None:
    """Only an admin may add, change, move or delete a group, or add the default types to it.

    M-050 `plentymsg group add NAME`
    """
    desk.do("group", "add", "Maßarbeit")
    desk.do("user", "add", "jan.kiefer")
    before = desk.history()
    desk.become("jan.kiefer")
    for call in (
        ("add", "Werkstatt"),
        ("set", "Maßarbeit", "--hidden"),
        ("move", "Maßarbeit", "--before", "Amazon"),
        ("defaults", "Maßarbeit"),
        ("delete", "Maßarbeit", "--yes"),
        ("delete", "Maßarbeit", "--force", "--yes"),
    ):
        assert desk.refused("group", *call, code=5)["missing"] == ["Administrator"]
    assert desk.history() == before


def test_a_group_is_hidden_and_shown(desk: Desk) -> None:
    """A group can be shown to users, and hidden from them.

    M-047 `plentymsg group set GROUP --visible`
    """
    assert desk.json("group", "set", "Amazon", "--visible")["visible"] is True
    assert desk.json("group", "set", "Amazon", "--hidden")["visible"] is False


def test_a_user_switches_between_groups_and_their_conversations(desk: Desk) -> None:
    """Groups are listed, and a user switches between them: lists show the conversations of that group.

    M-046 `plentymsg group switch GROUP`
    """
    desk.do("group", "set", "Amazon", "--visible")
    general, amazon = converse(desk, 1), converse(desk, 8)
    assert [group["id"] for group in desk.json("group") if group["current"]] == [0]
    assert {c["id"] for c in desk.json("conversation", "list")} == {general, amazon}
    assert desk.json("group", "switch", "amazon")["changed"] is True
    assert [group["id"] for group in desk.json("group") if group["current"]] == [8]
    assert desk.json("group", "show", "Amazon")["current"] is True
    done = desk.run("conversation", "list", "--json")
    assert [c["id"] for c in json.loads(done.out)] == [amazon]
    assert "Only the group Amazon" in done.err
    for option, found in ((("--group", "General"), {general}), (("--group", "All"), {general, amazon})):
        done = desk.run("conversation", "list", "--json", *option)
        assert ({c["id"] for c in json.loads(done.out)}, done.err) == (found, "")
    assert desk.json("group", "switch", "Amazon")["changed"] is False
    desk.do("group", "switch", "All")
    assert {c["id"] for c in desk.json("conversation", "list")} == {general, amazon}


def test_each_user_switches_for_themselves(desk: Desk) -> None:
    desk.do("user", "add", "jan.kiefer", "--admin")
    desk.do("group", "switch", "General")
    desk.become("jan.kiefer")
    assert [group["id"] for group in desk.json("group") if group["current"]] == [0]


def test_a_hidden_group_is_not_offered_for_switching(desk: Desk) -> None:
    error = desk.refused("group", "switch", "Amazon", code=1)
    assert "hidden" in error["message"]
    assert "plentymsg conversation list --group Amazon" in error["hint"]
    desk.do("group", "set", "All", "--hidden")
    desk.do("group", "switch", "General")
    desk.do("group", "switch", "All")
    assert "Would have" in desk.do("group", "switch", "General", "--dry-run")
    assert [group["id"] for group in desk.json("group") if group["current"]] == [0]


def test_a_group_that_somebody_has_switched_to_stays(desk: Desk) -> None:
    desk.do("group", "add", "Maßarbeit")
    desk.do("group", "switch", "Maßarbeit")
    error = desk.refused("group", "delete", "Maßarbeit", "--yes", code=1)
    assert error["used_by"] == [f"the user {desk.rows('SELECT login FROM user_account')[0][0]}"]
    desk.do("group", "delete", "Maßarbeit", "--force", "--yes")
    assert [group["id"] for group in desk.json("group") if group["current"]] == [0]


def test_a_system_group_is_renamed_in_either_language(desk: Desk) -> None:
    """Every group can be renamed in German and in English, the system groups too.

    M-051 `plentymsg group set GROUP --name NAME --en NAME`
    """
    desk.do("group", "set", "All", "--en", "Everything")
    desk.do("group", "set", "All", "--name", "Sämtliche")
    group = desk.json("group", "show", "everything")
    assert (group["id"], group["name"]) == (0, {"de": "Sämtliche", "en": "Everything"})


def test_a_language_of_a_name_can_be_taken_away_but_not_the_last(desk: Desk) -> None:
    """The English name can be removed. The German one stays, and the refusal says what to do instead.

    M-052 `plentymsg group set GROUP --en ''`
    """
    for noun, path in (("status", "OTTO/Return/Done"), ("type", "OTTO/Return"), ("group", "OTTO")):
        thing = desk.json(noun, "set", path, "--en", "")
        assert thing["name"]["en"] is None
        error = desk.refused(noun, "set", str(thing["id"]), "--name", "  ", code=2)
        assert "German name" in error["message"]
        assert "--en ''" in error["hint"]
        assert desk.json(noun, "show", str(thing["id"]))["name"]["de"] == thing["name"]["de"]


def test_an_own_group_gets_an_id_behind_the_reserved_ones_and_stands_there(desk: Desk) -> None:
    first = desk.json("group", "add", "Maßarbeit")
    assert (first["id"], first["position"], first["visible"]) == (101, 101, True)
    assert desk.json("group", "add", "Werkstatt")["id"] == 102
    desk.do("group", "delete", "Werkstatt", "--yes")
    assert desk.json("group", "add", "Neue Werkstatt")["id"] == 103


def test_groups_are_listed_by_position(desk: Desk) -> None:
    desk.do("group", "set", "Amazon", "--position", "0")
    assert [group["name"]["en"] for group in desk.json("group")][:3] == ["All", "Amazon", "General"]


def test_adding_a_group_says_how_to_go_on_in_words_that_can_be_typed(desk: Desk) -> None:
    """Adding a group prints the command that comes next, which adds a type to it.

    M-049 `plentymsg group add NAME`
    """
    done = desk.run("group", "add", "Karl's /2")
    assert done.err == "Next, give it a type: plentymsg type add 'Karl'\"'\"'s \\/2/TYPE'\n"
    assert desk.json("type", "add", "Karl's \\/2/Anfrage")["group"] == "Karl's /2"


def test_a_system_group_is_found_by_its_key_however_it_is_called(desk: Desk) -> None:
    desk.do("group", "set", "amazon", "--name", "A-Markt", "--en", "")
    assert desk.json("group", "show", "amazon")["name"] == {"de": "A-Markt", "en": None}


def test_a_group_shows_its_types(desk: Desk) -> None:
    names = [type_["name"]["en"] for type_ in desk.json("group", "show", "ebay")["types"]]
    assert names == ["Customer inquiry", "Complaint", "Return"]


def test_a_system_group_stays_and_nobody_is_asked(desk: Desk) -> None:
    error = desk.refused("group", "delete", "Amazon", code=1)
    assert "system group" in error["message"]
    assert "--hidden" in error["hint"]


def test_a_group_that_a_channel_files_into_stays(desk: Desk) -> None:
    desk.do("group", "add", "Maßarbeit")
    desk.do("channel", "add", "Laden", "--group", "Maßarbeit")
    assert "the channel Laden" in desk.refused("group", "delete", "Maßarbeit", "--yes", code=1)["message"]
    desk.do("channel", "delete", "Laden", "--yes")
    desk.do("group", "delete", "Maßarbeit", "--yes")


def test_everyone_who_uses_a_group_is_named_and_can_be_made_to_let_go(desk: Desk) -> None:
    group = desk.json("group", "add", "Maßarbeit")["id"]
    desk.do("type", "add", "Maßarbeit/Entwurf")
    desk.do("channel", "add", "Laden", "--group", "Maßarbeit", "--type", "Entwurf")
    desk.execute("UPDATE collecting SET group_id = ?", group)
    error = desk.refused("group", "delete", "Maßarbeit", "--yes", code=1)
    assert error["used_by"] == ["the channel Laden", "the collecting of sent mail"]
    assert "--force" in error["hint"]
    done = desk.run("group", "delete", "Maßarbeit", "--force", "--yes")
    assert done.err == "Warning: It was taken from the channel Laden, the collecting of sent mail.\n"
    channel = desk.json("channel", "show", "Laden")
    assert (channel["group"], channel["type"]) == ("Allgemein", None)
    assert desk.rows("SELECT group_id FROM collecting") == [(None,)]
    told = {(line["kind"], line["action"]): line for line in desk.history()}
    assert told["channel", "changed"]["before"]["group"] == "Maßarbeit"
    assert told["collecting", "changed"]["before"]["group"] == "Maßarbeit"


def test_several_are_deleted_or_none(desk: Desk) -> None:
    """Groups, types and statuses are deleted one by one or several at once; if one cannot be, none is.

    M-072 `plentymsg group delete GROUP...`
    """
    for name in ("Eins", "Zwei", "Drei"):
        desk.do("group", "add", name)
    before = desk.json("group")
    assert "system group" in desk.refused("group", "delete", "Eins", "Amazon", "--yes", code=1)["message"]
    desk.refused("group", "delete", "Eins", "Zwo", "--yes", code=3)
    assert desk.json("group") == before
    gone = json.loads(desk.do("group", "delete", "Eins", "zwei", "EINS", "--yes", "--json"))
    assert [(thing["name"]["de"], thing["changed"]) for thing in gone] == [("Eins", True), ("Zwei", True)]
    left = [group["name"]["de"] for group in desk.json("group")]
    assert "Drei" in left
    assert not {"Eins", "Zwei"} & set(left)
    kept = desk.rows("SELECT name_de FROM messenger_group WHERE deleted_at IS NOT NULL ORDER BY id")
    assert kept == [("Eins",), ("Zwei",)]
    desk.do("type", "delete", "Amazon/Complaint", "eBay/Complaint", "--yes")
    desk.do("status", "delete", "OTTO/Complaint/New", "OTTO/Complaint/Done", "--yes")
    assert len(desk.json("status", "list", "--type", "OTTO/Complaint")) == 2


def test_what_is_to_be_deleted_is_asked_for_by_name(desk: Desk) -> None:
    error = desk.refused("type", "delete", "Amazon/Complaint", "eBay/Return", code=2)
    assert "Delete the types Amazon/Reklamation, eBay/Retoure?" in error["message"]
    error = desk.refused("status", "delete", "Amazon/Complaint/Neu", "eBay/Return/Neu", code=2)
    assert "Delete the statuses Amazon/Reklamation/Neu, eBay/Retoure/Neu?" in error["message"]


def test_the_conversations_of_a_deleted_group_move_to_general_and_their_history_says_so(desk: Desk) -> None:
    group = desk.json("group", "add", "Maßarbeit")["id"]
    type_ = desk.json("type", "add", "Maßarbeit/Entwurf")["id"]
    moved, other = converse(desk, group, type_), converse(desk, 8)
    desk.do("group", "delete", "Maßarbeit", "--yes")
    assert place_of(desk, moved) == (1, None, None)
    assert place_of(desk, other) == (8, None, None)
    line = next(line for line in desk.history() if line["kind"] == "conversation")
    assert (line["thing_id"], line["before"], line["after"]) == (
        moved,
        {"group": "Maßarbeit", "type": "Entwurf"},
        {"group": "Allgemein", "type": None},
    )
    desk.refused("type", "show", str(type_), code=3)


def test_a_german_name_comes_before_another_things_english_one(desk: Desk) -> None:
    desk.do("group", "add", "Other", "--en", "Werkstatt")
    desk.do("group", "add", "Werkstatt")
    assert desk.json("group", "show", "werkstatt")["name"]["de"] == "Werkstatt"


def test_a_name_of_two_groups_asks_which_one(desk: Desk) -> None:
    desk.do("group", "add", "Eins", "--en", "Same")
    desk.do("group", "add", "Zwei", "--en", "Same")
    error = desk.refused("group", "show", "same", code=2)
    assert "Eins (101), Zwei (102)" in error["message"]


@pytest.mark.parametrize("position", ["-1", "1000001", "x", "1.5"])
def test_a_position_is_a_number_of_sensible_size(desk: Desk, position: str) -> None:
    before = desk.json("group", "show", "Amazon")
    assert "position" in desk.refused("group", "set", "Amazon", "--position", position, code=2)["message"]
    assert desk.json("group", "show", "Amazon") == before


def test_what_a_hint_says_can_be_typed(desk: Desk) -> None:
    """The hints of a refusal name the group, so that their commands work."""
    stays = desk.refused("group", "delete", "Contact notes", "--yes", code=1)
    assert stays["hint"].endswith("plentymsg group set Kontaktnotizen --hidden")
    exists = desk.refused("group", "add", "Amazon", "--position", "99", code=1)
    assert "plentymsg group set Amazon " in exists["hint"]
