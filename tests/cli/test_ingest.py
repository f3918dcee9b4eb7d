"""`plentymsg ingest`: a mail server's pipe. It must never be told to send a customer's mail back."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.journeys.mails import mail

TRY_AGAIN = 75


@pytest.fixture
def post(desk: Desk) -> Desk:
    """A store with two channels; the one that the mail is for is not the default one."""
    desk.do("settings", "set", "--target-domain", "in.holzweg.example")
    desk.do("channel", "add", "Shop", "--default")
    desk.do("channel", "add", "Amazon DE", "--marketplace", "amazon")
    return desk


@pytest.fixture
def target(post: Desk) -> str:
    """The target address of the channel Amazon DE."""
    return str(post.json("channel", "show", "Amazon DE")["target_address"])


def messages(desk: Desk) -> int:
    return int(desk.rows("SELECT count(*) FROM message")[0][0])


def test_a_piped_mail_lands_in_the_channel_it_was_sent_to(post: Desk, target: str) -> None:
    """A mail server may pipe the mail for a target address in: its channel has it at once.

    M-141 `plentymsg ingest --to ADDRESS`
    """
    done = post.json("ingest", "--to", f"<{target.upper()}>", stdin=mail(1))
    assert done == {
        "changed": True,
        "state": "filed",
        "channel": "Amazon DE",
        "conversation": 1,
        "message": 1,
        "reason": None,
    }
    (row,) = post.json("conversation", "list")
    assert (row["channel"], row["group"], row["subject"]) == ("Amazon DE", "Amazon", "Wo ist mein Regal?")


def test_the_headers_tell_where_the_server_does_not(post: Desk, target: str) -> None:
    raw = b"X-Original-To: " + target.encode() + b"\n" + mail(1)
    assert post.json("ingest", stdin=raw)["channel"] == "Amazon DE"
    assert post.json("ingest", "--to", "shop@holzweg.example", stdin=raw)["state"] == "known"


def test_the_same_mail_again_is_kept_once_and_is_no_failure(post: Desk, target: str) -> None:
    raw = mail(1)
    post.do("ingest", "--to", target, stdin=raw)
    again = post.json("ingest", "--to", target, stdin=raw.replace(b"\r\n", b"\n"))
    assert (again["changed"], again["state"]) == (False, "known")
    assert messages(post) == 1


def test_a_mail_to_nobody_known_stays_with_the_server(post: Desk) -> None:
    error = post.refused("ingest", "--to", "nobody@in.holzweg.example", code=TRY_AGAIN, stdin=mail(1))
    assert error["message"].endswith("sent to: nobody@in.holzweg.example, shop@holzweg.example")
    assert messages(post) == 0
    assert post.rows("SELECT count(*) FROM quarantine") == [(0,)]


def test_a_mail_to_a_channel_that_is_not_active_stays_with_the_server(post: Desk, target: str) -> None:
    raw = mail(1)
    post.do("ingest", "--to", target, stdin=raw)
    post.do("channel", "set", "Amazon DE", "--inactive")
    error = post.refused("ingest", "--to", target, code=TRY_AGAIN, stdin=mail(2))
    assert "not active" in error["message"]
    assert post.json("ingest", "--to", target, stdin=raw)["state"] == "known", "that one is kept"
    post.do("channel", "set", "Amazon DE", "--active")
    assert post.json("ingest", "--to", target, stdin=mail(2))["state"] == "filed"


def test_a_sender_who_is_not_allowed_is_set_aside_and_the_server_is_done(post: Desk, target: str) -> None:
    """The server is not told to send it back: nobody learns by trying who is allowed.

    M-152 `plentymsg ingest`
    """
    post.do("channel", "set", "Amazon DE", "--allowed-senders", "x@example.com")
    raw = mail(1)
    done = post.json("ingest", "--to", target, stdin=raw)
    assert done["state"] == "refused"
    assert "petra@example.com is not among the allowed senders" in done["reason"]
    assert post.rows("SELECT channel_id, raw FROM quarantine") == [(2, raw)]
    assert messages(post) == 0


def test_a_recipient_that_is_no_text_keeps_no_mail_from_being_set_aside(post: Desk, target: str) -> None:
    post.do("channel", "set", "Amazon DE", "--allowed-senders", "x@example.com")
    raw = f"Delivered-To: {target}\n".encode() + mail(1)
    done = post.json("ingest", "--to", "bad\udcff@in.example", stdin=raw)
    assert done["state"] == "refused"
    assert post.rows("SELECT raw FROM quarantine") == [(raw,)]


@pytest.mark.parametrize(
    "words",
    [
        ("ingest", "--nonsense"),
        ("ingest", "--to"),
        ("ingest", "surplus"),
        ("--as", "stranger", "ingest"),
        ("--store", "/nowhere/store.db", "ingest"),
        ("--nonsense", "ingest"),
    ],
)
def test_whatever_is_wrong_the_server_is_to_try_again(post: Desk, words: tuple[str, ...]) -> None:
    assert post.run(*words, stdin=mail(1)).code == TRY_AGAIN


def test_an_empty_mail_is_none(post: Desk, target: str) -> None:
    error = post.refused("ingest", "--to", target, code=TRY_AGAIN, stdin=b"\n")
    assert error["message"] == "There is no mail on standard input."


def test_other_commands_keep_their_codes(post: Desk) -> None:
    assert "ingest" in post.refused("channel", "show", "ingest", code=3)["message"]


def test_an_unfilable_mail_is_kept_whole(post: Desk, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from plentymsg.messenger import incoming

    def stumble(_: bytes) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(incoming, "parse", stumble)
    done = post.json("ingest", "--to", target, stdin=mail(1))
    assert (done["state"], done["reason"]) == ("faulty", "RecursionError: too deep")
    assert post.rows("SELECT count(*) FROM quarantine") == [(1,)]


@pytest.mark.parametrize(
    "raw", [b"\x00\xff\xfe", b"no headers at all", b"\r\n" * 3 + b"x", b"From: " + b"<" * 9000]
)
def test_hostile_bytes_are_a_mail_like_any_other(post: Desk, target: str, raw: bytes) -> None:
    assert post.json("ingest", "--to", target, stdin=raw)["state"] == "filed"
    assert post.rows("SELECT raw FROM message_raw") == [(raw,)]
