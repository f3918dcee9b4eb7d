from __future__ import annotations

import encodings.aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.mail.charset import decode


@pytest.mark.parametrize(
    "charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "utf-16", "utf-16-be"]
)
def test_what_is_declared_is_believed(charset: str) -> None:
    assert decode("Größe".encode(charset), charset) == "Größe"


@pytest.mark.parametrize(
    "declared", ["", "us-ascii", "utf-8", "iso-8859-1", "unknown-8bit", "x-klingon", "'", "\0", "ä"]
)
def test_text_of_windows_is_read_whatever_is_declared(declared: str) -> None:
    assert decode("1 € – „ja“".encode("cp1252"), declared) == "1 € – „ja“"


@pytest.mark.parametrize(
    "declared", ["", "us-ascii", "utf-8", "default", "rot13", "base64", "undefined", "idna"]
)
def test_utf_8_is_read_whatever_is_declared(declared: str) -> None:
    assert decode("Größe – ja".encode(), declared) == "Größe – ja"


def test_one_broken_character_does_not_spoil_the_others() -> None:
    assert decode("Größe, Höhe, Länge".encode() + b"\xc3", "utf-8") == "Größe, Höhe, Länge\ufffd"


def test_utf_16_without_a_byte_order_mark() -> None:
    for order in ("utf-16-le", "utf-16-be"):
        assert decode("Größe".encode(order), "utf-16") == "Größe"


def test_nul_and_lone_surrogates_are_taken_out() -> None:
    assert decode(b"a\0b") == "ab"
    assert decode(b"+2AA-", "utf-7") == "\ufffd"


@given(
    st.binary(), st.sampled_from(sorted({*encodings.aliases.aliases.values(), "", "nonsense"})) | st.text()
)
def test_no_bytes_and_no_charset_raise(data: bytes, declared: str) -> None:
    text = decode(data, declared)
    assert "\0" not in text
    text.encode("utf-8")
