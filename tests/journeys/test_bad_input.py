"""What goes wrong gets one sentence, the way out and the right exit code; nothing is half done."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from plentymsg.messenger.fetch import lock_name
from plentymsg.store import lock
from tests.journeys.conftest import Shop
from tests.journeys.mails import mail
from tests.journeys.program import Program

SET = ("channel", "set", "Amazon DE")
SEND = ("send", "--to", "petra@example.com", "--subject", "[Wichtig] x", "--text", "y")


@pytest.fixture
def nobody() -> Iterator[int]:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_wrong_password_is_told_and_stops_no_other_channel(shop: Shop) -> None:
    shop.receive(mail(1))
    shop.program.do(
        "channel", "add", "Second", "--incoming-protocol", "maildir", "--incoming-path", _maildir(shop)
    )
    shop.program.environment["IN_PASSWORD"] = "wrong"
    error = shop.program.refused("fetch", code=7)
    assert "does not accept the user name or password" in error["message"]
    assert [(c["channel"], c["fetched"]) for c in error["channels"]] == [("Amazon DE", 0), ("Second", 1)]
    error = shop.program.refused("fetch", "Amazon DE", code=1)
    assert "does not accept the user name or password" in error["message"]
    assert "Check both" in error["hint"]


def _maildir(shop: Shop) -> str:
    path = shop.program.folder / "second"
    for name in ("cur", "new", "tmp"):
        (path / name).mkdir(parents=True)
    (path / "new" / "1.M1.example").write_bytes(mail(9))
    return str(path)


@pytest.mark.parametrize(
    ("host", "told"), [("no-such-host.invalid", "is not known"), ("localhost", "refuses connections")]
)
def test_a_server_that_is_not_there_may_be_tried_again(shop: Shop, nobody: int, host: str, told: str) -> None:
    shop.program.do("channel", "trust", "env:IN_PASSWORD", host, "--yes")
    shop.program.do(*SET, "--incoming-host", host, "--incoming-port", str(nobody))
    error = shop.program.refused("fetch", code=8)
    assert told in error["message"]
    assert error["hint"]
    assert told in shop.program.refused("channel", "test", "Amazon DE", code=8)["message"]


def test_a_certificate_that_is_not_trusted_is_refused_on_both_sides(shop: Shop) -> None:
    del shop.program.environment["SSL_CERT_FILE"]
    error = shop.program.refused("fetch", code=8)
    assert "certificate that is not trusted" in error["message"]
    assert "SSL_CERT_FILE" in error["hint"]
    shop.program.do("settings", "set", "--live-mode", "--yes")
    sent = shop.program.json(*SEND)
    assert (sent["state"], shop.smtp.received) == ("deferred", [])
    assert "not trusted" in sent["error"]


@pytest.mark.parametrize(
    ("drop_at", "state", "code"),
    [
        ("connect", "deferred", 0),
        ("mail", "deferred", 0),
        ("rcpt", "deferred", 0),
        ("data", "deferred", 0),
        ("content", "uncertain", 7),
        ("answer", "uncertain", 7),
    ],
)
def test_a_line_that_breaks_leaves_a_message_waiting_or_uncertain(
    shop: Shop, drop_at: str, state: str, code: int
) -> None:
    shop.program.do("settings", "set", "--live-mode", "--yes")
    shop.smtp.drop_at = drop_at
    assert shop.program.run(*SEND).code == code
    (line,) = shop.program.json("outbox", "list")
    assert line["state"] == state
    shop.smtp.drop_at = ""
    shop.program.do("outbox", "retry", str(line["id"]), "--yes")
    shop.program.do("send")
    assert shop.program.json("outbox", "list")[0]["state"] == "sent"
    copies = [message.raw for message in shop.smtp.received]
    assert len(copies) == (2 if drop_at == "answer" else 1)
    assert len(set(copies)) == 1, "a retry has the same Message-ID and the same bytes"


@pytest.mark.parametrize(
    ("answer", "state", "code"), [("451 try later", "deferred", 0), ("550 unknown", "failed", 1)]
)
def test_a_recipient_that_is_refused(shop: Shop, answer: str, state: str, code: int) -> None:
    shop.program.do("settings", "set", "--live-mode", "--yes")
    shop.smtp.refused_recipients = {"petra@example.com": answer}
    assert shop.program.run(*SEND).code == code
    (line,) = shop.program.json("outbox", "list")
    assert line["state"] == state
    assert answer in line["error"]
    (conversation,) = shop.program.json("conversation", "list")
    assert conversation["undelivered"] is (state == "failed"), "somebody must see what failed for good"


def test_sent_to_some_recipients_only_is_exit_7(shop: Shop) -> None:
    shop.program.do("settings", "set", "--live-mode", "--yes")
    shop.smtp.refused_recipients = {"jan@example.com": "550 unknown"}
    error = shop.program.refused(*SEND, "--to", "jan@example.com", code=7)
    assert "550 unknown" in error["message"]
    states = {r["recipient"]: r["state"] for r in shop.program.json("outbox", "show", "1")["recipients"]}
    assert states == {"petra@example.com": "sent", "jan@example.com": "failed"}


def test_two_fetches_at_once_the_second_leaves(shop: Shop) -> None:
    with lock.hold(shop.program.store, lock_name(1)) as free:
        assert free
        error = shop.program.refused("fetch", code=8)
    assert error["code"] == "busy"
    assert shop.program.json("fetch")[0]["error"] is None


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("fetch", "Amazon DF"), 3, "Did you mean Amazon DE?"),
        (("channel", "add", "Amazon DE", "--no-default"), 1, "channel set"),
        (("tag", "add", "Urgent", "--colour", "orangeish", "--availabilities", "messenger"), 2, "colour"),
        (("send", "--to", "nobody", "--subject", "x", "--text", "y"), 2, "e-mail address"),
        (("send", "--to", "order:7", "--subject", "Wichtig", "--text", "y"), 3, "e-mail address"),
        (("send", "--to", "a@example.com", "--subject", "Wichtig"), 2, "--text"),
        (("conversation", "show", "4711"), 3, "conversation list"),
        (("conversation", "reply", "4711", "--text", "x"), 3, "conversation list"),
        (("conversation", "list", "--status", "Neuu"), 3, "Neu"),
        (("outbox", "retry", "4711"), 3, "outbox list"),
        (("outbox", "list", "--state", "lost"), 2, "uncertain"),
        (("check", "--marketplace", "amazone", "--text", "x"), 3, "Amazon"),
        (("check", "--eml", "/no/such/file"), 2, "path"),
        (("send", "--to", "a@example.com", "--hold", "soon", "--text", "x"), 2, "60s"),
        (("send", "--to", "a@example.com", "--at", "tomorrow", "--text", "x"), 2, "2026-12-24"),
        (("rules", "explain", "PM999"), 3, "PM201"),
    ],
)
def test_what_is_wrong_or_missing_gets_its_code_and_the_way_out(
    shop: Shop, words: tuple[str, ...], code: int, told: str
) -> None:
    error = shop.program.refused(*words, code=code)
    assert told in f"{error['message']} {error['hint']}"
    assert shop.program.json("outbox", "list") == []


def test_header_injection_has_no_way_in(shop: Shop) -> None:
    shop.program.do("settings", "set", "--live-mode", "--yes")
    done = shop.program.run(
        *("send", "--to", "a@example.com", "--text", "y"),
        *("--subject", "[Wichtig] x\r\nBcc: victim@example.com"),
    )
    assert done.code == 0
    (received,) = shop.smtp.received
    assert received.recipients == ("a@example.com",)
    assert b"\nBcc" not in received.raw
    assert shop.program.run("send", "--to", "a@example.com\nb@example.com", "--text", "y").code == 2


def test_a_mail_of_30_mb_is_fetched(shop: Shop) -> None:
    shop.receive(mail(1, attachment=os.urandom(22_000_000)))
    shop.receive(mail(2))
    assert shop.program.json("fetch")[0]["fetched"] == 2
    sizes = [a["size"] for a in shop.program.json("conversation", "show", "1")["messages"][0]["attachments"]]
    assert sizes == [22_000_000]


HOSTILE = (
    b'From: "\x1b]0;title\x07Eve" <eve@example.com>\r\n'
    b"Subject: \x1b[31mred\x1b[0m\r\n\tand\x9b2J folded\r\n"
    b"Message-ID: <hostile@example.com>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"clear \x1b[2J title \x1b]0;owned\x07 csi \xc2\x9b31m right \xe2\x80\xae left \x00 nul\r\n"
    b'--b\r\nContent-Type: text/plain; name="../../x"\r\n'
    b'Content-Disposition: attachment; filename="../../x"\r\n\r\nharmless\r\n'
)
"""Broken MIME besides: the last boundary is missing."""


def test_hostile_mail_cannot_act_on_a_terminal_or_name_a_path(shop: Shop) -> None:
    shop.receive(HOSTILE)
    shop.program.do("fetch")
    for words in (
        ("conversation", "list"),
        ("conversation", "show", "1"),
        ("conversation", "show", "1", "--json"),
    ):
        printed = shop.program.do(*words)
        assert not {c for c in printed if ord(c) < 32 and c not in "\n\t"}, words
        assert not {"\x7f", "\x9b", "\u202e"} & set(printed), words
    (message,) = shop.program.json("conversation", "show", "1")["messages"]
    (attachment,) = message["attachments"]
    assert "/" not in attachment["name"]
    assert ".." not in attachment["name"]


def test_a_folder_that_cannot_be_used_is_told(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    program.environment["PLENTYMSG_STORE"] = str(tmp_path / "file" / "store.db")
    error = program.refused("init", code=1)
    assert "cannot be made" in error["message"]
    assert "--store" in error["hint"]


def test_a_capture_folder_that_cannot_be_written_keeps_the_message_waiting(shop: Shop) -> None:
    shop.receive(mail(1))
    shop.program.do("fetch")
    before = shop.program.json("conversation", "list")
    captured = Path(f"{shop.program.store}.captured")
    captured.write_text("a file is where the folder should be")
    sent = shop.program.json(*SEND)
    assert sent["state"] == "deferred"
    assert "cannot be written to" in sent["error"]
    assert shop.program.json("conversation", "list")[1:] == before
