"""Violations as a linter prints them: place, code, message, the line with the place underlined, the fix."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import unified_diff
from typing import TYPE_CHECKING, Any, TextIO

from plentymsg.cli.reports.excerpt import underlined
from plentymsg.cli.reports.report import Change, Report, sentence, where
from plentymsg.cli.terminal import is_plain, out, printable

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict

Paint = Callable[[str, str], str]
"""Puts a text into an SGR style, or leaves it plain."""

_RED, _YELLOW, _CYAN, _GREEN = "31", "33", "36", "32"
_IN_A_PIPE = 100
"""Columns where there is no terminal: the log of a CI job."""
_NARROWEST = 20
_INDENT = "    "
_CUT = 160
"""Characters of a line that a violation brings along at most."""


def violation_lines(violations: Iterable[Mapping[str, Any]], stream: TextIO) -> Iterator[str]:
    """The lines for violations (as `as_json` gives them), safe to print, and as fits the stream."""
    paint, width = _style_of(stream)
    for violation in violations:
        is_error = violation["severity"] == "error"
        code = paint(violation["code"], _RED if is_error else _YELLOW)
        place = printable(f"{where(violation)}:{violation['line']}:{violation['column']}")
        yield f"{place} {code}{'' if is_error else ' (warning)'} {printable(sentence(violation))}"
        for line in _shown(violation, width - len(_INDENT), paint):
            yield _INDENT + line
        if violation["fix"]:
            yield f"{_INDENT}{paint('Fix:', _CYAN)} {printable(violation['fix'])}"


def print_report(report: Report) -> None:
    """Print what `--fix` did as diffs, then what is wrong, and what can be mended."""
    for verdict, changes in zip(report.verdicts, report.changes or [()] * len(report.verdicts), strict=True):
        for change in changes:
            sys.stdout.writelines(line + "\n" for line in diff_lines(change, sys.stdout))
        _print_verdict(verdict)
    line = mendable(report)
    if line:
        out(line)


def mendable(report: Report) -> str:
    """A line that says how many violations `--fix` would mend, and how many only `--unsafe-fixes`."""
    kinds = [each.fixable for verdict in report.verdicts for each in verdict.violations]
    safe, unsafe = kinds.count("safe"), kinds.count("unsafe")
    if not safe:
        return f"{unsafe} can be mended with --fix --unsafe-fixes." if unsafe else ""
    return f"{safe} can be mended with --fix{f', {unsafe} more with --unsafe-fixes' if unsafe else ''}."


def _print_verdict(verdict: Verdict) -> None:
    asked = ", ".join(sorted(verdict.draft.marketplaces)) or "no marketplace"
    for line in violation_lines([each.as_json() for each in verdict.violations], sys.stdout):
        sys.stdout.write(line + "\n")
    if not verdict.violations:
        out(f"All requirements are met ({asked}).")


def diff_lines(change: Change, stream: TextIO) -> Iterator[str]:
    """The lines of the change as a unified diff, safe to print, and as fits the stream."""
    paint, _ = _style_of(stream)
    before, after = change.before.splitlines(), change.after.splitlines()
    for line in unified_diff(before, after, change.name, f"{change.name} (mended)", lineterm=""):
        style = {"-": _RED, "+": _GREEN, "@": _CYAN}.get(line[:1], "")
        yield paint(printable(line), style) if style else printable(line)


def _shown(violation: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    """The line with the place underlined; or what is wrong, where it stands in no line."""
    origin = violation["origin"]
    if not origin or not origin["snippet"]:
        if violation["excerpt"]:
            yield underlined(violation["excerpt"], 0, 0, width, more=(False, False))[0]
        return
    line, start = origin["snippet"], origin["snippet_column"] - 1
    more = (violation["column"] > start + 1, len(line) >= _CUT)
    text, mark = underlined(line, start, violation["length"], width, more=more)
    yield text
    if mark:
        carets = mark.lstrip()
        colour = _RED if violation["severity"] == "error" else _YELLOW
        yield mark[: -len(carets)] + paint(carets, colour)
    if origin["variable"] and violation["excerpt"]:
        yield f"It prints: {underlined(violation['excerpt'], 0, 0, width - 11, more=(False, False))[0]}"


def _style_of(stream: TextIO) -> tuple[Paint, int]:
    if not stream.isatty():
        return (lambda text, _: text), _IN_A_PIPE
    width = max(shutil.get_terminal_size().columns, _NARROWEST)
    if is_plain():
        return (lambda text, _: text), width
    return (lambda text, code: f"\x1b[{code}m{text}\x1b[0m"), width
