"""Finding conversations: filters and order."""

from __future__ import annotations

import sqlite3

import pytest

from plentymsg.messenger.access import os_login
from tests.desk import Desk

ROWS = [
    # ID, type, status, created, updated
    ("Amazon/Reklamation", "Erledigt", "01", "09"),
    ("Amazon/Kundenanfrage", "Neu", "02", "08"),
    ("eBay/Reklamation", "Neu", "03", "07"),
    ("", "", "04", "04"),
    ("Amazon/Kundenanfrage", "", "05", "05"),
    ("Amazon/Reklamation", "Neu", "06", "06"),
]
GROUPS = {"": 1, "eBay": 2, "Amazon": 8}


@pytest.fixture
def six(desk: Desk) -> Desk:
    """A store with the conversations of `ROWS`, the first with the ID 1."""
    rows = [
        (GROUPS[type_.partition("/")[0]], f"2026-11-{created}", f"2026-11-{updated}")
        for type_, _, created, updated in ROWS
    ]
    with sqlite3.connect(desk.store) as connection:
        connection.executemany(
            "INSERT INTO conversation (subject, group_id, created_at, updated_at) VALUES ('Frage', ?, ?, ?)",
            rows,
        )
    connection.close()
    for number, (type_, status, *_) in enumerate(ROWS, start=1):
        desk.do("conversation", "set", str(number), "--type", type_, "--status", status)
    return desk


def ids(desk: Desk, *options: str) -> list[int]:
    return [row["id"] for row in desk.json("conversation", "list", *options)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--type", "Reklamation"), [6, 3, 1]),
        (("--type", "Complaint", "--type", "inquiry"), None),
        (("--type", "Amazon/Reklamation"), [6, 1]),
        (("--type", "amazon/complaint", "--type", "ebay/complaint"), [6, 3, 1]),
        (("--status", "Neu"), [6, 3, 2]),
        (("--status", "Amazon/Reklamation/Neu"), [6]),
        (("--status", "Amazon/Reklamation/Neu", "--status", "Erledigt"), [6, 1]),
        (("--type", "Reklamation", "--status", "Neu", "--group", "Amazon"), [6]),
        (("--type", "Amazon/Reklamation", "--status", "eBay/Reklamation/Neu"), []),
        (("--type", "Rückfrage"), None),
        (("--type", "Amazon/Reklamation/Neu"), None),
        (("--status", "Reklamation/Neu"), None),
    ],
)
def test_conversations_are_found_by_type_and_status(
    six: Desk, options: tuple[str, ...], expected: list[int] | None
) -> None:
    """Conversations are found by type and status: by name in every group, by path in one, several of each.

    M-070 `plentymsg conversation list --type TYPE --status STATUS`
    """
    if expected is None:
        assert six.run("conversation", "list", *options).code in (2, 3)
        return
    assert ids(six, *options) == expected


@pytest.mark.parametrize(
    ("key", "expected", "reversed_"),
    [
        # Kundenanfrage stands before Reklamation; what has none is at the end both ways.
        ("type", [5, 2, 3, 6, 1, 4], [6, 1, 3, 5, 2, 4]),
        ("status", [3, 2, 6, 1, 5, 4], [1, 6, 2, 3, 5, 4]),
        ("created", [6, 5, 4, 3, 2, 1], [1, 2, 3, 4, 5, 6]),
        ("updated", [1, 2, 3, 6, 5, 4], [4, 5, 6, 3, 2, 1]),
    ],
)
def test_conversations_are_sorted_by_type_and_status_in_both_directions(
    six: Desk, key: str, expected: list[int], reversed_: list[int]
) -> None:
    """Conversations are sorted by the positions of their types or statuses, in both directions.

    M-071 `plentymsg conversation list --sort type`
    M-071 `plentymsg conversation list --sort status --reverse`
    """
    six.do("type", "set", "eBay/Reklamation", "--position", "2")
    in_order, backwards = ids(six, "--sort", key), ids(six, "--sort", key, "--reverse")
    assert (in_order, backwards) == (expected, reversed_)
    pages = [ids(six, "--sort", key, "--limit", "4", "--page", str(page)) for page in (1, 2, 3)]
    assert pages == [expected[:4], expected[4:], []]


def test_the_position_decides_not_the_name_or_the_id(six: Desk) -> None:
    six.do("type", "set", "Amazon/Kundenanfrage", "--position", "99")
    assert ids(six, "--sort", "type", "--group", "Amazon") == [6, 1, 5, 2]


def test_conversations_are_filtered_by_their_owner_or_by_having_none(six: Desk) -> None:
    """The list is narrowed to what a user owns in whichever role, to what nobody owns, or to both.

    M-120 `plentymsg conversation list --owner LOGIN`
    M-120 `plentymsg conversation list --no-owner`
    """
    six.do("role", "add", "Bearbeitung")
    six.do("role", "add", "Prüfung")
    six.do("user", "add", "eva.berg", "--admin")
    six.do("conversation", "assign", "1", "2", "--role", "Bearbeitung", "--owner", "eva.berg")
    six.do("conversation", "assign", "2", "3", "--role", "Prüfung", "--owner", os_login())
    assert ids(six, "--owner", "eva.berg") == [2, 1]
    assert ids(six, "--owner", "eva.berg", "--owner", os_login()) == [3, 2, 1]
    assert ids(six, "--no-owner") == [6, 5, 4]
    assert ids(six, "--no-owner", "--owner", "eva.berg") == [6, 5, 4, 2, 1]
    assert ids(six, "--owner", os_login(), "--group", "eBay", "--sort", "status") == [3]
    assert "eva.berg" in six.refused("conversation", "list", "--owner", "eva.ber", code=3)["hint"]
    (row,) = six.json("conversation", "list", "--owner", "eva.berg", "--limit", "1")
    assert row["owners"] == [
        {"role": "Bearbeitung", "user": "eva.berg"},
        {"role": "Prüfung", "user": os_login()},
    ]


def test_an_unknown_order_is_refused_with_those_that_there_are(six: Desk) -> None:
    error = six.refused("conversation", "list", "--sort", "colour", code=2)
    assert "status" in error["message"] + error["hint"]
