"""What `check` found, for people and for the tools of a CI job; a module a format, loaded when used."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Literal, get_args

import typer

from plentymsg.cli.reports.report import Report
from plentymsg.errors import InvalidInput

ReportFormat = Literal["text", "json", "github", "sarif", "junit"]

FORMATS: tuple[str, ...] = get_args(ReportFormat)

LintFormat = Annotated[
    ReportFormat | None,
    typer.Option("--format", metavar="FORMAT", help=f"Print {', '.join(FORMATS[:-1])} or {FORMATS[-1]}."),
]


def report_format(form: ReportFormat | None, *, json: bool) -> ReportFormat:
    """The format that is asked for. Raises InvalidInput if two are."""
    if json and form not in (None, "json"):
        raise InvalidInput(
            f"--json and --format {form} ask for different things.", hint="Give only one of them."
        )
    return "json" if json else form or "text"


def print_report(report: Report, form: ReportFormat) -> None:
    """Print the report on stdout, and nothing else."""
    import_module(f"plentymsg.cli.reports.{form}").print_report(report)
