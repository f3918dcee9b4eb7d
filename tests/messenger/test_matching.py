"""Mail that comes in is linked to the order that it is about, by the address of who wrote it."""

from __future__ import annotations

import sqlite3

import pytest

from plentymsg.messenger import matching, relations
from plentymsg.messenger.access import Actor
from plentymsg.store import customers, filing, views
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.views import Row
from tests.journeys.mails import mail
from tests.messenger.test_fetch import by, file

PETRA = "Petra Müller <Petra@Example.com>"


@pytest.fixture
def matched(connection: Connection, shop: Row) -> Row:
    """The channel, which matches orders; Petra has two of them, one by her contact."""
    with transaction(connection):
        connection.execute("UPDATE channel SET match_orders = 1 WHERE id = ?", (shop["id"],))
        connection.execute("INSERT INTO contact (id, email_work, details, external_id, number, first_name,"
            " last_name, company, title, gender, language, email_private) VALUES"
            " (7, 'petra@example.com', '{}', '', '', '', '', '', '', '', '', ''),"
            " (8, '', '{}', '', '', '', '', '', '', '', '', 'lotte@example.com')")  # fmt: skip
        for number, contact, day in (
            (501, 7, "2026-11-02"),
            (502, None, "2026-11-01"),
            (503, 8, "2026-11-09"),
        ):
            connection.execute(
                "INSERT INTO sales_order (id, contact_id, created_at, external_id, referrer, status,"
                " currency, total, details) VALUES (?, ?, ?, '', '', '', '', '', '{}')",
                (number, contact, day),
            )
        address(connection, "order_id", 502, "petra@example.com")
    row = views.first(connection, "v_channel", {"id": shop["id"]})
    assert row is not None
    return row


def address(connection: Connection, owner: str, number: int, email: str) -> None:
    connection.execute(
        f"INSERT INTO postal_address ({owner}, kind, is_primary, company, first_name, last_name, street,"
        " house_number, postal_code, town, country, email, telephone)"
        " VALUES (?, 'invoice', 1, '', '', '', '', '', '', '', '', ?, '')",
        (number, email),
    )


def links(connection: Connection, conversation_id: int = 1) -> list[str]:
    return [" ".join(relation) for relation in filing.relations_of(connection, conversation_id)]


def test_a_conversation_is_linked_to_the_senders_newest_order(connection: Connection, matched: Row) -> None:
    """What comes in to a channel that matches orders is linked to the newest order of the sender's address.

    M-137 `plentymsg channel set NAME --match-orders`
    """
    file(connection, matched, mail(1, sender=PETRA))
    assert links(connection) == ["contact 7", "order 501"]


def test_an_order_is_of_the_address_that_is_in_it_too(connection: Connection, matched: Row) -> None:
    with transaction(connection):
        connection.execute("UPDATE sales_order SET created_at = '2026-11-03T00:00:00+00:00' WHERE id = 502")
    file(connection, matched, mail(1, sender=PETRA))
    assert links(connection) == ["order 502"]


def test_who_has_no_order_is_linked_as_a_contact(connection: Connection, matched: Row) -> None:
    with transaction(connection):
        connection.execute("DELETE FROM sales_order WHERE id = 503")
        address(connection, "contact_id", 8, "l@example.com")
    file(connection, matched, mail(1, sender="l@example.com"), mail(2, sender="nobody@example.com"))
    assert links(connection) == ["contact 8"]
    assert links(connection, 2) == []


def test_a_channel_that_does_not_match_orders_links_nothing(
    connection: Connection, matched: Row, other: Row
) -> None:
    file(connection, other, mail(1, sender=PETRA))
    assert links(connection) == []


def test_an_order_that_comes_later_is_linked_by_the_next_mail(connection: Connection, matched: Row) -> None:
    file(connection, matched, mail(1, sender="ines@example.com"))
    with transaction(connection):
        address(connection, "order_id", 503, "ines@example.com")
    file(connection, matched, mail(2, sender="ines@example.com", answers=by(1)))
    assert links(connection) == ["contact 8", "order 503"]


def test_what_a_person_has_chosen_stays(connection: Connection, matched: Row, actor: Actor) -> None:
    file(connection, matched, mail(1, sender=PETRA), mail(2, sender=PETRA))
    first, second = views.select(connection, "v_conversation", order_by="id")
    with transaction(connection):
        relations.unlink(connection, actor, first, "order:501")
        relations.unlink(connection, actor, second, "order:501")
        relations.link(connection, actor, second, "order:503")
    file(connection, matched, mail(3, sender=PETRA, answers=by(1)), mail(4, sender=PETRA, answers=by(2)))
    assert links(connection, first["id"]) == ["contact 7"]
    assert links(connection, second["id"]) == ["contact 7", "contact 8", "order 503"]


def test_an_order_that_a_person_has_linked_stays_the_only_one(
    connection: Connection, matched: Row, actor: Actor
) -> None:
    file(connection, matched, mail(1, sender="ines@example.com"))
    with transaction(connection):
        relations.link(connection, actor, views.select(connection, "v_conversation")[0], "order:502")
        address(connection, "order_id", 503, "ines@example.com")
    file(connection, matched, mail(2, sender="ines@example.com", answers=by(1)))
    assert links(connection) == ["order 502"]


def test_who_answers_in_anothers_conversation_does_not_bring_their_order_along(
    connection: Connection, matched: Row
) -> None:
    """An answer would else tell one customer about the other's order."""
    with transaction(connection):
        connection.execute("UPDATE contact SET email_private = 'anna@example.com' WHERE id = 8")
        connection.execute("DELETE FROM sales_order WHERE contact_id = 8")
    file(connection, matched, mail(1, sender="anna@example.com"))
    assert links(connection) == ["contact 8"]
    file(connection, matched, mail(2, sender=PETRA, answers=by(1)))
    assert links(connection) == ["contact 8"]


def test_threads_that_grow_together_keep_their_links(connection: Connection, matched: Row) -> None:
    file(connection, matched, mail(1, sender="someone@example.com"))
    file(connection, matched, mail(3, sender=PETRA, answers=by(2)))
    file(connection, matched, mail(2, sender="someone@example.com", answers=by(1)))
    assert [row["id"] for row in views.select(connection, "v_conversation")] == [1]
    assert links(connection) == ["contact 7", "order 501"]


def test_no_mail_reads_all_orders(connection: Connection, matched: Row) -> None:
    steps: list[str] = []
    connection.set_trace_callback(steps.append)
    with transaction(connection):
        matching.link(connection, matched, 1, "nobody@example.com")
    connection.set_trace_callback(None)
    asked = [step for step in steps if step.startswith("SELECT") and "sales_order" in step]
    assert asked
    for statement in (*asked, *(step for step in steps if "FROM contact" in step)):
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        assert not [
            row["detail"]
            for row in plan
            if row["detail"].startswith("SCAN") and "SUBQUERY" not in row["detail"]
        ]


def test_of_several_contacts_with_an_address_the_newest_is_taken(
    connection: sqlite3.Connection, matched: Row
) -> None:
    with transaction(connection):
        address(connection, "contact_id", 8, "petra@example.com")
    assert customers.newest_contact_of(connection, "petra@example.com") == 8
