"""What counts as asking for less than a shipped pack, and what does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.rules.loosening import Loosened, loosened_by
from plentymsg.rules.pack import Pack, Requirement

JANUARY, FEBRUARY, MARCH = (date(2027, month, 1) for month in (1, 2, 3))


def standing(**of: Any) -> list[Pack]:
    given = {"marketplace": "ebay", "rule": "PM302", "limit": 2, "allowed": ("pdf",), **of}
    given.setdefault("words", {"de": "Wichtig"})
    return [Pack("theirs", "", (Requirement(**given),))]


def how(standing: list[Pack], **of: Any) -> str:
    given = {"marketplace": "ebay", "rule": "PM302", "limit": 2, "allowed": ("pdf",), **of}
    given.setdefault("words", {"de": "Wichtig"})
    found = loosened_by(Requirement(**given), standing)
    return found.how if found else ""


@pytest.mark.parametrize(
    ("ours", "told"),
    [
        ({"severity": "warning"}, "severity warning instead of error"),
        ({"severity": "off"}, "severity off instead of error"),
        ({"words": {"de": "Wichtig", "fr": "Important"}}, "other words will do"),
        ({"words": {"de": "Eilig"}}, "other words will do"),
        ({"limit": 3}, "limit 3 instead of 2"),
        ({"allowed": ("pdf", "zip")}, "more is allowed"),
    ],
)
def test_what_is_looser(ours: dict[str, Any], told: str) -> None:
    assert how(standing(), **ours) == told


@pytest.mark.parametrize(
    "ours",
    [
        {},
        {"words": {"x": "WICHTIG"}},
        {"limit": 1},
        {"allowed": ()},
        {"marketplace": "otto", "severity": "off"},
        {"rule": "PM201", "severity": "off"},
    ],
)
def test_what_is_as_strict_or_about_something_else(ours: dict[str, Any]) -> None:
    assert how(standing(), **ours) == ""


def test_what_is_no_error_below_may_be_a_warning_above() -> None:
    assert how(standing(severity="warning"), severity="warning") == ""
    assert how(standing(severity="off"), severity="off", limit=9) == ""


@pytest.mark.parametrize(
    ("theirs", "ours", "looser"),
    [
        ((None, JANUARY), (FEBRUARY, None), False),
        ((None, JANUARY), (JANUARY, None), True),
        ((FEBRUARY, None), (None, JANUARY), False),
        ((FEBRUARY, None), (None, None), True),
        ((JANUARY, MARCH), (FEBRUARY, FEBRUARY), True),
        ((FEBRUARY, FEBRUARY), (JANUARY, MARCH), True),
        ((date.min, date.max), (None, None), True),
    ],
)
def test_only_days_on_which_both_hold_count(
    theirs: tuple[date | None, date | None], ours: tuple[date | None, date | None], looser: bool
) -> None:
    below = standing(valid_from=theirs[0], valid_until=theirs[1])
    assert bool(how(below, severity="off", valid_from=ours[0], valid_until=ours[1])) is looser


days = st.none() | st.dates(date(2027, 1, 1), date(2027, 1, 9))
rows = st.lists(
    st.builds(
        Requirement,
        marketplace=st.just("ebay"),
        rule=st.just("PM302"),
        severity=st.sampled_from(["error", "warning", "off"]),
        limit=st.integers(0, 2),
        valid_from=days,
        valid_until=days,
    ),
    max_size=3,
)


@given(below=st.lists(rows, max_size=2), ours=rows.filter(len))
def test_no_day_on_which_less_is_asked_for_is_overlooked(
    below: list[list[Requirement]], ours: list[Requirement]
) -> None:
    """As against going through the days one by one."""
    packs = [Pack(str(number), "", tuple(requirements)) for number, requirements in enumerate(below)]
    order = ("off", "warning", "error")
    found = False
    for day in (date(2026, 12, 31), *(date(2027, 1, n) for n in range(1, 12))):
        held = [each for pack in packs for each in pack.requirements if each.holds(day)][-1:]
        if not ours[0].holds(day) or not held or held[0].severity == "off":
            continue
        less = order.index(ours[0].severity) < order.index(held[0].severity)
        found |= less or (ours[0].severity != "off" and ours[0].limit > held[0].limit)
    assert bool(loosened_by(ours[0], packs)) is found


def test_who_is_loosened_is_told_with_what_is_asked_for_there() -> None:
    below = [Pack("before", "", (Requirement("ebay", "PM201", "warning"),)), *standing(limit=1)]
    (theirs,) = below[1].requirements
    ours = Requirement("ebay", "PM302", limit=3, words={"de": "Wichtig"}, allowed=("pdf",))
    assert loosened_by(ours, below) == Loosened("theirs", theirs, "limit 3 instead of 1")


def test_what_decides_again_on_the_day_after_a_last_day_counts() -> None:
    """The later pack asks for nothing until the end of January; from then on the first one decides."""
    first = Pack("first", "", (Requirement("ebay", "PM302", limit=1),))
    later = Pack("later", "", (Requirement("ebay", "PM302", "off", valid_until=date(2027, 1, 31)),))
    ours = Requirement("ebay", "PM302", limit=2, valid_from=JANUARY)
    until = Requirement("ebay", "PM302", limit=2, valid_from=JANUARY, valid_until=date(2027, 1, 31))
    one_day = Requirement("ebay", "PM302", limit=2, valid_from=JANUARY, valid_until=FEBRUARY)
    assert [bool(loosened_by(each, [first, later])) for each in (ours, until, one_day)] == [True, False, True]
