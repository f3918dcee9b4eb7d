from __future__ import annotations

import pytest

from tests.cli.test_group import converse
from tests.desk import Desk

KINDS = [
    "category",
    "contact",
    "messageBillable",
    "messenger",
    "order",
    "redistribution",
    "reorder",
    "variation",
]


def add(desk: Desk, *options: str, name: str = "Urgent") -> dict[str, object]:
    tag: dict[str, object] = desk.json(
        "tag", "add", name, "--colour", "#ff8800", "--availabilities", "messenger", *options
    )
    return tag


@pytest.mark.parametrize(
    "colour",
    [
        "#ff8800",
        "FF8800",
        "#f80",
        "rgb(255, 136, 0)",
        "rgb(255,136,0)",
        "hsl(32, 100%, 50%)",
        "HSL(32,100%,50%)",
    ],
)
def test_a_colour_may_be_given_as_hex_rgb_or_hsl(desk: Desk, colour: str) -> None:
    tag = desk.json("tag", "add", "Urgent", "--colour", colour, "--availabilities", "order")
    assert tag["colour"] == "#ff8800"


@pytest.mark.parametrize(
    "colour",
    [
        "rgb(256,0,0)",
        "rgb(1,2)",
        "hsl(32, 120%, 50%)",
        "#ff88",
        "#ff8800aa",
        "rgba(1,2,3,0.5)",
        "orangy",
        "",
        "0",
    ],
)
def test_what_is_no_opaque_colour_is_refused(desk: Desk, colour: str) -> None:
    error = desk.refused("tag", "add", "U", "--colour", colour, "--availabilities", "order", code=2)
    assert error["message"].startswith("colour: ")


def test_a_tag_may_be_available_for_each_of_the_eight_kinds(desk: Desk) -> None:
    tag = desk.json("tag", "add", "Urgent", "--colour", "#f80", "--availabilities", ",".join(reversed(KINDS)))
    assert tag["availabilities"] == KINDS
    desk.do("tag", "set", "Urgent", "--availabilities", "order", "--availabilities", "contact, order")
    assert desk.json("tag", "show", "Urgent")["availabilities"] == ["contact", "order"]


def test_a_tag_is_available_for_something(desk: Desk) -> None:
    missing = desk.refused("tag", "add", "Urgent", code=2)
    assert [problem["key"] for problem in missing["problems"]] == ["colour", "availabilities"]
    add(desk)
    assert "empty" in desk.refused("tag", "set", "Urgent", "--availabilities", "", code=2)["message"]
    error = desk.refused("tag", "set", "Urgent", "--availabilities", "ticket", code=2)
    assert all(kind in error["message"] for kind in KINDS)


def test_translations_are_added_and_removed_one_by_one(desk: Desk) -> None:
    add(desk, "--translations", "de=Eilig", "--translations", "pl=Pilne")
    desk.do("tag", "set", "Urgent", "--translations", "de=", "--translations", "fr=Urgent = vite")
    assert desk.json("tag", "show", "Urgent")["translations"] == {"fr": "Urgent = vite", "pl": "Pilne"}
    desk.refused("tag", "set", "Urgent", "--translations", "xx=Eilig", code=2)
    assert "de=Eilig" in desk.refused("tag", "set", "Urgent", "--translations", "Eilig", code=2)["hint"]


def test_a_translation_that_is_left_out_is_no_difference(desk: Desk) -> None:
    add(desk, "--translations", "de=Eilig")
    assert add(desk)["changed"] is False


def test_deleting_a_tag_takes_it_from_all_that_bear_it(desk: Desk) -> None:
    tag = add(desk)
    desk.do("channel", "add", "Laden", "--tags", "Urgent")
    conversation = converse(desk, 1)
    desk.rows("INSERT INTO conversation_tag VALUES (?, ?) RETURNING 1", conversation, tag["id"])
    done = desk.run("tag", "delete", "Urgent", "--yes")
    assert done.err.splitlines() == [
        "Warning: The channel Laden has lost this tag.",
        "Warning: It was on other things too, which have lost it (conversation: 1).",
    ]
    assert desk.json("channel", "show", "Laden")["tags"] == []
    assert desk.rows("SELECT count(*) FROM conversation_tag") == [(0,)]
    assert add(desk, name="Other")["id"] != tag["id"]
