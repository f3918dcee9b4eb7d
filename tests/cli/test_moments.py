"""Times and durations as people give them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.cli import moments
from plentymsg.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "expected"),
    [("60s", {"seconds": 60}), ("5m", {"minutes": 5}), (" 2 h ", {"hours": 2}), ("365d", {"days": 365})],
)
def test_a_duration(text: str, expected: dict[str, int]) -> None:
    assert moments.duration(text) == timedelta(**expected)


@pytest.mark.parametrize("text", ["", "60", "-5m", "1.5h", "366d", "999999999999d", "5 minutes", "٥m"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(InvalidInput, match="no duration"):
        moments.duration(text)


def test_a_time_with_its_zone() -> None:
    assert moments.moment("2026-12-24T09:00+01:00") == datetime(2026, 12, 24, 8, tzinfo=UTC)


@given(st.text())
def test_any_text_is_a_time_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        assert moments.moment(text).tzinfo is UTC


@given(st.text())
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        assert moments.day(text).isoformat()


def test_only_one_of_both_says_when() -> None:
    assert moments.not_before(None, None) is None
    with pytest.raises(InvalidInput, match="both say when"):
        moments.not_before("5m", "2026-12-24T09:00")
