from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.mail.filename import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Rechnung.pdf", "Rechnung.pdf"),
        ("Übergröße 1.pdf", "Übergröße 1.pdf"),
        ("../../x", "x"),
        ("..\\..\\x", "x"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\petra\\a.pdf", "a.pdf"),
        ("C:evil", "C_evil"),
        ("..", "fallback"),
        ("", "fallback"),
        ("...", "fallback"),
        (".bashrc", "bashrc"),
        ("a\r\nb\x1b[31m.pdf", "ab[31m.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("a.pdf. ", "a.pdf"),
        ('a<b>c:"|?*.txt', "a_b_c_____.txt"),
    ],
)
def test_a_name_becomes_harmless(name: str, safe: str) -> None:
    assert safe_name(name, "fallback") == safe


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("ü" * 500 + ".pdf", "fallback")
    assert name.endswith("ü.pdf")
    assert len(name.encode()) <= 180


@given(st.text())
def test_every_name_is_a_single_file(name: str) -> None:
    safe = safe_name(name, "fallback")
    assert safe
    assert Path("folder", safe).parent == Path("folder")
    assert PureWindowsPath("folder", safe).parent == PureWindowsPath("folder")
    assert len(safe.encode()) < 255
    assert safe_name(safe, "fallback") == safe
