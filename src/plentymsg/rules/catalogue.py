"""Every requirement that plentymsg knows, by its code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from plentymsg.errors import NotFound
from plentymsg.rules.near import nearest
from plentymsg.rules.violation import Part

Parameter = Literal["words", "limit", "allowed"]
"""What a requirement can tell its rule besides how bad it is: a field of `Requirement`."""


@dataclass(frozen=True, slots=True)
class Example:
    """What breaks a rule, and what meets it: texts, names of attached files, or recipients as given."""

    part: Part
    bad: tuple[str, ...]
    good: tuple[str, ...]
    marketplace: str = ""
    """Key of the marketplace through whose channel it would leave, where that makes a difference."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a requirement is, for people. Its code never changes and is never used again."""

    code: str
    name: str
    summary: str
    """One sentence: what a message must be like. It says nothing that a requirement can tell otherwise."""
    why: str
    """One or two sentences: what happens otherwise."""
    fix: str
    """One sentence: how to mend it."""
    example: Example
    takes: frozenset[Parameter] = frozenset()
    """What of a requirement it looks at, and cannot do without."""
    unit: str = ""
    """What a limit counts, in the plural; empty if it takes none."""
    least: int = 0
    """The smallest limit that a message can keep."""
    signs: str = ""
    """What stands for other signs in what is allowed, one at least in each entry; empty if nothing does."""
    endings: bool = False
    """Whether what is allowed are the ends of files' names, such as `pdf`."""
    fixable: frozenset[Literal["safe", "unsafe"]] = frozenset()
    """How plentymsg can mend it: keeping the meaning, or taking something away; empty if it cannot."""


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of their codes."""
    return tuple(_by_code().values())


def find_rule(code: str) -> Rule:
    """The rule with this code or name, in any letter case.

    Raises NotFound, with the nearest codes or names, if there is none.
    """
    wanted = code.strip().casefold()
    for rule in rules():
        if wanted in {rule.code.casefold(), rule.name}:
            return rule
    known = ", ".join(f"{rule.code} {rule.name}" for rule in rules())
    names = {said.casefold(): said for rule in rules() for said in (rule.code, rule.name)}
    raise NotFound(f"There is no rule {code!r}.", hint=nearest(code, names, f"The rules are {known}."))


@cache
def _by_code() -> dict[str, Rule]:
    from plentymsg.rules.requirements import CHECKS

    return {code: module.RULE for code, module in sorted(CHECKS.items())}
