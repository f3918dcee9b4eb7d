"""The table of marketplaces: what each needs to be set up, and the addresses that stand for its buyers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Marketplace:
    """A row of the table."""

    key: str
    name: str
    system_group: str
    """Key of the system group that its channel must use; empty if it asks for none."""
    setup: str
    """One sentence: the channel to create."""
    relay_domains: tuple[str, ...]
    """Domains of the addresses that stand for its buyers; `*` at the end is any top-level domain."""
    source: str


@cache
def built_in_marketplaces() -> tuple[Marketplace, ...]:
    """The marketplaces that plentymsg knows itself, in the order of their keys."""
    import tomllib
    from pathlib import Path

    table = tomllib.loads(Path(__file__).with_name("marketplaces.toml").read_text(encoding="utf-8"))
    return tuple(marketplace_of(row) for row in table["marketplace"])


def marketplace_of(row: Mapping[str, Any]) -> Marketplace:
    """The marketplace that a row, read from TOML or made of a checked configuration, describes."""
    return Marketplace(
        key=row["key"],
        name=row["name"],
        system_group=row.get("group", ""),
        setup=row.get("setup", ""),
        relay_domains=tuple(row.get("relays", ())),
        source=row.get("source", ""),
    )
