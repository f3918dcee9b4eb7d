"""Reading packs: which requirements there are, and whether they are in force. They are public."""

from __future__ import annotations

from typing import Any

from plentymsg.errors import Conflict
from plentymsg.messenger import naming, policy
from plentymsg.rules.catalogue import find_rule
from plentymsg.rules.marketplaces import Marketplace
from plentymsg.rules.pack import Pack, Requirement, shipped
from plentymsg.rules.told import exactly
from plentymsg.store import views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row


def listed(connection: Connection | None) -> list[Row]:
    """All packs, those that come with plentymsg first, in the order in which they stand one on another."""
    reasons = {row["name"]: row.get("reason", "") for row in every(connection)} if connection else {}
    return [_shaped(pack, reasons.get(pack.name, "")) for pack in policy.known(connection)]


def shown(connection: Connection | None, name: str) -> Row:
    """One pack. Raises NotFound, with the names that there are."""
    found = policy.named(policy.known(connection), name)
    return next(row for row in listed(connection) if row["name"] == found.name)


def every(connection: Connection) -> list[Row]:
    """The packs that the store knows, as a configuration file would write them."""
    return [_written(row) for row in views.select(connection, "v_pack", order_by="id")]


def find_own(connection: Connection, reference: str) -> int:
    """The ID of the user's own pack of this name. Raises NotFound, or Conflict for one of plentymsg's."""
    found = policy.named(policy.known(connection), reference)
    if found.name in {pack.name for pack in shipped()}:
        raise Conflict(
            f"The pack {found.name!r} comes with plentymsg.",
            hint=f"Switch it off instead: plentymsg rules pack set {found.name} --no-enabled"
            + (" --reason TEXT" if found.enabled else ""),
        )
    return find(connection, reference)


def find(connection: Connection, reference: str) -> int:
    """The ID of a pack that the store knows, by its name or ID. Raises NotFound."""
    rows = views.select(connection, "v_pack", order_by="id")
    return naming.find(reference, naming.candidates(rows, shown="name"), "pack")


def read(connection: Connection, pack_id: int) -> Row:
    """The pack with this ID, as a configuration file would write it."""
    row = views.first(connection, "v_pack", {"id": pack_id})
    if row is None:
        raise naming.unknown("pack", pack_id)
    return _written(row)


def requirement_of(requirement: Requirement) -> Row:
    """A requirement as users and scripts see it: with the keys of the configuration file, and in words."""
    rule = find_rule(requirement.rule)
    return {
        "marketplace": requirement.marketplace,
        "rule": rule.code,
        "name": rule.name,
        "severity": requirement.severity,
        "words": dict(requirement.words),
        "limit": requirement.limit if "limit" in rule.takes else None,
        "allowed": list(requirement.allowed),
        "exactly": exactly(requirement),
        "from": requirement.valid_from and requirement.valid_from.isoformat(),
        "until": requirement.valid_until and requirement.valid_until.isoformat(),
        "source": requirement.source,
        "reason": requirement.reason,
    }


def _written(row: Row) -> Row:
    definition: dict[str, Any] = views.parsed(row["definition"])
    return {"id": row["id"], "name": row["name"], "enabled": bool(row["enabled"]), **definition}


def _shaped(pack: Pack, reason: str) -> Row:
    return {
        "name": pack.name,
        "summary": pack.summary,
        "enabled": pack.enabled,
        "shipped": pack.name in {given.name for given in shipped()},
        "reason": reason,
        "sources": list(dict.fromkeys(each.source for each in pack.requirements if each.source)),
        "rules": sorted({each.rule for each in pack.requirements}),
        "marketplaces": [_marketplace(each) for each in pack.marketplaces],
        "requirements": [requirement_of(each) for each in pack.requirements],
    }


def _marketplace(marketplace: Marketplace) -> Row:
    return {
        "key": marketplace.key,
        "name": marketplace.name,
        "group": marketplace.system_group or None,
        "setup": marketplace.setup,
        "relays": list(marketplace.relay_domains),
        "source": marketplace.source,
    }
