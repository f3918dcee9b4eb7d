"""`plentymsg account …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.changes import carry_out, given
from plentymsg.cli.command import DryRun, Json, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.input import read_text
from plentymsg.cli.output import Column, print_thing
from plentymsg.errors import InvalidInput
from plentymsg.messenger import account

app = noun("The e-mail account: the signature under messages, and the address for tests.")

LINES = (
    Column("test_address", "Test address"),
    Column("signature_text", "Signature"),
    Column("signature_html", "In HTML"),
)


@app.command("show")
def show_account(json: Json = False) -> None:
    """Show the account."""
    with reading() as desk:
        thing = account.shown(desk.connection, desk.actor)
    print_thing(thing, LINES, json=json)


@app.command("set")
def set_account(
    signature_text: Annotated[
        str | None, typer.Option("--signature-text", help="The signature; a user's own goes before it.")
    ] = None,
    signature_text_file: Annotated[
        str | None, typer.Option("--signature-text-file", metavar="FILE", help="The same, from a file.")
    ] = None,
    signature_html_file: Annotated[
        str | None,
        typer.Option(
            "--signature-html-file", metavar="FILE", help="The signature in HTML; an empty name removes it."
        ),
    ] = None,
    test_address: Annotated[
        str | None,
        typer.Option(
            "--test-address",
            metavar="ADDRESS",
            help="Where a copy goes of what live mode keeps from customers; empty for nowhere.",
        ),
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change the account: only what is given."""
    from plentymsg.messenger.setup import account as setup

    if signature_text is not None and signature_text_file is not None:
        raise InvalidInput(
            "--signature-text and --signature-text-file both give the signature.",
            hint="Give only one of them.",
        )
    changes = given(
        signature_text=_content(signature_text_file) if signature_text is None else signature_text,
        signature_html=_content(signature_html_file),
        test_address=test_address,
    )
    carry_out(lambda desk: setup.alter(desk.session, desk.actor, changes), dry_run=dry_run, json=json)


def _content(file: str | None) -> str | None:
    """What stands in a file; nothing for an empty name."""
    return read_text(file) if file else file
