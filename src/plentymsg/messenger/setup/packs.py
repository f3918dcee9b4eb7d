"""Adding, changing and deleting packs of requirements, and switching on and off those that are given.

A pack is right only together with all others: it may ask for nothing of a marketplace that is in none, and
loosen nothing without a reason. `put` leaves that to whoever changes several, to be asked with `faults`.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session

from plentymsg.errors import Conflict
from plentymsg.messenger import access, channels, naming, packs, policy
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Problem, refused
from plentymsg.messenger.setup.pack_fields import PackFields, problems
from plentymsg.rules import soundness
from plentymsg.rules.legible import is_legible
from plentymsg.rules.pack import Pack, shipped
from plentymsg.rules.policy import Policy
from plentymsg.rules.soundness import Fault
from plentymsg.store.driver import Connection
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import StoredPack

NOUN = Noun("pack", packs.read)


def add(session: Session, actor: Actor, fields: PackFields) -> Change:
    """Add a user's own pack, or say of one that comes with plentymsg whether it is in force.

    The same again is `unchanged`. Raises Conflict if its name is taken by one with other values, and what
    `alter` raises.
    """
    access.require(actor, access.ADMIN)
    exists = fields.is_shipped() or naming.id_of(packs.every(driver_of(session)), fields.name) is not None
    done = put(session, actor, fields)
    _require_sound(driver_of(session), done.name)
    return change.same(done) if exists and not fields.is_shipped() else done


def switch(session: Session, actor: Actor, name: str, changes: Mapping[str, Any]) -> Change:
    """Change what is given of the pack with this name: whether it is in force, and why not.

    Raises NotFound, InvalidInput with every problem (a requirement that loosens without a reason, a
    marketplace that there is not), Conflict if a channel or another pack would lose its marketplace.
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    found = policy.named(policy.known(connection), name)
    done = _alter(session, actor, _row_of(session, found.name), changes)
    _require_not_needed(connection, found)
    _require_sound(connection, done.name)
    return done


def put(session: Session, actor: Actor, fields: PackFields) -> Change:
    """Add a pack, or change what is given of the one with its name, and ask nothing about other packs.

    Raises InvalidInput for what is wrong in it by itself.
    """
    access.require(actor, access.ADMIN)
    held = naming.id_of(packs.every(driver_of(session)), fields.name)
    if held is not None or fields.is_shipped():
        row = session.get_one(StoredPack, held) if held is not None else _row_of(session, fields.name)
        return _alter(session, actor, row, fields.given())
    _require_right(fields)
    new = StoredPack(name=fields.name, enabled=fields.enabled, definition=_json(fields))
    session.add(new)
    session.flush()
    return change.added(session, actor, NOUN, new.id)


def delete(session: Session, actor: Actor, pack_id: int) -> Change:
    """Delete a user's own pack.

    Raises Conflict if a channel has a marketplace of it, or another pack asks for something of that.
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    before = packs.read(connection, pack_id)
    found = policy.named(policy.known(connection), before["name"])
    session.delete(session.get_one(StoredPack, pack_id))
    session.flush()
    _require_not_needed(connection, found)
    _require_sound(connection, before["name"])
    return change.deleted(session, actor, NOUN, pack_id, before)


def faults(connection: Connection) -> Iterator[Fault]:
    """What is wrong with the store's packs taken together."""
    return soundness.faults(policy.known(connection))


def require_marketplaces(connection: Connection) -> None:
    """Raise Conflict, naming the channels, if the marketplace of one is in no pack that is in force."""
    known = policy.in_force(connection).policy.by_key
    lost = [each for each in channels.every(connection) if (each["marketplace"] or "") not in {"", *known}]
    if lost:
        keys = ", ".join(sorted({repr(channel["marketplace"]) for channel in lost}))
        names = ", ".join(channel["name"] for channel in lost)
        raise Conflict(
            f"The marketplace {keys} of the pack is that of the channel {names}.",
            hint="Give the channel another one first: plentymsg channel set CHANNEL --marketplace NAME",
            details={"used_by": [f"the channel {channel['name']}" for channel in lost]},
        )


def _alter(session: Session, actor: Actor, row: StoredPack, changes: Mapping[str, Any]) -> Change:
    assert row.id is not None
    before = packs.read(driver_of(session), row.id)
    target = change.target(PackFields, before, changes)
    if target.enabled != before["enabled"] and "reason" not in changes:
        target.reason = ""
    _require_right(target)
    _require_reason(target)
    row.name, row.enabled, row.definition = target.name, target.enabled, _json(target)
    session.flush()
    return change.changed(session, actor, NOUN, row.id, before)


def _row_of(session: Session, name: str) -> StoredPack:
    """The row of a pack; one that comes with plentymsg gets it when somebody first speaks of it."""
    held = naming.id_of(packs.every(driver_of(session)), name)
    if held is not None:
        return session.get_one(StoredPack, held)
    given = next(pack for pack in shipped() if pack.name == name)
    row = StoredPack(name=name, enabled=given.enabled, definition=json.dumps({"reason": ""}))
    session.add(row)
    session.flush()
    return row


def _json(fields: PackFields) -> str:
    return json.dumps(fields.definition(), ensure_ascii=False)


def _require_right(fields: PackFields) -> None:
    found = list(problems(fields))
    if found:
        raise refused(found)


def _require_reason(target: PackFields) -> None:
    """What the manual asks for is taken back only for a reason."""
    usual = {pack.name for pack in shipped() if pack.enabled}
    if target.name in usual and not target.enabled and not is_legible(target.reason):
        message = f"the pack {target.name} is in force unless there is a reason; say why it is not to be"
        hint = f"For example: plentymsg rules pack set {target.name} --no-enabled --reason TEXT"
        raise refused([Problem(("reason",), message)], hint)


def _require_not_needed(connection: Connection, before: Pack) -> None:
    """Raise Conflict if another pack asks for something of a marketplace that was of this pack, and is not
    any more, or not in force.
    """
    known = policy.known(connection)
    there, in_force = Policy(known).by_key, policy.in_force(connection).policy.by_key
    for lost in before.marketplaces:
        called = {lost.key, lost.name.casefold()}
        needing = [
            pack.name
            for pack in known
            if lost.key not in (in_force if pack.enabled else there)
            and pack.name != before.name
            and any(each.marketplace in called for each in pack.requirements)
        ]
        if needing:
            first = shlex.quote(needing[0])
            way_out = f"set {first} --no-enabled" if lost.key in there else f"delete {first}"
            raise Conflict(
                f"The marketplace {lost.key!r} of the pack {before.name} is needed by the pack"
                f" {', '.join(needing)}, which asks for something of it.",
                hint=f"Begin with that one: plentymsg rules pack {way_out}",
                details={"used_by": [f"the pack {name}" for name in needing]},
            )


def _require_sound(connection: Connection, name: str) -> None:
    """Raise InvalidInput with all that is wrong now with this pack and others, or Conflict for a channel."""
    found = list(faults(connection))
    if found:
        told = [
            Problem(fault.path, fault.message)
            if fault.pack == name
            else Problem((), f"the pack {fault.pack}: {fault.message}")
            for fault in found
        ]
        raise refused(told, f"Change that: plentymsg rules pack set {shlex.quote(found[0].pack)} --file FILE")
    require_marketplaces(connection)
