"""`plentymsg check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from plentymsg.cli.checked import require_one_thing
from plentymsg.cli.command import Json, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.fixing import mended_message, mended_verdicts
from plentymsg.cli.input import read_bytes
from plentymsg.cli.message_options import (
    Attach,
    HtmlFile,
    Subject,
    TemplateLanguage,
    Text,
    TextFile,
    To,
    given,
)
from plentymsg.cli.proofs import prove, telling
from plentymsg.cli.reports import LintFormat, print_report, report_format
from plentymsg.cli.reports.report import Change, Report
from plentymsg.cli.standard import On, Pack, standard
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
Outbox = Annotated[
    int | None,
    typer.Option(
        "--outbox", metavar="ID", help="A message of the outbox, as it would leave now, or has left."
    ),
]
Template = Annotated[str | None, typer.Option("--template", metavar="NAME", help="A template.")]
AllTemplates = Annotated[bool, typer.Option("--all-templates", help="Every template.")]
CheckFix = Annotated[
    bool,
    typer.Option(
        "--fix",
        help="Mend what keeps its meaning, also in the files of --text-file and --html-file; show a diff.",
    ),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option("--unsafe-fixes", help="With --fix: take out too what only you can decide to lose."),
]
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
    fix: CheckFix = False,
    unsafe_fixes: UnsafeFixes = False,
    strict: Strict = False,
    on: On = None,
    pack: Pack = None,
    json: Json = False,
    form: LintFormat = None,
) -> None:
    chosen = report_format(form, json=json)
    if unsafe_fixes and not fix:
        raise InvalidInput("--unsafe-fixes says how far --fix may go.", hint="Give --fix too.")
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
    if all_templates or template is not None:
        if fix:
            raise InvalidInput(
                "--fix mends messages, and a template is none.", hint="Mend it with: plentymsg template set"
            )
        names = [] if template is None else [template]
        prove(names, held_to, marketplace, message, channel=channel, to=to or (), strict=strict, form=chosen)
        return

    from plentymsg.messenger.writing import require_said

    require_said(message)

    def judged(message: Given) -> Verdict:
        return _judge(held_to, message, eml, outbox, marketplace, channel, to or [])

    files = _files(text_file, html_file, eml, attach)
    changes: list[list[Change]] = []
    if fix and eml is None and outbox is None:
        verdicts, changes = mended_message(message, judged, held_to, files, unsafe=unsafe_fixes)
    else:
        verdicts = [judged(message)]
        if fix:
            verdicts, changes = mended_verdicts(verdicts, held_to, unsafe=unsafe_fixes)
    with telling(ok=all(verdict.is_ok(strict=strict) for verdict in verdicts)):
        print_report(Report(held_to, verdicts, files, strict, fix, changes), chosen)


def _files(
    text_file: str | None, html_file: str | None, eml: str | None, attach: list[str] | None
) -> dict[str, str]:
    """The files that were named, by what they give; standard input is none."""
    from pathlib import PurePath

    named = {"text": text_file, "html": html_file, "mail": eml}
    named.update({f"attachment:{PurePath(file).name}": file for file in attach or []})
    return {key: file for key, file in named.items() if file is not None and file != "-"}


def _judge(
    held_to: Standard,
    message: Given,
    eml: str | None,
    outbox: int | None,
    marketplace: str | None,
    channel: str | None,
    to: list[str],
) -> Verdict:
    from plentymsg.messenger import check as use_case
    from plentymsg.messenger.sending_channel import sending_channel

    if outbox is not None:
        with reading() as desk:
            return use_case.check_accepted(desk.connection, desk.actor, held_to, outbox)
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
