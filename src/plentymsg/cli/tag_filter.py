"""`plentymsg tag filter …`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plentymsg.cli.changes import carry_out, delete_several
from plentymsg.cli.changes import given as only_given
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import WritingDesk, reading
from plentymsg.cli.options import Given, taking
from plentymsg.cli.output import Column, print_list
from plentymsg.cli.paging import page_of
from plentymsg.cli.tag_options import search_options
from plentymsg.messenger import filters
from plentymsg.messenger.tag_search import chips

app = noun("Saved filters: searches for tags, kept under a name.")

NOUN = "tag"
COLUMNS = (
    Column("id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("criteria", "Finds", show=lambda criteria: ", ".join(chips(criteria)), flexible=True),
    Column("default", "Default"),
    Column("for_all", "For all"),
    Column("user", "Of"),
    Column("position", "Position", extra=True),
)

Filter = Annotated[str, typer.Argument(metavar="FILTER")]
Default = Annotated[
    bool | None,
    typer.Option("--default/--no-default", help="Whether your list of tags begins with it."),
]
ForAll = Annotated[
    bool | None, typer.Option("--for-all/--own", help="Whether all users have it, or only you.")
]


@app.command("list")
def list_filters(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the filters: your own in their order, then those of others for all."""
    with reading() as desk:
        rows = filters.listed(desk.connection, desk.actor, NOUN)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("save")
@taking(search_options)
def save_filter(
    label: Annotated[str, typer.Argument(metavar="NAME")],
    given: Given,
    default: Default = None,
    for_all: ForAll = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Keep a search under NAME."""
    from plentymsg.messenger.setup import filters as setup
    from plentymsg.messenger.setup.fields import checked

    fields = checked(setup.FilterFields, {"name": label, "criteria": given, **_switches(default, for_all)})
    carry_out(lambda desk: setup.save(desk.session, desk.actor, NOUN, fields), dry_run=dry_run, json=json)


@app.command("apply")
def apply_filter(
    saved: Filter, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List the tags that a filter finds, as `tag list --filter` does."""
    from plentymsg.cli.tag_results import print_found

    print_found({}, saved, json=json, form=form, limit=limit, page=page)


@app.command("set")
@taking(search_options)
def set_filter(
    saved: Filter,
    given: Given,
    rename: Annotated[str | None, typer.Option("--rename", metavar="NAME", help="Its new name.")] = None,
    default: Default = None,
    for_all: ForAll = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a filter: only what is given; a search that is given takes the place of the one it has."""
    from plentymsg.messenger.setup import filters as setup

    changes: dict[str, Any] = _switches(default, for_all)
    if rename is not None:
        changes["name"] = rename
    if given:
        changes["criteria"] = given
    carry_out(
        lambda desk: setup.alter(desk.session, desk.actor, NOUN, _find(desk, saved), changes),
        dry_run=dry_run,
        json=json,
    )


@app.command("move")
def move_filter(
    saved: Filter,
    place: Annotated[int, typer.Argument(min=1, max=1_000_000, help="From 1, the first.")],
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Put a filter at another place among yours."""
    from plentymsg.messenger.setup import filters as setup

    carry_out(
        lambda desk: setup.move(desk.session, desk.actor, NOUN, _find(desk, saved), place),
        dry_run=dry_run,
        json=json,
    )


@app.command("delete")
def delete_filter(saved: Filter, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete a filter."""
    from plentymsg.messenger.setup import filters as setup

    delete_several(
        lambda desk: [_find(desk, saved)],
        lambda session, actor, thing: setup.delete(session, actor, NOUN, thing),
        yes=yes,
        dry_run=dry_run,
        json=json,
    )


def _find(desk: WritingDesk, name: str) -> int:
    return int(filters.shown(desk.connection, desk.actor, NOUN, name)["id"])


def _switches(default: bool | None, for_all: bool | None) -> dict[str, Any]:
    return only_given(default=default, for_all=for_all)
