"""Sending and answering: to whom, and that what is in the outbox is never sent a second time by mistake."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from plentymsg.errors import Busy, Interrupted
from plentymsg.messenger import dispatch, fetch, send
from plentymsg.messenger.access import Actor
from plentymsg.messenger.writing import Given
from plentymsg.store import views
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.views import Row
from tests.desk import Desk
from tests.journeys.mails import mail
from tests.messenger.test_fetch import by, file

TEXT = Given(subject="Ihr Regal", text="Guten Tag")


def answer(connection: Connection, actor: Actor, *to: str) -> list[str]:
    """Answer the first conversation; return the addresses."""
    with transaction(connection):
        queued = send.reply(
            connection, actor, views.select(connection, "v_conversation")[0], to, TEXT, send.Terms()
        )
    rows = views.select(connection, "v_delivery", {"message_id": queued.message_id})
    return sorted(row["recipient"] for row in rows)


def test_an_answer_goes_to_the_customers_reply_to(connection: Connection, shop: Row, actor: Actor) -> None:
    file(
        connection, shop, b"Reply-To: Petra <petra@example.com>\r\n" + mail(1, sender="form@holzweg.example")
    )
    assert answer(connection, actor) == ["petra@example.com"]


def test_an_answer_goes_to_the_person_and_not_to_the_machine_that_bounced(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    file(connection, shop, mail(1))
    bounce = mail(2, answers=by(1), sender="MAILER-DAEMON@mx.example")
    file(connection, shop, b"Auto-Submitted: auto-replied\r\n" + bounce)
    assert answer(connection, actor) == ["petra@example.com"]


@pytest.mark.parametrize("sender", ["foo..bar@docomo.example", "K <k@example.com>"])
def test_who_has_written_can_be_answered_however_odd_the_address(
    connection: Connection, shop: Row, actor: Actor, sender: str
) -> None:
    file(connection, shop, b"Reply-To: not an address\r\n" + mail(1, sender=sender))
    assert answer(connection, actor) == [sender.rpartition("<")[2].rstrip(">")]


def test_the_same_address_in_other_letters_is_one_recipient(
    connection: Connection, shop: Row, actor: Actor
) -> None:
    file(connection, shop, mail(1))
    assert answer(connection, actor, "PETRA@example.com", "jan@example.com") == [
        "jan@example.com",
        "petra@example.com",
    ]


def _queue(connection: Connection, actor: Actor, shop: Row) -> Callable[[], send.Queued]:
    return lambda: send.send(connection, actor, shop, ["a@example.com"], TEXT, send.Terms())


@pytest.mark.parametrize("fault", [Busy("busy"), sqlite3.OperationalError("locked"), OSError("gone")])
def test_a_fault_after_a_message_is_in_the_outbox_says_not_to_send_it_again(
    store: Path,
    connection: Connection,
    shop: Row,
    actor: Actor,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(dispatch, "deliver", fail)
    done = dispatch.dispatch(store, connection, actor, _queue(connection, actor, shop), send.Terms())
    assert (done.result["state"], done.changed) == ("queued", True)
    assert any("do not send it again" in warning for warning in done.warnings)


def test_an_interruption_after_a_message_is_in_the_outbox_names_it(
    store: Path, connection: Connection, shop: Row, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dispatch, "deliver", interrupt)
    with pytest.raises(Interrupted, match="message 1 is in the outbox") as caught:
        dispatch.dispatch(store, connection, actor, _queue(connection, actor, shop), send.Terms())
    assert caught.value.exit_code == 130
    assert views.select(connection, "v_outbox")[0]["state"] == "queued"


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two channels that read the same Maildir, with one mail."""
    maildir = desk.store.parent / "mail"
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True)
    (maildir / "new" / "1.M1.example").write_bytes(mail(1))
    for name in ("One", "Two"):
        desk.do(
            *("channel", "add", name, "--incoming-protocol", "maildir", "--incoming-path", str(maildir)),
            *("--outgoing-protocol", "maildir", "--outgoing-path", str(desk.store.parent / "out")),
            *("--sender-email", f"{name}@holzweg.example"),
        )
    return desk


def test_two_channels_on_one_mailbox_both_get_its_mail(two: Desk) -> None:
    assert [(c["channel"], c["fetched"]) for c in two.json("fetch")] == [("One", 1), ("Two", 1)]
    assert two.json("conversation", "list", "--channel", "Two")[0]["message_count"] == 1


def test_a_fault_of_one_channel_stops_no_other(two: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fetch.connections.source_of

    def broken(connection: Connection, channel: Row):
        if channel["name"] == "One":
            raise ValueError("the server answered something odd")
        return real(connection, channel)

    monkeypatch.setattr(fetch.connections, "source_of", broken)
    done = two.run("fetch", "--json")
    assert done.code == 7
    assert '"channel": "Two", "fetched": 1' in done.out
    assert "ValueError: the server answered something odd" in done.err


def test_a_message_of_a_deleted_channel_is_not_retried_for_ever(two: Desk) -> None:
    two.do("send", "--channel", "One", "--to", "a@example.com", "--subject", "x", "--text", "y", "--queue")
    two.rows("UPDATE delivery SET state = 'failed'")
    two.do("channel", "delete", "One", "--yes")
    assert "was deleted" in two.refused("outbox", "retry", "1", code=1)["message"]


def test_a_channel_that_only_sends_is_no_fault_of_sync(desk: Desk) -> None:
    outgoing = ("--outgoing-protocol", "maildir", "--outgoing-path", str(desk.store.parent / "out"))
    desk.do("channel", "add", "Out", *outgoing, "--sender-email", "out@holzweg.example")
    assert desk.json("sync", "Out") == {"channels": [], "delivered": []}


def test_reading_marks_only_what_was_shown(two: Desk) -> None:
    two.do("fetch", "One")
    assert two.json("conversation", "show", "1")["unread"] is True
    assert two.json("conversation", "list")[0]["unread"] is False
    (two.store.parent / "mail" / "new" / "2.M1.example").write_bytes(mail(2, answers=by(1)))
    two.do("fetch", "One")
    assert two.json("conversation", "list")[0]["unread"] is True


def test_a_link_to_the_store_is_the_store(two: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its locks and its captured mail lie beside the file, not beside the link."""
    link = two.store.parent / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(two.store)
    two.do(
        "send",
        "--channel",
        "One",
        "--to",
        "a@example.com",
        "--subject",
        "x",
        "--text",
        "y",
        "--store",
        str(link),
    )
    assert list(link.parent.iterdir()) == [link]
    assert Path(f"{two.store}.captured").is_dir()


def test_init_on_a_store_asks_who_it_is(desk: Desk) -> None:
    desk.become("stranger")
    assert "no active account" in desk.refused("init", "--client-name", "Evil", code=5)["message"]
    assert desk.rows("SELECT client_name FROM settings") == [("Holzweg GmbH",)]


def test_init_with_another_client_name_is_a_change_with_history(desk: Desk) -> None:
    assert desk.json("init", "--client-name", "Other")["changed"] is True
    assert desk.history()[-1]["after"]["client_name"] == "Other"


def test_another_message_under_a_used_key_is_refused(two: Desk) -> None:
    words = ("send", "--channel", "One", "--subject", "x", "--text", "y", "--queue", "--key", "order-1")
    first = two.json(*words, "--to", "a@example.com")
    assert two.json(*words, "--to", "a@example.com")["id"] == first["id"]
    error = two.refused(*words, "--to", "b@example.com", code=1)
    assert "order-1" in error["message"]
    assert len(two.json("outbox", "list")) == 1


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--text", "", "no text"),
        ("--text", " \n", "no text"),
        ("--text-file", "/dev/null", "no text"),
        ("--text", "a\x1b[31mb", "U+001B"),
        ("--subject", "a\x07b", "U+0007"),
    ],
)
def test_an_empty_text_or_a_control_character_is_not_sent(
    two: Desk, option: str, value: str, told: str
) -> None:
    words = {"--subject": "x", "--text": "y", option: value}
    if option == "--text-file":
        del words["--text"]
    given = [word for pair in words.items() for word in pair]
    assert told in two.refused("send", "--channel", "One", "--to", "a@example.com", *given, code=2)["message"]


@pytest.mark.parametrize(
    "words",
    [
        ("outbox", "show", "9" * 30),
        ("conversation", "list", "--limit", "9" * 30),
        ("conversation", "list", "--limit", "2", "--page", "9" * 30),
        ("conversation", "show", "9" * 30),
        ("group", "show", "9" * 30),
    ],
)
def test_a_huge_number_is_refused_like_any_other(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.run(*words)
    assert done.code in (2, 3)
    assert "did not expect" not in done.err
