"""Proofs of templates, as they are printed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from plentymsg.cli.desk import reading
from plentymsg.cli.output import print_thing
from plentymsg.cli.reports import ReportFormat, print_report
from plentymsg.cli.reports.report import Note, Report
from plentymsg.cli.reports.text import violation_lines
from plentymsg.cli.terminal import printable, warn
from plentymsg.errors import RuleBroken

if TYPE_CHECKING:
    from plentymsg.messenger.policy import Standard
    from plentymsg.messenger.proving.cases import Proven
    from plentymsg.messenger.proving.gaps import Gap
    from plentymsg.messenger.proving.proof import Example
    from plentymsg.messenger.writing import Given

_MOST_LINES = 12
"""Lines of an example that are shown."""
_MOST_NAMES = 5
"""Names that a sentence lists."""


class Told(typer.Exit):
    """Exit 4 without a further error: what is wrong, which was asked for, is the output."""

    def __init__(self) -> None:
        super().__init__(RuleBroken.exit_code)


@contextmanager
def telling(*, ok: bool) -> Iterator[None]:
    """Print inside what was found; unless it is `ok`, raise Told in the end, even if nobody reads on."""
    try:
        yield
    except BrokenPipeError:
        if ok:
            raise
    if not ok:
        raise Told


def prove(
    names: Sequence[str],
    held_to: Standard,
    marketplace: str | None,
    given: Given,
    *,
    channel: str | None = None,
    to: Sequence[str] = (),
    strict: bool,
    form: ReportFormat,
) -> None:
    """Prove templates and print what came of it. Exit 4 if one can violate; strictly, also if unknown."""
    from plentymsg.messenger.proving.cases import Place, prove_templates

    with reading() as desk:
        place = Place(marketplace, channel, to)
        found = prove_templates(desk.connection, desk.actor, held_to, names, given, place, strict=strict)
    ok = all(proven.is_ok(strict=strict) for proven in found)
    with telling(ok=ok):
        if form == "json":
            templates = [proven.as_json(strict=strict) for proven in found]
            print_thing({"ok": ok, "templates": templates}, (), json=True)
        elif form == "text":
            for proven in found:
                sys.stdout.writelines(f"{line}\n" for line in _lines(proven))
        else:
            verdicts = [proven.as_verdict() for proven in found]
            notes = [note for proven in found for note in _notes(proven, strict=strict)]
            named = (marketplace, channel, *(names or ["templates"]), given.language)
            about = [name for name in named if name is not None]
            print_report(Report(held_to, verdicts, {}, strict, False, notes=notes, about=about), form)
        _warn_of_those_unused(found)


def _notes(proven: Proven, *, strict: bool) -> Iterator[Note]:
    """What a report of violations has no place for."""
    for line in _fault_lines(proven):
        yield Note("template-fault", proven.label, line, is_failure=True)
    for gap in proven.proof.gaps:
        yield Note("cannot-tell", proven.label, _gap_line(gap), is_failure=strict)


def _warn_of_those_unused(found: Sequence[Proven]) -> None:
    """Say of which templates little is proven, as nothing is asked of them."""
    unused = dict.fromkeys(
        proven.template for proven in found if proven.is_unused and proven.proof.verdict == "clean"
    )
    if unused:
        names = ", ".join(map(repr, list(unused)[:_MOST_NAMES])) + (
            ", …" if len(unused) > _MOST_NAMES else ""
        )
        are = "are templates" if len(unused) > 1 else "is a template"
        warn(
            f"{names} {are} that no channel uses, so no marketplace's requirements were asked of them."
            " Name a marketplace that they are for with --marketplace."
        )


def _lines(proven: Proven) -> Iterator[str]:
    nothing = "no channel uses it" if proven.is_unused else "no marketplace"
    asked = ", ".join(proven.marketplaces) or nothing
    yield f"{printable(proven.label)}: {proven.proof.verdict} ({asked})"
    for line in (*_fault_lines(proven), *map(_gap_line, proven.proof.gaps)):
        yield f"    {printable(line)}"
    if proven.proof.example is not None:
        yield from (f"    {line}" for line in _example_lines(proven.proof.example))


def _fault_lines(proven: Proven) -> Iterator[str]:
    if proven.proof.fault is not None:
        yield f"It cannot be rendered: {proven.proof.fault.message} {proven.proof.fault.hint}".rstrip()


def _gap_line(gap: Gap) -> str:
    side = f" of the {gap.side}" if gap.side else ""
    included = f" of template {gap.language_id}" if gap.language_id is not None else ""
    place = f"{gap.part}{side}{included}:{gap.line}:{gap.column} " if gap.line else ""
    settle = f"; a type would settle it: {gap.suggested_type}" if gap.suggested_type else ""
    return f"{place}{gap.variable + ': ' if gap.variable else ''}{gap.reason}{settle}"


def _example_lines(example: Example) -> Iterator[str]:
    from plentymsg.messenger.proving.drafts import PARTS

    yield from violation_lines([violation.as_json() for violation in example.violations], sys.stdout)
    told = [f"{path} = {str(value)!r}" for path, value in example.values.items()]
    told += [f"{count} entries in {path}" for path, count in example.entries.items()]
    yield f"The message{' with ' + printable(', '.join(told)) if told else ''}:"
    wrong = dict.fromkeys(violation.in_message()[0].part for violation in example.violations)
    for part in [part for part in wrong if part in PARTS] or PARTS[:2]:
        lines = getattr(example.message, part).splitlines() or [""]
        yield from (f"  {part}| {printable(line)}" for line in lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            yield f"  {part}| … {len(lines) - _MOST_LINES} lines more"
