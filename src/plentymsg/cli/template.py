"""`plentymsg template …`: what reads. See `template_changes` for what changes."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plentymsg.cli import template_changes, template_preview, template_variable
from plentymsg.cli.command import Format, Json, Limit, Page, noun
from plentymsg.cli.desk import reading
from plentymsg.cli.output import Column, Section, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.cli.reports import LintFormat, report_format
from plentymsg.cli.standard import On, Pack, standard
from plentymsg.cli.template_changes import Kind, Language
from plentymsg.messenger import templates

app = noun("Templates: texts for messages, in Twig, one version for each language; and their parts.")


app.add_typer(template_variable.app, name="variable")


def _kind(kind: str) -> str:
    return templates.KINDS[kind]


def _star(favourite: bool) -> str:
    return "★" if favourite else ""


HEAD = (
    Column("id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("kind", "Kind", show=_kind),
    Column("folder", "Folder", flexible=True),
)
COLUMNS = (
    *HEAD,
    Column("owner", "Owner", extra=True),
    Column("header", "Header", extra=True),
    Column("footer", "Footer", extra=True),
    Column("languages", "Languages"),
    Column("language_ids", "Language IDs", extra=True),
    Column("favourite", "", show=_star),
)
LINES = (
    *HEAD,
    Column("owner", "Owner"),
    Column("header", "Header"),
    Column("footer", "Footer"),
    Column("favourite", "Favourite"),
)
VARIABLE = Column("variable", "Variable")
VERSIONS = Section(
    "versions",
    "Versions",
    (
        Column("id", "Language ID", right=True),
        Column("language", "Language"),
        Column("subject", "Subject", flexible=True),
        Column("text", "Text", flexible=True),
        Column("html", "HTML", flexible=True),
    ),
)
ONE_VERSION = tuple(
    column._replace(key=f"versions.{column.key}", flexible=False) for column in VERSIONS.columns
)
USES = (
    Column("kind", "Kind"),
    Column("id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("as", "As"),
    Column("language", "Language"),
)

Named = Annotated[str | None, typer.Option("--name", help="With this in its name.")]
ById = Annotated[int | None, typer.Option("--id", metavar="ID", help="The one with this ID.")]
InFolder = Annotated[str | None, typer.Option("--folder", help="In this folder, or one below it.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="USER", help="That this user owns.")]
Search = Annotated[
    str | None, typer.Option("--search", metavar="WORDS", help="With all these words in its name or texts.")
]
Favourites = Annotated[bool, typer.Option("--favourites", help="Only your favourites.")]


@app.command("list")
def list_templates(
    template_id: ById = None,
    name: Named = None,
    kind: Kind = None,
    language: Language = None,
    owner: Owner = None,
    folder: InFolder = None,
    search: Search = None,
    favourites: Favourites = False,
    json: Json = False,
    form: Format = None,
    limit: Limit = None,
    page: Page = 1,
) -> None:
    """List templates, your favourites first. The others come by folder and name."""
    with reading() as desk:
        wanted = templates.Wanted(
            id=template_id,
            name=name,
            kind=kind,
            language=language,
            owner=None if owner is None else _login(desk.connection, owner),
            folder=folder,
            search=search,
            favourites=favourites,
        )
        rows = templates.listed(desk.connection, desk.actor, wanted)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_template(template: str, language: Language = None, json: Json = False) -> None:
    """Show one template, or one language version whole."""
    with reading() as desk:
        thing = templates.shown(
            desk.connection, desk.actor, templates.find(desk.connection, template), language
        )
    lines = (*LINES, VARIABLE) if "variable" in thing else LINES
    if language is None or json:
        print_thing(thing, lines, sections=(VERSIONS,), json=json)
    else:
        print_thing({**thing, "versions": thing["versions"][0]}, (*lines, *ONE_VERSION))


app.command("preview")(template_preview.preview_template)
app.command("add")(template_changes.add_template)
app.command("set")(template_changes.set_template)
app.command("copy")(template_changes.copy_template)
app.command("move")(template_changes.move_template)
app.command("favourite")(template_changes.favour_template)


@app.command("usage")
def list_uses(
    template: str, json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1
) -> None:
    """List where a template is used. Channels use it, and other templates."""
    from plentymsg.messenger import template_usage

    with reading() as desk:
        template_id = templates.find(desk.connection, template)
        rows = template_usage.listed(desk.connection, desk.actor, template_id)
    print_list(page_of(rows, limit, page), USES, json=json, form=form, empty="Nothing uses it.")


@app.command("lint")
def lint_templates(
    which: Annotated[list[str] | None, typer.Argument(metavar="[TEMPLATE]...", show_default=False)] = None,
    marketplace: Annotated[
        str | None, typer.Option("--marketplace", metavar="NAME", help="Whose rules hold, whatever uses it.")
    ] = None,
    language: Language = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings, and what cannot be told, count too.")
    ] = False,
    on: On = None,
    pack: Pack = None,
    json: Json = False,
    form: LintFormat = None,
) -> None:
    """Prove templates, or all. No message of any branch or value may break its channel's requirements.

    Exit 4 if one may.
    """
    from plentymsg.cli.proofs import prove
    from plentymsg.messenger.writing import Given

    given, chosen = Given(language=language), report_format(form, json=json)
    prove(which or [], standard(on, pack), marketplace, given, strict=strict, form=chosen)


app.command("delete")(template_changes.delete_templates)


def _login(connection: Any, owner: str) -> str:
    from plentymsg.messenger import users

    login: str = users.read(connection, users.find(connection, owner))["login"]
    return login
