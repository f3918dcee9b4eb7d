"""The report on a message as `--json` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plentymsg.cli.output import print_thing
from plentymsg.cli.reports.report import Report

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict


def print_report(report: Report) -> None:
    """Print one object."""
    (verdict,) = report.verdicts
    print_thing(_as_json(verdict, report), (), json=True)


def _as_json(verdict: Verdict, report: Report) -> dict[str, Any]:
    thing = verdict.as_json(strict=report.strict)
    if report.is_mended:
        draft = verdict.draft
        thing["fixed"] = {
            "subject": draft.subject,
            "text": draft.text,
            "html": draft.html,
            "attachments": [attachment.name for attachment in draft.attachments],
            "besides": {each.number: each.passage.text for each in verdict.other_texts},
        }
    return thing
