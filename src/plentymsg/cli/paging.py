"""One page of a list."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TypeVar

from plentymsg.errors import InvalidInput

T = TypeVar("T")

SCREENFUL = 50
"""Rows of a long list on a terminal, unless `--limit` says otherwise."""


def screenful(limit: int | None, *, json: bool, form: str | None) -> int | None:
    """The limit of a list that may be very long: on a terminal, a table of `SCREENFUL` rows by default."""
    on_screen = sys.stdout.isatty() and not json and form in (None, "table")
    return SCREENFUL if limit is None and on_screen else limit


def page_of(rows: Sequence[T], limit: int | None, page: int) -> Sequence[T]:
    """Page `page` (from 1) of `rows`, `limit` to a page; all of them without a limit."""
    if limit is None:
        require_limit(limit, page)
        return rows
    return rows[(page - 1) * limit : page * limit]


def require_limit(limit: int | None, page: int) -> None:
    """Raise InvalidInput if a page is asked for without its size."""
    if page > 1 and limit is None:
        raise InvalidInput(
            "--page needs --limit, the size of a page.", hint="For example: --limit 50 --page 2"
        )
