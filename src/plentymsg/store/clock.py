"""Times as the store keeps them: ISO 8601 in UTC, to the second, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """`moment` (aware) as the store writes it, e.g. `2026-11-23T18:30:09+00:00`."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()
