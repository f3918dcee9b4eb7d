"""`plentymsg check`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from plentymsg.cli.checked import require_fitting_fixes, require_one_thing, require_own_files
from plentymsg.cli.command import Json, verb
from plentymsg.cli.desk import reading
from plentymsg.cli.fixing import Mended, mended_message, mended_whole
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
from plentymsg.cli.reports.report import Report
from plentymsg.cli.standard import On, Pack, standard
from plentymsg.cli.terminal import warn

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

_NOBODY_ASKED = (
    "No marketplace's requirements were asked of this message."
    " Name a marketplace with --marketplace, or the channel that would send it with --channel."
)


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
    require_one_thing(
        whole={"--eml": eml, "--outbox": outbox, "--template": template}
        | {"--all-templates": all_templates or None},
        parts={"--subject": subject, "--text": text, "--text-file": text_file, "--html-file": html_file}
        | {"--attach": attach or None, "--language": language},
        place={"--marketplace": marketplace, "--channel": channel, "--to": to or None},
    )
    is_proof = all_templates or template is not None
    require_fitting_fixes(fix=fix, unsafe=unsafe_fixes, is_proof=is_proof)
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
    if is_proof:
        names = [] if template is None else [template]
        prove(names, held_to, marketplace, message, channel=channel, to=to or (), strict=strict, form=chosen)
        return
    files = _files(text_file, html_file, eml, attach)
    checked = _Checked(message, eml, outbox, marketplace, channel, to or [])
    if fix:
        require_own_files(files)
        verdict, changes = checked.mended(held_to, files, unsafe=unsafe_fixes)
    else:
        verdict, changes = checked.judged(held_to, message), []
    with telling(ok=verdict.is_ok(strict=strict)):
        about, unmended = _about(checked, files), None if fix else message
        report = Report(held_to, [verdict], files, strict, fix, [changes], about=about, given=unmended)
        print_report(report, chosen)
        if not verdict.draft.marketplaces and channel is None and outbox is None:
            warn(_NOBODY_ASKED)


class _Checked(NamedTuple):
    """What is checked, and where it would go."""

    message: Given
    """What the options gave; nothing where `eml` or `outbox` names a whole message."""
    eml: str | None
    outbox: int | None
    marketplace: str | None
    channel: str | None
    to: list[str]

    def judged(self, held_to: Standard, message: Given) -> Verdict:
        """The verdict, with `message` in the place of what the options gave."""
        from plentymsg.messenger import check as use_case
        from plentymsg.messenger.sending_channel import sending_channel

        if self.outbox is not None:
            with reading() as desk:
                return use_case.check_accepted(desk.connection, desk.actor, held_to, self.outbox)
        raw = read_bytes(self.eml) if self.eml is not None else None
        if self.channel is None and raw is None:
            return use_case.check_plain(held_to, message, self.marketplace, self.to)
        if self.channel is None:
            return use_case.check_raw(held_to, raw or b"", self.marketplace, None, self.to)
        with reading() as desk:
            found = sending_channel(desk.connection, desk.actor, self.channel)
            if raw is not None:
                return use_case.check_raw(held_to, raw, self.marketplace, found, self.to)
            return use_case.check_in_channel(
                desk.connection, desk.actor, held_to, message, found, self.marketplace, self.to
            )

    def mended(self, held_to: Standard, files: Mapping[str, str], *, unsafe: bool) -> Mended:
        """The verdict once it is mended, and what changed; files that were given are written."""
        if self.eml is not None or self.outbox is not None:
            return mended_whole(self.judged(held_to, self.message), held_to, unsafe=unsafe)
        return mended_message(self.message, partial(self.judged, held_to), held_to, files, unsafe=unsafe)


def _about(checked: _Checked, files: Mapping[str, str]) -> list[str]:
    """What was checked, and by whose rules, as it was named."""
    named = [name for name in (checked.marketplace, checked.channel, *files.values()) if name is not None]
    if files:
        return named
    return [*named, "message" if checked.outbox is None else f"outbox {checked.outbox}"]


def _files(
    text_file: str | None, html_file: str | None, eml: str | None, attach: list[str] | None
) -> dict[str, str]:
    """The files that were named, by what they give; standard input is none."""
    from pathlib import PurePath

    named = {"text": text_file, "html": html_file, "mail": eml}
    named.update({f"attachment:{PurePath(file).name}": file for file in attach or []})
    return {key: file for key, file in named.items() if file is not None and file != "-"}
