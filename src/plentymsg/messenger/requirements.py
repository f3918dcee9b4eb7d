"""What the marketplaces require, as it is listed. Rules are public: no right is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plentymsg.messenger import naming, policy
from plentymsg.messenger.packs import requirement_of
from plentymsg.messenger.policy import Standard
from plentymsg.rules.catalogue import Rule, find_rule, rules
from plentymsg.rules.comparison import Difference, differences
from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import ANY, Pack, Requirement
from plentymsg.rules.policy import Demand
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def listed(standard: Standard) -> list[Row]:
    """All rules, each with the marketplaces that ask for it and the packs that say so."""
    return [_shaped(standard, rule) for rule in rules()]


def asked_by(standard: Standard, marketplace: str) -> list[Row]:
    """What a message for a marketplace must meet, what `any` message must meet included. Raises NotFound."""
    only_any = naming.fold(marketplace) == ANY
    keys = frozenset() if only_any else frozenset({standard.policy.find_marketplace(marketplace).key})
    demands = standard.policy.demands(keys, standard.on)
    return [{**_shaped(standard, find_rule(each.requirement.rule)), **_asked(each)} for each in demands]


def explained(connection: Connection | None, code: str) -> Row:
    """One rule, by its code or name, with all that any pack says of it, in force or not. Raises NotFound."""
    rule = find_rule(code)
    standard = policy.in_force(connection)
    said = list(_said_of(rule, policy.known(connection), standard.on))
    return {
        **_shaped(standard, rule),
        "why": rule.why,
        "fix": rule.fix,
        "fixable": sorted(rule.fixable),
        "example": {"part": rule.example.part, "bad": rule.example.bad, "good": rule.example.good},
        "sources": list(dict.fromkeys(row["source"] for row in said if row["source"])),
        "requirements": said,
    }


def compared(before: Standard, after: Standard) -> list[Row]:
    """What is asked for after that was not asked for before, or otherwise, or no more."""
    return [_difference(each) for each in differences(before, after)]


def every_marketplace(standard: Standard) -> list[Row]:
    """The marketplaces, by key: the group that their channel must use, what to create, the codes of rules."""
    return [_with_codes(standard, each) for each in standard.policy.marketplaces]


def marketplace(standard: Standard, name: str) -> Row:
    """One marketplace, by its key or name, with its rules as they are listed. Raises NotFound."""
    found = standard.policy.find_marketplace(name)
    asked = [row for row in asked_by(standard, found.key) if row["marketplace"] == found.key]
    return {**_with_codes(standard, found), "rules": asked, "source": found.source}


def _with_codes(standard: Standard, marketplace: Marketplace) -> Row:
    return {
        "key": marketplace.key,
        "name": marketplace.name,
        "group": marketplace.system_group or None,
        "setup": marketplace.setup,
        "rules": [each.requirement.rule for each in _demands(standard, marketplace.key)],
    }


def _shaped(standard: Standard, rule: Rule) -> Row:
    keys = [(each.key, each.name) for each in standard.policy.marketplaces]
    asking = [
        (name, demand)
        for key, name in [*keys, (ANY, ANY)]
        for demand in _demands(standard, key)
        if demand.requirement.rule == rule.code
    ]
    return {
        "code": rule.code,
        "name": rule.name,
        "marketplaces": [name for name, _ in asking],
        "packs": sorted({demand.pack for _, demand in asking}),
        "summary": rule.summary,
    }


def _demands(standard: Standard, key: str) -> list[Demand]:
    """What this marketplace asks for, or `any`, which is asked of every message."""
    keys = frozenset() if key == ANY else frozenset({key})
    return [each for each in standard.policy.demands(keys, standard.on) if each.marketplace.key == key]


def _asked(demand: Demand) -> Row:
    return {**_told(demand.requirement), "pack": demand.pack}


def _told(requirement: Requirement) -> Row:
    """A requirement as it stands beside what is told of its rule."""
    row = requirement_of(requirement)
    del row["rule"], row["name"]
    return row


def _said_of(rule: Rule, packs: Sequence[Pack], today: date) -> Iterator[Row]:
    """All that packs say of a rule, each with whether that holds now, and if not, why."""
    said = [(pack, each) for pack in packs for each in pack.requirements if each.rule == rule.code]
    decisive = {each.marketplace: each for pack, each in said if pack.enabled and each.holds(today)}
    for pack, each in said:
        state = _state(pack, each, today, decisive=decisive.get(each.marketplace) is each)
        yield {**_told(each), "pack": pack.name, "state": state}


def _state(pack: Pack, requirement: Requirement, today: date, *, decisive: bool) -> str:
    if not pack.enabled:
        return "pack is off"
    if not requirement.holds(today):
        return "later" if requirement.valid_from and today < requirement.valid_from else "over"
    return "in force" if decisive else "replaced"


def _difference(difference: Difference) -> Row:
    rule = find_rule(difference.rule)
    return {
        "change": difference.kind,
        "marketplace": difference.marketplace.key,
        "code": rule.code,
        "name": rule.name,
        "before": difference.before and _asked(difference.before),
        "after": difference.after and _asked(difference.after),
    }
