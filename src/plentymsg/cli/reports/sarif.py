"""The report as SARIF 2.1.0 (OASIS), which code scanning of GitHub, GitLab and others reads."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from plentymsg import __version__
from plentymsg.cli.output import as_json
from plentymsg.cli.reports.report import NOTES, Finding, Note, Report, sentence, where

if TYPE_CHECKING:
    from plentymsg.rules.judge import Fixes
    from plentymsg.rules.mending.edit import Edit

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def print_report(report: Report) -> None:
    """Print one log with one run; the same findings give the same bytes."""
    from plentymsg.rules.catalogue import rules

    known = rules()
    noted = sorted({note.code for note in report.notes})
    positions = {rule.code: at for at, rule in enumerate(known)}
    seen: Counter[str] = Counter()
    fixes = report.fixes()
    run = {
        "tool": {
            "driver": {
                "name": "plentymsg",
                "semanticVersion": __version__,
                "rules": [*map(_rule, known), *map(_rule_of_notes, noted)],
            }
        },
        "automationDetails": {"id": _category(report)},
        "columnKind": "unicodeCodePoints",
        "results": [
            *(
                _result(report, finding, positions, seen) | _fixes(report, finding, fixes)
                for finding in report.findings()
            ),
            *(_result_of_note(note, len(known) + noted.index(note.code)) for note in report.notes),
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    sys.stdout.write(as_json(log, indent=2) + "\n")


def _category(report: Report) -> str:
    """What the run is one of: code scanning replaces the alerts of the run before in the same category.

    The name of the run itself, behind the last slash, stays empty (SARIF 2.1.0, section 3.17.3): nothing
    would be the same from one run to the next.
    """
    return "/".join(("plentymsg", "check", *report.about)) + "/"


def _rule(rule: Any) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why}"},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": "error"},
    }


def _rule_of_notes(code: str) -> dict[str, Any]:
    level = "error" if code == "template-fault" else "note"
    told = {"text": NOTES[code]}
    return {"id": code, "shortDescription": told, "defaultConfiguration": {"level": level}}


def _result_of_note(note: Note, at: int) -> dict[str, Any]:
    return {
        "ruleId": note.code,
        "ruleIndex": at,
        "level": "error" if note.is_failure else "note",
        "message": {"text": note.message},
        "locations": [{"logicalLocations": [{"fullyQualifiedName": note.label, "kind": "member"}]}],
        "partialFingerprints": {"plentymsgViolation/v1": _digest(note.code, note.label, note.message)},
    }


def _result(
    report: Report, finding: Finding, positions: dict[str, int], seen: Counter[str]
) -> dict[str, Any]:
    violation = finding.violation
    return {
        "ruleId": violation["code"],
        "ruleIndex": positions[violation["code"]],
        "level": "error" if report.is_failure(violation) else "warning",
        "message": {"text": f"{sentence(violation)} {violation['fix']}".strip()},
        "locations": [_location(finding)],
        "partialFingerprints": {"plentymsgViolation/v1": _fingerprint(finding, seen)},
        "properties": {
            "marketplace": violation["marketplace"],
            "pack": violation["pack"],
            "fixable": violation["fixable"],
        },
    }


def _fixes(report: Report, finding: Finding, fixes: Fixes) -> dict[str, Any]:
    """How to mend a violation in the files that were given, if that can be done in them."""
    violation = finding.violation
    place = (violation["code"], violation["part"], violation["offset"], violation["length"])
    edits = sorted(set(fixes.get(place, ()))) if finding.has_lines else []
    if not edits or any(edit.part not in report.files for edit in edits):
        return {}
    changes = [
        {
            "artifactLocation": _artifact(report.files[part]),
            "replacements": [_replacement(edit) for edit in edits if edit.part == part],
        }
        for part in sorted({edit.part for edit in edits})
    ]
    loss = " (This fix only takes it out.)" if violation["fixable"] == "unsafe" else ""
    return {"fixes": [{"description": {"text": violation["fix"] + loss}, "artifactChanges": changes}]}


def _replacement(edit: Edit) -> dict[str, Any]:
    return {
        "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
        "insertedContent": {"text": edit.replacement},
    }


def _location(finding: Finding) -> dict[str, Any]:
    violation = finding.violation
    place = f"{where(violation)}:{violation['line']}:{violation['column']}"
    named = f"{finding.label}: {place}" if finding.label else place
    location: dict[str, Any] = {
        "logicalLocations": [{"name": violation["part"], "fullyQualifiedName": named, "kind": "member"}]
    }
    if finding.file:
        physical: dict[str, Any] = {"artifactLocation": _artifact(finding.file)}
        if finding.has_lines:
            physical["region"] = _region(finding)
        location["physicalLocation"] = physical
    return location


def _region(finding: Finding) -> dict[str, Any]:
    violation = finding.violation
    end_line, end_column = finding.end()
    region = {
        "startLine": violation["line"],
        "startColumn": violation["column"],
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": violation["offset"],
        "charLength": violation["length"],
    }
    return {**region, "snippet": {"text": violation["excerpt"]}} if violation["excerpt"] else region


def _artifact(file: str) -> dict[str, str]:
    """The file's address: relative ones are those of the folder that is checked out."""
    from pathlib import Path
    from urllib.parse import quote

    path = Path(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """What stays the same while lines above it come and go: the rule, the text it is in, the words."""
    violation = finding.violation
    origin = violation["origin"] or {}
    about = (
        violation["code"],
        violation["part"],
        finding.file or finding.label,
        origin.get("name", ""),
        origin.get("language", ""),
        origin.get("variable", ""),
        violation["excerpt"],
    )
    digest = _digest(*about)
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _digest(*about: str) -> str:
    import hashlib

    return hashlib.sha256("\0".join(about).encode("utf-8", "surrogatepass")).hexdigest()[:16]
