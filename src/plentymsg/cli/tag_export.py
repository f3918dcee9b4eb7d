"""Tags as CSV: one row a tag, one column a language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plentymsg.cli.desk import Desk, reading
from plentymsg.cli.options import Given
from plentymsg.cli.output import Column, write_list
from plentymsg.cli.paging import pages_of, require_limit
from plentymsg.cli.tag_results import found
from plentymsg.cli.terminal import say
from plentymsg.errors import InvalidInput
from plentymsg.messenger import tags
from plentymsg.messenger.tags import LANGUAGES
from plentymsg.store.views import Row

COLUMNS = [Column(key, key) for key in ("id", "name", "colour", "availabilities", "clients", *LANGUAGES)]


class Extent(NamedTuple):
    """How much is exported: everything, a page or pages of `limit` rows, or the selected tags."""

    everything: bool = False
    limit: int | None = None
    page: int = 1
    pages: str | None = None
    selected: Sequence[str] | None = None


def export(given: Given, saved: str | None, extent: Extent, file: str, *, json: bool = False) -> None:
    """Write the tags of this extent into a file, or to stdout for `-`, as CSV or JSON.

    Raises InvalidInput for extents that contradict each other, an empty selection, pages that are not
    there, and a file that cannot be written.
    """
    _require_one(extent)
    if extent.selected is not None and (given or saved):
        raise InvalidInput("--selected names the tags themselves.", hint="Leave out what searches for them.")
    with reading() as desk:
        rows = _selected(desk, extent.selected) if extent.selected else found(desk, given, saved)
    if extent.limit is not None:
        rows = list(pages_of(rows, extent.limit, extent.pages or str(extent.page)))
    write_list(rows if json else map(_flat, rows), COLUMNS, "json" if json else "csv", file)
    if file != "-":
        say(f"Wrote {len(rows)} {'tag' if len(rows) == 1 else 'tags'} to {file}.")


def _require_one(extent: Extent) -> None:
    require_limit(extent.limit, extent.page)
    if extent.pages is not None and extent.limit is None:
        pages_of((), None, extent.pages)
    if extent.selected is not None and not extent.selected:
        raise InvalidInput("No tags are selected.", hint="Name them, such as: --selected Urgent,Vintage")
    asked = {
        "--all": extent.everything,
        "--page": extent.page > 1,
        "--pages": extent.pages is not None,
        "--selected": extent.selected is not None,
    }
    several = [option for option, is_given in asked.items() if is_given]
    if extent.limit is not None and not {"--page", "--pages"} & {*several}:
        several.append("--limit")
    if len(several) > 1:
        raise InvalidInput(f"{' and '.join(several)} ask for different things.", hint="Give only one.")


def _selected(desk: Desk, names: Sequence[str]) -> list[Row]:
    rows = tags.listed(desk.connection, desk.actor)
    wanted = tags.find_several(desk.connection, list(names))
    return [row for row in rows if row["id"] in wanted]


def _flat(tag: Row) -> Row:
    return {
        **tag,
        "availabilities": "|".join(tag["availabilities"]),
        "clients": "|".join(tag["clients"]),
        **tag["translations"],
    }
