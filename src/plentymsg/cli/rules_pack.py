"""`plentymsg rules pack …`."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plentymsg.cli.changes import carry_out, delete, given
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.output import Column, Section, print_list, print_thing
from plentymsg.cli.pack_file import read_pack
from plentymsg.cli.paging import page_of
from plentymsg.cli.standard import perhaps_store
from plentymsg.errors import InvalidInput
from plentymsg.messenger import packs
from plentymsg.messenger.naming import fold

if TYPE_CHECKING:
    from plentymsg.cli.desk import WritingDesk
    from plentymsg.messenger.setup.change import Change
    from plentymsg.provision.pack_file import PackFile

app = noun("Packs of requirements, plentymsg's and your own.")

NAME = Column("name", "Name")
ENABLED = Column("enabled", "In force")
SHIPPED = Column("shipped", "Whose", show=lambda shipped: "plentymsg's" if shipped else "your own")
SUMMARY = Column("summary", "Summary", flexible=True)
COLUMNS = (
    NAME,
    ENABLED,
    SHIPPED,
    Column("rules", "Rules", extra=True),
    SUMMARY,
)
LINES = (
    NAME,
    SUMMARY,
    ENABLED,
    SHIPPED,
    Column("reason", "Reason"),
    Column("sources", "Written in", show="\n".join),
)
MARKETPLACES = Section(
    "marketplaces",
    "Marketplaces",
    (Column("key", "Key"), NAME, Column("group", "Group"), Column("relays", "Buyers' addresses")),
)
REQUIREMENTS = Section(
    "requirements",
    "Requirements",
    (
        Column("marketplace", "Marketplace"),
        Column("rule", "Rule"),
        NAME,
        Column("severity", "Severity"),
        Column("exactly", "Exactly", flexible=True, sparse=True),
        Column("words", "Words", extra=True),
        Column("limit", "Limit", extra=True),
        Column("allowed", "Allowed", extra=True),
        Column("from", "From", sparse=True),
        Column("until", "Until", sparse=True),
        Column("reason", "Reason", flexible=True, sparse=True),
        Column("source", "Source", extra=True),
    ),
    whole=True,
)

File = Annotated[str, typer.Argument(metavar="FILE", help="A pack in YAML; - is standard input.")]


@app.command("list")
def list_packs(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the packs in their order. The later one decides."""
    with perhaps_store() as connection:
        rows = packs.listed(connection)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_pack(pack: str, json: Json = False) -> None:
    """Show one pack, with all that it asks for."""
    with perhaps_store() as connection:
        thing = packs.shown(connection, pack)
    print_thing(thing, LINES, json=json, sections=(MARKETPLACES, REQUIREMENTS))


@app.command("add")
def add_pack(file: File, dry_run: DryRun = False, json: Json = False) -> None:
    """Add a pack of your own from a FILE. It has an entry of `packs:` as in a configuration file."""
    from plentymsg.messenger.setup import packs as setup

    entry = read_pack(file)

    def make(desk: WritingDesk) -> Change:
        with entry.placing():
            return setup.add(desk.session, desk.actor, entry.fields)

    carry_out(make, dry_run=dry_run, json=json)


@app.command("set")
def set_pack(
    pack: str,
    enabled: Annotated[
        bool | None, typer.Option("--enabled/--no-enabled", help="Whether it is in force.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why a pack of plentymsg is not to be in force.")
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="What it asks for from now on, in YAML.")
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a pack: only what is given."""
    from plentymsg.messenger.setup import packs as setup

    changes = given(enabled=enabled, reason=reason)
    entry = read_pack(file) if file is not None else None
    if entry is not None:
        changes = {**_contents(entry, pack), **changes}

    def make(desk: WritingDesk) -> Change:
        with entry.placing() if entry else nullcontext():
            return setup.switch(desk.session, desk.actor, pack, changes)

    carry_out(make, dry_run=dry_run, json=json)


def _contents(entry: PackFile, pack: str) -> dict[str, Any]:
    """What a file says of the pack that it is given for. Raises InvalidInput if it is about another one."""
    if fold(entry.fields.name) != fold(pack):
        raise InvalidInput(
            f"The file is about the pack {entry.fields.name!r}, not {pack!r}.",
            hint="Add that one with: plentymsg rules pack add FILE",
        )
    contents = entry.fields.given()
    del contents["name"]
    return contents


@app.command("delete")
def delete_pack(pack: str, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete a pack of your own."""
    from plentymsg.messenger.setup import packs as setup

    delete(lambda c: packs.find_own(c, pack), setup.delete, yes=yes, dry_run=dry_run, json=json)
