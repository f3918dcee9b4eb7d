from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.rules.draft import Attachment
from plentymsg.rules.images import ImageReference, Picture, image_format, pictures
from tests.rules.corpus import PDF, PNG


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpeg"),
        (b"GIF89a\x01\x00\x01\x00", "gif"),
        (b"BM" + bytes(12) + b"\x28\x00\x00\x00", "bmp"),
        (b"II*\x00\x08\x00\x00\x00", "tiff"),
        (b"MM\x00*\x00\x00\x00\x08", "tiff"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1", "avif"),
        (b"\x00\x00\x00\x14ftypabcd\x00\x00\x00\x00avif", "avif"),
        (
            b"\x00\x00\x01\x00\x01\x00\x10\x10\x00\x00\x01\x00\x20\x00\x04\x00\x00\x00\x16\x00\x00\x00abcd",
            "ico",
        ),
        (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a - b -->\n<!DOCTYPE svg>\n<svg:svg>", "svg"),
        ("\ufeff<svg>".encode("utf-16-le"), "svg"),
    ],
)
def test_an_image_is_known_by_its_content(content: bytes, name: str) -> None:
    assert image_format(content) == name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        PDF,
        b"BMW-Teile, siehe Liste im Anhang",
        b"PK\x03\x04",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00mp42isom",
        b"<html><svg></svg></html>",
        b"Das Bild <svg> fehlt",
        b"\x00\x00\x01\x00\x00\x00\x10\x10" + bytes(20),
        b"GIF89a\x01\x00\x01\x00 %PDF-1.4",
        PNG[:6],
    ],
)
def test_what_is_no_image_is_not_taken_for_one(content: bytes) -> None:
    assert image_format(content) == ""


@given(st.binary())
def test_any_bytes_have_an_answer(content: bytes) -> None:
    assert isinstance(image_format(content), str)


def _icon(kind: int = 1, count: int = 1, reserved: int = 0, first: int = 22, length: int = 30) -> bytes:
    head = b"\x00\x00" + kind.to_bytes(2, "little") + count.to_bytes(2, "little")
    entry = b"\x10\x10\x00" + bytes([reserved]) + bytes(8) + first.to_bytes(4, "little")
    return (head + entry).ljust(length, b"\x00")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (_icon(), "ico"),
        (_icon(kind=2), "ico"),
        (_icon(length=23), "ico"),
        (_icon(first=260, length=400), "ico"),
        (_icon(count=260, first=6 + 16 * 260, length=5000), "ico"),
        (_icon(kind=3), ""),
        (_icon(count=0), ""),
        (_icon(reserved=1), ""),
        (_icon(first=21), ""),
        (_icon(count=2, first=37, length=60), ""),
        (_icon(count=2, first=38, length=60), "ico"),
        (_icon(first=30), ""),
        (_icon(length=22), ""),
        (_icon()[:21], ""),
        (b"BM" + bytes(12) + b"\x7c\x00\x00\x00", "bmp"),
        (b"BM" + bytes(12) + b"\x28\x00\x00\x01", ""),
        (b"BM" + bytes(12) + b"\x29\x00\x00\x00", ""),
        (bytes(40) + b" EMF", "emf"),
        (b"\x00\x00\x00\x10ftypabcd\x00\x00\x00\x00avif", ""),
        (b"\x00\x00\x00\x18ftypabcd\x00\x00\x00\x00isommif1", "heif"),
        (b"\x00\x00\x00\x14ftypabcdavif\x00\x00\x00\x00", ""),
        (b"\x00\x00\x01\x00ftypabcd" + bytes(240) + b"avif", "avif"),
        (b"\x00\x00\x01\x04ftypabcd" + bytes(244) + b"avif", ""),
        ("\ufeff<svg>".encode("utf-16-be"), "svg"),
        (b"\xef\xbb\xbf\n<!-- \xff -->\n<svg>", "svg"),
        (b"<!--" + b"x" * 4080 + b"--><svg ", "svg"),
        (b"<!--" + b"x" * 4090 + b"--><svg ", ""),
        (b" " * 1019 + PDF, ""),
        (PNG.ljust(1019, b"\x00") + PDF, ""),
        (PNG.ljust(1020, b"\x00") + PDF, "png"),
    ],
)
def test_an_image_must_look_like_one_in_more_than_its_first_bytes(content: bytes, name: str) -> None:
    assert image_format(content) == name


def _file(name: str, content_id: str = "") -> Attachment:
    return Attachment(name, "image/png", PNG, content_id)


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("cid:logo@shop", _file("x.png", "logo@shop")),
        ("CID:Logo@Shop", _file("x.png", " <LOGO@shop> ")),
        ("cid:logo%40shop", _file("x.png", "<logo@shop>")),
        ("Logo.PNG", _file("logo.png")),
        ("cid:LOGO.png", _file("Logo.png")),
        ("my%20logo.png", _file("my logo.png")),
    ],
)
def test_a_file_and_the_reference_that_shows_it_are_one(source: str, file: Attachment) -> None:
    shown = ImageReference(source, 5, 9)
    assert pictures([shown], [_file("other.png"), file], frozenset({1})) == (Picture("html", 5, 9, source),)


def _shown(source: str) -> ImageReference:
    return ImageReference(source, 17, 18)


def test_each_image_is_told_with_where_it_first_is() -> None:
    references = [
        ImageReference("data:image/png;base64,AA", 1, 2),
        ImageReference("data:image/png;base64,aa", 3, 4),
        ImageReference("DATA:image/png;base64,%41", 5, 6),
        ImageReference("", 7, 8),
        ImageReference("", 9, 10),
        ImageReference("a.png", 11, 12),
        ImageReference("a.png", 13, 14),
        ImageReference("b.png", 15, 16, counts=False),
    ]
    files = [_file("text.png"), _file("one.png"), _file("two.png")]
    first = [ImageReference("", 0, 6), ImageReference("", 1, 6), _shown("one.png")]
    assert [each.start for each in pictures(first, files, frozenset({1}))] == [0, 1, 17]
    assert pictures(references, files, frozenset({2, 1})) == (
        Picture("html", 1, 2, "data:image/png;base64,AA"),
        Picture("html", 3, 4, "data:image/png;base64,aa"),
        Picture("html", 5, 6, "DATA:image/png;base64,%41"),
        Picture("html", 7, 8, ""),
        Picture("html", 9, 10, ""),
        Picture("html", 11, 12, "a.png"),
        Picture("attachments", 0, 0, "one.png", 1),
        Picture("attachments", 0, 0, "two.png", 2),
    )
