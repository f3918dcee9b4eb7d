"""Violations as workflow commands of GitHub Actions, which shows them beside the lines of a change.

The form is that of "Workflow commands for GitHub Actions": `::error file=…,line=…::message`.
"""

from __future__ import annotations

import sys

from plentymsg.cli.reports.report import Finding, Report, sentence, where
from plentymsg.cli.terminal import printable


def print_report(report: Report) -> None:
    """Print a line for each violation and note, and nothing where there is none."""
    for finding in report.findings():
        level = "error" if report.is_failure(finding.violation) else "warning"
        sys.stdout.write(_command(finding, level) + "\n")
    for note in report.notes:
        level = "error" if note.is_failure else "warning"
        sys.stdout.write(
            f"::{level} title={_property(note.code)}::{_data(f'{note.label}: {note.message}')}\n"
        )


def _command(finding: Finding, level: str) -> str:
    violation = finding.violation
    properties = {"title": f"{violation['code']} {violation['name']}"}
    place = ""
    if finding.file:
        properties = {"file": finding.file, **properties}
    if finding.has_lines:
        end_line, end_column = finding.end()
        lines = {"line": violation["line"], "endLine": end_line}
        columns = {"col": violation["column"], "endColumn": end_column}
        if end_line > violation["line"]:
            columns = {}  # GitHub takes columns only within one line
        properties = {"file": finding.file, **lines, **columns, **properties}
    else:
        place = f"{where(violation)}:{violation['line']}:{violation['column']} "
    label = f"{finding.label}: " if finding.label else ""
    message = f"{label}{place}{sentence(violation)} {violation['fix']}".strip()
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{level} {given}::{_data(message)}"


def _data(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
