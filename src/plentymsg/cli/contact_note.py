"""`plentymsg contact note …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, noun
from plentymsg.cli.desk import reading, working
from plentymsg.cli.message_options import Text, TextFile, text_of
from plentymsg.cli.output import Column, print_done, print_list
from plentymsg.cli.paging import page_of
from plentymsg.messenger import contacts

app = noun("Notes about a contact: internal, they never leave the store.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("date", "Date", show=lambda time: time[:10]),
    Column("created_by", "By"),
    Column("text", "Note", flexible=True),
    Column("conversation", "Conversation", extra=True),
)

Contact = Annotated[
    str, typer.Argument(metavar="CONTACT", help="An ID, external ID, number or e-mail address.")
]


@app.command("list")
def list_notes(
    contact: Contact, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the notes about a contact, the oldest first."""
    from plentymsg.messenger import notes

    with reading() as desk:
        rows = notes.listed(desk.connection, desk.actor, contacts.find(desk.connection, contact))
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form, empty="There are no notes.")


@app.command("add")
def add_note(
    contact: Contact,
    text: Text = None,
    text_file: TextFile = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Note something about a contact. It shows in the group Contact notes as well."""
    from plentymsg.messenger import notes

    note = text_of(text, text_file) or ""
    with working(dry_run=dry_run) as desk:
        contact_id = contacts.find(desk.connection, contact)
        done = notes.add(desk.connection, desk.actor, contact_id, note)
    what = f"something about contact {contact_id}, in conversation {done['conversation']}"
    print_done("Would have noted" if dry_run else "Noted", what, thing=done, json=json)
