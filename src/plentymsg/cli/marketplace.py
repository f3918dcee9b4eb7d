"""`plentymsg marketplace …`."""

from __future__ import annotations

from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.output import Column, Section, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.standard import standard
from plentymsg.messenger import requirements

app = noun("Marketplaces: what each needs to be set up, and what it requires of a message.")

KEY = Column("key", "Key")
NAME = Column("name", "Marketplace")
GROUP = Column("group", "Group", show=lambda group: group or "any")
SETUP = Column("setup", "To set it up", flexible=True)
CODES = Column("rules", "Rules", show=lambda rules: ", ".join(rules) or "none")
COLUMNS = (KEY._replace(extra=True), NAME, GROUP, CODES, SETUP)
RULES = Section(
    "rules",
    "Rules",
    (
        Column("code", "Code"),
        Column("name", "Name"),
        Column("summary", "What it asks", flexible=True),
        Column("exactly", "Exactly", flexible=True, sparse=True),
    ),
    whole=True,
)


@app.command("list")
def list_marketplaces(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the marketplaces, with their channel's group and their rules."""
    print_list(
        page_of(requirements.every_marketplace(standard()), limit, page), COLUMNS, json=json, form=form
    )


@app.command("show")
def show_marketplace(marketplace: str, json: Json = False) -> None:
    """Show one marketplace, with its rules in words."""
    thing = requirements.marketplace(standard(), marketplace)
    print_thing(thing, (KEY, NAME, GROUP, SETUP, Column("source", "Source")), sections=(RULES,), json=json)
