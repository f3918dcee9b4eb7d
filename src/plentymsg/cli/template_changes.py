"""The commands of `plentymsg template` that change something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from plentymsg.cli.changes import clearable, delete_all, given, print_change, print_changes
from plentymsg.cli.command import DryRun, Json, Yes
from plentymsg.cli.desk import changing
from plentymsg.cli.input import confirm, read_text
from plentymsg.cli.options import Given, taking
from plentymsg.errors import InvalidInput
from plentymsg.messenger import templates

if TYPE_CHECKING:
    from plentymsg.messenger.setup.change import Change

Kind = Annotated[
    Literal["template", "header", "footer", "text_block"] | None,
    typer.Option("--kind", metavar="KIND", help="template, header, footer or text_block."),
]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Such as de or en; all is for every language."),
]
Folder = Annotated[str | None, typer.Option("--folder", help="Where it is listed.")]
Owner = Annotated[
    str | None, typer.Option("--owner", metavar="USER", help="Who looks after it; '' for nobody.")
]
Header = Annotated[
    str | None, typer.Option("--header", metavar="NAME", help="The header above it; '' for none.")
]
Footer = Annotated[
    str | None, typer.Option("--footer", metavar="NAME", help="The footer below it; '' for none.")
]
Subject = Annotated[str | None, typer.Option("--subject", help="The subject, in Twig.")]
TextFile = Annotated[
    str | None,
    typer.Option("--text-file", metavar="FILE", help="The text, in Twig; {{ text }} is the answer."),
]
HtmlFile = Annotated[str | None, typer.Option("--html-file", metavar="FILE", help="The HTML, in Twig.")]


def _options(
    kind: Kind = None,
    folder: Folder = None,
    owner: Owner = None,
    header: Header = None,
    footer: Footer = None,
    language: Language = None,
    subject: Subject = None,
    text_file: TextFile = None,
    html_file: HtmlFile = None,
) -> Given:
    version = given(
        subject=subject,
        text=None if text_file is None else read_text(text_file),
        html=None if html_file is None else read_text(html_file),
    )
    if version and language is None:
        raise InvalidInput(
            "Subject, text and HTML belong to a language, and none is given.",
            hint="Give it as well, for example: --language de",
        )
    versions = None if language is None else [{"language": language, **version}]
    return {
        **given(kind=kind, folder=folder, versions=versions),
        **clearable(owner=owner, header=header, footer=footer),
    }


@taking(_options)
def add_template(name: str, given: Given, dry_run: DryRun = False, json: Json = False) -> None:
    """Add a template, header, footer or text block.

    It begins with one language version; `set` adds others.
    """
    from plentymsg.messenger.setup import templates as setup
    from plentymsg.messenger.setup.fields import checked
    from plentymsg.messenger.setup.template_fields import TemplateFields

    fields = checked(TemplateFields, {"name": name, **given})
    with changing(dry_run=dry_run) as desk:
        change = setup.add(desk.session, desk.actor, fields)
    print_change(change, dry_run=dry_run, json=json)


@taking(_options)
def set_template(
    template: str,
    given: Given,
    name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Change what is given of a template. A language that it has not becomes a new version."""
    _alter(template, {**given, **({} if name is None else {"name": name})}, dry_run=dry_run, json=json)


def move_template(template: str, folder: str, dry_run: DryRun = False, json: Json = False) -> None:
    """Move a template into another folder."""
    _alter(template, {"folder": folder}, dry_run=dry_run, json=json)


def copy_template(
    template: str,
    name: Annotated[str | None, typer.Argument(help="The name of the copy.")] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Copy a template with all its versions. Without a name the copy is called `Copy of …`."""
    from plentymsg.messenger.setup import templates as setup

    with changing(dry_run=dry_run) as desk:
        template_id = templates.find(desk.connection, template)
        change = setup.copy(desk.session, desk.actor, template_id, name)
    print_change(change, dry_run=dry_run, json=json)


def favour_template(
    template: str,
    no_favourite: Annotated[bool, typer.Option("--no-favourite", help="It is one no more.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Keep a template among your favourites. Your lists begin with them."""
    from plentymsg.messenger.setup import templates as setup

    with changing(dry_run=dry_run) as desk:
        template_id = templates.find(desk.connection, template)
        change = setup.favour(desk.session, desk.actor, template_id, keep=not no_favourite)
    print_change(change, dry_run=dry_run, json=json)


def delete_templates(
    which: Annotated[list[str], typer.Argument(metavar="TEMPLATE...", show_default=False)],
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Only the version in this language.")
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Delete templates that nothing uses, all or none. With --language only that version; parts stay."""
    from plentymsg.messenger.setup import templates as setup

    if language is None:
        delete_all(templates.find, which, setup.delete, yes=yes, dry_run=dry_run, json=json)
        return
    if not yes and not dry_run:
        names = ", ".join(change.name for change in _delete_versions(which, language, dry_run=True))
        confirm(f"Delete the version in {language} of {names}?", yes=False)
    print_changes(_delete_versions(which, language, dry_run=dry_run), dry_run=dry_run, json=json)


def _delete_versions(which: list[str], language: str, *, dry_run: bool) -> list[Change]:
    from plentymsg.messenger.setup import templates as setup

    with changing(dry_run=dry_run) as desk:
        found = dict.fromkeys(templates.find(desk.connection, template) for template in which)
        return [setup.delete_version(desk.session, desk.actor, each, language) for each in found]


def _alter(template: str, changes: Given, *, dry_run: bool, json: bool) -> None:
    from plentymsg.messenger.setup import templates as setup

    with changing(dry_run=dry_run) as desk:
        template_id = templates.find(desk.connection, template)
        change = setup.alter(desk.session, desk.actor, template_id, changes)
    print_change(change, dry_run=dry_run, json=json)
