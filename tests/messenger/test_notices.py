"""Who is told of a mail that comes in."""

from __future__ import annotations

import pytest

from plentymsg.store import filing
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.views import Row
from tests.journeys.mails import mail
from tests.messenger.test_fetch import file


@pytest.fixture
def staff(connection: Connection) -> Connection:
    """Beside the admin who made the store: one who may read, one who may not, one who has left."""
    with transaction(connection):
        connection.executemany(
            "INSERT INTO user_account (login, name, email, admin, active, language, time_zone,"
            " signature_text, signature_html) VALUES (?, '', '', 0, ?, 'de', 'Europe/Berlin', '', '')",
            [("reader", 1), ("nobody", 1), ("gone.away", 0)],
        )
        connection.execute("INSERT INTO access_role (id, name, advanced) VALUES (1, 'Support', 1)")
        connection.execute("INSERT INTO access_role_right VALUES (1, 'CRM > Messenger > Read')")
        connection.executemany(
            "INSERT INTO user_access_role SELECT id, 1 FROM user_account WHERE login = ?",
            [("reader",), ("gone.away",)],
        )
    return connection


def told(connection: Connection) -> list[str]:
    """Who of them has how many notifications."""
    rows = connection.execute(
        "SELECT user FROM v_notification WHERE user IN ('reader', 'nobody', 'gone.away') ORDER BY user"
    )
    return [row[0] for row in rows]


def subscribe(connection: Connection, table: str, thing_id: int, *logins: str) -> None:
    with transaction(connection):
        connection.executemany(
            f"INSERT INTO {table} SELECT ?, id FROM user_account WHERE login = ?",
            [(thing_id, login) for login in logins],
        )


def test_subscribers_of_the_channel_are_told_of_each_new_message(staff: Connection, shop: Row) -> None:
    """Who subscribes to a channel is told of every message that comes in, once, if their account is active.

    M-138 `plentymsg fetch`
    """
    subscribe(staff, "channel_subscriber", shop["id"], "nobody", "gone.away")
    first = mail(1)
    file(staff, shop, first, mail(2, answers="<1@customer.example>"), mail(3))
    assert told(staff) == ["nobody"] * 3
    file(staff, shop, first)
    assert told(staff) == ["nobody"] * 3, "a mail that comes again is nothing new"


def test_who_subscribes_later_is_told_of_what_comes_then(staff: Connection, shop: Row) -> None:
    file(staff, shop, mail(1))
    (conversation,) = staff.execute("SELECT id FROM conversation").fetchone()
    subscribe(staff, "conversation_subscriber", conversation, "reader")
    subscribe(staff, "channel_subscriber", shop["id"], "nobody")
    file(staff, shop, mail(2, answers="<1@customer.example>"))
    assert told(staff) == ["nobody", "reader"]


def test_a_channel_that_notifies_tells_everyone_who_may_read_conversations(
    staff: Connection, shop: Row, other: Row
) -> None:
    """With notifications on, all who may read are told, else only the subscribers; each channel for itself.

    M-132 `plentymsg fetch`
    """
    with transaction(staff):
        staff.execute("UPDATE channel SET notifications = 1 WHERE id = ?", (shop["id"],))
    file(staff, other, mail(1))
    assert staff.execute("SELECT count(*) FROM notification").fetchone()[0] == 0
    file(staff, shop, mail(2))
    assert told(staff) == ["reader"]
    assert staff.execute("SELECT count(*) FROM notification").fetchone()[0] == 2, "and the admin"


def test_a_mail_that_is_not_kept_tells_nobody(
    staff: Connection, shop: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(staff, "channel_subscriber", shop["id"], "reader")
    monkeypatch.setattr(filing, "file_message", _fail)
    assert file(staff, shop, mail(1)).quarantined == 1
    assert told(staff) == []


def _fail(*_: object) -> int:
    raise ValueError("no")
