from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plentymsg.mail.message import Mail
from plentymsg.mail.parse import parse

CORPUS = [path.read_bytes() for path in sorted((Path(__file__).parent / "corpus").glob("*.eml"))]


def check(mail: Mail) -> None:
    """What every mail holds, so that it can be stored, shown and answered."""
    texts = [mail.subject, mail.text, mail.html, mail.sender.name, mail.sender.email, mail.message_id]
    texts += [each.name for each in (*mail.to, *mail.cc, *mail.reply_to, *mail.attachments)]
    for text in texts:
        assert "\0" not in text
        text.encode("utf-8")
    for line in (mail.subject, mail.sender.name, mail.sender.email):
        assert len(line.splitlines()) <= 1
    for each in (mail.message_id, *mail.references, *mail.in_reply_to):
        assert not each or (each.startswith("<") and each.endswith(">") and "@" in each)
    for attachment in mail.attachments:
        assert Path(attachment.name).name == attachment.name
    assert mail.date is None or str(mail.date.tzinfo) == "UTC"
    assert mail.marks <= {"bounce", "auto-reply", "list"}


@given(st.binary())
def test_any_bytes_become_a_mail(raw: bytes) -> None:
    check(parse(raw))


HEADERS = """
From To Cc Reply-To Subject Date Message-ID References In-Reply-To Content-Type Content-Disposition
Content-Transfer-Encoding Content-ID Auto-Submitted X
"""
HEADER = st.sampled_from(HEADERS.split())
NASTY = """
multipart/mixed; boundary=b
multipart/alternative; boundary=b
text/html
text/plain; charset=utf-7
message/rfc822
base64
quoted-printable
attachment; filename*0*=utf-8''%FF; filename*1=x
Mon, 99 Foo 99999 99:99:99 +9999
Tue, 1 Jan 0001 00:00:00 +2359
=?utf-16?B?AAA=?=
=?utf-7?Q?+2AA-?=
""".strip().split("\n")
VALUE = st.sampled_from(NASTY) | st.text(
    alphabet="<>@:;,\"'\\()=?*%[]/ \t\n-qQbBuUtTfF8aé0123456789\0\x1b\u2028"
)
BODY = st.lists(
    st.sampled_from(["--b\n", "--b--\n", "\n", "text\n", "Content-Type: text/html\n", "+2AA-=FF\n", "AA="])
)


@given(st.lists(st.tuples(HEADER, VALUE), max_size=8), BODY)
def test_any_headers_become_a_mail(headers: list[tuple[str, str]], body: list[str]) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    check(parse(f"{head}\n{''.join(body)}".encode()))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CORPUS), st.randoms(use_true_random=False))
def test_mutated_mail_becomes_a_mail(raw: bytes, chance: random.Random) -> None:
    mutated = bytearray(raw)
    for _ in range(chance.randint(1, 20)):
        start = chance.randrange(len(mutated) + 1)
        if chance.random() < 0.5:
            mutated[start : start + chance.randint(0, 30)] = chance.randbytes(chance.randint(0, 10))
        else:
            piece = chance.randrange(len(raw))
            mutated[start:start] = raw[piece : piece + chance.randint(1, 60)]
    check(parse(bytes(mutated)))


def nested(depth: int) -> bytes:
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return opening + b"Content-Type: text/plain\n\ninnermost\n"


def many_parts(count: int) -> bytes:
    return (
        b"Content-Type: multipart/mixed; boundary=b\n\n"
        + b"".join(b"--b\nContent-Type: application/x\n\n%d\n" % n for n in range(count))
        + b"--b--\n"
    )


def test_absurd_nesting_is_kept_in_one_piece() -> None:
    mail = parse(nested(5000))
    (rest,) = mail.attachments
    assert rest.content.endswith(b"innermost\n")
    assert rest.content_type == "application/octet-stream"


def test_bearable_nesting_is_read() -> None:
    assert parse(nested(20)).text == "innermost"


def test_tens_of_thousands_of_parts_lose_nothing() -> None:
    mail = parse(many_parts(30_000))
    assert len(mail.attachments) == 1000
    assert mail.attachments[0].content == b"0"
    assert b"\n29999\n" in mail.attachments[-1].content


HOSTILE = {
    "deep": nested(50_000),
    "many parts": many_parts(200_000),
    "deep with many lines": nested(300) + b"x\n" * 1_000_000,
    "one boundary, many near misses": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--bb\n" * 500_000,
    "header lines": b"X: y\n" * 300_000,
    "folds": b"Subject: x\n" + b" y\n" * 300_000,
    "line breaks": b"Subject: " + b"\r" * 2_000_000,
    "blank subject": b"Subject: x" + b" " * 2_000_000 + b"\n",
    "encoded words": b"Subject: " + b"=?utf-8?Q?a?= " * 100_000 + b"\n",
    "unfinished encoded words": b"Subject: " + b"=?utf-8?Q? " * 100_000 + b"\n",
    "recipients": b"To: " + b"a@example.com, " * 100_000 + b"\n",
    "quotes in parameters": b'Content-Type: text/plain; a="' + b'\\";a="' * 100_000 + b"\n",
    "parameter pieces": b"Content-Type: text/plain"
    + b"".join(b"; n*%d*=%%41" % n for n in range(9999))
    + b"\n",
    "references": b"References: " + b"<a@b> <" * 100_000 + b"\n",
    "long line": b"\n" + b"x" * 20_000_000,
    "bad base64": b"Content-Transfer-Encoding: base64\n\n" + b"A\n!" * 3_000_000,
    "padding": b"Content-Transfer-Encoding: base64\n\n" + b"A=QQ== = " * 1_000_000,
    "groups": b"Content-Transfer-Encoding: base64\n\n" + b"AAAA=" * 1_000_000,
    "soft breaks": b"Content-Transfer-Encoding: quoted-printable\n\n" + b"= " * 500_000 + b" " * 5_000_000,
    "comments": b"Content-Transfer-Encoding: " + b"(" * 500_000 + b"\n\nx",
    "quoted-printable": b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=\n=3" * 2_000_000,
    "date": b"Date: " + b"1 " * 500_000 + b"\n",
    "html": b"Content-Type: text/html\n\n" + b"<div><table>" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_at_once(name: str) -> None:
    """The slowest takes well under a second; a quadratic step takes minutes."""
    began = time.process_time()
    check(parse(HOSTILE[name]))
    assert time.process_time() - began < 10


def test_a_mail_of_30_megabytes_keeps_its_attachment() -> None:
    content = random.Random(1).randbytes(22_000_000)
    from base64 import encodebytes

    head = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\n"
    head += b"Content-Type: video/mp4; name=film.mp4\nContent-Transfer-Encoding: base64\n\n"
    mail = parse(head + encodebytes(content) + b"--b--\n")
    assert mail.text == "hi"
    assert mail.attachments[0].content == content


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", "SGFsbG8gRXZhCg==\nU2llaGUgUmVnYWw=\n", "Hallo Eva\nSiehe Regal"),
        ("base64", "SGFsbG8=U2llaGU=", "HalloSiehe"),
        ("base64", "SGFsbG8gR=XZh", "Hallo Eva"),
        ("base64", "SGFsbG8gRX=Zh", "Hallo Eva"),
        ("base64", "=SGFs=bG8gRXZh", "Hallo Eva"),
        ("base64", "YQ==" * 10_001 + "SGFsbG8=", "a" * 10_001 + "Hallo"),
        ("base64", "SGFsbG8gRXZhU", "Hallo Eva"),
        ("base64", "SGFsbG8gRXZh====", "Hallo Eva"),
        ("base64", "SGFsbG8", "Hallo"),
        ("base64 (as always)", "SGFsbG8=", "Hallo"),
        ('"base64"', "SGFsbG8=", "Hallo"),
        ("(as always) base64", "SGFsbG8=", "Hallo"),
        ("base64 (unfinished", "SGFsbG8=", "Hallo"),
        ("x-unknown", "SGFsbG8=", "SGFsbG8="),
        ("Quoted-Printable (x)", "Hal=6Co", "Hallo"),
        ("'quoted-printable'", "Hal=6Co", "Hallo"),
        ("quoted-printable", "Hal= \t\r\nlo=\nEva=\rHallo\nx", "HalloEvaHallo\nx"),
    ],
)
def test_an_encoding_is_read_as_mail_programs_read_it(encoding: str, body: str, text: str) -> None:
    assert parse(f"Content-Transfer-Encoding: {encoding}\n\n{body}".encode()).text == text


def test_references_without_end_keep_the_first_and_the_nearest() -> None:
    ids = [f"<{number}@example.com>" for number in range(1000)]
    references = parse(f"References: {' '.join(ids)}\n\n".encode()).references
    assert references[0] == ids[0]
    assert references[-1] == ids[-1]
    assert len(references) == 200


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@example.com>", ("<a@example.com>",)),
        (
            "Your message of Monday <a@example.com> and <b@example.com>",
            ("<a@example.com>", "<b@example.com>"),
        ),
        ("<a@example.com><a@example.com>", ("<a@example.com>",)),
        ("<no-at-sign> <@> <a b@example.com> a@example.com <ü@example.com>", ()),
    ],
)
def test_only_well_formed_message_ids_are_kept(value: str, ids: tuple[str, ...]) -> None:
    assert parse(f"In-Reply-To: {value}\n\n".encode()).in_reply_to == ids


def test_the_digest_tells_different_mails_apart() -> None:
    mails = [
        b"From: a@example.com\nSubject: x\n\none\n",
        b"From: a@example.com\nSubject: x\n\ntwo\n",
        b"From: b@example.com\nSubject: x\n\none\n",
        b"From: a@example.com\nSubject: y\n\none\n",
        b"From: a@example.com\nSubject: x\nDate: Tue, 3 Nov 2026 10:00:00 +0100\n\none\n",
        b"From: a@example.com\nSubject: x\nMessage-ID: <1@example.com>\n\none\n",
    ]
    assert len({parse(raw).digest for raw in mails}) == len(mails)
