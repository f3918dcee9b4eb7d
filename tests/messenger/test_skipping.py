"""Skip rules: who is no recipient, and that no regular expression hangs the program."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plentymsg.errors import InvalidInput, PlentymsgError
from plentymsg.mail.message import Address
from plentymsg.messenger.recipients import Given
from plentymsg.messenger.setup.patterns import require_harmless
from plentymsg.messenger.skipping import found_in, sift
from plentymsg.rules.draft import Recipient

SLOW = r"^z(.*?)(.*?)(.*?)(.*?)(.*?)(.*?)(.*?)(.*?)\1\2\3\4\5\6\7\8#"
"""Quick on what does not begin with a z."""


def _channel(emails: str = "", *, orders: bool = False, contacts: bool = False) -> dict[str, Any]:
    return {"name": "Laden", "skip_orders": orders, "skip_contacts": contacts, "skip_emails": emails}


def _address(email: str, kind: str = "address", value: str = "") -> Given:
    return Recipient(kind, value or email), Address("", email)  # type: ignore[arg-type]


def _kept(channel: dict[str, Any], *recipients: Given) -> list[str]:
    return [recipient.value for recipient, _ in sift(channel, recipients).kept]


def test_each_rule_drops_its_own_kind_only() -> None:
    order, contact = (Recipient("order", "7"), None), (Recipient("contact", "8"), None)
    everybody = (order, contact, _address("petra@example.com"))
    assert _kept(_channel(), *everybody) == ["7", "8", "petra@example.com"]
    assert _kept(_channel(orders=True), *everybody) == ["8", "petra@example.com"]
    assert _kept(_channel(contacts=True), *everybody) == ["7", "petra@example.com"]
    assert _kept(_channel("petra"), *everybody) == ["7", "8"]


@pytest.mark.parametrize(
    ("pattern", "email", "skipped"),
    [
        (r"@invalid\.example$", "petra@INVALID.example", True),
        (r"@Invalid\.Example$", "petra@invalid.example", True),
        (r"@invalid\.example$", "petra@invalid.example.com", False),
        ("reply", "no-reply@example.com", True),
        ("^reply", "no-reply@example.com", False),
        ("größe", "GRÖSSE@example.com", False),
        ("GRÖßE", "größe@example.com", True),
    ],
)
def test_a_pattern_is_looked_for_anywhere_in_any_case(pattern: str, email: str, skipped: bool) -> None:
    assert _kept(_channel(pattern), _address(email)) == ([] if skipped else [email])


def test_the_address_of_an_order_or_contact_is_skipped_as_well() -> None:
    orders = (_address("a@invalid.example", "order", "7"), _address("b@x.example", "order", "8"))
    assert _kept(_channel("invalid"), *orders) == ["8"]


def test_a_rule_that_runs_out_of_time_holds_the_message() -> None:
    require_harmless(SLOW)
    begin = time.process_time()
    with pytest.raises(PlentymsgError, match=r"is held: the skip rule .* takes too long") as caught:
        sift(_channel(SLOW), [_address("z" + "a" * 63 + "@" + "b" * 50 + ".example")])
    assert time.process_time() - begin < 2
    assert caught.value.exit_code == 1
    assert "--skip-emails" in caught.value.hint


@pytest.mark.parametrize("stored", ["([", "(" * 500])
def test_a_stored_rule_that_cannot_be_read_holds_the_message(stored: str) -> None:
    """Such a one is refused, but an older version may have taken it."""
    with pytest.raises(PlentymsgError, match="cannot be read"):
        sift(_channel(stored), [_address("petra@example.com")])


@pytest.mark.parametrize(
    "evil",
    [
        "(((a{99}){99}){99}){99}",
        "(?:" * 60 + "a" + "{2,9})" * 60,
        "(?R)",
        SLOW.replace("^z", "^a"),
    ],
)
def test_a_rule_that_would_hang_or_fill_the_memory_is_refused(evil: str) -> None:
    with pytest.raises(InvalidInput, match="too long, or too much memory"):
        require_harmless(evil)


@pytest.mark.parametrize(
    ("wrong", "reason"), [("([", "character set at position 2"), ("a{2", ""), ("*", "nothing to repeat")]
)
def test_what_is_no_regular_expression_is_refused_with_the_place(wrong: str, reason: str) -> None:
    if not reason:  # it is one: a brace alone is a letter
        require_harmless(wrong)
        return
    with pytest.raises(InvalidInput, match=reason):
        require_harmless(wrong)


_EVIL = [r"\1", r"\w", ".*", "(?:", "(?i)", "(?=", "(?<!", "{2,9}", "{99}", "{1,}", "{e<=9}", "(?R)"]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*"ab@.^$|()[]*+?\\-", *_EVIL]), max_size=25).map("".join),
    st.text("ab@.-z", min_size=1, max_size=320),
)
def test_no_pattern_hangs_the_program(pattern: str, email: str) -> None:
    """Whatever is written: it is refused when it is set, or it answers in time, or it holds the message."""
    try:
        require_harmless(pattern)
    except InvalidInput:
        return
    begin = time.process_time()
    with suppress(PlentymsgError):
        sift(_channel(pattern), [_address(email)])
    assert time.process_time() - begin < 2


@given(st.text("ab.", max_size=30))
def test_what_is_found_is_what_the_pattern_says(word: str) -> None:
    escaped = word.replace(".", r"\.")
    assert found_in(f"^{escaped}@", f"{word.upper()}@example.com")
    assert not found_in(f"^{escaped}c@", f"{word}@example.com")
