"""`plentymsg tag filter …`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from plentymsg.cli.changes import alter, carry_out, delete, move
from plentymsg.cli.changes import given as only_given
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.options import Given, move_options, taking
from plentymsg.cli.output import Column, print_list
from plentymsg.cli.paging import page_of
from plentymsg.cli.scope import scope
from plentymsg.cli.tag_options import search_options
from plentymsg.messenger import filters
from plentymsg.messenger.access import identify
from plentymsg.messenger.tag_search import chips
from plentymsg.store.driver import Connection

app = noun("Saved filters: searches for tags, kept under a name.")

T = TypeVar("T")

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
    """List the filters. Your own in their order, then those of others for all."""
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

    fields = checked(
        setup.FilterFields, {"name": label, "criteria": given, **only_given(default=default, for_all=for_all)}
    )
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
    """Change a filter, only what is given. A search that is given takes the place of the one it has."""
    from plentymsg.messenger.setup import filters as setup

    changes = {
        **only_given(name=rename, default=default, for_all=for_all),
        **({"criteria": given} if given else {}),
    }
    alter(_finding(saved), _of_tags(setup.alter), changes, dry_run=dry_run, json=json)


@app.command("move")
@taking(move_options)
def move_filter(saved: Filter, given: Given) -> None:
    """Put a filter before or behind another one of yours."""
    from plentymsg.messenger.setup import filters as setup

    move(_finding(saved), _of_tags(setup.move), **given)


@app.command("delete")
def delete_filter(saved: Filter, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete a filter."""
    from plentymsg.messenger.setup import filters as setup

    delete(_finding(saved), _of_tags(setup.delete), yes=yes, dry_run=dry_run, json=json)


def _finding(saved: str) -> Callable[[Connection], int]:
    """What finds the filter that the acting user calls so."""
    return lambda connection: filters.shown(connection, identify(connection, scope().user), NOUN, saved)["id"]


def _of_tags(use_case: Callable[..., T]) -> Callable[..., T]:
    """A use case of filters, for those of tags."""
    return lambda session, actor, *rest: use_case(session, actor, NOUN, *rest)
