from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput
from plentymsg.mail.compose import Outgoing, compose, new_message_id
from plentymsg.mail.message import Address, Attachment
from plentymsg.mail.parse import parse

PLAIN = Outgoing(
    sender=Address("Holzweg", "amazon@holzweg.example"),
    to=(Address("", "petra@example.com"),),
    cc=(),
    bcc=(),
    subject="Wichtig: Ihre Bestellung",
    text="Guten Tag\n",
    html="",
    attachments=(),
    message_id="<1@holzweg.example>",
    date=datetime(2026, 11, 3, 10, 0, tzinfo=UTC),
)


def written(**changes: Any) -> bytes:
    return compose(dataclasses.replace(PLAIN, **changes))


def test_a_mail_as_it_leaves() -> None:
    assert written(cc=(Address("Berg, Eva", "eva@example.com"),)).decode("ascii") == (
        "From: Holzweg <amazon@holzweg.example>\r\n"
        "To: petra@example.com\r\n"
        'Cc: "Berg, Eva" <eva@example.com>\r\n'
        "Subject: Wichtig: Ihre Bestellung\r\n"
        "Date: Tue, 03 Nov 2026 10:00:00 +0000\r\n"
        "Message-ID: <1@holzweg.example>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: text/plain; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: 7bit\r\n"
        "\r\n"
        "Guten Tag\r\n"
    )


def test_hidden_recipients_stay_hidden() -> None:
    raw = written(bcc=(Address("Secret", "hidden@example.com"),))
    assert b"hidden" not in raw
    assert b"Bcc" not in raw


# Addresses on the wire are ASCII; everything a person reads may be anything but a line break.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]))
LINE = WORDS.map(str.strip)
NAME = WORDS.map(lambda text: " ".join(text.split()))
EMAIL = st.from_regex(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,30}@[a-z]{1,20}\.example", fullmatch=True)
ADDRESSES = st.lists(st.builds(Address, NAME, EMAIL), max_size=5).map(tuple)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]))
ATTACHMENT = st.builds(
    Attachment,
    name=st.sampled_from(["a.pdf", "Übersicht (1) für Sie; neu.pdf", "ж" * 60 + ".txt", "a'b%20c.bin"]),
    content_type=st.sampled_from(["application/pdf", "text/plain", "image/png", "x/y"]),
    content=st.binary(),
    content_id=st.sampled_from(["", "part1@example.com"]),
    inline=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(
    st.builds(Address, NAME, EMAIL), ADDRESSES, ADDRESSES, LINE, TEXT, TEXT, st.lists(ATTACHMENT, max_size=3)
)
def test_what_is_written_is_what_is_read(
    sender: Address,
    to: tuple[Address, ...],
    cc: tuple[Address, ...],
    subject: str,
    text: str,
    html: str,
    attachments: list[Attachment],
) -> None:
    raw = written(
        sender=sender, to=to, cc=cc, subject=subject, text=text, html=html, attachments=tuple(attachments)
    )
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = parse(raw)
    assert (mail.sender, mail.to, mail.cc, mail.subject) == (sender, to, cc, subject)
    if text.strip():
        assert mail.text == text.strip("\n")
    if html.strip():
        assert mail.html == html.strip("\n")
    assert sorted((each.name, each.content) for each in mail.attachments) == sorted(
        (each.name, each.content) for each in attachments
    )


def test_long_message_ids_are_never_encoded() -> None:
    """The standard library writes them as encoded words, and the thread is lost."""
    long = f"<{'a' * 200}@eurprd04.prod.example.com>"
    raw = written(message_id=long, in_reply_to=long, references=(long, "<b@example.com>"))
    assert b"=?" not in raw
    assert (parse(raw).message_id, parse(raw).in_reply_to) == (long, (long,))
    assert parse(raw).references == (long, "<b@example.com>")


def test_references_end_with_what_is_answered_and_stay_bounded() -> None:
    ids = tuple(f"<{number}@example.com>" for number in range(100))
    mail = parse(written(in_reply_to="<parent@example.com>", references=ids))
    assert mail.references == (ids[0], *ids[-18:], "<parent@example.com>")


@pytest.mark.parametrize("bad", ["a\r\nBcc: x@example.com", "a\nb", "a\rb", "a\0b"])
@pytest.mark.parametrize(
    "place", ["subject", "name", "email", "file", "message_id", "in_reply_to", "cid", "references"]
)
def test_nothing_breaks_out_of_a_header(place: str, bad: str) -> None:
    file = Attachment("a.png", "image/png", b"", "1@example.com", inline=True)
    changes: dict[str, Any] = {
        "subject": {"subject": bad},
        "name": {"sender": Address(bad, "a@example.com")},
        "email": {"to": (Address("", f"a@example.com{bad}"),)},
        "file": {"attachments": (dataclasses.replace(file, name=bad),)},
        "cid": {"html": "<p>", "attachments": (dataclasses.replace(file, content_id=bad),)},
        "message_id": {"message_id": f"<{bad}@example.com>"},
        "in_reply_to": {"in_reply_to": f"<{bad}@example.com>"},
        "references": {"references": (f"<{bad}@example.com>",)},
    }[place]
    with pytest.raises(InvalidInput) as caught:
        written(**changes)
    assert caught.value.hint


def test_a_content_type_that_is_none_becomes_bytes() -> None:
    (kept,) = parse(written(attachments=(Attachment("a", 'x/y"; z\r\nBcc: a', b"1"),))).attachments
    assert kept.content_type == "application/octet-stream"


def test_an_international_domain_is_written_in_punycode() -> None:
    raw = written(to=(Address("Petra", "petra@müller.example"),))
    assert b"Petra <petra@xn--mller-kva.example>" in raw


def test_message_ids_are_never_the_same() -> None:
    ids = {new_message_id("holzweg.example") for _ in range(1000)}
    assert len(ids) == 1000
    assert all(each.endswith("@holzweg.example>") for each in ids)


def test_a_picture_in_the_html_stays_beside_it() -> None:
    picture = Attachment("a.png", "image/png", b"png", "part1@example.com", inline=True)
    mail = parse(written(html='<img src="cid:part1@example.com">', attachments=(picture,)))
    assert mail.attachments == (picture,)
