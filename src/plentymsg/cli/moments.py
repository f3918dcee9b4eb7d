"""Times and durations as people give them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from plentymsg.errors import InvalidInput

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=365)


def duration(text: str) -> timedelta:
    """`60s`, `5m`, `2h` or `1d`; up to a year. Raises InvalidInput."""
    found = re.fullmatch(r"([0-9]{1,9})\s*([smhd])", text.strip())
    length = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    if length is None or length > _LONGEST:
        raise InvalidInput(
            f"{text!r} is no duration.", hint="Give for example 60s, 5m, 2h or 1d; at most 365d."
        )
    return length


def moment(text: str) -> datetime:
    """A time in ISO 8601, in this machine's time zone if it names none. Raises InvalidInput."""
    try:
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidInput(
            f"{text!r} is no time.", hint="Give it as 2026-12-24T09:00 or 2026-12-24T09:00+01:00."
        ) from None


def day(text: str) -> date:
    """A day in ISO 8601. Raises InvalidInput."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput(f"{text!r} is no day.", hint="Give it as 2027-01-01.") from None


def since(text: str) -> datetime:
    """The time that `7d`, a date or a time gives: so long ago, or then. Raises InvalidInput."""
    try:
        return datetime.now(UTC) - duration(text) if text.strip()[-1:].isalpha() else moment(text)
    except InvalidInput:
        raise InvalidInput(
            f"{text!r} is no time.",
            hint="Give it as 2026-12-24 or 2026-12-24T09:00, or how long ago: 2h, 7d.",
        ) from None


def not_before(hold: str | None, at: str | None) -> datetime | None:
    """The time from which a message may be delivered; None for at once. Raises InvalidInput."""
    if hold is not None and at is not None:
        raise InvalidInput("--hold and --at both say when.", hint="Give only one of them.")
    if hold is not None:
        return datetime.now(UTC) + duration(hold)
    return moment(at) if at is not None else None
