"""What messages are judged by: the packs of requirements in force in a store, and the day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

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
