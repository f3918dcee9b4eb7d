"""What a mail program may show of a mail besides what `parse` takes for its text."""

from __future__ import annotations

import random
import re
import time
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput
from plentymsg.mail.parse import parse
from plentymsg.mail.shown import other_texts
from tests.mail.parts import ATTACHED, HEAD, HTML, INLINE, TEXT, multipart, part


def besides(body: bytes) -> list[tuple[str, str, bool]]:
    """Number, text and whether it is HTML, of all that a mail with this body shows besides."""
    return [each[:3] for each in other_texts(HEAD + body)]


SECOND, SECOND_HTML = part(b"text/plain", b"zwei"), part(b"text/html", b"<p>zwei</p>")


def test_the_text_of_a_mail_is_not_besides_it() -> None:
    assert besides(TEXT) == []
    assert besides(multipart(b"alternative", TEXT, HTML)) == []
    assert besides(multipart(b"mixed", TEXT, SECOND)) == []
    assert besides(multipart(b"signed", TEXT, part(b"application/pgp-signature", b"x"))) == []
    assert besides(multipart(b"related", HTML, part(b"image/png", b"\x89PNG", b"Content-ID: <x>"))) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (multipart(b"alternative", TEXT, SECOND), ("2", "zwei", False)),
        (multipart(b"alternative", SECOND_HTML, HTML), ("1", "<p>zwei</p>", True)),
        (
            multipart(
                b"alternative",
                TEXT,
                multipart(b"mixed", HTML, part(b"application/pdf", b"%PDF-"), SECOND, boundary=b"C"),
            ),
            ("2.3", "zwei", False),
        ),
        (multipart(b"mixed", TEXT, part(b"text/plain", b"zwei", INLINE)), ("2", "zwei", False)),
        (multipart(b"mixed", TEXT, part(b"text/plain; name=x.txt", b"zwei")), ("2", "zwei", False)),
        (multipart(b"mixed", TEXT, part(b"text/html; name=x.html", b"<p>zwei")), ("2", "<p>zwei", True)),
        (multipart(b"alternative", part(b"text/x-amp-html", b"<p>"), HTML), ("1", "<p>", True)),
        (part(b"text/enriched", b"<bold>zwei</bold>"), ("1", "<bold>zwei</bold>", True)),
        (part(b"text/markdown", b"[zwei](b.html)"), ("1", "[zwei](b.html)", False)),
        (part(b"message/delivery-status", b"zwei"), ("1", "zwei", False)),
        (part(b"text/plain/x", b"zwei"), ("1", "zwei", False)),
        (part(b"text/html charset=utf-8", b"<p>zwei"), ("1", "<p>zwei", True)),
    ],
)
def test_other_texts_that_a_program_may_show_are(body: bytes, found: tuple[str, str, bool]) -> None:
    assert besides(body) == [found]


@pytest.mark.parametrize(
    "other",
    [
        part(b"text/plain", b"zwei", ATTACHED),
        part(b"message/rfc822", b"Subject: zwei\r\n\r\nzwei", ATTACHED),
        part(b"application/octet-stream", b"zwei", INLINE),
        part(b"image/svg+xml", b"<svg>zwei</svg>", INLINE),
        part(b"text/plain", b" \r\n", INLINE),
    ],
)
def test_what_is_attached_or_no_text_is_not(other: bytes) -> None:
    assert besides(multipart(b"mixed", TEXT, other)) == []


def test_a_forwarded_mail_shows_its_subject_and_each_of_its_texts() -> None:
    forwarded = b"Subject: =?utf-8?q?z=C3=BC?=\r\n" + multipart(b"alternative", TEXT, HTML, boundary=b"C")
    found = [("2.HEADER", "zü", False), ("2.1", "Hallo", False), ("2.2", "<p>Hallo</p>", True)]
    assert besides(multipart(b"mixed", TEXT, part(b"message/rfc822", forwarded))) == found
    inner = part(b"message/rfc822", b"From: a@example.com\r\n\r\nzwei", b"Content-Disposition: inline")
    assert besides(multipart(b"mixed", TEXT, inner)) == [("2.1", "zwei", False)]


def test_a_forwarded_mail_shows_the_names_of_people() -> None:
    header = (
        b'Subject: eins\r\nFrom: "www.shop.de" <a@example.com>\r\n'
        b"To: b@example.com, =?utf-8?q?z=C3=BC?= <c@d.de>\r\nCc: vier\r\n\r\nzwei"
    )
    found = [("1.HEADER", "eins\nwww.shop.de\nzü\nvier", False), ("1.1", "zwei", False)]
    assert besides(part(b"message/rfc822", header)) == found


def test_the_parts_of_a_digest_are_mails() -> None:
    mail = b"\r\nSubject: zwei\r\n" + encoded(b"base64", b64encode(b"drei"))
    assert besides(multipart(b"digest", mail)) == [("1.HEADER", "zwei", False), ("1.1", "drei", False)]
    assert besides(multipart(b"digest", TEXT)) == []


def test_html_behind_other_html_is_there_again_by_itself() -> None:
    """What the first leaves open, such as a style, hides the second only where both are one."""
    (found,) = other_texts(HEAD + multipart(b"mixed", part(b"text/html", b"<style>"), SECOND_HTML))
    assert found == ("2", "<p>zwei</p>", True, True)


def test_an_appointment_shows_its_values_unfolded() -> None:
    lines = (
        b"PRODID:-//shop.de//EN\r\nORGANIZER;ROLE=CHAIR:mailto:eva@example.com\r\n"
        b'LOCATION;ALTREP="a:b":Berlin\\, Mitte\r\nDESCRIPTION:eins\\nwww.sh\r\n op.de?a=\r\n\tb'
    )
    for kind in (b"text/calendar", b"application/ics"):
        ((_, text, is_html),) = besides(multipart(b"mixed", TEXT, part(kind, lines)))
        assert text.split("\n") == ["", "", "Berlin, Mitte", "eins", "www.shop.de?a=b"]
        assert not is_html


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (b'ORGANIZER;CN="www.shop.de":mailto:eva@example.com', "www.shop.de\n"),
        (b"ATTENDEE;ROLE=CHAIR;cn=Eva Berg;RSVP=TRUE:MAILTO:eva@example.com", "Eva Berg\n"),
        (b"ATTENDEE;CN=\r\n Eva^n^^^'Berg:mailto:eva@example.com", 'Eva\n^"Berg\n'),
        (b"ORGANIZER:https://shop.de", "https://shop.de"),
        (b'ADR;LABEL="www.shop.de":;;Weg 1', "www.shop.de\n;;Weg 1"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:www=2Esh=\r\nop=2Ede\r\nN:Eva", "www.shop.de\nEva"),
        (b"NOTE;QUOTED-PRINTABLE;CHARSET=iso-8859-1:f=FCr=\r\n =3Dwww=", "für =www"),
        (b"NOTE;ENCODING=b:" + b64encode(b"www.shop.de"), "www.shop.de"),
        (b"LOGO;BASE64:" + b64encode(b"\0\1.de"), None),
        (b"NOTE;ENCODING=BASE64:" + b64encode(b"\xff.de"), None),
    ],
)
def test_a_content_line_shows_its_value_and_names(line: bytes, shown: str | None) -> None:
    assert [text for _, text, _ in besides(part(b"text/vcard", line))] == ([] if shown is None else [shown])


def test_a_card_shows_what_is_in_its_groups() -> None:
    card = part(b"text/vcard", b"item1.URL:https://shop.de\r\nUID:x\r\nhallo", INLINE)
    assert besides(multipart(b"mixed", TEXT, card)) == [("2", "https://shop.de\n\nhallo", False)]


def test_a_flowed_text_whose_spaces_go_is_there_again_in_whole_lines() -> None:
    text = b"> www.sho \r\n> p.de\r\n-- \r\nEva"
    (found,) = other_texts(HEAD + part(b"text/plain; format=flowed; delsp=yes", text))
    assert found == ("1", "> www.shop.de\n-- \nEva", False, True)
    assert besides(part(b"text/plain; format=flowed", text)) == []


@pytest.mark.parametrize(
    "raw", [b"", b"\0\xff\r\n" * 100, b"Hallo Petra,\n\nhier ist Ihr Regal.\n", b"\n\nSubject: x\n\nx"]
)
def test_bytes_without_a_header_are_no_mail(raw: bytes) -> None:
    with pytest.raises(InvalidInput, match="This is no mail"):
        other_texts(raw)


def _nested(levels: int, kind: str) -> bytes:
    body = SECOND
    for level in range(levels):
        is_mail = kind == "mails"
        body = (
            part(b"message/rfc822", body) if is_mail else multipart(b"mixed", body, boundary=b"N%d" % level)
        )
    return body


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"Subject: zwei\r\n" + TEXT, "2 fields “Subject”"),
        (b"Content-Type: text/html\r\n" + TEXT, "2 fields “Content-Type”"),
        (multipart(b"mixed", part(b"text/plain", b"x", INLINE, ATTACHED)), "2 fields “Content-Disposition”"),
        (part(b"message/rfc822", b"Subject: a\nSubject: b\n\nx"), "2 fields “Subject”"),
        (_nested(100, "multiparts"), "more than 30 deep"),
        (_nested(20, "mails"), "more than 10 mails"),
        (multipart(b"mixed", *[SECOND] * 1100), "more than 1000 parts"),
        (part(b"application/pkcs7-mime", b"x", ATTACHED), "encrypted or sealed"),
        (part(b"text/plain", b"Hallo\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nx"), "Part 1 .* is encrypted"),
        (multipart(b"encrypted", part(b"application/octet-stream", b"x")), "encrypted or sealed"),
    ],
)
def test_what_nobody_can_say_is_an_error(body: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        other_texts(HEAD + body)


def encoded(encoding: bytes, content: bytes, *fields: bytes, kind: bytes = b"text/plain") -> bytes:
    return part(kind, content, b"Content-Transfer-Encoding: " + encoding, *fields)


WORD = b64encode(b"zweites")


@pytest.mark.parametrize(
    "encoding",
    [b"x-uuencode", b"base64, foo", b"quotedprintable", b"quoted-printable, foo", b"base 64"],
)
@pytest.mark.parametrize("fields", [(), (ATTACHED,)])
def test_an_encoding_that_nobody_knows_is_an_error(encoding: bytes, fields: tuple[bytes, ...]) -> None:
    body = encoded(encoding, WORD, *fields)
    with pytest.raises(
        InvalidInput, match=r"Part 1 of this mail .* \(“" + re.escape(encoding.decode()) + "”"
    ):
        other_texts(HEAD + body)
    with pytest.raises(InvalidInput, match="Part 2 of this mail"):
        other_texts(HEAD + multipart(b"mixed", TEXT, body))


@pytest.mark.parametrize(
    "content",
    [
        b"siehe www.shop.de",
        b"YQ==" * 10_001 + WORD,
        b"YQ==" + WORD,
        b"enc=laXRlcw==",
        WORD[:-1],
        WORD + b"=",
        b"====",
    ],
)
def test_base64_that_programs_read_differently_is_an_error(content: bytes) -> None:
    for kind in (b"text/plain", b"text/markdown", b"message/rfc822", b"multipart/mixed"):
        with pytest.raises(InvalidInput, match="Part 1 of this mail is no sound base64"):
            other_texts(HEAD + encoded(b"'base64'", content, kind=kind))
    assert besides(encoded(b"base64", content, ATTACHED)) == []
    assert besides(encoded(b"base64", content, kind=b"image/png")) == []


@pytest.mark.parametrize("encoding", [b"base64", b'"BASE64"', b"(a) base64", b"base64 (a", b"base64;"])
def test_an_encoding_is_known_behind_comments_and_in_quotes(encoding: bytes) -> None:
    body = encoded(encoding, WORD[:4] + b"\r\n " + WORD[4:] + b"\r\n", kind=b"text/markdown")
    assert besides(body) == [("1", "zweites", False)]
    plain = [encoded(each, b"zwei", kind=b"text/markdown") for each in (b"", b"7BIT", b"8bit (a)", b"binary")]
    assert [besides(each)[0][1] for each in plain] == ["zwei"] * 4


def test_what_can_be_read_is() -> None:
    assert parse(HEAD + _nested(25, "multiparts")).text == "zwei"
    assert besides(_nested(25, "multiparts")) == []
    assert [text for _, text, _ in besides(_nested(10, "mails"))] == ["zwei"]


@given(st.lists(st.sampled_from([TEXT, HTML, SECOND, HEAD, b"--B\r\n", b"--B--\r\n", b"\r\n"]) | st.binary()))
def test_any_bytes_are_read_or_refused(pieces: list[bytes]) -> None:
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"".join(pieces)
    try:
        found = other_texts(raw)
    except InvalidInput:
        return
    assert all(each.text.strip() and "\0" not in each.text for each in found)


@given(st.lists(st.sampled_from(["alternative", "mixed", "related", "signed"]), max_size=4), st.randoms())
def test_each_text_is_in_the_mail_or_besides_it(kinds: list[str], chance: random.Random) -> None:
    """Whatever the parts are in: no text is neither here nor there."""
    words: list[str] = []

    def leaf() -> bytes:
        words.append(f"wort{len(words)}x")
        kind = chance.choice([b"text/plain", b"text/html", b"text/csv", b"text/plain; name=a.txt"])
        return part(kind, words[-1].encode())

    body = leaf()
    for number, kind in enumerate(kinds):
        parts = [body, leaf()]
        chance.shuffle(parts)
        body = multipart(kind.encode(), *parts, boundary=b"N%d" % number)
    mail = parse(HEAD + body)
    seen = [mail.text, mail.html, *(text for _, text, _ in besides(body))]
    assert all(any(word in text for text in seen) for word in words)


@pytest.mark.parametrize(
    "body",
    [
        part(b"text/plain; delsp=yes", b" \n" * 3_000_000 + b"x"),
        part(b"text/plain; delsp=yes", b"x \n" + b">" * 5_000_000),
        part(b"text/calendar", b"A;B:\n " * 1_000_000),
        part(b"text/calendar", b'A;B="' * 1_000_000),
        part(b"text/calendar", b"a." * 2_000_000),
        part(b"text/calendar", b"A" + b";A=" * 1_000_000 + b":"),
        part(b"text/calendar", b"A" + b';"' * 1_000_000 + b":"),
        part(b"text/vcard", b"A;QUOTED-PRINTABLE:" + b"=\n" * 2_000_000),
        part(b"message/rfc822", b"From: " + b"<a> (" * 1_000_000),
        part(b"text/vcard", b"A:" + b"\\" * 5_000_001),
    ],
)
def test_hostile_text_is_read_at_once(body: bytes) -> None:
    began = time.process_time()
    other_texts(HEAD + body)
    assert time.process_time() - began < 10
