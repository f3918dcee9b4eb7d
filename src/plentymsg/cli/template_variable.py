"""`plentymsg template variable …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli.changes import carry_out, clearable, delete_all, given, listed
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, print_list
from plentymsg.cli.paging import page_of
from plentymsg.errors import InvalidInput
from plentymsg.messenger import typed_variables

app = noun("Types of variables, so that templates can be proven.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("type", "Type"),
    Column("max_length", "Longest", right=True),
    Column("values", "Values", flexible=True),
)

_TYPES = "text, no_links, name, number, integer, date, order_id, one_of, email or url."


@app.command("list")
def list_variables(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the variables that have been given a type."""
    with reading() as desk:
        rows = typed_variables.listed(desk.connection, desk.actor)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form, empty="No variable has a type.")


@app.command("set")
def set_variable(
    variable: Annotated[
        str, typer.Argument(help="Such as contact.fullName or order.orderItems.orderItemName.")
    ],
    type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help=_TYPES)] = None,
    max_length: Annotated[
        str | None, typer.Option("--max-length", metavar="N", help="Letters at most; '' for any number.")
    ] = None,
    values: Annotated[
        list[str] | None, typer.Option("--values", metavar="VALUE,…", help="All there are, for one_of.")
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Say what a variable's values must be like. A message with another value is refused."""
    from plentymsg.messenger.setup import typed_variables as setup

    changes = {
        **given(type=type, values=listed(values)),
        **{key: _number(text) for key, text in clearable(max_length=max_length).items()},
    }
    carry_out(lambda desk: setup.put(desk.session, desk.actor, variable, changes), dry_run=dry_run, json=json)


@app.command("delete")
def delete_variables(
    which: Annotated[list[str], typer.Argument(metavar="VARIABLE...", show_default=False)],
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Take variables' types away. Their values may be anything again."""
    from plentymsg.messenger.setup import typed_variables as setup

    delete_all(typed_variables.find, which, setup.delete, yes=yes, dry_run=dry_run, json=json)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise InvalidInput(
            f"--max-length: {text!r} is no number of letters.", hint="For example: --max-length 40"
        )
    return int(text)
