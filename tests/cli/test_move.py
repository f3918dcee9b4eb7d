"""Moving a thing within its list, which is the same for groups, types, statuses and roles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.messenger.setup.fields import HIGHEST_POSITION
from plentymsg.messenger.setup.named import positions_of
from tests.desk import Desk


def order(desk: Desk, noun: str, *options: str) -> list[str]:
    return [thing["name"]["de"] for thing in desk.json(noun, "list", *options)]


def test_a_group_goes_right_before_another_and_the_others_keep_their_order(desk: Desk) -> None:
    before = order(desk, "group")
    before.remove("Amazon")
    moved = desk.json("group", "move", "Amazon", "--before", "General")
    assert (moved["name"]["de"], moved["position"], moved["changed"]) == ("Amazon", 1, True)
    assert order(desk, "group") == [before[0], "Amazon", *before[1:]]


def test_only_those_that_must_make_room(desk: Desk) -> None:
    """Amazon needs General's place; the group numbers have a gap at 5, and those behind it stay."""
    desk.do("group", "move", "Amazon", "--before", "General")
    positions = {group["id"]: group["position"] for group in desk.json("group")}
    assert positions == {0: 0, 8: 1, 1: 2, 2: 3, 3: 4, 4: 5, 6: 6, 7: 7}
    assert [line["thing_id"] for line in desk.history()] == [8, 1, 2, 3, 4]
    assert {line["action"] for line in desk.history()} == {"changed"}


def test_what_stands_there_already_is_unchanged(desk: Desk) -> None:
    desk.do("group", "move", "Amazon", "--before", "General")
    lines = len(desk.history())
    assert desk.json("group", "move", "Amazon", "--before", "General")["changed"] is False
    assert desk.json("group", "move", "Amazon", "--after", "All")["changed"] is False
    assert len(desk.history()) == lines


def test_what_makes_room_is_told(desk: Desk) -> None:
    told = desk.do("status", "move", "Amazon/Return/Done", "--after", "New", "--dry-run")
    assert told.splitlines() == [
        "Would have changed status Amazon/Retoure/Erledigt (84): position 4 → 2.",
        "Would have changed status Amazon/Retoure/In Bearbeitung (82): position 2 → 3.",
        "Would have changed status Amazon/Retoure/Warten auf Kunde (83): position 3 → 4.",
    ]
    assert desk.history() == []


@pytest.mark.parametrize("neighbour", ["Complaint", "Amazon/Complaint"])
def test_a_type_goes_beside_one_of_its_own_group(desk: Desk, neighbour: str) -> None:
    desk.do("type", "move", "Amazon/Return", "--before", neighbour)
    assert order(desk, "type", "--group", "Amazon") == ["Kundenanfrage", "Retoure", "Reklamation"]
    assert order(desk, "type", "--group", "eBay") == ["Kundenanfrage", "Reklamation", "Retoure"]
    error = desk.refused("type", "move", "Amazon/Return", "--before", "eBay/Complaint", code=2)
    assert "same list" in error["message"]


def test_roles_are_moved_too(desk: Desk) -> None:
    for name in ("Eins", "Zwei", "Drei"):
        desk.do("role", "add", name, "--position", "1")
    desk.do("role", "move", "Eins", "--after", "Drei")
    assert order(desk, "role") == ["Zwei", "Drei", "Eins"]
    desk.do("role", "move", "Drei", "--before", "Zwei")
    assert order(desk, "role") == ["Drei", "Zwei", "Eins"]


@pytest.mark.parametrize(
    "options", [(), ("--before", "Amazon", "--after", "eBay"), ("--before", "eBay"), ("--after", "Nirgends")]
)
def test_a_move_needs_one_neighbour_that_is_another_group(desk: Desk, options: tuple[str, ...]) -> None:
    assert desk.run("group", "move", "eBay", *options).code in (2, 3)
    assert desk.history() == []


def test_where_the_numbers_run_out_all_are_numbered_anew(desk: Desk) -> None:
    desk.do("group", "set", "Amazon", "--position", str(HIGHEST_POSITION))
    before = order(desk, "group")
    assert desk.json("group", "move", "General", "--after", "Amazon")["position"] == len(before) - 1
    before.remove("Allgemein")
    assert order(desk, "group") == [*before, "Allgemein"]


places = st.lists(st.integers(0, 6) | st.integers(HIGHEST_POSITION - 3, HIGHEST_POSITION), min_size=2)


@given(places, st.data())
def test_any_order_holds_after_a_move(positions: list[int], data: st.DataObject) -> None:
    things = [{"id": number, "position": position} for number, position in enumerate(positions)]
    things.sort(key=lambda thing: (thing["position"], thing["id"]))
    moved = things.pop(data.draw(st.integers(0, len(things) - 1)))
    index = data.draw(st.integers(0, len(things)))
    things.insert(index, moved)
    found = positions_of(things, index)
    after = [(found.get(thing["id"], thing["position"]), thing["id"]) for thing in things]
    assert after == sorted(after)
    assert all(0 <= position <= HIGHEST_POSITION for position, _ in after)


@given(st.lists(st.integers(0, 9), min_size=2), st.data())
def test_nothing_moves_that_could_stay(positions: list[int], data: st.DataObject) -> None:
    things = [{"id": number, "position": position} for number, position in enumerate(sorted(positions))]
    moved = things.pop(data.draw(st.integers(0, len(things) - 1)))
    index = data.draw(st.integers(0, len(things)))
    things.insert(index, moved)
    found = positions_of(things, index)
    assert moved["id"] in found
    assert all(
        found[thing["id"]] > thing["position"]
        for thing in things
        if thing["id"] in found and thing is not moved
    )
