"""No text costs more than its length: a customer's mail, quoted in an answer, must not stall `send`."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plentymsg.rules.draft import Attachment, Draft, Recipient
from plentymsg.rules.judge import judge
from plentymsg.rules.pack import shipped
from plentymsg.rules.policy import Policy
from tests.rules.corpus import TODAY, draft, judged

EVERYTHING = Policy(shipped())

UNITS = [
    "a", "a.", "a-", "a_", "www.", "www ", "://", "http://", "http://a)", "http://a((", "a@", "@",
    "a.de ", "gut.Es ", "(dot)", " dot ", "x dot ", "a-dot-", "a . de ", "[.]", "[x](/", "](", "[",
    "1.", "1.2.3.4/", "a:", "mailto:", "tel:+1 ", "localhost:", "&#46;", "&amp", "&a", "%2e", "\u200b",
    "😀", "．", "\ud800", "<", "<a ", "<a href=", '<a href="', "<a x='", "<a b='c' ", "<!--", "<!", "</",
    "<style>", "<style>url(", 'url("', "/*", "\\", "\\41 ", "<img>", "<b>a</b>.de", "<svg", "<script>",
    "<![if", "<!--[if x]>", "<p style='\\75rl(x)' ", "=", '"', "'", " ", "\n", "\t", "w w w ",
    "h t t p ", "a b c . d e ", "x . de", ". de ", "x·de", 'x".de', "abcd,de", "www,a,de ", "[::1]:80",
    "ich.so geht ", "er ist im haus.so ein ",
    "aDOTde ", "+", "a+", "content:'", "3.am ", "er/Sie.Es/", "xn--", "ü.рф ",
    "0 ", "123 ",
    "+1 ", "+49(", "1-", "tel ", "tel. 1", "DE12 ", "1.1.", "0049 ", "123-1234567-", "1 234 ", "302-",
    "\uff41\uff0e\uff44\uff45 ", "Ab.De c ", "a@b.de ", "a.b@c.de ", "<a b=", "<a b=.c ", "<svg/>",
    "url(-)", "\u0301+>",
    "😀\u200d", "🇩", "1\ufe0f\u20e3", "\U000e0067",
]  # fmt: skip


_BITS = st.sampled_from(UNITS) | st.text(
    alphabet="<>!-/='\"&;#.:@()[]\\ \nawWdDeEoOtTh1ü\u200b．㎏\u0301", min_size=1, max_size=4
)


def seconds(text: str) -> float:
    """Processor time to judge `text` as text and as HTML by every pack that there is."""
    return seconds_of(draft("ebay amazon", text=text, html=text))


def seconds_of(message: Draft) -> float:
    start = time.process_time()
    judge(message, EVERYTHING, TODAY)
    return time.process_time() - start


def test_judging_is_ready_before_it_is_measured() -> None:
    assert judged(draft(text="shop.de", html="<p>shop.de</p>"))


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_twice_the_time(unit: str) -> None:
    """The quotient is 2 if the work is linear and 4 if it is quadratic; small times are all noise.

    A busy machine makes any run slow, but not six in a row: the shortest of each counts.
    """
    text = (unit * 30_000)[:30_000]
    once, twice = [], []
    for _ in range(6):
        once.append(seconds(text))
        twice.append(seconds(text + text))
        if min(twice) < max(0.25, 3 * min(once)):
            break
    assert min(twice) < max(0.25, 3 * min(once))


@settings(max_examples=60, deadline=None)
@given(st.lists(_BITS, min_size=1, max_size=6).map("".join), st.booleans())
def test_any_repeated_text_is_judged_in_time(unit: str, numbered: bool) -> None:
    """Also where no two are the same, so that nothing is remembered of one for the next.

    Quadratic work takes minutes for that much; the rest of the time is for a busy machine.
    """
    units = (f"{unit}{number if numbered else ''}" for number in range(20_000))
    assert seconds("".join(units)[:20_000]) < 1.5


@settings(max_examples=30, deadline=None)
@given(st.lists(_BITS, min_size=1, max_size=4), st.lists(_BITS, min_size=1, max_size=4))
def test_anything_opened_and_closed_again_is_judged_in_time(opened: list[str], closed: list[str]) -> None:
    text = "".join(opened) * 3_000 + "".join(closed) * 3_000
    assert seconds(text[:20_000] + text[-20_000:]) < 3


@settings(max_examples=30, deadline=None)
@given(st.lists(_BITS, min_size=1, max_size=6).map("".join))
def test_no_other_part_costs_more_than_its_length(unit: str) -> None:
    """The subject, names and contents of files, and recipients, each long and many."""
    long = (unit * 20_000)[:20_000]
    files = tuple(
        Attachment(long[: 1000 + at], long[:200], long.encode("utf-8", "replace")) for at in range(20)
    )
    named = tuple(Attachment("", "", long.encode("utf-16", "replace"), f"<{long}{at}>") for at in range(20))
    to = tuple(Recipient("address", f"{long[:1000]}@{long[:1000]}{at}") for at in range(20))
    message = draft(
        "ebay amazon otto", subject=long, to=to, attachments=files + named, html="<img src=cid:x>"
    )
    assert seconds_of(message) < 3
