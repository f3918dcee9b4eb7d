"""What the marketplaces require, as it is listed. Rules are public: no right is asked."""

from __future__ import annotations

from plentymsg.messenger.policy import Standard
from plentymsg.rules.catalogue import Rule, find_rule, rules
from plentymsg.rules.marketplaces import Marketplace
from plentymsg.store.views import Row


def listed(standard: Standard, marketplace: str | None) -> list[Row]:
    """The rules that are asked for, or those of one marketplace. Raises NotFound for an unknown one."""
    asked = None
    if marketplace is not None:
        asked = _codes(standard, standard.policy.find_marketplace(marketplace))
    return [_shaped(standard, rule) for rule in rules() if asked is None or rule.code in asked]


def explained(standard: Standard, code: str) -> Row:
    """One rule, by its code or name. Raises NotFound."""
    rule = find_rule(code)
    return {**_shaped(standard, rule), "why": rule.why, "fix": rule.fix}


def every_marketplace(standard: Standard) -> list[Row]:
    """The marketplaces, by key: the group that their channel must use, what to create, the codes of rules."""
    return [_with_codes(standard, each) for each in standard.policy.marketplaces]


def marketplace(standard: Standard, name: str) -> Row:
    """One marketplace, by its key or name, with its rules as they are listed. Raises NotFound."""
    found = standard.policy.find_marketplace(name)
    return {**_with_codes(standard, found), "rules": listed(standard, found.key), "source": found.source}


def _with_codes(standard: Standard, marketplace: Marketplace) -> Row:
    return {
        "key": marketplace.key,
        "name": marketplace.name,
        "group": marketplace.system_group or None,
        "setup": marketplace.setup,
        "rules": _codes(standard, marketplace),
    }


def _codes(standard: Standard, marketplace: Marketplace) -> list[str]:
    demands = standard.policy.demands(frozenset({marketplace.key}), standard.on)
    return [demand.requirement.rule for demand in demands if demand.marketplace == marketplace]


def _shaped(standard: Standard, rule: Rule) -> Row:
    asking = [each.name for each in standard.policy.marketplaces if rule.code in _codes(standard, each)]
    return {"code": rule.code, "name": rule.name, "marketplaces": asking, "summary": rule.summary}
