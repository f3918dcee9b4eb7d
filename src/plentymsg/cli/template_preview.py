"""`plentymsg template preview`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.command import Json
from plentymsg.cli.desk import reading
from plentymsg.cli.output import print_thing
from plentymsg.cli.template_changes import Language
from plentymsg.cli.terminal import out, warn
from plentymsg.messenger import templates


def preview_template(
    template: str,
    language: Language = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="ID", help="A customer whose data are to be shown.")
    ] = None,
    order: Annotated[
        str | None, typer.Option("--order", metavar="ID", help="An order whose data are to be shown.")
    ] = None,
    text: Annotated[str, typer.Option("--text", help="What {{ text }} shows.", show_default=False)] = "",
    html: Annotated[bool, typer.Option("--html", help="Print the HTML, in place of the text.")] = False,
    json: Json = False,
) -> None:
    """Show a template as it would leave. It has its header, footer, text blocks, and a customer's data."""
    from plentymsg.messenger import contacts, orders
    from plentymsg.messenger.preview import preview

    with reading() as desk:
        template_id = templates.find(desk.connection, template)
        shown = preview(
            desk.connection,
            desk.actor,
            template_id,
            text=text,
            language=language or "",
            contact_id=None if contact is None else contacts.find(desk.connection, contact),
            order_id=None if order is None else orders.find(desk.connection, order),
        )
    if json:
        print_thing(shown._asdict(), (), json=True)
        return
    if html:
        out(shown.html)
    else:
        out(f"Subject: {shown.subject}\n\n{shown.text}" if shown.subject else shown.text)
    for warning in shown.warnings:
        warn(warning)
