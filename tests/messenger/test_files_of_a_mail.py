"""PM301 to PM303: what a whole message carries and shows, whatever it calls it."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.base import MIMEBase

import pytest

from plentymsg.mail.parse import parse
from plentymsg.messenger.judging import draft_of, written_in
from plentymsg.rules.draft import Recipient
from tests.rules.corpus import PDF, PNG, draft, judged

TO = (Recipient("address", "x@members.ebay.de"),)


def codes_of(message: EmailMessage) -> list[str]:
    mail = written_in(parse(message.as_bytes()))
    return [each.code for each in judged(draft_of(mail, TO, frozenset({"ebay"}), "ebay"))]


def codes_in(html: str) -> list[str]:
    return [each.code for each in judged(draft("ebay", html=html)) if each.code in ("PM302", "PM303")]


def written() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Ihr Regal"
    message.set_content("Es kommt.")
    return message


@pytest.mark.parametrize(
    ("content", "kind", "name", "codes"),
    [
        (PNG, "application/pdf", "rechnung.pdf", []),
        (PNG, "application/octet-stream", None, []),
        (PNG, "image/png", None, []),
        (PDF, "image/png", "bild.png", ["PM301"]),
        (b"GIF89a %PDF-1.4", "image/gif", "bild.gif", ["PM301"]),
        (b"", "image/png", "leer.png", ["PM301"]),
        (PNG[:5], "image/png", "halb.png", ["PM301"]),
        (b"\x78\x9f\x3e\x22\x00", "application/ms-tnef", "winmail.dat", ["PM301"]),
        (b"\x30\x80\x06\x09", "application/pkcs7-signature", "smime.p7s", ["PM301"]),
        (b"\x30\x80\x06\x09", "application/pkcs7-signature", None, ["PM301"]),
        (b"BEGIN:VCALENDAR", "application/ics", "termin.ics", ["PM301"]),
    ],
)
@pytest.mark.parametrize("disposition", ["attachment", "inline"])
def test_a_part_is_what_its_content_is(
    content: bytes, kind: str, name: str | None, codes: list[str], disposition: str
) -> None:
    message = written()
    main, _, sub = kind.partition("/")
    message.add_attachment(content, main, sub, filename=name, disposition=disposition)
    assert codes_of(message) == codes


def test_a_mail_inside_the_mail_is_an_attachment() -> None:
    message = written()
    message.add_attachment(written())
    assert codes_of(message) == ["PM301"]


def test_a_calendar_beside_the_text_is_an_attachment() -> None:
    message = written()
    message.add_alternative("BEGIN:VCALENDAR", subtype="calendar")
    assert codes_of(message) == ["PM301"]


def test_a_signature_over_the_mail_is_an_attachment() -> None:
    message = EmailMessage()
    message["Subject"] = "Ihr Regal"
    message["Content-Type"] = "multipart/signed; protocol=application/pgp-signature"
    signature = MIMEBase("application", "pgp-signature")
    signature.set_payload("-----BEGIN PGP SIGNATURE-----")
    message.set_payload([written(), signature])
    assert codes_of(message) == ["PM301"]


def test_an_image_beside_the_html_and_what_shows_it_are_one() -> None:
    message = written()
    message.add_alternative("<p>Ihr Regal <img src='cid:a@b'></p>", subtype="html")
    html = message.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(PNG, "image", "png", cid="<a@b>")
    assert codes_of(message) == ["PM303"]
    html.add_related(PNG + b"2", "image", "png", cid="<c@d>", filename="x.pdf")
    assert sorted(codes_of(message)) == ["PM302", "PM303"]


@pytest.mark.parametrize(
    "html",
    [
        "<img src=https://t.example/open.gif width=1 height=1>",
        "<picture><source srcset='cid:a 1x'></picture>",
        "<img srcset='a.png 1x, b.png 2x'>",
        "<svg viewBox='0 0 1 1'><path/></svg>",
        "<!--[if mso]><v:fill type='frame' src='cid:a'/><![endif]-->",
        "<input type=image src=cid:a>",
        "<input type='im&#97;ge' src=a.png>",
        "<object type='image/png' data='https://shop.example/logo'></object>",
        "<embed type=image/svg+xml src=logo>",
        "<iframe src='a.png?x'></iframe>",
        "<td background='&#99;id:a'>",
        "<style>p { background: u\\72l(a.png) }</style>",
        "<p style='background: url(&quot;a.png&quot;)'>",
        "<ul style='list-style: url(a.png)'>",
        "<a href='data:image/png;base64,AA'>Bild</a>",
    ],
)
def test_whatever_shows_an_image_is_one_in_the_text(html: str) -> None:
    assert codes_in(html) == ["PM303"]


@pytest.mark.parametrize(
    "html",
    [
        "<link rel=icon href=favicon.ico>",
        "<link rel=stylesheet href=a.css>",
        "<a href=a.png>Bild</a>",
        "<style>@font-face { src: url(a.woff) }</style>",
        "<p style='background: linear-gradient(red, blue)'>",
        "<p>&lt;img src=a.png&gt;</p>",
        "<!-- <img src=a.png> -->",
        "<iframe src=a.html></iframe>",
        "<object data=a.pdf type=application/pdf></object>",
        "<input type=text src=a.png>",
    ],
)
def test_what_shows_none_is_none(html: str) -> None:
    assert codes_in(html) == []
