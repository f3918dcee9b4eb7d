"""Internal messages."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.desk import Desk


@pytest.fixture
def note(desk: Desk) -> Desk:
    """A store with one conversation, 1, that was begun by whispering."""
    desk.do("conversation", "whisper", "--new", "--subject", "Lager zählen", "--text", "Bis Freitag.")
    return desk


def test_a_conversation_can_begin_with_a_whisper_where_there_is_no_channel(desk: Desk) -> None:
    """Colleagues can write to one another where there is no channel at all; the conversation has none.

    M-122 `plentymsg conversation whisper --new --subject SUBJECT`
    """
    assert desk.json("channel", "list") == []
    done = desk.json(
        *("conversation", "whisper", "--new", "--subject", " Lager\nzählen "),
        *("--group", "amazon", "--text", "Bis Freitag."),
    )
    shown = desk.json("conversation", "show", str(done["conversation"]))
    assert (shown["subject"], shown["channel"], shown["group"]) == ("Lager zählen", None, "Amazon")
    (message,) = shown["messages"]
    assert (message["id"], message["direction"], message["text"]) == (done["id"], "whisper", "Bis Freitag.")
    assert (message["to"], message["delivery"], message["marks"]) == ([], None, [])


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("send", "--to", "petra@example.com", "--subject", "x", "--text", "x"), 3, "channel add"),
        (("fetch",), 3, "channel add"),
        (("sync",), 3, "channel add"),
        (("conversation", "reply", "1", "--text", "x"), 2, "conversation whisper 1"),
    ],
)
def test_without_a_channel_nothing_is_sent_or_received(
    note: Desk, words: tuple[str, ...], code: int, hint: str
) -> None:
    """Sending and receiving need a channel; without one they are refused, with the way out.

    M-122 `plentymsg send`
    """
    error = note.refused(*words, code=code)
    assert "channel" in error["message"]
    assert hint in error["hint"]
    assert note.json("outbox", "list") == []


def test_a_conversation_without_a_channel_stays_internal_when_one_is_added(note: Desk) -> None:
    note.do("channel", "add", "Laden", "--default")
    error = note.refused("conversation", "reply", "1", "--text", "x", code=2)
    assert "has no channel" in error["message"]


def test_a_whisper_is_a_note_that_nobody_outside_gets(note: Desk) -> None:
    """A whisper is in the thread, marked as internal, and never in the outbox; no marketplace's rule applies.

    M-186 `plentymsg conversation whisper ID --text NOTE`
    """
    note.do("conversation", "set", "1", "--group", "Amazon")
    note.do("conversation", "whisper", "1", "--text-file", "-", stdin=b"Siehe https://shop.example.com\n")
    shown = note.do("conversation", "show", "1")
    assert shown.count("[internal]") == 2
    assert "  Siehe https://shop.example.com\n" in shown
    assert note.json("outbox", "list") == []
    assert note.json("send") == []
    assert note.rows("SELECT count(*) FROM delivery") == [(0,)]
    line = note.history()[-1]
    assert (line["kind"], line["thing_id"], line["action"]) == ("conversation", 1, "whispered")


def test_an_answer_answers_the_customer_not_the_newest_whisper(desk: Desk) -> None:
    desk.do(
        *("channel", "add", "Laden", "--default", "--sender-email", "shop@holzweg.example"),
        *("--outgoing-protocol", "maildir", "--outgoing-path", str(desk.store.parent / "out")),
    )
    sent = desk.json("send", "--to", "petra@example.com", "--subject", "Regal", "--text", "Es kommt.")
    number = str(sent["conversation"])
    desk.do("conversation", "whisper", number, "--text", "Sie hat angerufen.")
    desk.do("conversation", "reply", number, "--text", "Gern geschehen.")
    answer = desk.json("conversation", "show", number)["messages"][-1]
    assert (answer["direction"], answer["to"]) == ("out", ["petra@example.com"])
    header = desk.rows("SELECT header_id FROM message_reference WHERE message_id = ?", answer["id"])
    assert header == [(sent["message_id"],)]


def test_a_billable_message_records_its_minutes_under_a_tag_for_that(note: Desk) -> None:
    """A fee-based message records its minutes, and is shown with them; without a tag for it, it is refused.

    M-088 `plentymsg conversation whisper ID --billable --minutes N --tag NAME`
    """
    words = ("conversation", "whisper", "1", "--text", "Beratung", "--billable", "--minutes", "25")
    assert "tag add" in note.refused(*words, code=2)["hint"]
    note.do("tag", "add", "Eilig", "--colour", "#ff0000", "--availabilities", "messenger")
    note.do("tag", "add", "Bezahlt", "--colour", "#00ff00", "--availabilities", "messageBillable")
    error = note.refused(*words, "--tag", "Eilig", code=2)
    assert "billable messages" in error["message"]
    assert error["hint"].endswith("there are: Bezahlt.")
    assert len(note.json("conversation", "show", "1")["messages"]) == 1

    note.do(*words, "--tag", "eilig", "--tag", "bezahlt")
    message = note.json("conversation", "show", "1")["messages"][-1]
    assert (message["minutes"], message["billable"]) == (25, True)
    assert message["tags"] == ["Bezahlt", "Eilig"]
    shown = note.do("conversation", "show", "1")
    assert "  Tags: Bezahlt, Eilig\n  Minutes: 25 (billable)\n" in shown


def test_free_minutes_need_the_tag_too_and_billable_needs_minutes(note: Desk) -> None:
    note.do("tag", "add", "Zeit", "--colour", "#00ff00", "--availabilities", "messageBillable")
    whisper = ("conversation", "whisper", "1", "--text", "x")
    note.refused(*whisper, "--minutes", "5", code=2)
    assert "--minutes" in note.refused(*whisper, "--billable", "--tag", "Zeit", code=2)["hint"]
    done = note.json(*whisper, "--minutes", "5", "--tag", "Zeit")
    assert (done["minutes"], done["billable"]) == (5, False)


@pytest.mark.parametrize("minutes", ["0", "-1", "100001", "x", "1.5", "9" * 5000])
def test_minutes_are_a_number_of_sensible_size(note: Desk, minutes: str) -> None:
    note.refused("conversation", "whisper", "1", "--text", "x", "--minutes", minutes, code=2)


def test_a_tag_for_other_things_is_refused(note: Desk) -> None:
    note.do("tag", "add", "Lager", "--colour", "#00ff00", "--availabilities", "order")
    error = note.refused("conversation", "whisper", "1", "--text", "x", "--tag", "Lager", code=2)
    assert "'Lager'" in error["message"]
    assert "order,messenger" in error["hint"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--text", "x"), 2),
        (("1", "--new", "--subject", "x", "--text", "x"), 2),
        (("1", "--subject", "x", "--text", "x"), 2),
        (("1", "--group", "Amazon", "--text", "x"), 2),
        (("--new", "--text", "x"), 2),
        (("--new", "--subject", " ", "--text", "x"), 2),
        (("--new", "--subject", "x", "--group", "All", "--text", "x"), 2),
        (("--new", "--subject", "x", "--group", "Contact notes", "--text", "x"), 2),
        (("--new", "--subject", "x", "--group", "Nirgends", "--text", "x"), 3),
        (("--new", "--subject", "\x1b[31m", "--text", "x"), 2),
        (("1",), 2),
        (("1", "--text", " \n "), 2),
        (("1", "--text", "\x00"), 2),
        (("1", "--text", "\udcff"), 2),
        (("1", "--text", "x", "--text-file", "-"), 2),
        (("2", "--text", "x"), 3),
        (("9" * 30, "--text", "x"), 3),
        (("eins", "--text", "x"), 3),
    ],
)
def test_a_whisper_that_is_not_one_is_refused_and_leaves_nothing(
    note: Desk, words: tuple[str, ...], code: int
) -> None:
    note.refused("conversation", "whisper", *words, code=code)
    assert note.rows("SELECT (SELECT count(*) FROM conversation), (SELECT count(*) FROM message)") == [(1, 1)]


def test_an_open_conversation_shows_type_and_status_beside_its_tags(note: Desk, terminal: Run) -> None:
    """Type and status of an open conversation stand beside its tags, the status in its colour, in percent.

    M-069 `plentymsg conversation show ID`
    """
    note.do("tag", "add", "Eilig", "--colour", "#ff0000", "--availabilities", "messenger")
    note.do("conversation", "tag", "1", "--add", "Eilig")
    note.do(
        "conversation", "set", "1", "--group", "Amazon", "--type", "Retoure", "--status", "In Bearbeitung"
    )
    assert note.do("conversation", "show", "1").splitlines()[1] == (
        "Amazon · Retoure · In Bearbeitung (50 %) · Eilig"
    )
    screen = terminal("conversation", "show", "1", PLENTYMSG_STORE=str(note.store)).out
    assert "Retoure · \x1b[38;2;255;165;0m●\x1b[0m In Bearbeitung (50 %) · Eilig" in screen


def test_a_conversation_is_found_by_the_tag_of_one_of_its_messages(note: Desk) -> None:
    """The overview is filtered by tags, those of a conversation and those that are on its messages.

    M-087 `plentymsg conversation list --tag TAG`
    """
    note.do("tag", "add", "Rückruf", "--colour", "red", "--availabilities", "messenger")
    assert note.json("conversation", "list", "--tag", "Rückruf") == []
    note.do("conversation", "whisper", "1", "--text", "x", "--tag", "Rückruf")
    assert [found["id"] for found in note.json("conversation", "list", "--tag", "Rückruf")] == [1]
