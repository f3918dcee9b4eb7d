"""What messages are judged by: the packs of requirements in force in a store, and the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from plentymsg.errors import NotFound
from plentymsg.messenger import naming
from plentymsg.rules.pack import Pack, shipped
from plentymsg.rules.policy import Policy, built_in
from plentymsg.store.clock import now
from plentymsg.store.driver import Connection


class Standard(NamedTuple):
    """The packs in force, and the day whose requirements hold: UTC's, as all times of the store are."""

    policy: Policy
    on: date


def in_force(connection: Connection | None) -> Standard:  # noqa: ARG001 - the store has no packs yet
    """What holds now: the packs of the store, or without one those that are on by themselves."""
    return Standard(built_in(), now().date())


def known(connection: Connection | None) -> tuple[Pack, ...]:  # noqa: ARG001 - the store has no packs yet
    """Every pack, as they stand one on another; `enabled` says whether it is in force."""
    return shipped()


def with_pack(connection: Connection | None, name: str) -> Policy:
    """What would hold if this pack were in force as well. Raises NotFound, with the names that there are."""
    packs = known(connection)
    if naming.fold(name) not in {naming.fold(pack.name) for pack in packs}:
        names = ", ".join(pack.name for pack in packs)
        raise NotFound(
            f"There is no pack {name!r}.",
            hint=f"The packs are {names}; a file is named with its ending, such as {name}.yaml.",
            details={"kind": "pack", "name": name},
        )
    asked = (replace(p, enabled=p.enabled or naming.fold(p.name) == naming.fold(name)) for p in packs)
    return Policy([pack for pack in asked if pack.enabled])
