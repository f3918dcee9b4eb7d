"""`plentymsg rules …`."""

from __future__ import annotations

from typing import Annotated

import typer

from plentymsg.cli import replay
from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.output import Column, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.standard import standard
from plentymsg.messenger import requirements

app = noun("The marketplaces, and what they require of a message.")

COLUMNS = (
    Column("code", "Code"),
    Column("name", "Name"),
    Column("marketplaces", "Marketplaces"),
    Column("summary", "What it asks", flexible=True),
)
EXPLAINED = (
    Column("code", "Code"),
    Column("name", "Name"),
    Column("marketplaces", "Asked by"),
    Column("summary", "What it asks"),
    Column("why", "Why"),
    Column("fix", "How to mend it"),
)

Marketplace = Annotated[
    str | None, typer.Option("--marketplace", metavar="NAME", help="Only the rules of this one.")
]


@app.command("list")
def list_rules(
    marketplace: Marketplace = None,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List the rules, and which marketplaces ask for them."""
    rows = page_of(requirements.listed(standard(), marketplace), limit, page)
    print_list(rows, COLUMNS, json=json, form=form, empty="It asks for nothing.")


@app.command("explain")
def explain_rule(code: str, json: Json = False) -> None:
    """Explain one rule, such as PM201."""
    print_thing(requirements.explained(standard(), code), EXPLAINED, json=json)


app.command("replay")(replay.replay)
