"""`date` and `date_modify`: PHP's letters, and the texts that are read as a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.templates.twig import fault, text

MOMENT = datetime(2026, 3, 5, 7, 8, 9, 123456)  # noqa: DTZ001  # local time, as a template sees it
EVENING = datetime(2026, 12, 31, 23, 45, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("letter", "morning", "evening"),
    [
        ("d", "05", "31"),
        ("D", "Thu", "Thu"),
        ("j", "5", "31"),
        ("l", "Thursday", "Thursday"),
        ("N", "4", "4"),
        ("S", "th", "st"),
        ("w", "4", "4"),
        ("z", "63", "364"),
        ("W", "10", "53"),
        ("F", "March", "December"),
        ("m", "03", "12"),
        ("M", "Mar", "Dec"),
        ("n", "3", "12"),
        ("t", "31", "31"),
        ("L", "0", "0"),
        ("o", "2026", "2026"),
        ("Y", "2026", "2026"),
        ("y", "26", "26"),
        ("a", "am", "pm"),
        ("A", "AM", "PM"),
        ("g", "7", "11"),
        ("G", "7", "23"),
        ("h", "07", "11"),
        ("H", "07", "23"),
        ("i", "08", "45"),
        ("s", "09", "00"),
        ("v", "123", "000"),
    ],
)
def test_each_letter_is_phps(letter: str, morning: str, evening: str) -> None:
    assert text(f"{{{{ a|date('{letter}') }}}}|{{{{ b|date('{letter}') }}}}", a=MOMENT, b=EVENING) == (
        f"{morning}|{evening}"
    )


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("2026-11-01", "01.11.2026 00:00:00"),
        ("2026-11-01 14:30", "01.11.2026 14:30:00"),
        ("2026-11-01T14:30:15", "01.11.2026 14:30:15"),
        ("2026-11-01 14:30:15.250", "01.11.2026 14:30:15"),
        ("2026/11/01", "01.11.2026 00:00:00"),
        ("01.11.2026", "01.11.2026 00:00:00"),
        ("1.11.2026 9:05", "01.11.2026 09:05:00"),
        ("01-11-2026", "01.11.2026 00:00:00"),
        (" 2026-11-01  14:30 ", "01.11.2026 14:30:00"),
        (date(2026, 11, 1), "01.11.2026 00:00:00"),
        (MOMENT, "05.03.2026 07:08:09"),
    ],
)
def test_a_date_without_zone_is_printed_as_it_is_written(value: object, printed: str) -> None:
    assert text("{{ x|date('d.m.Y H:i:s') }}", x=value) == printed
    assert text("{{ x|date('d.m.Y H:i:s', false) }}", x=value) == printed


BERLIN = ZoneInfo("Europe/Berlin")


@time_machine.travel(datetime(2026, 10, 20, 10, tzinfo=BERLIN), tick=False)
@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ 'now'|date('d.m.Y H:i P T') }}", "20.10.2026 10:00 +02:00 CEST"),
        ("{{ '2026-10-20 10:00'|date('H:i', 'America/New_York') }}", "04:00"),
        ("{{ '2026-10-20T23:30:00Z'|date('d.m.Y H:i') }}", "21.10.2026 01:30"),
        # the clocks change on the 25th: a day keeps its hour, and hours pass
        ("{{ '2026-10-20'|date_modify('+14 days')|date('d.m.Y H:i') }}", "03.11.2026 00:00"),
        ("{{ '+14 days'|date('d.m.Y H:i P') }}", "03.11.2026 10:00 +01:00"),
        ("{{ '2026-10-25 00:00'|date_modify('+5 hours')|date('H:i') }}", "04:00"),
        ("{{ date('2026-10-20T09:00:00Z') > date('2026-10-20 10:30') ? 'later' : 'earlier' }}", "later"),
        ("{{ date('2026-10-20 10:00', 'America/New_York') == date('now') ? 'same' }}", "same"),
        ("{{ '2026-10-20 10:00'|date('U') }}", "1792483200"),
    ],
)
def test_local_time_is_that_of_this_machine(source: str, printed: str) -> None:
    assert text(source) == printed


@pytest.mark.parametrize(
    ("value", "berlin", "own"),
    [
        ("2026-07-01T10:00:00Z", "12:00 +02:00", "10:00 +00:00"),
        ("2026-01-01T10:00:00+05:30", "05:30 +01:00", "10:00 +05:30"),
        ("2026-01-01 10:00:00 -0800", "19:00 +01:00", "10:00 -08:00"),
        ("Thu, 01 Jan 2026 10:00:00 +0000", "11:00 +01:00", "10:00 +00:00"),
        (datetime(2026, 7, 1, 10, tzinfo=UTC), "12:00 +02:00", "10:00 +00:00"),
        (datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=-3))), "15:00 +02:00", "10:00 -03:00"),
        (1767261600, "11:00 +01:00", "10:00 +00:00"),
        ("@1767261600", "11:00 +01:00", "10:00 +00:00"),
    ],
)
def test_a_moment_is_shown_in_the_zone_that_is_asked_for(value: object, berlin: str, own: str) -> None:
    assert text("{{ x|date('H:i P', 'Europe/Berlin') }}", x=value) == berlin
    assert text("{{ x|date('H:i P', false) }}", x=value) == own


@time_machine.travel(datetime(2026, 2, 28, 22, 30, tzinfo=UTC), tick=False)
def test_words_mean_days_from_now() -> None:
    pattern = "{{ %s|date('Y-m-d H:i', 'UTC') }}"
    assert text(pattern % '"now"') == "2026-02-28 22:30"
    assert text(pattern % "'today'") == "2026-02-28 00:00"
    assert text(pattern % "'tomorrow'") == "2026-03-01 00:00"
    assert text(pattern % "'yesterday'") == "2026-02-27 00:00"
    assert text(pattern % "'+14 days'") == "2026-03-14 22:30"
    assert text(pattern % "date()") == "2026-02-28 22:30"
    assert text("{{ date('2026-01-01') < date('now') ? 'past' : 'future' }}") == "past"


@pytest.mark.parametrize(
    ("change", "printed"),
    [
        ("+14 days", "2026-02-14 10:00"),
        ("+1 month", "2026-03-03 10:00"),  # PHP runs over the end of February, too
        ("-1 year", "2025-01-31 10:00"),
        ("+1 week 2 days", "2026-02-09 10:00"),
        ("-90 minutes", "2026-01-31 08:30"),
        ("+13 months", "2027-03-03 10:00"),
    ],
)
def test_date_modify_moves_a_date(change: str, printed: str) -> None:
    assert text("{{ '2026-01-31 10:00'|date_modify(c)|date('Y-m-d H:i') }}", c=change) == printed


def test_other_signs_and_letters_after_a_backslash_stay() -> None:
    assert text("{{ x|date('d.m.Y, H:i \\\\U\\\\h\\\\r – ä') }}", x=MOMENT) == "05.03.2026, 07:08 Uhr – ä"
    assert text("{{ x|date }}", x=MOMENT) == "March 5, 2026 07:08"
    assert (
        text("{{ x|date(format='c', timezone='UTC') }}", x="2026-01-01T10:00:00Z")
        == "2026-01-01T10:00:00+00:00"
    )


@pytest.mark.parametrize(
    "value",
    ["01/11/2026", "01-11-26", "11.2026", "soon", "2026-13-01", "30.02.2026", "2026-01-01 25:00", "Nov 1"],
)
def test_what_is_no_date_or_could_be_two_is_an_error(value: str) -> None:
    assert f'"{value}" cannot be read as a date' in fault("{{ x|date('d.m.Y') }}", x=value).message


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ x|date('d.m.Y e') }}", "has the letter e"),
        ("{{ x|date('d.m.Y', 'Europe/Nowhere') }}", 'no time zone "Europe/Nowhere"'),
        ("{{ x|date('d.m.Y', '../../etc/passwd') }}", "no time zone"),
        ("{{ x|date('d.m.Y', 'Europe') }}", "no time zone"),
        ("{{ true|date('d.m.Y') }}", "is not a date"),
        ("{{ [1]|date('d.m.Y') }}", "is not a date"),
        ("{{ x|date_modify('next friday') }}", "no change of a date"),
        ("{{ x|date_modify('+99999 years')|date('Y') }}", "out of reach"),
        ("{{ x }}", "A date cannot be printed"),
        ("{{ 99999999999999|date('Y') }}", "cannot be read as a date"),
    ],
)
def test_what_cannot_be_done_with_a_date_is_an_error(source: str, words: str) -> None:
    assert words in fault(source, x=MOMENT).message


def test_an_unknown_date_stays_empty_and_does_not_become_today() -> None:
    assert text("{{ x|date('d.m.Y') }}{{ y|date_modify('+1 day')|date('d.m.Y') }}", x=None, y="") == ""
