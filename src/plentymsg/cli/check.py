"""`plentymsg check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.command import Json, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.input import read_bytes
from plentymsg.cli.message_options import (
    Attach,
    Fix,
    HtmlFile,
    Subject,
    TemplateLanguage,
    Text,
    TextFile,
    To,
    given,
)
from plentymsg.cli.output import print_thing
from plentymsg.cli.proofs import prove
from plentymsg.cli.standard import On, Pack, standard
from plentymsg.cli.verdicts import Told, print_verdict
from plentymsg.errors import InvalidInput

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict
    from plentymsg.messenger.policy import Standard
    from plentymsg.messenger.writing import Given

app = verb("Check a message against its marketplaces' requirements, as it would leave; send nothing.")

Marketplace = Annotated[str | None, typer.Option("--marketplace", metavar="NAME", help="Whose rules hold.")]
Channel = Annotated[
    str | None, typer.Option("--channel", metavar="NAME", help="The channel that would send it.")
]
Eml = Annotated[str | None, typer.Option("--eml", metavar="FILE", help="A whole message; - is stdin.")]
Template = Annotated[str | None, typer.Option("--template", metavar="NAME", help="A template.")]
AllTemplates = Annotated[bool, typer.Option("--all-templates", help="Every template.")]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count too.")]


@app.command()
def check(
    marketplace: Marketplace = None,
    channel: Channel = None,
    to: To = None,
    subject: Subject = None,
    text: Text = None,
    text_file: TextFile = None,
    html_file: HtmlFile = None,
    attach: Attach = None,
    eml: Eml = None,
    template: Template = None,
    language: TemplateLanguage = None,
    all_templates: AllTemplates = False,
    fix: Fix = False,
    strict: Strict = False,
    on: On = None,
    pack: Pack = None,
    json: Json = False,
) -> None:
    if sum((eml is not None, template is not None, all_templates)) > 1:
        raise InvalidInput(
            "--eml, --template and --all-templates exclude one another.", hint="Give only one."
        )
    if all_templates and language is not None:
        raise InvalidInput("--language names a version of one template, not of all.", hint="Leave it out.")
    message = given(
        subject=subject,
        text=text,
        text_file=text_file,
        html_file=html_file,
        attach=attach,
        template=None,
        language=language,
    )
    held_to = standard(on, pack)
    if template is not None or all_templates:
        if fix:
            raise InvalidInput(
                "--fix mends messages; a template is mended where it stands.", hint="Leave it out."
            )
        names = [] if template is None else [template]
        prove(names, held_to, marketplace, message, strict=strict, json=json)
        return
    judged = _judge(held_to, message, eml, marketplace, channel, to or [])
    _print(judged, _mended(judged, held_to) if fix else judged, json=json, strict=strict)


def _judge(
    held_to: Standard,
    message: Given,
    eml: str | None,
    marketplace: str | None,
    channel: str | None,
    to: list[str],
) -> Verdict:
    from plentymsg.messenger import check as use_case
    from plentymsg.messenger.send import sending_channel

    raw = read_bytes(eml) if eml is not None else None
    if channel is None and raw is None:
        return use_case.check_plain(held_to, message, marketplace, to)
    if channel is None:
        return use_case.check_raw(held_to, raw or b"", marketplace, None, to)
    with reading() as desk:
        found = sending_channel(desk.connection, desk.actor, channel)
        if raw is not None:
            return use_case.check_raw(held_to, raw, marketplace, found, to)
        return use_case.check_in_channel(
            desk.connection, desk.actor, held_to, message, found, marketplace, to
        )


def _mended(verdict: Verdict, held_to: Standard) -> Verdict:
    from plentymsg.messenger.check import mended

    return mended(verdict, held_to)


def _print(verdict: Verdict, final: Verdict, *, json: bool, strict: bool) -> None:
    fixed = final is not verdict
    if json:
        print_thing(_as_json(final, strict=strict, fixed=fixed), (), json=True)
    else:
        print_verdict(final, mended_from=verdict if fixed else None)
    if not final.is_ok(strict=strict):
        raise Told


def _as_json(verdict: Verdict, *, strict: bool, fixed: bool) -> dict[str, object]:
    thing: dict[str, object] = verdict.as_json(strict=strict)
    if fixed:
        draft = verdict.draft
        thing["fixed"] = {"subject": draft.subject, "text": draft.text, "html": draft.html}
    return thing
