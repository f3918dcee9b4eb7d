"""A conversation as it is read."""

from __future__ import annotations

from plentymsg.cli.thread import fold_quotes


def test_a_long_quotation_is_folded_and_a_short_one_shown() -> None:
    text = ["Danke!", "> one", "> two", "> three", "> four", "Und:", "> short"]
    assert fold_quotes(text) == ["Danke!", "> one", "> … 3 more quoted lines", "Und:", "> short"]


def test_nothing_but_quotations_is_folded() -> None:
    text = ["Guten Tag,", "", "  > eingerückt", "a > b"]
    assert fold_quotes(text) == text
