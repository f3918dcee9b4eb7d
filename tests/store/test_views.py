"""Lists that stay quick in a store of years: a page costs a page, whatever it is narrowed to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plentymsg.store import views
from plentymsg.store.driver import Connection, store_at, transaction
from plentymsg.store.migrate import make
from tests.steps import steps

SIZE = 3000
"""Conversations; the higher its number, the newer, but two of a moment. The first half has the tag 1 and
the type 1, the other half the tag 2 and the type 2; tag 3 is on two only. Each has one message, with its
number: the first three are in the outbox, the rest has come in."""


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path: Path = tmp_path_factory.mktemp("store") / "store.db"
    make(path)
    with store_at(path) as opened:
        with transaction(opened):
            _fill(opened)
        yield opened


def _fill(connection: Connection) -> None:
    connection.execute(
        "INSERT INTO messenger_group (id, name_de, position, visible) VALUES (1, 'Amazon', 1, 1)"
    )
    connection.execute(
        "INSERT INTO user_account (id, login, name, email, admin, active) VALUES (1, 'petra', '', '', 1, 1)"
    )
    for number in (1, 2, 3):
        connection.execute(
            "INSERT INTO messenger_type (id, group_id, name_de, position) VALUES (?, 1, 'Frage', 1)",
            (number,),
        )
        connection.execute(
            "INSERT INTO tag (id, name, colour) VALUES (?, ?, '#ff0000')", (number, str(number))
        )
    halves = [(number, 1 if number <= SIZE // 2 else 2) for number in range(1, SIZE + 1)]
    connection.executemany(
        "INSERT INTO conversation (id, subject, group_id, type_id, created_at, updated_at)"
        " VALUES (?, 'Frage', 1, ?, ?, '')",
        [(number, half, f"2026-{number // 2:06}") for number, half in halves],
    )
    connection.executemany("INSERT INTO conversation_tag VALUES (?, ?)", [*halves, (10, 3), (20, 3)])
    connection.executemany(
        "INSERT INTO message (conversation_id, direction, header_id, subject, from_name, from_email,"
        " date, text, html, marks, evidence, created_at)"
        " VALUES (?, 'in', '', '', '', '', '', '', '', '[]', '', '')",
        [(number,) for number, _ in halves],
    )
    connection.executemany(
        "INSERT INTO delivery (message_id, recipient, kind, live, state, attempts, response, updated_at)"
        " VALUES (?, ?, 'address', 0, ?, 1, '', '')",
        [(1, "a", "sent"), (1, "b", "failed"), (2, "a", "sent"), (3, "a", "sent")],
    )


@pytest.mark.parametrize(
    ("where", "limit", "offset", "expected"),
    [
        ({}, 3, 0, [3000, 2999, 2998]),
        ({}, 3, 2997, [3, 2, 1]),
        ({}, None, 2998, [2, 1]),
        ({"type_id": [1, 2]}, 3, 1, [2999, 2998, 2997]),
        ({"tag_id": [3]}, 3, 0, [20, 10]),
        ({"tag_id": [3, 1]}, 2, 1490, [10, 9]),
        ({"tag_id": [3], "type_id": [2]}, 3, 0, []),
        ({"tag_id": []}, 3, 0, []),
        ({"id": 7}, None, 0, [7]),
    ],
)
def test_a_page_of_conversations(
    connection: Connection, where: dict[str, Any], limit: int | None, offset: int, expected: list[int]
) -> None:
    rows = views.conversations(connection, 1, where, limit=limit, offset=offset)
    assert [row["id"] for row in rows] == expected
    assert all(row["message_count"] == 1 and row["unread"] for row in rows)


def test_a_page_of_any_order_is_what_the_whole_list_has_there(connection: Connection) -> None:
    for sort in views.SORTS:
        for reverse in (False, True):
            rows = views.conversations(connection, 1, sort=sort, reverse=reverse)
            page = views.conversations(connection, 1, sort=sort, reverse=reverse, limit=7, offset=1498)
            assert [row["id"] for row in page] == [row["id"] for row in rows[1498:1505]]
            assert {row["id"] for row in rows} == set(range(1, SIZE + 1))


@pytest.mark.parametrize("sort", views.SORTS)
def test_a_sorted_page_costs_some_steps_for_each_conversation_and_no_more(
    connection: Connection, sort: str
) -> None:
    """Not the hundreds that counting messages and collecting tags takes."""
    page = {"sort": sort, "reverse": True, "limit": 5}
    assert steps(connection, lambda: views.conversations(connection, 1, **page)) < 60 * SIZE
    where = {"owner_id": [1]}
    assert steps(connection, lambda: views.conversations(connection, 1, where, **page)) < SIZE


@pytest.mark.parametrize(
    ("where", "offset", "most"),
    [
        # What fits is sorted, and skipped, by its index: a few steps for each, not a hundred.
        ({"type_id": [1, 2]}, 0, 30 * SIZE),
        ({"tag_id": [1, 2]}, 0, 30 * SIZE),
        ({}, SIZE - 10, 10 * SIZE),
        # What does not fit is not read at all.
        ({"tag_id": [3]}, 0, SIZE),
        ({"type_id": [3]}, 0, SIZE),
        ({}, 0, SIZE),
    ],
)
def test_a_page_costs_no_more_than_looking_its_ids_up(
    connection: Connection, where: dict[str, Any], offset: int, most: int
) -> None:
    assert steps(connection, lambda: views.conversations(connection, 1, where, limit=5, offset=offset)) < most


@pytest.mark.parametrize(
    ("states", "limit", "offset", "expected"),
    [
        ([], 2, 0, [3, 2]),
        ([], 2, 2, [1]),
        ([], None, 1, [2, 1]),
        # A message with two recipients is one, in the state of the one who needs attention most.
        (["sent"], None, 0, [3, 2]),
        (["sent", "failed"], 2, 1, [2, 1]),
        (["failed"], 2, 0, [1]),
        (["queued"], 2, 0, []),
    ],
)
def test_a_page_of_the_outbox(
    connection: Connection, states: list[str], limit: int | None, offset: int, expected: list[int]
) -> None:
    rows = views.outbox(connection, states, limit=limit, offset=offset)
    assert [row["id"] for row in rows] == expected


@pytest.mark.parametrize("states", [[], ["failed"], ["queued", "deferred"]])
def test_the_outbox_is_listed_without_reading_what_has_come_in(
    connection: Connection, states: list[str]
) -> None:
    assert steps(connection, lambda: views.outbox(connection, states, limit=50)) < SIZE
