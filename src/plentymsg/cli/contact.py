"""`plentymsg contact …`."""

from __future__ import annotations

from plentymsg.cli import contact_note
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, noun
from plentymsg.cli.customers import (
    ADDRESSES,
    File,
    Search,
    in_lines,
    in_one_line,
    print_customers,
    run_import,
)
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, print_thing
from plentymsg.messenger import contacts

app = noun("Contacts: the customers, as PlentyONE knows them.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("first_name", "First name", flexible=True),
    Column("last_name", "Last name", flexible=True),
    Column("company", "Company", flexible=True),
    Column("email_private", "Private e-mail", flexible=True),
    Column("email_work", "Business e-mail", flexible=True),
    Column("number", "Number", extra=True),
    Column("external_id", "External ID", extra=True),
    Column("title", "Title", extra=True),
    Column("gender", "Gender", extra=True),
    Column("language", "Language", extra=True),
)

LINES = (
    *COLUMNS,
    Column("email", "Is written to"),
    *ADDRESSES,
    Column("other_addresses", "Other addresses", show=lambda held: "\n".join(map(in_one_line, held))),
    Column("details", "Further variables", show=in_lines),
)


@app.command("list")
def list_contacts(
    search: Search = None, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the contacts, by ID; on a terminal 50 of them."""
    print_customers(contacts.listed, COLUMNS, search=search, limit=limit, page=page, json=json, form=form)


@app.command("show")
def show_contact(contact: contact_note.Contact, json: Json = False) -> None:
    """Show one contact, with its addresses."""
    with reading() as desk:
        thing = contacts.shown(desk.connection, desk.actor, contacts.find(desk.connection, contact))
    print_thing(thing, LINES, json=json)


@app.command("import")
def import_contacts(file: File, dry_run: DryRun = False, json: Json = False) -> None:
    """Add and change contacts from a file. A column that is left out is left alone, an empty value empties.

    The ID is PlentyONE's, and the one column that must be there: id, external_id, number, first_name,
    last_name, company, title, gender, language, email_private, email_work; of the invoice address
    invoice.company, .first_name, .last_name, .street, .house_number, .postal_code, .town, .country, .email,
    .telephone, and the same of delivery; and variables of templates, such as formattedOptions.emailPayPal.
    """
    from plentymsg.messenger.setup import importing

    run_import(importing.import_contacts, "contacts", file, dry_run=dry_run, json=json)


app.add_typer(contact_note.app, name="note")
