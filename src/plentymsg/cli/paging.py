"""One page of a list."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TypeVar

from plentymsg.cli.command import FormatName
from plentymsg.errors import InvalidInput

T = TypeVar("T")

PAGE_ROWS = 50
"""Rows of a long list on a terminal, unless `--limit` says otherwise."""


def window(limit: int | None, page: int, *, json: bool, form: FormatName | None) -> tuple[int | None, int]:
    """How many rows of a list that may be long are wanted, and how many come before them.

    Without `--limit` it is the whole list in a pipe, and `PAGE_ROWS` of it in a table on a terminal.
    """
    if limit is None and sys.stdout.isatty() and not json and form in (None, "table"):
        limit = PAGE_ROWS
    require_limit(limit, page)
    return limit, (page - 1) * (limit or 0)


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


def pages_of(rows: Sequence[T], limit: int | None, pages: str) -> Sequence[T]:
    """The pages `2-4`, or just `2`, of `rows`, `limit` to a page.

    Raises InvalidInput for pages that are none, reversed, or not there, and without a limit.
    """
    if limit is None:
        raise InvalidInput("--pages needs --limit, the size of a page.", hint="For example: --limit 50")
    found = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", pages.strip(), flags=re.ASCII)
    if not found:
        raise InvalidInput(f"{pages!r} is no range of pages.", hint="For example: --pages 2-4")
    first, last = int(found[1]), int(found[2] or found[1])
    there = max(1, -(-len(rows) // limit))
    if last < first:
        raise InvalidInput(
            f"The pages {pages} are the wrong way round.", hint=f"Write it as: --pages {last}-{first}"
        )
    if first < 1 or last > there:
        raise InvalidInput(
            f"There {'is 1 page' if there == 1 else f'are {there} pages'} of {limit} rows, not page"
            f" {last if first else 0}.",
            hint=f"Give pages from 1 to {there}.",
        )
    return rows[(first - 1) * limit : last * limit]
