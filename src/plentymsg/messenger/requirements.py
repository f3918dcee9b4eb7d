"""What the marketplaces require, as it is listed. Rules are public: no right is asked, no store is opened."""

from __future__ import annotations

from plentymsg.rules.catalogue import Rule
from plentymsg.rules.marketplaces import Marketplace, find_marketplace, find_rule, marketplaces, rules
from plentymsg.store.views import Row


def listed(marketplace: str | None) -> list[Row]:
    """All rules, or those of one marketplace. Raises NotFound for an unknown one."""
    asked = find_marketplace(marketplace).rules if marketplace is not None else None
    return [_shaped(rule) for rule in rules() if asked is None or rule.code in asked]


def explained(code: str) -> Row:
    """One rule, by its code or name. Raises NotFound."""
    rule = find_rule(code)
    return {**_shaped(rule), "why": rule.why, "fix": rule.fix}


def every_marketplace() -> list[Row]:
    """The marketplaces, by key: the group that their channel must use, what to create, the codes of rules."""
    return [_with_codes(each) for each in marketplaces()]


def marketplace(name: str) -> Row:
    """One marketplace, by its key or name, with its rules as they are listed. Raises NotFound."""
    found = find_marketplace(name)
    return {**_with_codes(found), "rules": listed(found.key), "source": found.source}


def _with_codes(marketplace: Marketplace) -> Row:
    return {
        "key": marketplace.key,
        "name": marketplace.name,
        "group": marketplace.system_group or None,
        "setup": marketplace.setup,
        "rules": list(marketplace.rules),
    }


def _shaped(rule: Rule) -> Row:
    asking = [marketplace.name for marketplace in marketplaces() if rule.code in marketplace.rules]
    return {"code": rule.code, "name": rule.name, "marketplaces": asking, "summary": rule.summary}
