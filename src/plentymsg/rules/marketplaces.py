"""The table of marketplaces: what each needs, and how its mail is recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from plentymsg.errors import NotFound
from plentymsg.rules.catalogue import Rule, find_rule, rules

__all__ = [
    "Marketplace",
    "Rule",
    "find_marketplace",
    "find_rule",
    "marketplaces",
    "marketplaces_of_address",
    "marketplaces_of_group",
    "rules",
]

_ANY_TOP_LEVEL = r"(?:(?:com?|net|org)\.)?[a-z]{2,63}"
"""`de`, `com`, or a country's second level that is sold like a top-level domain: `co.uk`, `com.be`."""


@dataclass(frozen=True, slots=True)
class Marketplace:
    """A row of the table."""

    key: str
    name: str
    system_group: str
    """Key of the system group that its channel must use; empty if it asks for none."""
    setup: str
    """One sentence: the channel to create."""
    rules: tuple[str, ...]
    """Codes of the requirements that a message must meet."""
    relay_domains: tuple[str, ...]
    """Domains of the addresses that stand for its buyers; `*` at the end is any top-level domain."""
    words: Mapping[str, str] = field(hash=False)
    """The word that a subject must have, by language; any of them will do."""
    source: str


@cache
def marketplaces() -> tuple[Marketplace, ...]:
    """All marketplaces, in the order of their keys."""
    import tomllib
    from pathlib import Path

    table = tomllib.loads(Path(__file__).with_name("marketplaces.toml").read_text(encoding="utf-8"))
    return tuple(
        Marketplace(
            key=row["key"],
            name=row["name"],
            system_group=row["group"],
            setup=row["channel"],
            rules=tuple(row["rules"]),
            relay_domains=tuple(row["relays"]),
            words=row.get("words", {}),
            source=row["source"],
        )
        for row in table["marketplace"]
    )


def find_marketplace(name: str) -> Marketplace:
    """The marketplace with this key or name, in any letter case.

    Raises NotFound, with the nearest names, if there is none.
    """
    wanted = name.strip().casefold()
    for marketplace in marketplaces():
        if wanted in {marketplace.key, marketplace.name.casefold()}:
            return marketplace
    raise NotFound(f"There is no marketplace {name!r}.", hint=_nearest(wanted))


def marketplaces_of_address(address: str) -> frozenset[str]:
    """Keys of the marketplaces whose relay this address is: the domain itself, or one below it."""
    domain = address.rpartition("@")[2].strip("> \t\r\n").removesuffix(".").lower()
    return frozenset(key for key, pattern in _relays() if pattern.fullmatch(domain))


def marketplaces_of_group(system_key: str) -> frozenset[str]:
    """Keys of the marketplaces that must use the system group with this key."""
    if not system_key:
        return frozenset()
    return frozenset(each.key for each in marketplaces() if each.system_group == system_key)


@cache
def _relays() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((each.key, _pattern(domain)) for each in marketplaces() for domain in each.relay_domains)


def _pattern(domain: str) -> re.Pattern[str]:
    stem, star, _ = domain.partition("*")
    return re.compile(rf"(?:[^@]*\.)?{re.escape(stem)}{_ANY_TOP_LEVEL if star else ''}")


def _nearest(wanted: str) -> str:
    import difflib

    names = {name: each.name for each in marketplaces() for name in (each.key, each.name.casefold())}
    near = dict.fromkeys(names[match] for match in difflib.get_close_matches(wanted, names, n=3, cutoff=0.5))
    choice = near or dict.fromkeys(names.values())
    return ("Did you mean " if near else "The marketplaces are ") + ", ".join(choice) + ("?" if near else ".")
