"""The whole story on real servers: set up, fetched, refused, answered, delivered, answered again."""

from __future__ import annotations

import imaplib
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from plentymsg.mail.tls import context
from tests.journeys.conftest import Shop
from tests.journeys.mails import mail
from tests.journeys.program import Program
from tests.servers import dovecot as imap


def test_from_a_customers_question_to_a_delivered_answer(shop: Shop) -> None:
    """A question is fetched by IMAP, its answer leaves by SMTP, and what the customer writes back joins it.

    M-148 `plentymsg fetch`
    M-149 `plentymsg conversation reply ID --text TEXT`
    M-187 `plentymsg conversation reply ID --text TEXT`
    """
    program = shop.program
    assert program.json("channel", "test", "Amazon DE") == {
        "channel": "Amazon DE",
        "incoming": {"ok": True, "error": None},
        "outgoing": {"ok": True, "error": None},
    }
    shop.receive(mail(1, attachment=b"\x89PNG\r\n\x1a\n photo"))
    shop.receive(mail(2, sender="Jan <jan@example.com>", subject="Größe?", text="Passt es in 80 cm?"))
    shop.receive(mail(3, subject="Re: Wo ist mein Regal?", answers="<1@customer.example>", text="Hallo?"))

    (fetched,) = program.json("fetch")
    assert fetched == {
        "channel": "Amazon DE",
        "fetched": 3,
        "new_conversations": 2,
        "refused": 0,
        "quarantined": 0,
        "error": None,
    }
    assert program.json("fetch")[0]["fetched"] == 0

    conversations = {c["subject"]: c for c in program.json("conversation", "list")}
    assert set(conversations) == {"Wo ist mein Regal?", "Größe?"}
    question = conversations["Wo ist mein Regal?"]
    assert question["from"] == "Petra Müller <petra@example.com>"
    assert (question["group"], question["type"], question["status"]) == ("Amazon", "Kundenanfrage", "Neu")
    assert (question["message_count"], question["unread"]) == (2, True)
    number = str(question["id"])

    shown = program.json("conversation", "show", number)
    assert [m["text"].strip() for m in shown["messages"]] == ["Guten Tag,\n\nwann kommt das Regal?", "Hallo?"]
    assert shown["messages"][0]["attachments"] == [
        {"name": "Lieferung Maß.png", "content_type": "image/png", "size": 14}
    ]
    assert program.json("conversation", "show", number)["unread"] is False

    link = "Siehe https://shop.example.com/regal"
    refused = program.refused("conversation", "reply", number, "--text", link, code=4)
    assert {v["code"] for v in refused["violations"]} >= {"PM101", "PM201"}
    place = next(v for v in refused["violations"] if v["code"] == "PM201" and v["part"] == "text")
    assert (place["line"], place["column"], place["excerpt"]) == (1, 7, "https://shop.example.com/regal")
    assert program.json("outbox", "list") == []

    program.do("settings", "set", "--live-mode", "--yes")
    answer = ("conversation", "reply", number, "--text", "Das Regal kommt am Montag.")
    assert {v["code"] for v in program.refused(*answer, code=4)["violations"]} == {"PM101"}
    sent = program.json(*answer, "--fix")
    assert (sent["state"], sent["captured"], sent["conversation"]) == ("sent", False, question["id"])

    (received,) = shop.smtp.received
    assert (received.sender, received.recipients) == ("shop@holzweg.example", ("petra@example.com",))
    leaving = message_from_bytes(received.raw, policy=default)
    assert leaving["Message-ID"] == sent["message_id"]
    assert leaving["Subject"] in ("[Wichtig] Re: Wo ist mein Regal?", "[Important] Re: Wo ist mein Regal?")
    assert leaving["From"] == "Holzweg <shop@holzweg.example>"
    assert leaving["In-Reply-To"] == "<3@customer.example>"
    assert leaving["References"] == "<1@customer.example> <3@customer.example>"
    assert "Das Regal kommt am Montag." in leaving.get_body(("plain",)).get_content()
    assert "Das Regal kommt am Montag." in leaving.get_body(("html",)).get_content()
    (line,) = program.json("outbox", "list")
    assert (line["id"], line["state"], line["to"]) == (sent["id"], "sent", ["petra@example.com"])

    shop.receive(mail(4, subject="Danke!", answers=sent["message_id"]))
    done = program.json("sync")
    assert (done["channels"][0]["fetched"], done["channels"][0]["new_conversations"]) == (1, 0)
    directions = [m["direction"] for m in program.json("conversation", "show", number)["messages"]]
    assert directions == ["in", "in", "out", "in"]


def test_live_mode_off_sends_nothing_and_says_so_loudly(shop: Shop) -> None:
    done = shop.program.run(
        "send", "--to", "petra@example.com", "--subject", "[Wichtig] Regal", "--text", "Hallo"
    )
    assert done.code == 0
    assert "LIVE MODE IS OFF" in done.err
    assert shop.smtp.sessions == 0
    (captured,) = Path(f"{shop.program.store}.captured", "new").iterdir()
    assert message_from_bytes(captured.read_bytes())["To"] == "petra@example.com"
    shop.program.do("settings", "set", "--live-mode", "--yes")
    shop.program.do("send")
    assert shop.smtp.sessions == 0, "captured is final: switching live mode on releases nothing"


def test_fetching_leaves_the_mailbox_as_it_was(shop: Shop) -> None:
    for number in range(5):
        shop.receive(mail(number))
    shop.program.do("fetch")
    with imaplib.IMAP4_SSL("localhost", shop.dovecot.ssl_port, ssl_context=_trusting(shop)) as client:
        client.login(shop.user, imap.PASSWORD)
        client.select("INBOX", readonly=True)
        _, answer = client.fetch("1:*", "(FLAGS)")
    assert len(answer) == 5
    assert all(b"Seen" not in line for line in answer if isinstance(line, bytes))


def _trusting(shop: Shop):
    trusting = context()
    trusting.load_verify_locations(shop.program.environment["SSL_CERT_FILE"])
    return trusting


def test_only_new_mail_is_downloaded(shop: Shop) -> None:
    """With the bytes of Dovecot's own log as witness: the second fetch does not read what it has."""
    shop.receive(mail(1, text="x" * 200_000))
    shop.program.do("fetch")
    shop.receive(mail(2))
    before = shop.dovecot.log()
    shop.program.do("fetch")
    told = shop.dovecot.log()[len(before) :]
    (line,) = [line for line in told.splitlines() if f"({shop.user})" in line and " out=" in line]
    assert int(line.split(" out=")[1].split()[0]) < 20_000


def test_nothing_downloads_when_nothing_is_new(shop: Shop) -> None:
    shop.receive(mail(1))
    shop.program.do("fetch")
    before = shop.dovecot.log()
    shop.program.do("fetch")
    told = shop.dovecot.log()[len(before) :]
    (line,) = [line for line in told.splitlines() if f"({shop.user})" in line and " out=" in line]
    assert int(line.split(" out=")[1].split()[0]) < 1500, "a login and a STATUS"


def test_a_general_channel_takes_a_plain_message_with_template_and_name(shop: Shop) -> None:
    program = shop.program
    program.do("channel", "set", "Amazon DE", "--marketplace", "", "--group", "General", "--type", "")
    program.do("settings", "set", "--live-mode", "--yes")
    sent = program.json(
        "send", "--to", "Petra Müller <petra@example.com>", "--text", "Schauen Sie: shop.example.com"
    )
    assert sent["state"] == "sent"
    leaving = message_from_bytes(shop.smtp.received[0].raw, policy=default)
    assert leaving["Subject"] == "Holzweg GmbH"
    assert "Petra Müller" in leaving.get_body(("plain",)).get_content()


def test_a_key_makes_a_repetition_the_same_message(shop: Shop) -> None:
    words = (
        "send",
        "--to",
        "a@example.com",
        "--subject",
        "[Wichtig] x",
        "--text",
        "y",
        "--key",
        "order-4711",
    )
    shop.program.do("settings", "set", "--live-mode", "--yes")
    first, second = shop.program.json(*words), shop.program.json(*words)
    assert (first["changed"], second["changed"]) == (True, False)
    assert first["id"] == second["id"]
    assert len(shop.smtp.received) == 1


def test_a_held_message_waits_and_can_be_cancelled(shop: Shop) -> None:
    program = shop.program
    program.do("settings", "set", "--live-mode", "--yes")
    words = ("send", "--to", "a@example.com", "--subject", "[Wichtig] x", "--text", "y")
    held = program.json(*words, "--hold", "1h")
    assert held["state"] == "queued"
    program.do("sync")
    assert shop.smtp.received == []
    program.do("outbox", "cancel", str(held["id"]), "--yes")
    assert program.json("outbox", "list")[0]["state"] == "cancelled"
    queued = program.json(*words, "--queue")
    assert queued["state"] == "queued"
    program.do("send")
    assert len(shop.smtp.received) == 1


@pytest.mark.parametrize("side", ["incoming", "outgoing"])
def test_the_password_is_nowhere(shop: Shop, side: str, tmp_path: Path) -> None:
    """No output and no file has a password in it, not even after a failure.

    M-156 `plentymsg channel show CHANNEL`
    """
    canary = f"canary-{side}-7f3a"
    shop.program.environment["IN_PASSWORD" if side == "incoming" else "OUT_PASSWORD"] = canary
    shop.receive(mail(1))
    said = ""
    for words in (
        ("channel", "test", "Amazon DE", "--debug", "--verbose"),
        ("fetch", "--debug", "--json"),
        ("settings", "set", "--live-mode", "--yes"),
        ("send", "--to", "a@example.com", "--subject", "Wichtig", "--text", "x", "--debug", "--json"),
        ("channel", "show", "Amazon DE", "--json"),
        ("outbox", "list", "--json"),
    ):
        done = shop.program.run(*words)
        said += done.out + done.err
    assert "accept the user name or password" in said
    assert canary not in said
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert canary.encode() not in file.read_bytes(), file


def test_a_password_file_and_a_keyring_serve_as_well(shop: Shop, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{imap.PASSWORD}\n")
    shop.program.do("channel", "set", "Amazon DE", "--incoming-password", f"file:{secret}")
    assert shop.program.json("channel", "test", "Amazon DE")["incoming"]["ok"]
    shop.program.environment["PYTHON_KEYRING_BACKEND"] = "tests.journeys.vault.Vault"
    shop.program.environment["VAULT_FILE"] = str(tmp_path / "vault.json")
    shop.program.do("channel", "set", "Amazon DE", "--password-stdin", stdin=f"{imap.PASSWORD}\n")
    assert shop.program.json("channel", "show", "Amazon DE")["incoming"]["password"] == {
        "keyring": "Amazon DE"
    }
    shop.program.do("channel", "set", "Amazon DE", "--outgoing-password", "env:OUT_PASSWORD")
    assert shop.program.json("channel", "test", "Amazon DE")["incoming"]["ok"]


def test_without_a_store_every_command_says_how_to_make_one(program: Program) -> None:
    error = program.refused("fetch", code=1)
    assert error["hint"] == "Make one with: plentymsg init"
