"""`matches`: PHP's regular expressions without its backtracking."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plentymsg.templates.patterns import matches
from plentymsg.templates.source import Refusal


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("/b/", "abc", True),
        ("/^b/", "abc", False),
        ("/^abc$/", "abc\n", True),
        ("/^abc$/D", "abc\n", False),
        ("/^b$/m", "a\nb\nc", True),
        ("/a.c/", "a\nc", False),
        ("/a.c/s", "a\nc", True),
        ("/STRASSE/i", "Hauptstrasse", True),
        ("/ü/i", "Ü", False),
        ("/ü/iu", "Ü", True),
        (r"/^\d{3}-\d{7}-\d{7}$/", "302-1234567-1234567", True),
        (r"/^\d{3}-\d{7}-\d{7}$/", "302-1234567-123456", False),
        (r"/^\w+$/", "Müller", False),
        (r"/^\w+$/u", "Müller", True),
        (r"/\bcat\b/", "a cat.", True),
        (r"/\bcat\b/", "concat", False),
        ("/^(?:ab|cd)+e?$/", "abcdab", True),
        ("/^(a|b)*c{2,3}$/", "ababccc", True),
        ("/^c{2,}$/", "c", False),
        ("/^[a-cx-]+$/", "a-x", True),
        ("/^[^a-c]$/", "b", False),
        ("/^[^a]$/i", "A", False),
        (r"/^[\d.,]+$/", "1.234,5", True),
        ("/^[]a]$/", "]", True),
        ("/ a b /x", "ab", True),
        ("#^https?://#", "https://example.com", True),
        ("{^a{2}$}", "aa", True),
        (r"/^\/x\.y$/", "/x.y", True),
        ("//", "", True),
        ("/a??b+?/", "b", True),
    ],
)
def test_it_finds_what_php_finds(pattern: str, text: str, found: bool) -> None:
    assert matches(pattern, text) is found


@pytest.mark.parametrize(
    "pattern",
    [
        "abc", "", "/abc", "/a/e", "/(/", "/)/", "/[/", "/*/", "/a**/", "/a{3,2}/", "/a{9999}/", r"/(a)\1/",
        "/(?=a)/", "/(?<n>a)/", "/[[:alpha:]]/", r"/\p{L}/", r"/\q/", "/[z-a]/", r"/[\d-z]{",
        "/" + "(" * 50, "/\\",        "/" + "a" * 600 + "/", "/((a{100}){100}){100}/", r"/[a-\d]/",
    ],
)  # fmt: skip
def test_what_is_not_supported_is_refused(pattern: str) -> None:
    with pytest.raises(Refusal):
        matches(pattern, "a")


@pytest.mark.parametrize("pattern", ["/(a+)+$/", "/(a|a)*$/", "/(a*)*b/", "/a*a*a*a*a*a*b/", "/(.*)*x/"])
def test_patterns_that_make_others_hang_are_answered_at_once(pattern: str) -> None:
    started = time.process_time()
    try:
        matches(pattern, "a" * 5000 + "!")
    except Refusal:
        pass
    else:
        assert matches(pattern, "aaaa!") is (re.search(pattern[1:-1], "aaaa!") is not None)
    assert time.process_time() - started < 3


PIECES = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", "^", "$", r"\b", r"\d", "1", "(a|b)", "(?:ab)", "|", "x"]
)
QUANTIFIERS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,}"])


@settings(deadline=None)
@given(
    parts=st.lists(st.tuples(PIECES, QUANTIFIERS), max_size=6),
    text=st.text(alphabet="ab1x\n", max_size=8),
    flags=st.sampled_from(["", "i", "m", "s", "ms"]),
)
def test_it_agrees_with_pythons_matcher(parts: list[tuple[str, str]], text: str, flags: str) -> None:
    pattern = "".join(piece + ("" if piece in {"^", "$", r"\b", "|"} else times) for piece, times in parts)
    expected = re.compile(pattern, re.ASCII | sum(getattr(re, flag.upper()) for flag in flags)).search(text)
    assert matches(f"/{pattern}/{flags}", text) is (expected is not None)
