"""What is wrong with packs taken together, each being right by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from plentymsg.rules.legible import is_legible
from plentymsg.rules.loosening import loosened_by
from plentymsg.rules.marketplaces import built_in_marketplaces
from plentymsg.rules.pack import ANY, Pack, shipped
from plentymsg.rules.policy import Policy

_LONGEST_SHOWN = 60


class Fault(NamedTuple):
    """What is wrong in a pack, with the keys and indexes that lead to it in the pack's entry."""

    pack: str
    path: tuple[str | int, ...]
    message: str


def faults(packs: Sequence[Pack]) -> Iterator[Fault]:
    """What is wrong with users' own packs among these, which are all that there are, in their order.

    They must say something, may ask only for what a marketplace can ask that there is (and that is in force
    if they are), have no marketplace that another has, and give a reason where they ask for less than a
    shipped pack that is in force.
    """
    given = {pack.name for pack in shipped()}
    standing = [pack for pack in packs if pack.name in given and pack.enabled]
    own = [pack for pack in packs if pack.name not in given]
    known = Policy(packs)
    in_force = Policy([pack for pack in packs if pack.enabled])
    for pack in own:
        if not pack.requirements and not pack.marketplaces:
            yield _says_nothing(pack, packs)
        for index, requirement in enumerate(pack.requirements):
            path = ("requirements", index)
            missing = _missing(requirement.marketplace, known, in_force if pack.enabled else known)
            if missing:
                yield Fault(pack.name, (*path, "marketplace"), missing)
            less = loosened_by(requirement, standing)
            if less and not is_legible(requirement.reason):
                what = f"it asks for less than the pack {less.pack} ({less.how})"
                yield Fault(pack.name, path, f"{what}; say why with the key `reason`")
    yield from _taken(own, known)


def _missing(marketplace: str, known: Policy, at_hand: Policy) -> str:
    """Why a pack cannot ask for something of a marketplace, in words; empty if it can."""
    if marketplace in {ANY, *at_hand.by_key}:
        return ""
    shown = repr(marketplace[:_LONGEST_SHOWN])
    for pack in known.packs:
        if marketplace in {each.key for each in pack.marketplaces}:
            holder = f"{shown} is a marketplace of the pack {pack.name}, which is off"
            return f"{holder}; switch that on, or this one off"
    return f"there is no marketplace {shown}; {_nearest(marketplace, known)}"


def _says_nothing(pack: Pack, packs: Sequence[Pack]) -> Fault:
    """Most often it is another pack that was meant, and its name was mistyped."""
    others = {each.name.casefold(): each.name for each in packs if each.name != pack.name}
    near = get_close_matches(pack.name.casefold()[:_LONGEST_SHOWN], others, n=1)
    hint = f"did you mean {others[near[0]]}?" if near else "give it `requirements` or `marketplaces`"
    message = f"{pack.name[:_LONGEST_SHOWN]!r} asks for nothing and adds no marketplace"
    return Fault(pack.name, ("name",), f"{message}; {hint}")


def _taken(own: Sequence[Pack], known: Policy) -> Iterator[Fault]:
    """What of a pack's marketplaces belongs to another one that was there before."""
    names = {name: each for each in built_in_marketplaces() for name in (each.key, each.name.casefold())}
    places: dict[str, Fault] = {}
    for pack in own:
        for index, marketplace in enumerate(pack.marketplaces):
            path = ("marketplaces", index)
            places[marketplace.key] = Fault(pack.name, (*path, "relays"), "")
            for key, value in (("key", marketplace.key), ("name", marketplace.name.casefold())):
                holder = names.setdefault(value, marketplace)
                if holder is not marketplace:
                    yield Fault(
                        pack.name, (*path, key), f"it is that of the marketplace {holder.name} already"
                    )
    order = {key: number for number, key in enumerate(places)}
    relays = dict.fromkeys(relay for each in known.marketplaces for relay in each.relay_domains)
    for relay in relays:
        holders = known.marketplaces_of_address(f"x@{relay.replace('*', 'com')}")
        later = max((key for key in holders if key in places), key=order.__getitem__, default=None)
        if later is not None and len(holders) > 1:
            others = ", ".join(sorted(holders - {later}))
            yield places[later]._replace(message=f"{relay} stands for buyers of {others} as well")


def _nearest(wanted: str, known: Policy) -> str:
    near = get_close_matches(wanted[:_LONGEST_SHOWN], known.by_key, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join([ANY, *sorted(known.by_key)])}"
