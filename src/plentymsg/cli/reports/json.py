"""The report as `--json` prints it: an object for a message, a list of them in one for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plentymsg.cli.output import print_thing
from plentymsg.cli.reports.report import Report

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict


def print_report(report: Report) -> None:
    """Print one object."""
    things = [_as_json(verdict, report) for verdict in report.verdicts]
    whole = {"ok": all(thing["ok"] for thing in things), "templates": things} if report.several else things[0]
    print_thing(whole, (), json=True)


def _as_json(verdict: Verdict, report: Report) -> dict[str, Any]:
    thing = verdict.as_json(strict=report.strict)
    if verdict.label:
        thing = {"template": verdict.label, **thing}
    if report.is_mended:
        draft = verdict.draft
        thing["fixed"] = {
            "subject": draft.subject,
            "text": draft.text,
            "html": draft.html,
            "attachments": [attachment.name for attachment in draft.attachments],
        }
    return thing
