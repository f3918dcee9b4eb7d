from __future__ import annotations

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


def test_the_conversations_of_a_deleted_group_move_to_general_and_their_history_says_so(desk: Desk) -> None:
    group = desk.json("group", "add", "Maßarbeit")["id"]
    type_ = desk.json("type", "add", "Maßarbeit/Entwurf")["id"]
    moved, other = converse(desk, group, type_), converse(desk, 8)
    desk.do("group", "delete", "Maßarbeit", "--yes")
    assert place_of(desk, moved) == (1, None, None)
    assert place_of(desk, other) == (8, None, None)
    line = next(line for line in desk.history() if line["kind"] == "conversation")
    assert (line["thing_id"], line["before"]["group"], line["after"]["group"]) == (
        moved,
        "Maßarbeit",
        "Allgemein",
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
    desk.refused("group", "set", "Amazon", "--position", position, code=2)
