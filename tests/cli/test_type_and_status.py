from __future__ import annotations

import pytest

from tests.cli.test_group import converse, place_of
from tests.desk import Desk


def test_a_type_belongs_to_its_group_alone(desk: Desk) -> None:
    desk.do("type", "add", "Amazon/Garantie")
    desk.do("type", "add", "eBay/Garantie")
    assert [t["group"] for t in desk.json("type") if t["name"]["de"] == "Garantie"] == ["eBay", "Amazon"]
    error = desk.refused("type", "show", "Garantie", code=2)
    assert "eBay/Garantie" in error["message"]
    assert "Amazon/Garantie" in error["message"]
    assert desk.json("type", "show", "amazon/garantie")["group"] == "Amazon"


def test_types_and_statuses_stand_behind_the_others_unless_told(desk: Desk) -> None:
    assert desk.json("type", "add", "Amazon/Garantie")["position"] == 4
    assert desk.json("type", "add", "Amazon/Zuerst", "--position", "0")["position"] == 0
    status = ("status", "add", "Amazon/Garantie/Neu", "--progress", "0", "--colour", "#fff")
    assert desk.json(*status)["position"] == 1


def test_all_has_no_types(desk: Desk) -> None:
    assert "every group" in desk.refused("type", "add", "All/Garantie", code=1)["message"]


def test_a_type_shows_its_statuses(desk: Desk) -> None:
    statuses = desk.json("type", "show", "Amazon/Complaint")["statuses"]
    assert [(s["name"]["en"], s["progress"]) for s in statuses] == [
        ("New", 0),
        ("In progress", 50),
        ("Waiting for customer", 70),
        ("Done", 100),
    ]


@pytest.mark.parametrize("path", ["Garantie", "Amazon/", "/Garantie", "Amazon/A/B", "", "/"])
def test_a_new_type_is_named_by_a_path(desk: Desk, path: str) -> None:
    assert "GROUP/TYPE" in desk.refused("type", "add", path, code=2)["message"]


def test_an_unknown_part_of_a_path_is_the_one_that_is_named(desk: Desk) -> None:
    assert "no group 'Amzon'" in desk.refused("type", "show", "Amzon/Complaint", code=3)["message"]
    error = desk.refused("status", "show", "Amazon/Complain/New", code=3)
    assert "no type 'Complain'" in error["message"]
    assert "Amazon/Reklamation" in error["hint"]


def test_types_are_listed_for_a_group(desk: Desk) -> None:
    assert {t["group"] for t in desk.json("type", "list", "--group", "Kaufland")} == {"Kaufland"}
    desk.refused("type", "list", "--group", "Kauflnd", code=3)


def test_statuses_are_listed_for_a_group_and_for_a_type(desk: Desk) -> None:
    def places(*options: str) -> set[tuple[str, str]]:
        return {(s["group"], s["type"]) for s in desk.json("status", "list", *options)}

    assert places("--group", "OTTO") == {("OTTO", t) for t in ("Kundenanfrage", "Reklamation", "Retoure")}
    assert places("--type", "Amazon/Return") == {("Amazon", "Retoure")}
    assert places("--group", "OTTO", "--type", "Return") == {("OTTO", "Retoure")}
    assert len(places("--type", "Return")) == 7
    desk.refused("status", "list", "--type", "Retrun", code=3)


@pytest.mark.parametrize("progress", range(0, 101, 10))
def test_a_progress_goes_in_tens(desk: Desk, progress: int) -> None:
    status = desk.json("status", "set", "Amazon/Complaint/New", "--progress", str(progress))
    assert status["progress"] == progress


@pytest.mark.parametrize("progress", ["-10", "5", "110", "50%", "1e1"])
def test_any_other_progress_is_refused(desk: Desk, progress: str) -> None:
    desk.refused("status", "set", "Amazon/Complaint/New", f"--progress={progress}", code=2)


@pytest.mark.parametrize(
    ("given", "stored"),
    [("#0084FF", "#0084ff"), ("0084ff", "#0084ff"), ("#F80", "#ff8800"), ("f80", "#ff8800")],
)
def test_a_colour_is_stored_in_one_way(desk: Desk, given: str, stored: str) -> None:
    assert desk.json("status", "set", "Amazon/Complaint/Done", "--colour", given)["colour"] == stored


@pytest.mark.parametrize("colour", ["red", "#ff", "#ff88001", "#gg0000", "rgb(1,2,3)", "", "##fff", "#f8 8"])
def test_a_status_takes_no_other_colours(desk: Desk, colour: str) -> None:
    error = desk.refused("status", "set", "Amazon/Complaint/New", "--colour", colour, code=2)
    assert "#rrggbb" in error["message"]


def test_a_new_status_needs_progress_and_colour_and_both_are_asked_for_at_once(desk: Desk) -> None:
    error = desk.refused("status", "add", "Amazon/Complaint/Offen", code=2)
    assert [problem["key"] for problem in error["problems"]] == ["progress", "colour"]


def test_the_conversations_of_a_deleted_type_lose_type_and_status(desk: Desk) -> None:
    type_ = desk.json("type", "show", "Amazon/Complaint")
    conversation = converse(desk, 8, type_["id"], type_["statuses"][0]["id"])
    desk.do("type", "delete", "Amazon/Complaint", "--yes")
    assert place_of(desk, conversation) == (8, None, None)
    assert desk.history()[0]["before"] == {"type": "Reklamation", "status": "Neu"}
    desk.refused("status", "show", str(type_["statuses"][0]["id"]), code=3)


def test_the_conversations_of_a_deleted_status_keep_their_type(desk: Desk) -> None:
    status = desk.json("status", "show", "Amazon/Complaint/New")
    type_ = desk.json("type", "show", "Amazon/Complaint")["id"]
    conversation = converse(desk, 8, type_, status["id"])
    desk.do("status", "delete", "Amazon/Complaint/New", "--yes")
    assert place_of(desk, conversation) == (8, type_, None)


@pytest.mark.parametrize(("noun", "path"), [("type", "Amazon/Complaint"), ("status", "Amazon/Complaint/New")])
def test_what_a_channel_gives_to_new_conversations_stays(desk: Desk, noun: str, path: str) -> None:
    channel = ("Amazon DE", "--marketplace", "amazon", "--type", "Complaint", "--status", "New")
    desk.do("channel", "add", *channel)
    error = desk.refused(noun, "delete", path, "--yes", code=1)
    assert error["code"] == "conflict"
    assert "Amazon DE" in error["message"]
    desk.do("channel", "set", "Amazon DE", "--type", "")
    desk.do(noun, "delete", path, "--yes")
