"""Violations as a linter prints them: place, code, message, the excerpt, the fix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import typer

from plentymsg.cli.terminal import out, printable
from plentymsg.errors import RuleBroken

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict


class Told(typer.Exit):
    """Exit 4 without a further error: what is wrong, which was asked for, is the output."""

    def __init__(self) -> None:
        super().__init__(RuleBroken.exit_code)


def violation_lines(violation: Mapping[str, Any]) -> Iterable[str]:
    """The lines for one violation (as `as_json` gives it): `part:line:column code message`, excerpt, fix."""
    level = "" if violation["severity"] == "error" else " (warning)"
    place = f"{where(violation)}:{violation['line']}:{violation['column']}"
    yield f"{place} {violation['code']}{level} {violation['message']}{_source(violation['origin'] or {})}"
    if violation["excerpt"]:
        yield f"    {printable(violation['excerpt'])}"
    if violation["fix"]:
        yield f"    Fix: {violation['fix']}"


def where(violation: Mapping[str, Any]) -> str:
    """The text that a violation is in: `html`, or `template 'Short answer' (de, text)`."""
    origin = violation["origin"]
    if not origin or not origin["name"]:
        return str(violation["part"])
    return f"template {origin['name']!r} ({origin['language']}, {violation['part']})"


def _source(origin: Mapping[str, Any]) -> str:
    """What the template printed there, if it does not stand there itself."""
    if not origin.get("variable"):
        return ""
    named = {"signature": ", the signature", "history": ", quoted messages"}.get(origin["kind"], "")
    whose = f" of {origin['whose']}" if origin["whose"] else ""
    return f" It comes from {origin['variable']}{named}{whose}."


def print_verdict(verdict: Verdict, *, mended_from: Verdict | None) -> None:
    """Print what is wrong with a message, or that nothing is; with what `--fix` mended, as a diff."""
    asked = ", ".join(sorted(verdict.draft.marketplaces)) or "no marketplace"
    if mended_from is not None:
        _print_diff(mended_from, verdict)
    for violation in verdict.violations:
        for line in violation_lines(violation.as_json()):
            out(line)
    if not verdict.violations:
        out(f"All requirements are met ({asked}).")


def _print_diff(before: Verdict, after: Verdict) -> None:
    for part in ("subject", "text", "html"):
        old, new = getattr(before.draft, part), getattr(after.draft, part)
        for line in unified_diff(old.splitlines(), new.splitlines(), part, f"{part} (mended)", lineterm=""):
            out(line)
