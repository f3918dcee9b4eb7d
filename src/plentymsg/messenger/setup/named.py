"""What groups, types, statuses and roles have in common: two names, a place in lists, a soft deletion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from plentymsg.errors import InvalidInput
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import HIGHEST_POSITION, Fields, Names, Position
from plentymsg.store.clock import now, stamp
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Group, Role, SavedFilter, Status, Type
from plentymsg.store.views import Row

Named = Group | Type | Status | Role


class NamedFields(Fields):
    """The fields of all of them."""

    name: Names
    position: Position = 0


class Place(NamedTuple):
    """Where in a list a thing is to go: right before the one that `neighbour` names, or right behind it."""

    neighbour: str
    behind: bool = False


def columns_of(fields: NamedFields, **others: Any) -> dict[str, Any]:
    """The fields as their tables hold them, with `others` in place of their own."""
    held = {column: getattr(fields, column) for column in type(fields).model_fields if column != "name"}
    return {"name_de": fields.name.de, "name_en": fields.name.en, **held, **others}


def write(row: Named, target: NamedFields) -> None:
    """Make a row what `target` says."""
    for column, value in columns_of(target).items():
        setattr(row, column, value)


def retire(row: Named) -> None:
    """Mark a row as deleted; it stays for what refers to it."""
    row.deleted_at = stamp(now())


def move(
    session: Session,
    actor: Actor,
    noun: Noun,
    table: type[Named | SavedFilter],
    siblings: Sequence[Row],
    thing_id: int,
    neighbour_id: int,
    *,
    behind: bool,
) -> list[Change]:
    """Put a thing beside one of its `siblings`, given in their order; return its change, then the others'.

    Others move up only as far as they have to. Raises InvalidInput if the neighbour is no other sibling.
    """
    others = [sibling for sibling in siblings if sibling["id"] != thing_id]
    if neighbour_id not in [other["id"] for other in others]:
        raise InvalidInput(
            f"A {noun.kind} can only go beside another {noun.kind} of the same list.",
            hint=f"See which there are with: plentymsg {noun.kind} list",
        )
    index = next(n for n, other in enumerate(others) if other["id"] == neighbour_id) + behind
    thing = next(sibling for sibling in siblings if sibling["id"] == thing_id)
    order = [*others[:index], thing, *others[index:]]
    positions = {} if order == list(siblings) else positions_of(order, index)
    changes = []
    for moved_id in dict.fromkeys([thing_id, *positions]):
        before = noun.read(driver_of(session), moved_id)
        session.get_one(table, moved_id).position = positions.get(moved_id, before["position"])
        changes.append(change.changed(session, actor, noun, moved_id, before))
    return [changes[0], *(done for done in changes[1:] if done.changed)]


def positions_of(order: Sequence[Row], index: int) -> dict[int, int]:
    """The positions, by ID, that sort things in this `order` once that at `index` has come there.

    The lowest that will do, and only for those that cannot keep theirs; for all if the numbers run out.
    """
    lowest = order[index - 1]["position"] + 1 if index else 0
    found: dict[int, int] = {}
    for thing in order[index:]:
        if found and thing["position"] >= lowest:
            break
        found[thing["id"]] = lowest
        lowest += 1
    if lowest > HIGHEST_POSITION + 1:
        return {thing["id"]: position for position, thing in enumerate(order)}
    return found
