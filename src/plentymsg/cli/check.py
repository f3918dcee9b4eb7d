"""`plentymsg check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.checked import require_one_thing
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
from plentymsg.cli.standard import On, Pack, standard
from plentymsg.cli.verdicts import print_verdict
from plentymsg.errors import InvalidInput, RuleBroken

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
Outbox = Annotated[
    int | None,
    typer.Option(
        "--outbox", metavar="ID", help="A message of the outbox, as it would leave now, or has left."
    ),
]
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
    outbox: Outbox = None,
    template: Template = None,
    language: TemplateLanguage = None,
    all_templates: AllTemplates = False,
    fix: Fix = False,
    strict: Strict = False,
    on: On = None,
    pack: Pack = None,
    json: Json = False,
) -> None:
    require_one_thing(
        whole={
            "--eml": eml,
            "--outbox": outbox,
            "--template": template,
            "--all-templates": all_templates or None,
        },
        parts={"--subject": subject, "--text": text, "--text-file": text_file, "--html-file": html_file}
        | {"--attach": attach or None, "--language": language},
        place={"--marketplace": marketplace, "--channel": channel, "--to": to or None},
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
    verdicts = _judge(
        held_to, message, eml, outbox, template, marketplace, channel, to or [], all_templates=all_templates
    )
    final = _mended(verdicts, held_to) if fix else verdicts
    _print(verdicts, final, json=json, strict=strict, several=all_templates or template is not None)


def _judge(
    held_to: Standard,
    message: Given,
    eml: str | None,
    outbox: int | None,
    template: str | None,
    marketplace: str | None,
    channel: str | None,
    to: list[str],
    *,
    all_templates: bool,
) -> list[Verdict]:
    from plentymsg.messenger import check as use_case
    from plentymsg.messenger.send import sending_channel

    if template is not None or all_templates:
        names = [template] if template is not None else []
        with reading() as desk:
            return use_case.check_templates(desk.connection, desk.actor, held_to, names, message, marketplace)
    if outbox is not None:
        with reading() as desk:
            return [use_case.check_accepted(desk.connection, desk.actor, held_to, outbox)]
    raw = read_bytes(eml) if eml is not None else None
    if channel is None and raw is None:
        return [use_case.check_plain(held_to, message, marketplace, to)]
    if channel is None:
        return [use_case.check_raw(held_to, raw or b"", marketplace, None, to)]
    with reading() as desk:
        found = sending_channel(desk.connection, desk.actor, channel)
        if raw is not None:
            return [use_case.check_raw(held_to, raw, marketplace, found, to)]
        return [
            use_case.check_in_channel(desk.connection, desk.actor, held_to, message, found, marketplace, to)
        ]


def _mended(verdicts: list[Verdict], held_to: Standard) -> list[Verdict]:
    from plentymsg.messenger.check import mended

    return [mended(verdict, held_to) for verdict in verdicts]


def _print(verdicts: list[Verdict], final: list[Verdict], *, json: bool, strict: bool, several: bool) -> None:
    fix = final is not verdicts
    if json:
        things = [_as_json(v, strict=strict, fixed=fix) for v in final]
        print_thing(
            {"ok": all(t["ok"] for t in things), "templates": things} if several else things[0], (), json=True
        )
    else:
        for before, after in zip(verdicts, final, strict=True):
            print_verdict(after, mended_from=before if fix else None)
    broken = [verdict for verdict in final if not verdict.is_ok(strict=strict)]
    if broken:
        raise _Told


def _as_json(verdict: Verdict, *, strict: bool, fixed: bool) -> dict[str, object]:
    thing = verdict.as_json(strict=strict)
    if verdict.label:
        thing = {"template": verdict.label, **thing}
    if fixed:
        thing["fixed"] = {
            "subject": verdict.draft.subject,
            "text": verdict.draft.text,
            "html": verdict.draft.html,
        }
    return thing


class _Told(typer.Exit):
    """Exit 4 without a further error: the violations, which were asked for, are the output."""

    def __init__(self) -> None:
        super().__init__(RuleBroken.exit_code)
