"""What a requirement tells its rule, in words: `at most 4,000 characters`, `“Wichtig” or “Important”`."""

from __future__ import annotations

from plentymsg.rules.catalogue import find_rule
from plentymsg.rules.pack import Requirement


def exactly(requirement: Requirement) -> str:
    """What it asks for beyond what the summary of its rule says; empty if that says it all."""
    rule = find_rule(requirement.rule)
    if requirement.severity == "off" or not rule.takes:
        return ""
    if "limit" in rule.takes:
        unit = rule.unit.removesuffix("s") if requirement.limit == 1 else rule.unit
        return f"at most {requirement.limit:,} {unit}"
    if "words" in rule.takes:
        return " or ".join(f"“{word}”" for word in dict.fromkeys(requirement.words.values()))
    return ", ".join(requirement.allowed)
