"""What messages are judged by: the packs of requirements in force in a store, and the day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from plentymsg.errors import NotFound
from plentymsg.messenger import naming
from plentymsg.rules.near import nearest
from plentymsg.rules.pack import Pack, by_key, pack_of, shipped
from plentymsg.rules.policy import Policy, built_in
from plentymsg.store import views
from plentymsg.store.clock import now
from plentymsg.store.driver import Connection


class Standard(NamedTuple):
    """The packs in force, and the day whose requirements hold: UTC's, as all times of the store are."""

    policy: Policy
    on: date


def in_force(connection: Connection | None) -> Standard:
    """What holds now: the packs of the store, or without one those that are on by themselves.

    Worked out once for what the store holds, so that it may be asked for each message.
    """
    return Standard(_standing(_rows(connection))[1], now().date())


def shipping(on: date) -> Standard:
    """What plentymsg asks for by itself on a day, whatever a store has switched or added."""
    return Standard(built_in(), on)


def known(connection: Connection | None) -> tuple[Pack, ...]:
    """Every pack, as they stand one on another; `enabled` says whether it is in force.

    Those that come with plentymsg come first, that of the manual before the stricter ones, then the user's
    own, by name. Where two ask for the same rule of the same marketplace, the later one decides.
    """
    return _standing(_rows(connection))[0]


def with_pack(packs: Sequence[Pack], pack: str | Pack) -> tuple[Pack, ...]:
    """The packs with this one, or the one of them with this name, in force as well.

    Raises NotFound, with the names that there are.
    """
    return together(packs, pack if isinstance(pack, Pack) else replace(named(packs, pack), enabled=True))


def enforced(packs: Sequence[Pack]) -> Policy:
    """What those of the packs ask for that are in force."""
    return Policy([each for each in packs if each.enabled])


def named(packs: Sequence[Pack], name: str) -> Pack:
    """The pack of this name, in any letter case. Raises NotFound, with the nearest names."""
    for pack in packs:
        if naming.fold(pack.name) == naming.fold(name):
            return pack
    names = {pack.name.casefold(): pack.name for pack in packs}
    raise NotFound(
        f"There is no pack {name!r}.",
        hint=nearest(name, names, f"The packs are {', '.join(names.values())}."),
        details={"kind": "pack", "name": name},
    )


def together(packs: Sequence[Pack], added: Pack) -> tuple[Pack, ...]:
    """The packs with one more, or with it in place of the one that has its name, in their order."""
    others = [pack for pack in packs if naming.fold(pack.name) != naming.fold(added.name)]
    return by_key(sorted([*others, added], key=_place))


def pack_from(name: str, enabled: bool, definition: Mapping[str, Any]) -> Pack:
    """The pack that a row of the store, or an entry of a configuration that was checked, describes."""
    given = next((pack for pack in shipped() if pack.name == name), None)
    if given is not None:
        return replace(given, enabled=enabled)
    table = {
        "name": name,
        "enabled": enabled,
        "summary": definition["summary"],
        "source": definition["source"],
        "requirement": definition["requirements"],
        "marketplace": definition["marketplaces"],
    }
    return pack_of(table)


def _rows(connection: Connection | None) -> tuple[tuple[str, bool, str], ...]:
    if connection is None:
        return ()
    rows = views.select(connection, "v_pack", order_by="id")
    return tuple((row["name"], bool(row["enabled"]), row["definition"]) for row in rows)


@lru_cache(maxsize=8)
def _standing(rows: tuple[tuple[str, bool, str], ...]) -> tuple[tuple[Pack, ...], Policy]:
    if not rows:
        return shipped(), built_in()
    packs = {pack.name: pack for pack in shipped()}
    for name, enabled, definition in rows:
        packs[name] = pack_from(name, enabled, json.loads(definition))
    ordered = by_key(sorted(packs.values(), key=_place))
    return ordered, Policy([pack for pack in ordered if pack.enabled])


def _place(pack: Pack) -> tuple[int, str]:
    order = {given.name: number for number, given in enumerate(shipped())}
    return order.get(pack.name, len(order)), naming.fold(pack.name)
