"""`plentymsg template …`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plentymsg.cli.changes import delete, given, print_change
from plentymsg.cli.command import DryRun, Format, Json, Limit, Page, Yes, noun
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.input import read_text
from plentymsg.cli.output import Column, Section, print_list, print_thing
from plentymsg.cli.paging import page_of
from plentymsg.errors import InvalidInput
from plentymsg.messenger import templates

app = noun("Templates: texts for messages, in Twig, one version for each language.")

COLUMNS = (
    Column("id", "ID", right=True),
    Column("name", "Name", flexible=True),
    Column("folder", "Folder", flexible=True),
    Column("languages", "Languages"),
)
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

Folder = Annotated[str | None, typer.Option("--folder", help="Where it is listed.")]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Such as de or en; all is for every language."),
]
Subject = Annotated[str | None, typer.Option("--subject", help="The subject, in Twig.")]
TextFile = Annotated[
    str | None,
    typer.Option("--text-file", metavar="FILE", help="The text, in Twig; {{ text }} is the answer."),
]
HtmlFile = Annotated[str | None, typer.Option("--html-file", metavar="FILE", help="The HTML, in Twig.")]


@app.command("list")
def list_templates(json: Json = False, form: Format = None, limit: Limit = None, page: Page = 1) -> None:
    """List the templates, by folder and name."""
    with reading() as desk:
        rows = templates.listed(desk.connection, desk.actor)
    print_list(page_of(rows, limit, page), COLUMNS, json=json, form=form)


@app.command("show")
def show_template(template: str, language: Language = None, json: Json = False) -> None:
    """Show one template, or one language version whole."""
    with reading() as desk:
        thing = templates.shown(
            desk.connection, desk.actor, templates.find(desk.connection, template), language
        )
    if language is None or json:
        print_thing(thing, COLUMNS[:3], sections=(VERSIONS,), json=json)
    else:
        print_thing({**thing, "versions": thing["versions"][0]}, (*COLUMNS[:3], *ONE_VERSION))


@app.command("add")
def add_template(
    name: str,
    folder: Folder = None,
    language: Language = None,
    subject: Subject = None,
    text_file: TextFile = None,
    html_file: HtmlFile = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Add a template, with its version in one language."""
    from plentymsg.messenger.setup import templates as setup
    from plentymsg.messenger.setup.fields import checked

    versions = _versions(language, subject, text_file, html_file)
    fields = checked(setup.TemplateFields, given(name=name, folder=folder, versions=versions))
    with changing(dry_run=dry_run) as desk:
        change = setup.add(desk.session, desk.actor, fields)
    print_change(change, dry_run=dry_run, json=json)


@app.command("set")
def set_template(
    template: str,
    name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    folder: Folder = None,
    language: Language = None,
    subject: Subject = None,
    text_file: TextFile = None,
    html_file: HtmlFile = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change a template, or add a language version to it: only what is given."""
    from plentymsg.messenger.setup import templates as setup

    changes = given(name=name, folder=folder, versions=_versions(language, subject, text_file, html_file))
    with changing(dry_run=dry_run) as desk:
        template_id = templates.find(desk.connection, template)
        change = setup.alter(desk.session, desk.actor, template_id, changes)
    print_change(change, dry_run=dry_run, json=json)


@app.command("delete")
def delete_template(template: str, yes: Yes = False, dry_run: DryRun = False, json: Json = False) -> None:
    """Delete a template that no channel uses, with all its versions."""
    from plentymsg.messenger.setup import templates as setup

    delete(lambda c: templates.find(c, template), setup.delete, yes=yes, dry_run=dry_run, json=json)


def _versions(
    language: str | None, subject: str | None, text_file: str | None, html_file: str | None
) -> list[dict[str, Any]] | None:
    version = given(
        subject=subject,
        text=None if text_file is None else read_text(text_file),
        html=None if html_file is None else read_text(html_file),
    )
    if language is not None:
        return [{"language": language, **version}]
    if version:
        raise InvalidInput(
            "Subject, text and HTML belong to a language, and none is given.",
            hint="Give it as well, for example: --language de",
        )
    return None
