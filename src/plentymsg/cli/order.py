"""`plentymsg order …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, noun
from plentymsg.cli.customers import ADDRESSES, File, Search, in_lines, print_customers, run_import
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, Section, print_thing
from plentymsg.messenger import orders

app = noun("Orders, as PlentyONE knows them.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("external_id", "External ID"),
    Column("customer", "Customer", flexible=True),
    Column("contact_id", "Contact", extra=True),
    Column("status", "Status", flexible=True),
    Column("total", "Total", right=True),
    Column("currency", ""),
    Column("created_at", "Created", show=lambda time: time[:10]),
    Column("referrer", "Referrer", extra=True),
)

LINES = (
    *(column for column in COLUMNS if column.key not in ("customer", "currency")),
    Column("currency", "Currency"),
    Column("email", "Is written to"),
    *ADDRESSES,
    Column("details", "Further variables", show=in_lines),
)

ITEMS = Section(
    "items",
    "Lines",
    (
        Column("quantity", "Quantity", right=True),
        Column("name", "Name", flexible=True),
        Column("number", "Number"),
        Column("price", "Price", right=True),
    ),
)


@app.command("list")
def list_orders(
    search: Search = None, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the orders, the highest ID first; on a terminal 50 of them."""
    print_customers(orders.listed, COLUMNS, search=search, limit=limit, page=page, json=json, form=form)


@app.command("show")
def show_order(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="An ID, or the marketplace's order number.")],
    json: Json = False,
) -> None:
    """Show one order, with its lines and addresses."""
    with reading() as desk:
        thing = orders.shown(desk.connection, desk.actor, orders.find(desk.connection, order))
    print_thing(thing, LINES, json=json, sections=(ITEMS,))


@app.command("import")
def import_orders(file: File, dry_run: DryRun = False, json: Json = False) -> None:
    """Add and change orders from a file. A column that is left out is left alone, an empty value empties.

    The ID is PlentyONE's, and the one column that must be there: id, external_id, contact_id, referrer,
    status, created_at, currency, total; of the invoice address invoice.company, .first_name, .last_name,
    .street, .house_number, .postal_code, .town, .country, .email, .telephone, and the same of delivery;
    and variables of templates, such as formattedShipping.trackingURL. JSON has the lines besides, as items
    with name, quantity, price and number.
    """
    from plentymsg.messenger.setup import importing

    run_import(importing.import_orders, "orders", file, dry_run=dry_run, json=json)
