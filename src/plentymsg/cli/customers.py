"""What the commands of contacts and orders share: the list, the import, an address in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plentymsg.cli.command import FormatName
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.input import opened
from plentymsg.cli.output import Column, as_json, as_text, print_done, print_list
from plentymsg.cli.paging import window
from plentymsg.cli.terminal import out
from plentymsg.store.views import Row

if TYPE_CHECKING:
    from plentymsg.messenger.setup.importing import Imported

File = Annotated[
    str, typer.Argument(metavar="FILE", help="CSV with a header, or JSON, in UTF-8; - is standard input.")
]
Search = Annotated[
    str | None,
    typer.Option("--search", metavar="TEXT", help="Only with this in an ID, number, name or e-mail address."),
]


def print_customers(
    listed: Callable[..., Iterator[Row]],
    columns: Sequence[Column],
    *,
    search: str | None,
    limit: int | None,
    page: int,
    json: bool,
    form: FormatName | None,
) -> None:
    """Print a page of what `listed` gives, while it is read: there may be hundreds of thousands."""
    limit, offset = window(limit, page, json=json, form=form)
    with reading() as desk:
        rows = listed(desk.connection, desk.actor, search, limit=limit, offset=offset)
        print_list(rows, columns, json=json, form=form)


def run_import(load: Callable[..., Imported], words: str, file: str, *, dry_run: bool, json: bool) -> None:
    """Import a file with `load`, and print how many records that changed."""
    with opened(file) as stream, changing(dry_run=dry_run) as desk:
        done = load(desk.connection, desk.actor, stream, "standard input" if file == "-" else file)
    changed = bool(done.added or done.changed)
    if json:
        counts = {"added": done.added, "updated": done.changed, "unchanged": done.unchanged}
        out(as_json({"changed": changed, "dry_run": dry_run, **counts}, indent=2))
        return
    total = sum(done)
    what = f"{total} {words if total != 1 else words.removesuffix('s')}"
    if changed:
        what += f": {done.added} added, {done.changed} changed, {done.unchanged} unchanged"
    print_done("Would have imported" if dry_run else "Imported", what, changed=changed)


def in_one_line(address: Mapping[str, Any] | None) -> str:
    """A postal address with its e-mail address and telephone number."""
    if address is None:
        return ""
    parts = [
        address["company"],
        f"{address['first_name']} {address['last_name']}",
        f"{address['street']} {address['house_number']}",
        f"{address['postal_code']} {address['town']}",
        *(address[key] for key in ("country", "email", "telephone")),
    ]
    return ", ".join(part.strip() for part in parts if part.strip())


def in_lines(details: Mapping[str, Any]) -> str:
    """The further variables of a contact or an order, one in a line."""
    return "\n".join(f"{name}: {as_text(value)}" for name, value in details.items())


ADDRESSES = (
    Column("invoice", "Invoice to", show=in_one_line),
    Column("delivery", "Delivery to", show=in_one_line),
)
