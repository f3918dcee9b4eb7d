"""Finding tags by options and saved filters, and telling which of these hold."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from plentymsg.cli.command import FormatName
from plentymsg.cli.desk import Desk, reading
from plentymsg.cli.options import Given
from plentymsg.cli.output import print_list
from plentymsg.cli.paging import page_of
from plentymsg.cli.tag_options import COLUMNS
from plentymsg.cli.terminal import say
from plentymsg.errors import NotFound
from plentymsg.messenger import filters, tags
from plentymsg.messenger.tag_search import Search, chips, search_of
from plentymsg.store.views import Row


def print_found(
    given: Given,
    saved: str | None = None,
    *,
    default: bool = False,
    json: bool = False,
    form: FormatName | None = None,
    limit: int | None = None,
    page: int = 1,
) -> None:
    """List the tags that options and a saved filter find, and tell on stderr which filters hold.

    `default` is whether a list that nothing narrows begins with the filter that its user has chosen.
    """
    with reading() as desk:
        held = _filter(desk, saved, default=default and not given)
        search = _search(given, held)
        rows = _listed(desk, search, held)
        empty = "There are none."
        if search.criteria():
            wanted = search.text or search.name
            empty = f"No tag is like that. {tags.nearest(desk.connection, wanted) if wanted else ''}".strip()
    _tell(chips(search.criteria()), held)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form, empty=empty)


def found(desk: Desk, given: Given, saved: str | None = None) -> list[Row]:
    """The tags that options and a saved filter find."""
    held = _filter(desk, saved)
    return _listed(desk, _search(given, held), held)


def _search(given: Given, held: Row | None) -> Search:
    """What is given takes the place of what the saved filter says to it."""
    return search_of({**(held or {}).get("criteria", {}), **given})


def _listed(desk: Desk, search: Search, held: Row | None) -> list[Row]:
    try:
        return tags.listed(desk.connection, desk.actor, search)
    except NotFound as fault:
        if held is None:
            raise
        raise NotFound(
            f"The filter {held['name']!r} is out of date: {fault.message}",
            hint="Change it with: plentymsg tag filter set, or list all tags with --no-filter.",
        ) from None


def _filter(desk: Desk, saved: str | None, *, default: bool = False) -> Row | None:
    if saved is not None:
        return filters.shown(desk.connection, desk.actor, "tag", saved)
    return filters.default_of(desk.connection, desk.actor, "tag") if default else None


def _tell(told: Sequence[str], held: Row | None) -> None:
    """Say which filters hold. Who typed them in a script knows them; who saved them may not."""
    shown = " ".join(f"[{chip}]" for chip in told)
    if held is not None:
        by_default = ", your default" if held["default"] else ""
        say(f"Filter {held['name']}{by_default}: {shown}  (all tags: --no-filter)")
    elif told and sys.stderr.isatty():
        say(f"Filters: {shown}  (all tags: --no-filter)")
