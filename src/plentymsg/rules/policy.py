"""What is asked for: the packs in force, taken together.

Packs stand one on another. Where two ask for the same rule of the same marketplace on the same day, the
later one decides, so that a user's pack can be stricter or, with a reason, looser than a shipped one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from typing import NamedTuple

from plentymsg.errors import NotFound
from plentymsg.rules.marketplaces import Marketplace, built_in_marketplaces
from plentymsg.rules.near import nearest
from plentymsg.rules.pack import ANY, Pack, Requirement, shipped

_ANY_TOP_LEVEL = re.compile(r"(?:(?:com?|net|org)\.)?[a-z]{2,63}")
"""`de`, `com`, or a country's second level that is sold like a top-level domain: `co.uk`, `com.be`."""

_EVERYONE = Marketplace(ANY, "The Messenger", "", "", (), "")
_MOST_REMEMBERED = 1000
_LONGEST_DOMAIN = 253  # RFC 1035, section 2.3.4, without the last dot


class Demand(NamedTuple):
    """What a marketplace asks for on a certain day, and the pack that says so."""

    marketplace: Marketplace
    requirement: Requirement
    pack: str


class Policy:
    """The packs in force, in their order. It never changes, so what it works out it works out once."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.packs = tuple(packs)
        added = (marketplace for pack in self.packs for marketplace in pack.marketplaces)
        by_key = {each.key: each for each in (*built_in_marketplaces(), *added)}
        self.marketplaces = tuple(by_key[key] for key in sorted(by_key))
        """All marketplaces, in the order of their keys."""
        self.by_key: Mapping[str, Marketplace] = by_key
        self._relays = _Relays(self.marketplaces)
        self._known: dict[tuple[frozenset[str], date], tuple[Demand, ...]] = {}

    def find_marketplace(self, name: str) -> Marketplace:
        """The marketplace with this key or name, in any letter case.

        Raises NotFound, with the nearest names, if there is none.
        """
        wanted = name.strip().casefold()
        for marketplace in self.marketplaces:
            if wanted in {marketplace.key, marketplace.name.casefold()}:
                return marketplace
        names = {said: each.name for each in self.marketplaces for said in (each.key, each.name.casefold())}
        every = f"The marketplaces are {', '.join(each.name for each in self.marketplaces)}."
        raise NotFound(
            f"There is no marketplace {name!r}.",
            hint=nearest(wanted, names, every),
            details={"kind": "marketplace", "name": name},
        )

    def marketplaces_of_address(self, address: str) -> frozenset[str]:
        """Keys of the marketplaces whose relay this address is: the domain itself, or one below it."""
        return self._relays.of_domain(_ascii(address.rpartition("@")[2].strip("> \t\r\n")))

    def marketplaces_of_group(self, system_key: str) -> frozenset[str]:
        """Keys of the marketplaces that must use the system group with this key."""
        if not system_key:
            return frozenset()
        return frozenset(each.key for each in self.marketplaces if each.system_group == system_key)

    def demands(self, marketplaces: frozenset[str], on: date) -> tuple[Demand, ...]:
        """What a message for these marketplaces must meet on a day: marketplace by marketplace, then by code.

        Raises NotFound for a marketplace that does not exist.
        """
        key = (marketplaces, on)
        if key not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = tuple(self._work_out(marketplaces, on))
        return self._known[key]

    def _work_out(self, marketplaces: frozenset[str], on: date) -> Iterable[Demand]:
        for key in [*sorted(marketplaces), ANY]:
            marketplace = _EVERYONE if key == ANY else self.by_key.get(key) or self.find_marketplace(key)
            decided = {
                requirement.rule: Demand(marketplace, requirement, pack.name)
                for pack in self.packs
                for requirement in pack.requirements
                if requirement.marketplace == key and requirement.holds(on)
            }
            yield from (
                decided[code] for code in sorted(decided) if decided[code].requirement.severity != "off"
            )


@cache
def built_in() -> Policy:
    """What is asked for where nothing else is said: the shipped packs that are on by themselves."""
    return Policy([pack for pack in shipped() if pack.enabled])


class _Relays:
    """Finds the marketplaces of a domain by its last labels, however many relays there are."""

    def __init__(self, marketplaces: Iterable[Marketplace]) -> None:
        self._keys: dict[str, frozenset[str]] = {}
        self._longest = 0
        for marketplace in marketplaces:
            for domain in map(_ascii, marketplace.relay_domains):
                self._keys[domain] = self._keys.get(domain, frozenset()) | {marketplace.key}
                self._longest = max(self._longest, domain.count(".") + 1)

    def of_domain(self, domain: str) -> frozenset[str]:
        """Keys of the marketplaces whose relay this domain is, or lies below."""
        # One more label than the longest relay has, where its `*` stands for two.
        labels = domain.rsplit(".", self._longest + 1)[-self._longest - 1 :]
        found: set[str] = set()
        for start in range(len(labels)):
            found |= self._keys.get(".".join(labels[start:]), frozenset())
            for end in (-1, -2):
                stem = ".".join([*labels[start:end], "*"])
                if stem in self._keys and _ANY_TOP_LEVEL.fullmatch(".".join(labels[end:])):
                    found |= self._keys[stem]
        return frozenset(found)


def _ascii(domain: str) -> str:
    """A domain as a name server would be asked for it: in lower case, without its last dot, in Punycode."""
    if not domain.isascii() and len(domain) <= _LONGEST_DOMAIN:
        with suppress(UnicodeError):  # it has no such form: then it is nobody's relay
            domain = domain.encode("idna").decode("ascii")
    return domain.lower().rstrip(".")
