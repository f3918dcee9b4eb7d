from __future__ import annotations

import pytest

from tests.cli.test_group import converse, place_of
from tests.desk import Desk


def test_a_group_takes_any_number_of_types(desk: Desk) -> None:
    """A group can have any number of types, each with a position, a name and perhaps a second one.

    M-059 `plentymsg type add GROUP/TYPE --position 7 --en NAME`
    """
    desk.do("group", "add", "Maßarbeit")
    for number in range(20):
        path = f"Maßarbeit/Art {number}"
        added = desk.json("type", "add", path, "--position", str(number), "--en", f"Kind {number}")
        assert (added["position"], added["name"]["en"]) == (number, f"Kind {number}")
    assert len(desk.json("type", "list", "--group", "Maßarbeit")) == 20


def test_a_status_is_added_with_all_that_it_has(desk: Desk) -> None:
    """A status is added to a type with its progress, colour, position and names.

    M-060 `plentymsg status add GROUP/TYPE/STATUS --progress 0 --colour '#0084ff' --position 1 --en NAME`
    """
    desk.do("type", "add", "Amazon/Garantie")
    first = ("--progress", "0", "--colour", "#0084ff", "--position", "1", "--en", "New")
    added = desk.json("status", "add", "Amazon/Garantie/Neu", *first)
    assert added["name"] == {"de": "Neu", "en": "New"}
    assert (added["progress"], added["colour"], added["position"]) == (0, "#0084ff", 1)


def test_further_statuses_come_to_a_type_at_any_time(desk: Desk) -> None:
    """A type that has statuses takes further ones, as many as it needs, behind those it has.

    M-061 `plentymsg status add GROUP/TYPE/STATUS --progress 100 --colour '#4caf50'`
    """
    for number in range(10, 100, 10):
        path = f"Amazon/Complaint/Schritt {number}"
        desk.do("status", "add", path, "--progress", str(number), "--colour", "#fff")
    shown = [status["progress"] for status in desk.json("type", "show", "Amazon/Complaint")["statuses"]]
    assert shown == [0, 50, 70, 100, *range(10, 100, 10)]


def test_only_an_admin_adds_and_changes_types_and_statuses(desk: Desk) -> None:
    """Only an admin may add, change, move or delete types and statuses.

    M-064 `plentymsg type add GROUP/TYPE`
    """
    desk.do("user", "add", "jan.kiefer")
    before = desk.history()
    desk.become("jan.kiefer")
    for call in (
        ("type", "add", "Amazon/Garantie"),
        ("type", "set", "Amazon/Complaint", "--en", "Trouble"),
        ("type", "move", "Amazon/Return", "--before", "Complaint"),
        ("type", "delete", "Amazon/Return", "--yes"),
        ("status", "add", "Amazon/Return/Offen", "--progress", "0", "--colour", "#fff"),
        ("status", "set", "Amazon/Return/New", "--progress", "10"),
        ("status", "move", "Amazon/Return/Done", "--before", "New"),
        ("status", "delete", "Amazon/Return/New", "--yes"),
    ):
        assert desk.refused(*call, code=5)["missing"] == ["Administrator"]
    assert desk.history() == before


def test_names_are_found_in_both_languages(desk: Desk) -> None:
    """Groups, types and statuses have a German and an English name, and either will do to name one.

    M-066 `plentymsg status show General/Complaint/New`
    """
    german = desk.json("status", "show", "Allgemein/Reklamation/Neu")
    assert desk.json("status", "show", "General/Complaint/New") == german
    assert german["name"] == {"de": "Neu", "en": "New"}


def test_a_store_begins_with_types_and_statuses(desk: Desk) -> None:
    """In a new store each preset group that holds conversations has the default types and statuses.

    M-067 `plentymsg init`
    """
    shown = [desk.json("group", "show", str(group["id"])) for group in desk.json("group")]
    assert {len(group["types"]) for group in shown if group["system"] != "all"} == {3}
    assert len(desk.json("status")) == 7 * 3 * 4


def test_the_default_types_come_to_a_group_once(desk: Desk) -> None:
    """The default types and their statuses can be added to any group; what has come already stays as it is.

    M-068 `plentymsg group defaults GROUP`
    """
    desk.do("group", "add", "Maßarbeit")
    desk.do("type", "add", "Maßarbeit/reklamation")
    added = desk.json("group", "defaults", "Maßarbeit")
    assert added["changed"] is True
    assert [t["name"]["de"] for t in added["types"]] == ["reklamation", "Kundenanfrage", "Retoure"]
    assert len(desk.json("status", "list", "--group", "Maßarbeit")) == 8
    lines = [line for line in desk.history() if line["action"] == "added"]
    assert [line["kind"] for line in lines] == ["group", "type", *(["type"] + ["status"] * 4) * 2]
    assert desk.json("group", "defaults", "Maßarbeit")["changed"] is False
    assert "unchanged" in desk.do("group", "defaults", "Maßarbeit")
    assert len(desk.json("status", "list", "--group", "Maßarbeit")) == 8


def test_a_dry_run_of_the_defaults_says_what_would_come(desk: Desk) -> None:
    desk.do("group", "add", "Maßarbeit")
    told = desk.do("group", "defaults", "Maßarbeit", "--dry-run")
    assert told.count("Would have added type Maßarbeit/") == 3
    assert desk.json("type", "list", "--group", "Maßarbeit") == []
    assert "every group" in desk.refused("group", "defaults", "All", code=1)["message"]


def test_a_type_belongs_to_its_group_alone(desk: Desk) -> None:
    """Each group has types and statuses of its own: what is added to one is in no other.

    M-065 `plentymsg type list --group GROUP`
    """
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
    """A progress is one of 0, 10, 20 … 100 percent.

    M-062 `plentymsg status set GROUP/TYPE/STATUS --progress 50`
    """
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
    """The colour of a status is a hex code, short or long.

    M-063 `plentymsg status set GROUP/TYPE/STATUS --colour '#0084ff'`
    """
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


def test_force_takes_a_type_or_status_from_its_channels(desk: Desk) -> None:
    channel = ("Amazon DE", "--marketplace", "amazon", "--type", "Complaint", "--status", "New")
    desk.do("channel", "add", *channel)
    desk.do("status", "delete", "Amazon/Complaint/New", "--force", "--yes")
    shown = desk.json("channel", "show", "Amazon DE")
    assert (shown["type"], shown["status"]) == ("Reklamation", None)
    desk.do("channel", "set", "Amazon DE", "--status", "Done")
    desk.do("type", "delete", "Amazon/Complaint", "--force", "--yes")
    shown = desk.json("channel", "show", "Amazon DE")
    assert (shown["group"], shown["type"], shown["status"]) == ("Amazon", None, None)
    assert [line["kind"] for line in desk.history()[-2:]] == ["channel", "type"]
