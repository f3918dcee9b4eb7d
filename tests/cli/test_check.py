"""What `check` looks at: options, files, standard input, a raw message, what waits in the outbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.desk import Desk
from tests.messenger.customers import add_channel

EBAY = ("check", "--marketplace", "ebay")
SEND = (
    "send",
    "--queue",
    "--to",
    "petra@example.com",
    "--subject",
    "Regal",
    "--text",
    "Siehe www.holzweg.de.",
)
EML = b"To: petra@example.com\r\nSubject: Regal\r\n\r\nHallo,\r\nsiehe www.holzweg.de.\r\n"


@pytest.mark.parametrize(
    ("option", "stdin", "place"),
    [
        ("--text-file", "Hallo\r\n\r\nsiehe www.holzweg.de\r\n", ("text", 3, 7)),
        ("--text-file", "\ufeffwww.holzweg.de", ("text", 1, 1)),
        ("--html-file", "<p>Hallo</p>\n<p><a href='//holzweg.de'>hier</a>", ("html", 2, 13)),
        ("--eml", EML.decode(), ("text", 2, 7)),
    ],
)
def test_standard_input_can_be_each_part_and_a_whole_message(
    desk: Desk, option: str, stdin: str, place: tuple[str, int, int]
) -> None:
    done = desk.run(*EBAY, option, "-", "--json", stdin=stdin.encode())
    (violation,) = json.loads(done.out)["violations"]
    assert (violation["part"], violation["line"], violation["column"]) == place
    assert done.code == 4


def test_standard_input_that_is_not_text_is_refused_with_its_line(desk: Desk) -> None:
    error = desk.refused(*EBAY, "--text-file", "-", code=2, stdin=b"Hallo\nf\xfcr")
    assert error["message"] == "Standard input is not UTF-8 text: byte 0xfc in line 2."


@pytest.mark.parametrize(
    ("options", "option"),
    [
        (("--text", "Siehe www.shop.de", "--text", "Danke."), "--text"),
        (("--text-file", "-", "--text-file", "good.txt"), "--text-file"),
        (("--text", "Danke.", "--marketplace", "otto"), "--marketplace"),
        (("--text", "Danke.", "--subject=Regal", "--subject", "Regal"), "--subject"),
    ],
)
def test_nothing_that_is_given_goes_unjudged_because_more_came_behind(
    desk: Desk, options: tuple[str, ...], option: str
) -> None:
    error = desk.refused(*EBAY, *options, code=2, stdin=b"Siehe www.shop.de")
    assert error["message"] == f"{option} was given twice; it takes one value."


BLANK = ["", " \n", "\u200b", "\u00a0\u2800", "\u3164\u00ad"]


@pytest.mark.parametrize("blank", BLANK)
def test_a_text_that_says_nothing_is_refused_as_send_refuses_it(desk: Desk, blank: str) -> None:
    add_channel(desk, "eBay", "--marketplace", "ebay")
    send = ("send", "--channel", "eBay", "--to", "a@example.com")
    for words in (EBAY, (*EBAY, "--subject", "Regal"), (*send, "--subject", "Regal")):
        assert desk.refused(*words, "--text", blank, code=2)["message"] == "The message has no text."
        error = desk.refused(*words, "--text-file", "-", code=2, stdin=blank.encode())
        assert error["message"] == "The message has no text."
    error = desk.refused(*send, "--text", "x", "--subject", blank, code=2)
    assert error["message"] == "The message has no subject."


@pytest.mark.parametrize("html", ["", "<p>&nbsp;</p>", "<p>&#8203;<br></p>", "<style>p{color:red}</style>"])
def test_html_that_shows_nothing_is_refused(desk: Desk, html: str) -> None:
    for options in ((), ("--text", "\u200b")):
        error = desk.refused(*EBAY, "--html-file", "-", *options, code=2, stdin=html.encode())
        assert error["message"] == "The message has no text."
    assert desk.json(*EBAY, "--html-file", "-", "--text", "Hallo", stdin=html.encode())["ok"]


@pytest.mark.parametrize("text", ["👍", ".", "1", "好"])
def test_whatever_can_be_seen_is_a_text(desk: Desk, text: str) -> None:
    add_channel(desk, "eBay", "--marketplace", "ebay")
    assert desk.json(*EBAY, "--text", text)["ok"]
    assert desk.json(*EBAY, "--html-file", "-", stdin=f"<p>{text}".encode())["ok"]
    words = ("--channel", "eBay", "--to", "a@example.com", "--subject", text, "--text", text, "--queue")
    assert desk.json("send", *words)["id"]


@pytest.mark.parametrize("html", ["<img src='cid:a'>", "<a href='//holzweg.de'></a>"])
def test_html_without_words_is_judged_by_what_it_shows(desk: Desk, html: str) -> None:
    assert desk.run(*EBAY, "--html-file", "-", stdin=html.encode()).code == 4


@pytest.mark.parametrize("options", [("--subject", "Regal"), ("--subject", "")])
def test_a_subject_can_be_checked_alone(desk: Desk, options: tuple[str, ...]) -> None:
    assert desk.json(*EBAY, *options)["ok"]
    assert desk.run("check", "--marketplace", "amazon", *options).code == 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--eml", "-", "--text", "x"), "--eml names a whole message, so --text would change nothing."),
        (
            ("--eml", "-", "--text-file", "-"),
            "--eml names a whole message, so --text-file would change nothing.",
        ),
        (("--eml", "-", "--outbox", "1"), "--eml and --outbox exclude one another."),
        (
            ("--outbox", "1", "--to", "a@b.de"),
            "--outbox names a whole message, so --to would change nothing.",
        ),
        (("--text-file", "-", "--html-file", "-"), "Standard input can be only one of the files."),
    ],
)
def test_options_that_would_not_count_are_refused(desk: Desk, options: tuple[str, ...], message: str) -> None:
    assert desk.refused("check", *options, code=2)["message"] == message


def test_a_message_that_waits_is_judged_as_it_would_leave_now(desk: Desk) -> None:
    add_channel(desk, "Shop", "--default")
    desk.do(*SEND)
    (waiting,) = desk.json("outbox", "list")
    assert desk.json("check", "--outbox", str(waiting["id"]))["ok"]
    desk.do("channel", "set", "Shop", "--marketplace", "ebay", "--group", "eBay")
    done = desk.run("check", "--outbox", str(waiting["id"]), "--json")
    assert done.code == 4
    verdict = json.loads(done.out)
    assert verdict["marketplaces"] == ["ebay"]
    assert {(v["code"], v["origin"]["kind"]) for v in verdict["violations"]} == {("PM201", "mail")}
    assert desk.json("outbox", "list") == [waiting]


def test_a_message_is_judged_by_its_conversation_and_its_recipients_as_given(desk: Desk) -> None:
    add_channel(desk, "Shop", "--default")
    desk.do(*SEND)
    (waiting,) = desk.json("outbox", "list")
    desk.execute(
        "UPDATE conversation SET group_id = (SELECT id FROM messenger_group WHERE system = 'kaufland')"
    )
    desk.execute("UPDATE delivery SET kind = 'order', recipient = '70'")
    done = desk.run("check", "--outbox", str(waiting["id"]), "--json")
    assert {violation["code"] for violation in json.loads(done.out)["violations"]} == {"PM201", "PM401"}


def test_a_message_that_has_left_is_judged_by_what_holds_now(desk: Desk) -> None:
    add_channel(desk, "Shop", "--default")
    desk.do(*SEND)
    desk.do("send")
    (left,) = desk.json("outbox", "list")
    assert left["state"] == "captured"
    desk.do("channel", "set", "Shop", "--marketplace", "ebay", "--group", "eBay")
    assert desk.run("check", "--outbox", str(left["id"])).code == 4


def test_a_message_that_is_not_there_or_goes_to_nobody_is_named(desk: Desk) -> None:
    add_channel(desk, "Shop", "--default", "--skip-emails", "petra@.*")
    assert "no message 99 in the outbox" in desk.refused("check", "--outbox", "99", code=3)["message"]
    desk.do(*SEND)
    (nobody,) = desk.json("outbox", "list")
    assert (
        "skips all its recipients" in desk.refused("check", "--outbox", str(nobody["id"]), code=1)["message"]
    )


LINKS = " ".join(f"www.shop{number}.de" for number in range(200))
"""What is wrong with it takes more than a buffer to tell."""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "--marketplace", "ebay", "--text", "www.shop.de"), 4),
        (("check", "--marketplace", "ebay", "--text", LINKS), 4),
        (("check", "--marketplace", "ebay", "--text", LINKS, "--json"), 4),
        (("check", "--template", "Lang", "--marketplace", "ebay", "--json"), 4),
        (("check", "--marketplace", "ebay", "--text", "Es kommt."), 0),
        (("check", "--marketplace", "ebay", "--text", "a@shop.de " * 200), 0),
        (("rules", "list"), 0),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else None,
)
def test_that_nobody_reads_on_neither_makes_a_pass_nor_a_noise(
    desk: Desk, words: tuple[str, ...], code: int
) -> None:
    """As in `plentymsg check … | head -1`, where head has seen enough before the first byte comes."""
    desk.do(
        *("template", "add", "Lang", "--language", "de", "--subject", "Wichtig", "--text-file", "-"),
        stdin=LINKS.encode(),
    )
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as nobody:
        done = subprocess.run(
            [sys.executable, "-m", "plentymsg", *words],
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (code, b"")


NOBODY_ASKED = "Warning: No marketplace's requirements were asked of this message. Name a marketplace with"


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_a_check_that_asks_for_nobodys_requirements_says_so(desk: Desk, form: str) -> None:
    done = desk.run("check", "--text", "Siehe www.holzweg.de.", "--format", form)
    assert (done.code, done.err.startswith(NOBODY_ASKED)) == (0, True)
    assert "--channel" in done.err
    mail = desk.run("check", "--eml", "-", "--format", form, stdin=EML)
    assert (mail.code, mail.err.startswith(NOBODY_ASKED)) == (0, True)


def test_a_check_whose_place_is_known_needs_no_such_warning(desk: Desk) -> None:
    add_channel(desk, "Shop")  # of no marketplace, and that is how it would leave
    desk.do(
        "send", "--queue", "--channel", "Shop", "--to", "a@example.com", "--subject", "x", "--text", "Hallo"
    )
    for place in (
        ("--marketplace", "otto", "--text", "Hallo"),
        ("--to", "x@customer.otto.market", "--text", "Hallo"),
        ("--channel", "Shop", "--text", "Hallo"),
        ("--outbox", "1"),
    ):
        assert (desk.run("check", *place).code, desk.run("check", *place).err) == (0, ""), place
