"""Twig's `date` and `date_modify`: PHP's letters on dates, times and the texts that PHP reads as one.

What could be read in two ways is refused: `01/11/2026` is January in PHP and November to our users.
Names of days and months are English, as PHP's are in every language.
(https://www.php.net/manual/en/datetime.format.php, https://www.php.net/manual/en/datetime.formats.php)
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as timezone_of
from email.utils import parsedate_to_datetime

from plentymsg.templates.source import Refusal
from plentymsg.templates.values import is_empty, kind, to_text

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_TIME = r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,6})\d*)?)?"
_ZONE = r" ?(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?"
_FORMS = tuple(
    re.compile(day + _TIME + _ZONE, re.ASCII)
    for day in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})",
    )
)
_RELATIVE_DAYS = {"today": 0, "midnight": 0, "tomorrow": 1, "yesterday": -1}
_STEP = re.compile(
    r"([+-]?) ?(\d{1,5}) ?(second|sec|minute|min|hour|day|week|fortnight|month|year)s?\b", re.ASCII
)
_SECONDS = {"sec": 1, "second": 1, "min": 60, "minute": 60, "hour": 3600}
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}


def _iso_year(moment: datetime) -> str:
    return str(moment.isocalendar().year)


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.astimezone()


def _offset(moment: datetime, colon: str) -> str:
    text = _zoned(moment).strftime("%z")
    return f"{text[:3]}{colon}{text[3:5]}"


def _zone_name(moment: datetime) -> str:
    name = _zoned(moment).tzname() or ""
    return name if name.isalpha() else _offset(moment, ":")


def _ordinal(moment: datetime) -> str:
    teen = 10 < moment.day < 14
    return "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(moment.day % 10, "th")


_LETTERS: dict[str, Callable[[datetime], str]] = {
    "d": lambda m: f"{m.day:02}",
    "D": lambda m: _DAYS[m.weekday()][:3],
    "j": lambda m: str(m.day),
    "l": lambda m: _DAYS[m.weekday()],
    "N": lambda m: str(m.isoweekday()),
    "S": _ordinal,
    "w": lambda m: str(m.isoweekday() % 7),
    "z": lambda m: str(m.timetuple().tm_yday - 1),
    "W": lambda m: f"{m.isocalendar().week:02}",
    "F": lambda m: _MONTHS[m.month - 1],
    "m": lambda m: f"{m.month:02}",
    "M": lambda m: _MONTHS[m.month - 1][:3],
    "n": lambda m: str(m.month),
    "t": lambda m: str(calendar.monthrange(m.year, m.month)[1]),
    "L": lambda m: str(int(calendar.isleap(m.year))),
    "o": _iso_year,
    "Y": lambda m: f"{m.year:04}",
    "y": lambda m: f"{m.year % 100:02}",
    "a": lambda m: "am" if m.hour < 12 else "pm",
    "A": lambda m: "AM" if m.hour < 12 else "PM",
    "g": lambda m: str(m.hour % 12 or 12),
    "G": lambda m: str(m.hour),
    "h": lambda m: f"{m.hour % 12 or 12:02}",
    "H": lambda m: f"{m.hour:02}",
    "i": lambda m: f"{m.minute:02}",
    "s": lambda m: f"{m.second:02}",
    "u": lambda m: f"{m.microsecond:06}",
    "v": lambda m: f"{m.microsecond // 1000:03}",
    "O": lambda m: _offset(m, ""),
    "P": lambda m: _offset(m, ":"),
    "T": _zone_name,
    "U": lambda m: str(int(m.timestamp())),
    "c": lambda m: formatted(m, "Y-m-d\\TH:i:sP"),
    "r": lambda m: formatted(m, "D, d M Y H:i:s O"),
}


def formatted(moment: datetime, pattern: str) -> str:
    """`moment` written with PHP's letters; `\\` before a letter makes it a mere letter."""
    written: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter == "\\":
            written.append(next(letters, ""))
        elif letter in _LETTERS:
            written.append(_LETTERS[letter](moment))
        elif letter.isascii() and letter.isalpha():
            raise Refusal(
                f'The date format "{pattern[:40]}" has the letter {letter}, which is not supported',
                "Use d j m n y Y H G h g i s A a D l M F; write \\\\ before a letter that is to be printed.",
            )
        else:
            written.append(letter)
    return "".join(written)


def _zone(timezone: object) -> tzinfo | None:
    """The time zone of the `timezone` argument: that of this machine if there is none."""
    if is_empty(timezone):
        return None
    from zoneinfo import ZoneInfo

    name = to_text(timezone)
    try:
        return UTC if name in {"UTC", "Z"} else ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        raise Refusal(f'There is no time zone "{name[:40]}"', "Use e.g. 'Europe/Berlin'.") from error


def _parse(text: str) -> datetime:
    words = " ".join(text.split())
    now = datetime.now().astimezone().replace(tzinfo=None)
    if words.lower() in {"now", ""}:
        return now
    if words.lower() in _RELATIVE_DAYS:
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return today + timedelta(days=_RELATIVE_DAYS[words.lower()])
    if re.fullmatch(r"@?-?\d{5,11}", words, re.ASCII):
        return datetime.fromtimestamp(int(words.lstrip("@")), UTC)
    if _STEP.match(words) and words[0] in "+-":
        return modified(now, words)
    match = next((found for form in _FORMS if (found := form.fullmatch(words))), None)
    if match:
        return _from_match(match)
    if re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d", words):
        return parsedate_to_datetime(words)
    raise ValueError(words)


def _from_match(match: re.Match[str]) -> datetime:
    part = match.groupdict()
    numbers = [int(part[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
    micro = int((part["fraction"] or "0").ljust(6, "0"))
    year, month, day, hour, minute, second = numbers
    moment = datetime(year, month, day, hour, minute, second, micro, tzinfo=UTC)
    written = part["zone"]
    if not written:
        return moment.replace(tzinfo=None)
    if written in {"Z", "UTC"}:
        return moment
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return moment.replace(tzinfo=timezone_of(-offset if written[0] == "-" else offset))


def to_moment(value: object, timezone: object = None) -> datetime:
    """The moment that a date, a time, a timestamp or a text means.

    What says nothing of a zone is local time. The result is in `timezone`; without one it is local time and
    has no zone, so that a day more is the same hour of the next day; with false it keeps the zone it has.
    Raises `Refusal` for anything that is no date, or could be two.
    """
    zone = _zone(timezone)
    try:
        moment = _read(value)
        if timezone is False or (zone is None and moment.tzinfo is None):
            return moment
        return moment.astimezone(zone) if zone else _local(moment)
    except (ValueError, OverflowError, OSError, TypeError) as error:
        shown = to_text(value)[:40]
        raise Refusal(
            f'"{shown}" cannot be read as a date', "Write it like 2026-11-01 or 01.11.2026."
        ) from error


def _read(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str):
        return _parse(str(value))
    raise Refusal(f"A {kind(value)} is not a date", "Use e.g. '2026-11-01'.")


def _local(moment: datetime) -> datetime:
    return moment.astimezone().replace(tzinfo=None)


def modified(moment: datetime, change: str) -> datetime:
    """`moment` moved as PHP's `modify` does for steps: `+14 days`, `-1 month`, `+1 week 2 days`."""
    position, sign = 0, "+"
    text = " ".join(change.split()).lower()
    while position < len(text) or not text:
        match = _STEP.match(text, position)
        if not match:
            raise Refusal(f'"{change[:40]}" is no change of a date', "Write it like '+14 days'.")
        sign = match.group(1) or sign
        moment = _stepped(moment, int(match.group(2)) * (-1 if sign == "-" else 1), match.group(3))
        position = match.end()
        position += text.startswith(" ", position)
    return moment


def _stepped(moment: datetime, count: int, unit: str) -> datetime:
    try:
        if unit in _SECONDS:  # time that passes, also in the night when the clocks change
            later = moment.astimezone(UTC) + timedelta(seconds=count * _SECONDS[unit])
            return later.astimezone(moment.tzinfo) if moment.tzinfo else _local(later)
        if unit in _DAYS_IN:
            return moment + timedelta(days=count * _DAYS_IN[unit])
        months = moment.month - 1 + count * (12 if unit == "year" else 1)
        first = moment.replace(year=moment.year + months // 12, month=months % 12 + 1, day=1)
        return first + timedelta(days=moment.day - 1)
    except (OverflowError, ValueError) as error:
        raise Refusal("The date is out of reach", "Use a year from 1 to 9999.") from error
