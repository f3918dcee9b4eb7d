from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.rules.images import image_format
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
