"""A pack: requirements as data. Which marketplace asks for which rule, how strictly, from when until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from plentymsg.rules.marketplaces import Marketplace, marketplace_of

Degree = Literal["error", "warning", "off"]

ANY = "any"
"""In place of a marketplace's key: every message must meet it, whatever marketplace it is for."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row of a pack: one rule that one marketplace asks for."""

    marketplace: str
    """Key of the marketplace, or `ANY`."""
    rule: str
    """Code of the rule."""
    severity: Degree = "error"
    """How bad it is to break it; `off` takes back what an earlier pack asks for."""
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    """Words that the rule looks for, by language; any of them will do."""
    limit: int = 0
    """How much is allowed, in the unit that the rule names."""
    allowed: tuple[str, ...] = ()
    """What is allowed, as the rule says."""
    valid_from: date | None = None
    """First day on which it holds."""
    valid_until: date | None = None
    """Last day on which it holds."""
    source: str = ""
    """Where it is written."""
    reason: str = ""
    """Why it is looser than what a shipped pack asks for."""

    def holds(self, on: date) -> bool:
        """Whether it is in force on this day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Pack:
    """Requirements that are in force together, and marketplaces that plentymsg does not know itself."""

    name: str
    summary: str
    requirements: tuple[Requirement, ...]
    marketplaces: tuple[Marketplace, ...] = ()
    enabled: bool = True
    """Whether a shipped pack is in force unless it is switched off."""


@cache
def shipped() -> tuple[Pack, ...]:
    """The packs that come with plentymsg: that of the manual first, then the stricter ones by name."""
    import tomllib
    from pathlib import Path

    files = sorted(Path(__file__).with_name("packs").glob("*.toml"))
    packs = [pack_of(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return tuple(sorted(packs, key=lambda pack: (not pack.enabled, pack.name)))


def pack_of(table: Mapping[str, Any]) -> Pack:
    """The pack that a table, read from TOML or made of a checked configuration, describes."""
    source = table.get("source", "")
    return Pack(
        name=table["name"],
        summary=table["summary"],
        requirements=tuple(_requirement_of(row, source) for row in table.get("requirement", ())),
        marketplaces=tuple(marketplace_of(row) for row in table.get("marketplace", ())),
        enabled=table.get("enabled", True),
    )


def by_key(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs, with the key of a marketplace of theirs wherever a requirement says its name."""
    keys = {each.name.casefold(): each.key for pack in packs for each in pack.marketplaces}
    if not keys:
        return tuple(packs)
    return tuple(
        replace(pack, requirements=tuple(_by_key(each, keys) for each in pack.requirements)) for pack in packs
    )


def _by_key(requirement: Requirement, keys: Mapping[str, str]) -> Requirement:
    key = keys.get(requirement.marketplace)
    return requirement if key is None else replace(requirement, marketplace=key)


def _requirement_of(row: Mapping[str, Any], source: str) -> Requirement:
    return Requirement(
        marketplace=row["marketplace"],
        rule=row["rule"],
        severity=row.get("severity", "error"),
        words=MappingProxyType(dict(row.get("words", {}))),
        limit=row.get("limit") or 0,
        allowed=tuple(row.get("allowed", ())),
        valid_from=_day(row.get("from")),
        valid_until=_day(row.get("until")),
        source=row.get("source") or source,
        reason=row.get("reason", ""),
    )


def _day(given: date | str | None) -> date | None:
    """A day of TOML, or one that JSON has as text."""
    return date.fromisoformat(given) if isinstance(given, str) else given
