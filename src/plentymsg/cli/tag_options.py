"""What the commands about tags share: columns, the options of a tag, and those of a search."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from plentymsg.cli.changes import given, listed, pairs
from plentymsg.cli.options import Given
from plentymsg.cli.output import Column
from plentymsg.messenger.tag_search import AVAILABILITIES


def _by_language(translations: Mapping[str, str]) -> str:
    return ", ".join(f"{language}: {name}" for language, name in translations.items())


COLUMNS = (
    Column("id", "ID", right=True),
    Column("name", "Name", colour="colour", flexible=True),
    Column("colour", "Colour"),
    Column("availabilities", "Available for", flexible=True),
    Column("translations", "Translations", flexible=True, show=_by_language),
    Column("clients", "Clients", extra=True),
)


def _names_of_tags(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from plentymsg.cli.completion import tag_names

    return tag_names(context, incomplete)


TagName = Annotated[str, typer.Argument(metavar="TAG", autocompletion=_names_of_tags)]
TagNames = Annotated[list[str], typer.Argument(metavar="TAG...", autocompletion=_names_of_tags)]

_KINDS = ", ".join(AVAILABILITIES)


def tag_options(
    colour: Annotated[
        str | None,
        typer.Option("--colour", help="Such as #ff8800, rgb(255,136,0), hsl(32,100%,50%)."),
    ] = None,
    availabilities: Annotated[
        list[str] | None,
        typer.Option(
            "--availabilities", metavar="KINDS", help=f"What it may be put on, with commas: {_KINDS}."
        ),
    ] = None,
    translations: Annotated[
        list[str] | None,
        typer.Option(
            "--translations", metavar="LANGUAGE=NAME,...", help="Its names in languages, such as de=Eilig."
        ),
    ] = None,
    clients: Annotated[
        list[str] | None,
        typer.Option(
            "--clients",
            metavar="NAMES",
            help="The web shops whose customers see it on a variation, with commas; empty for none.",
        ),
    ] = None,
) -> Given:
    """The options of a tag, as a configuration file would hold them."""
    return given(
        colour=colour,
        availabilities=listed(availabilities),
        translations=_translated(translations),
        clients=listed(clients),
    )


def search_options(
    search: Annotated[str | None, typer.Option("--search", help="Only this ID, or names like this.")] = None,
    id_: Annotated[int | None, typer.Option("--id", help="Only this ID.")] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Only names with this in them, or much like it.")
    ] = None,
    availabilities: Annotated[
        list[str] | None,
        typer.Option(
            "--availabilities", metavar="KINDS", help=f"Only tags for one of these, with commas: {_KINDS}."
        ),
    ] = None,
    visible_to: Annotated[
        str | None,
        typer.Option("--visible-to", metavar="CLIENT", help="Only what customers of this web shop see."),
    ] = None,
) -> Given:
    """What a search is given, as a saved filter keeps it."""
    return given(text=search, id=id_, name=name, availabilities=listed(availabilities), visible_to=visible_to)


_NEXT_LANGUAGE = re.compile(r",\s*(?=[A-Za-z]+=)")
"""Where `de=Eilig,fr=Urgent` is two names; a comma inside of a name is no end of it."""


def _translated(translations: Sequence[str] | None) -> dict[str, str | None] | None:
    if translations is None:
        return None
    single = [part for value in translations for part in _NEXT_LANGUAGE.split(value)]
    return {language: name or None for language, name in pairs(single, "--translations", "de=Eilig")}
