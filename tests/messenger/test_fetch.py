"""Filing: which conversation, what is kept, what comes twice, what cannot be filed."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plentymsg.errors import StoreFault
from plentymsg.mail.source import Batch, Fetched
from plentymsg.messenger import conversations, fetch, handling, incoming, send
from plentymsg.messenger.access import Actor
from plentymsg.messenger.conversations import Filters
from plentymsg.messenger.tagging import Tags
from plentymsg.messenger.writing import Given
from plentymsg.store import arrivals, filing, views
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection, explaining, transaction
from plentymsg.store.views import Row
from tests.journeys.mails import mail

_names = itertools.count()


def file(
    connection: Connection, channel: Row, *raws: bytes, received_at: datetime | None = None
) -> fetch._Counts:
    """File mails as one batch of the channel's mailbox."""
    counts = fetch._Counts()
    mails = tuple(Fetched(str(next(_names)), raw, received_at) for raw in raws)
    fetch.file_batch(connection, channel, f"test:{channel['name']}", Batch(mails, "here", 0), counts)
    return counts


def threads(connection: Connection) -> list[list[str]]:
    """The Message-IDs of each conversation, in the order of filing."""
    rows = views.select(connection, "v_message", order_by="conversation_id, id")
    return [
        [row["header_id"] for row in group]
        for _, group in itertools.groupby(rows, key=lambda row: row["conversation_id"])
    ]


def by(number: int) -> str:
    return f"<{number}@customer.example>"


def test_an_answer_joins_what_it_answers(connection: Connection, shop: Row) -> None:
    file(connection, shop, mail(1), mail(2, answers=by(1)), mail(3, references=f"{by(1)} {by(2)}"), mail(4))
    assert threads(connection) == [[by(1), by(2), by(3)], [by(4)]]


def test_the_nearest_ancestor_decides(connection: Connection, shop: Row) -> None:
    file(connection, shop, mail(1), mail(2))
    file(connection, shop, mail(3, references=f"{by(1)} {by(2)}", answers=by(2)))
    assert threads(connection) == [[by(1)], [by(2), by(3)]]


def test_an_answer_that_came_before_its_question_is_joined_by_it(connection: Connection, shop: Row) -> None:
    file(connection, shop, mail(2, answers=by(1)))
    file(connection, shop, mail(1))
    assert threads(connection) == [[by(2), by(1)]]


def test_a_bridge_that_comes_last_joins_both_sides(connection: Connection, shop: Row) -> None:
    file(connection, shop, mail(3, answers=by(2)))
    file(connection, shop, mail(1))
    file(connection, shop, mail(2, answers=by(1)))
    assert [sorted(thread) for thread in threads(connection)] == [[by(1), by(2), by(3)]]
    (row,) = views.select(connection, "v_conversation")
    assert row["message_count"] == 3
    (moved,) = views.select(connection, "v_message", {"header_id": by(3)})
    assert "joined by <2@customer.example>" in moved["evidence"]


def test_what_several_customers_have_answered_joins_none_of_them(connection: Connection, shop: Row) -> None:
    """The newsletter itself comes last: its answers stay apart, and it does not take a side."""
    file(connection, shop, mail(2, answers=by(1)), mail(3, answers=by(1), sender="stranger@example.com"))
    file(connection, shop, mail(1, sender="news@holzweg.example"))
    assert threads(connection) == [[by(2)], [by(3)], [by(1)]]


def test_a_conversation_that_somebody_answered_is_not_merged(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    file(connection, shop, mail(3, answers=by(2)))
    (answered,) = views.select(connection, "v_conversation")
    with transaction(connection):
        send.reply(connection, actor, answered, (), Given(subject="Re", text="Guten Tag"), send.Terms())
    file(connection, shop, mail(1), mail(2, answers=by(1)))
    assert [by(3) in thread for thread in threads(connection)] == [True, False]
    assert threads(connection)[1] == [by(1), by(2)]


def test_in_a_batch_a_question_is_filed_before_its_answers(connection: Connection, shop: Row) -> None:
    """Whatever the order in which the mailbox has them."""
    question = mail(1).replace(b"Date: ", b"Date: Mon, 02 Nov 2026 10:00:00 +0000\r\nX-Date: ", 1)
    file(connection, shop, mail(2, subject="Re: Wo?", answers=by(1)), question)
    (row,) = views.select(connection, "v_conversation")
    assert row["subject"] == "Wo ist mein Regal?"


def test_a_missing_parent_joins_the_same_customers_mails_only(connection: Connection, shop: Row) -> None:
    """Everyone who answers a newsletter names the same parent: they must not see one another's mail."""
    file(connection, shop, mail(2, answers=by(1)), mail(3, answers=by(1)))
    file(connection, shop, mail(4, answers=by(1), sender="stranger@example.com"))
    assert threads(connection) == [[by(2), by(3)], [by(4)]]


def test_a_subject_alone_joins_nothing(connection: Connection, shop: Row) -> None:
    file(connection, shop, mail(1, subject="Frage"), mail(2, subject="Re: Frage"))
    assert len(threads(connection)) == 2


def test_the_same_mail_again_files_nothing(connection: Connection, shop: Row) -> None:
    """Trace headers differ between two deliveries of the same mail."""
    raw = mail(1)
    assert file(connection, shop, raw).fetched == 1
    again = file(connection, shop, b"Received: from elsewhere; now\r\n" + raw)
    assert (again.fetched, again.new_conversations) == (0, 0)


def test_the_same_mail_to_two_channels_is_two(connection: Connection, shop: Row, other: Row) -> None:
    file(connection, shop, mail(1), mail(2, answers=by(1)))
    assert file(connection, other, mail(2, answers=by(1))).fetched == 1
    assert threads(connection) == [[by(1), by(2)], [by(2)]]


def test_a_message_id_used_twice_for_different_mail_is_two(connection: Connection, shop: Row) -> None:
    assert file(connection, shop, mail(1, text="one"), mail(1, text="two")).fetched == 2


def test_all_of_a_mail_is_kept(connection: Connection, shop: Row, actor: Actor) -> None:
    raw = mail(1, html="<p>Guten <b>Tag</b></p>", attachment=b"\x89PNG")
    file(connection, shop, raw)
    (row,) = conversations.listed(connection, actor, Filters())
    (message,) = conversations.shown(connection, actor, row["id"])["messages"]
    assert message["subject"] == "Wo ist mein Regal?"
    assert message["from"] == "Petra Müller <petra@example.com>"
    assert message["to"] == ["shop@holzweg.example"]
    assert message["attachments"][0]["name"] == "Lieferung Maß.png"
    assert filing.raw_of(connection, message["id"]) == raw
    (stored,) = views.select(connection, "v_message")
    assert "<b>Tag</b>" in stored["html"]


@pytest.mark.parametrize(
    ("header", "received_at", "expected"),
    [
        ("Mon, 02 Nov 2026 10:00:00 +0100", None, "2026-11-02T09:00:00+00:00"),
        ("Mon, 02 Nov 2093 10:00:00 +0100", datetime(2026, 11, 3, tzinfo=UTC), "2026-11-03T00:00:00+00:00"),
        ("next Tuesday", datetime(2026, 11, 3, tzinfo=UTC), "2026-11-03T00:00:00+00:00"),
    ],
)
def test_a_date_is_believed_unless_it_lies_ahead(
    connection: Connection, shop: Row, header: str, received_at: datetime | None, expected: str
) -> None:
    file(
        connection, shop, f"From: a@example.com\r\nDate: {header}\r\n\r\nHi".encode(), received_at=received_at
    )
    assert views.select(connection, "v_message")[0]["date"] == expected


def test_without_any_date_it_is_now(connection: Connection, shop: Row) -> None:
    file(connection, shop, b"From: a@example.com\r\n\r\nHi", received_at=now() + timedelta(days=400))
    assert views.select(connection, "v_message")[0]["date"] <= stamp(now())


def test_what_cannot_be_filed_is_set_aside_whole_and_the_others_are_filed(
    connection: Connection, shop: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = incoming.parse

    def stumble(raw: bytes):
        if b"poison" in raw:
            raise RecursionError("too deep")
        return parse(raw)

    monkeypatch.setattr(incoming, "parse", stumble)
    poison = mail(2, text="poison")
    counts = file(connection, shop, mail(1), poison, mail(3))
    assert (counts.fetched, counts.new_conversations, counts.quarantined) == (2, 2, 1)
    row = connection.execute("SELECT raw, reason FROM quarantine").fetchone()
    assert (bytes(row["raw"]), row["reason"]) == (poison, "RecursionError: too deep")


def test_a_mail_that_fails_half_way_leaves_nothing_of_itself(
    connection: Connection, shop: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its conversation is gone again too, and its digest: a later version may file it."""

    def fail(*_: object) -> int:
        raise ValueError("no")

    monkeypatch.setattr(filing, "file_message", fail)
    counts = file(connection, shop, mail(1))
    assert (counts.fetched, counts.new_conversations, counts.quarantined) == (0, 0, 1)
    for table in ("conversation", "filed_mail", "message"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_a_full_disk_keeps_neither_the_batch_nor_the_position(connection: Connection, shop: Row) -> None:
    file(connection, shop, mail(1))
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    counts = fetch._Counts()
    batch = Batch((Fetched("2", mail(2), None), Fetched("3", mail(3, text="x" * 500_000), None)), "there", 0)
    with pytest.raises(StoreFault, match="is full"), explaining(_path(connection)):
        fetch.file_batch(connection, shop, "test:Shop", batch, counts)
    assert counts.fetched == 0
    assert arrivals.position_of(connection, shop["id"], "test:Shop") == "here"
    assert threads(connection) == [[by(1)]]
    connection.execute("PRAGMA max_page_count = 1000000")
    fetch.file_batch(connection, shop, "test:Shop", batch, counts)
    assert (counts.fetched, arrivals.position_of(connection, shop["id"], "test:Shop")) == (2, "there")


def _path(connection: Connection):
    from pathlib import Path

    return Path(connection.execute("PRAGMA database_list").fetchone()["file"])


def test_new_conversations_get_what_their_channel_gives(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO tag (id, name, colour) VALUES (7, 'Urgent', '#ff0000')")
        connection.execute("INSERT INTO messenger_role (id, name_de, position) VALUES (3, 'Bearbeitung', 1)")
        connection.execute("INSERT INTO channel_tag VALUES (?, 7)", (shop["id"],))
        connection.execute("INSERT INTO channel_owner VALUES (?, 3, ?)", (shop["id"], actor.id))
        connection.execute("INSERT INTO channel_subscriber VALUES (?, ?)", (shop["id"], actor.id))
    file(connection, shop, mail(1))
    (row,) = conversations.listed(connection, actor, Filters(tags=["urgent"]))
    thing = conversations.shown(connection, actor, row["id"])
    assert thing["tags"] == ["Urgent"]
    assert thing["owners"] == [{"role": "Bearbeitung", "user": actor.login}]
    assert connection.execute("SELECT count(*) FROM conversation_subscriber").fetchone()[0] == 1


def test_a_relay_sender_tells_the_marketplace_in_a_channel_of_none(connection: Connection, shop: Row) -> None:
    file(connection, shop, mail(1, sender="x1y2@marketplace.amazon.de"), mail(2))
    rows = views.select(connection, "v_conversation", order_by="id")
    assert [row["marketplace"] for row in rows] == ["amazon", None]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.one_of(
        st.binary(max_size=2000), st.text(max_size=500).map(lambda t: t.encode("utf-8", "surrogatepass"))
    )
)
def test_any_bytes_are_filed_and_nothing_is_set_aside(connection: Connection, shop: Row, raw: bytes) -> None:
    counts = file(connection, shop, raw)
    assert counts.quarantined == 0


def test_a_channels_tags_come_with_each_message_unless_a_person_has_decided(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    """The channel's tags come with every message that it receives; what a person has decided stays.

    M-133 `plentymsg channel set CHANNEL --tags TAGS`
    """
    file(connection, shop, mail(1), mail(2))
    with transaction(connection):
        connection.execute("INSERT INTO tag (id, name, colour) VALUES (5, 'Laden', '#ff0000')")
        connection.execute("INSERT INTO tag_availability (tag_id, kind) VALUES (5, 'messenger')")
        connection.execute("INSERT INTO channel_tag (channel_id, tag_id) VALUES (?, 5)", (shop["id"],))
        handling.change(connection, actor, ["2"], handling.Wanted(tags=Tags(add=["Laden"])))
        handling.change(connection, actor, ["2"], handling.Wanted(tags=Tags(remove=["Laden"])))
    file(connection, shop, mail(3, answers=by(1)), mail(4, answers=by(2)))
    assert connection.execute("SELECT conversation_id, tag_id FROM conversation_tag").fetchone()[:] == (1, 5)
    assert connection.execute("SELECT count(*) FROM conversation_tag").fetchone()[0] == 1
