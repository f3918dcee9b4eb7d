"""What `check` found, for people and for the tools of a CI job; a module a format, loaded when used."""

from __future__ import annotations

from importlib import import_module
from typing import Literal, get_args

from plentymsg.cli.reports.report import Report

ReportFormat = Literal["text", "json", "github", "sarif", "junit"]

FORMATS: tuple[str, ...] = get_args(ReportFormat)


def print_report(report: Report, form: ReportFormat) -> None:
    """Print the report on stdout, and nothing else."""
    import_module(f"plentymsg.cli.reports.{form}").print_report(report)
