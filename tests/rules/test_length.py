"""PM205: the length of the text."""

from __future__ import annotations

import pytest

from plentymsg.rules.judge import judge
from plentymsg.rules.pack import Pack, shipped
from plentymsg.rules.policy import Policy
from plentymsg.rules.violation import Violation
from tests.rules.corpus import TODAY, draft, only


def judged(limit: int, **parts: str) -> tuple[Violation, ...]:
    return judge(draft("", **parts), only("PM205", limit=limit), TODAY)  # type: ignore[arg-type]


def test_the_surplus_is_the_place() -> None:
    (violation,) = judged(5, text="\n\nHallo Welt\n")
    assert (violation.part, violation.excerpt, violation.line) == ("text", " Welt", 3)
    assert violation.message == "The text has 10 characters; The Messenger takes 5."


@pytest.mark.parametrize(
    "parts",
    [
        {"text": "Hallo"},
        {"text": "\r\n  Hallo  \r\n"},
        {"text": "a\r\nb\r\nc"},
        {"text": "\U0001f600" * 5},
        {"html": "<p class='long-name'>Ha<b>l</b>l&ouml;</p>\n\n<style>p { color: red }</style>"},
        {"html": "<p>a</p>\n     <p>b</p>\n   \n <p>c</p>"},
        {"subject": "A subject of any length"},
        {},
    ],
)
def test_only_what_a_reader_sees_counts(parts: dict[str, str]) -> None:
    assert judged(5, **parts) == ()


def test_text_and_html_are_measured_each() -> None:
    found = judged(5, text="Hallo Welt", html="<p>Ha&uuml;o <i>Welt</i></p>")
    assert [(each.part, each.excerpt) for each in found] == [("text", " Welt"), ("html", "Welt")]


def test_the_shipped_pack_says_the_limit_of_ebay() -> None:
    packs = [pack for pack in shipped() if pack.name == "length"]
    policy = Policy([Pack(pack.name, pack.summary, pack.requirements) for pack in packs])
    assert judge(draft("ebay", text="x" * 4000), policy, TODAY) == ()
    (violation,) = judge(draft("ebay", text="x" * 4001), policy, TODAY)
    assert (violation.code, violation.offset, violation.length) == ("PM205", 4000, 1)
    assert violation.message == "The text has 4,001 characters; eBay takes 4,000."


@pytest.mark.parametrize(
    ("text", "surplus", "length"),
    [
        ("ab\r\ncdef", "ef", 7),
        ("abcd\r\nef", "ef", 7),
        ("abcde\r\nf", "\r\nf", 7),
        ("\r\na\r\nb\r\ncde", "de", 7),
    ],
)
def test_a_line_break_of_two_characters_counts_once(text: str, surplus: str, length: int) -> None:
    (violation,) = judged(5, text=text)
    assert text[violation.offset :] == surplus
    assert violation.message == f"The text has {length} characters; The Messenger takes 5."
