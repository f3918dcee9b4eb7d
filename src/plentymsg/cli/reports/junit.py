"""The report as JUnit's XML, which most CI servers read: a test for each requirement of each message."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from plentymsg.cli.reports.report import Note, Report, in_one_line, sentence
from plentymsg.cli.terminal import printable

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) does not allow, not even as a reference."""


def print_report(report: Report) -> None:
    """Print one `testsuites` element; times are left out, so that equal reports are equal."""
    cases = [case for verdict in report.verdicts for case in _cases(report, verdict)]
    failures = sum("<failure" in case for case in cases)
    skipped = sum("<skipped" in case for case in cases)
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    sys.stdout.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    sys.stdout.write(
        f'<testsuites {counts}>\n<testsuite name="plentymsg check" {counts} skipped="{skipped}">\n'
    )
    sys.stdout.writelines(cases)
    sys.stdout.write("</testsuite>\n</testsuites>\n")


def _cases(report: Report, verdict: Verdict) -> Iterable[str]:
    from plentymsg.rules.catalogue import find_rule

    about = verdict.label or next(iter(report.files.values()), "message")
    notes = [note for note in report.notes if note.label == verdict.label]
    if notes:
        yield _noted(notes)
        return
    demands = report.standard.policy.demands(verdict.draft.marketplaces, report.standard.on)
    violations = [violation.as_json() for violation in verdict.violations]
    names = {demand.requirement.rule: find_rule(demand.requirement.rule).name for demand in demands}
    for code, name in sorted(names.items()):
        broken = [violation for violation in violations if violation["code"] == code]
        yield _case(about, f"{code} {name}", report, broken)


def _noted(notes: Sequence[Note]) -> str:
    """The case of a template of which nothing is known, in place of those of its requirements."""
    first = notes[0]
    kind = f"failure type={_attribute(first.code)}" if first.is_failure else "skipped"
    told = "\n".join(note.message for note in notes)
    inner = f"<{kind} message={_attribute(first.title)}>{_text(told)}</{kind.partition(' ')[0]}>\n"
    return (
        f"<testcase classname={_attribute(first.label)} name={_attribute(first.code)}>\n{inner}</testcase>\n"
    )


def _case(about: str, name: str, report: Report, broken: Sequence[Mapping[str, Any]]) -> str:
    failing = [violation for violation in broken if report.is_failure(violation)]
    warned = [violation for violation in broken if violation not in failing]
    inner = ""
    if failing:
        kind, message = _attribute(failing[0]["code"]), _attribute(sentence(failing[0]))
        inner += f"<failure type={kind} message={message}>{_lines(failing)}</failure>\n"
    if warned:
        inner += f"<system-out>{_lines(warned)}</system-out>\n"
    start = f"<testcase classname={_attribute(about)} name={_attribute(name)}"
    return f"{start}>\n{inner}</testcase>\n" if inner else f"{start}/>\n"


def _lines(violations: Iterable[Mapping[str, Any]]) -> str:
    return _text("\n".join(f"{in_one_line(each)} Fix: {each['fix']}" for each in violations))


def _text(text: str) -> str:
    return escape(_safe(text))


def _attribute(text: str) -> str:
    return quoteattr(_safe(text))


def _safe(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", printable(text, lines=True))
