"""`check --eml`: all that a customer's mail program may show of a mail is judged, or it is said why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk
from tests.mail.parts import ATTACHED, HEAD, HTML, INLINE, TEXT, multipart, part

LINK = b"Hallo,\r\nsiehe www.holzweg.de"
HTML_LINK = b"<p>Hallo</p>\r\n<a href='//holzweg.de'>hier</a>"
CHECK = ("check", "--marketplace", "otto", "--eml", "-")


def violations(desk: Desk, body: bytes, *options: str) -> list[dict[str, Any]]:
    """What `check` tells of a mail with this body."""
    done = desk.run(*CHECK, "--json", *options, stdin=HEAD + body)
    assert done.code in (0, 4), done.err
    found: list[dict[str, Any]] = json.loads(done.out)["violations"]
    assert bool(found) == (done.code == 4)
    return found


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (multipart(b"alternative", TEXT, part(b"text/plain", LINK)), ("text", "2", 2, 7)),
        (multipart(b"alternative", part(b"text/html", HTML_LINK), HTML), ("html", "1", 2, 10)),
        (multipart(b"mixed", TEXT, part(b"text/plain", LINK, INLINE)), ("text", "2", 2, 7)),
        (multipart(b"mixed", TEXT, part(b"message/rfc822", b"To: a\n\n" + LINK)), ("text", "2.1", 2, 7)),
        (part(b"message/rfc822", b"From: www.holzweg.de <a@b.de>\n\nx"), ("text", "1.HEADER", 1, 1)),
        (part(b"application/ics", b"ATTENDEE;CN=www.holzweg.de:mailto:a@b.de"), ("text", "1", 1, 1)),
        (
            multipart(
                b"mixed",
                part(b"text/html", b"<p>Hallo<style>"),
                part(b"text/html", HTML_LINK.replace(b"'", b"")),  # else it is a string of that style
            ),
            ("html", "2", 2, 9),
        ),
    ],
)
def test_a_link_in_another_text_is_told_with_its_part(
    desk: Desk, body: bytes, place: tuple[str, str, int, int]
) -> None:
    (found,) = violations(desk, body)
    assert found["code"] == "PM201"
    assert (found["part"], found["origin"]["name"], found["line"], found["column"]) == place
    done = desk.run(*CHECK, stdin=HEAD + body)
    assert done.out.startswith(f"{place[0]} of part {place[1]}:{place[2]}:{place[3]} PM201 ")
    assert "^" in done.out


def test_a_link_in_an_attachment_is_none_in_the_message(desk: Desk) -> None:
    assert violations(desk, multipart(b"mixed", TEXT, part(b"text/plain", LINK, ATTACHED))) == []


def test_a_link_in_html_that_is_joined_is_told_once(desk: Desk) -> None:
    found = violations(desk, multipart(b"mixed", HTML, part(b"text/html", HTML_LINK)))
    assert [(each["part"], each["origin"]["name"]) for each in found] == [("html", "")]


def test_other_texts_lack_nothing(desk: Desk) -> None:
    """What a message must have, such as a word or an order number, is not asked of each text of the mail."""
    body = multipart(b"alternative", TEXT, TEXT)
    words = ("check", "--marketplace", "amazon", "--pack", "order-number", "--eml", "-", "--json")
    told = json.loads(desk.run(*words, stdin=HEAD + body).out)["violations"]
    assert [(each["code"], each["origin"]["name"]) for each in told] == [("PM101", ""), ("PM206", "")]


def test_other_texts_are_shown_mended(desk: Desk) -> None:
    body = multipart(b"alternative", TEXT, part(b"text/plain", LINK), HTML)
    done = desk.run(*CHECK, "--fix", "--unsafe-fixes", stdin=HEAD + body)
    assert "--- text of part 2\n" in done.out
    assert "-siehe www.holzweg.de\n" in done.out
    assert done.code == 0
    as_json = json.loads(desk.run(*CHECK, "--fix", "--unsafe-fixes", "--json", stdin=HEAD + body).out)
    assert "holzweg" not in as_json["fixed"]["besides"]["2"]
    assert violations(desk, body, "--fix")[0]["origin"]["name"] == "2"


@pytest.mark.parametrize("raw", [b"", b"\0\xff\r\n" * 100, b"siehe www.holzweg.de\n"])
def test_what_is_no_mail_is_refused(desk: Desk, raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(raw)
    error = desk.refused(*CHECK[:-1], str(tmp_path / "a.eml"), code=2)
    assert error["message"].startswith("This is no mail: it does not begin with a header")
    assert error["hint"]


@pytest.mark.parametrize(
    "body",
    [
        b"\r\n",
        TEXT[:-5] + b" \r\n",
        TEXT[:-5] + b"\xe2\x80\x8b",
        multipart(b"mixed", part(b"text/html", b"")),
        part(b"text/html", b"<p>&nbsp;</p>"),
    ],
)
def test_a_mail_without_text_is_refused_as_send_refuses_it(desk: Desk, body: bytes) -> None:
    assert desk.refused(*CHECK, code=2, stdin=HEAD + body)["message"] == "The message has no text."


@pytest.mark.parametrize(
    "body",
    [
        multipart(b"mixed", part(b"application/pdf", b"%PDF-", ATTACHED)),
        HTML,
        part(b"text/markdown", b"Hallo", INLINE),
        part(b"text/html", b"<img src='cid:a'>"),
        multipart(b"alternative", part(b"text/plain", b"\xe2\x80\x8b"), TEXT),
    ],
)
def test_a_mail_with_anything_in_it_is_judged(desk: Desk, body: bytes) -> None:
    assert violations(desk, body) == []


def test_a_mail_that_programs_show_differently_is_refused(desk: Desk) -> None:
    error = desk.refused(*CHECK, code=2, stdin=b"Subject: www.holzweg.de\r\n" + HEAD + TEXT)
    assert error["message"] == (
        "This mail has 2 fields “Subject” where one is allowed (RFC 5322, section 3.6)."
    )
    assert error["hint"] == "Leave one of them: mail programs differ in which they take."


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        (b"x-uuencode", "Part 1 of this mail has an unknown transfer encoding (“x-uuencode”)."),
        (b'"base64"', "Part 1 of this mail is no sound base64: mail programs read it differently."),
    ],
)
def test_a_mail_that_cannot_be_decoded_is_refused(desk: Desk, encoding: bytes, message: str) -> None:
    body = part(b"text/plain", b"siehe www.holzweg.de", b"Content-Transfer-Encoding: " + encoding)
    error = desk.refused(*CHECK, code=2, stdin=HEAD + body)
    assert error["message"] == message
    assert error["hint"].startswith("Save the mail anew with a mail program, or check its text with")
