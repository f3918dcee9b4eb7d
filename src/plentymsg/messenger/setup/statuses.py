"""Adding, changing and deleting statuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator
from sqlmodel import Session, col

from plentymsg.messenger import access, naming, statuses
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change, named, usage
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import HexColour, quoted, wrong
from plentymsg.messenger.setup.named import NamedFields, Place, columns_of, retire, write
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, Conversation, Status

NOUN = Noun("status", statuses.read, statuses.path_of)


def _tens(percent: int) -> int:
    if percent not in range(0, 101, 10):
        raise wrong(f"{quoted(percent)} is no progress; it is 0, 10, 20 … 100 percent")
    return percent


class StatusFields(NamedFields):
    """What a status has."""

    progress: Annotated[int, AfterValidator(_tens)] = 0
    colour: HexColour = ""


def add(session: Session, actor: Actor, fields: StatusFields, *, type_id: int) -> Change:
    """Add a status to a type, by default behind the others. The same again is `unchanged`.

    Raises InvalidInput without progress and colour, Conflict if its name is taken in the type by one with
    other values.
    """
    access.require(actor, access.ADMIN)
    siblings = statuses.every(driver_of(session), type_id)
    existing = naming.id_of(siblings, fields.name.de)
    if existing is not None:
        return change.same(alter(session, actor, existing, fields.given()))
    fields.require("progress", "colour")
    row = Status(
        type_id=type_id,
        **columns_of(fields, position=change.place_of(fields, siblings)),
    )
    session.add(row)
    session.flush()
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, status_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a status. Raises Conflict if the new name is taken in its type."""
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    before = statuses.read(connection, status_id)
    target = change.target(StatusFields, before, changes)
    row = session.get_one(Status, status_id)
    naming.require_free(statuses.every(connection, row.type_id), target.name.de, NOUN.kind, but=status_id)
    write(row, target)
    return change.changed(session, actor, NOUN, status_id, before)


def move(session: Session, actor: Actor, status_id: int, place: Place) -> list[Change]:
    """Put a status beside another one of its type; return its change, then those that make room.

    Raises InvalidInput if that is of another type.
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    type_id = statuses.parent_of(connection, status_id)
    neighbour_id = statuses.find_beside(connection, type_id, place.neighbour)
    siblings = statuses.every(connection, type_id)
    return named.move(session, actor, NOUN, Status, siblings, status_id, neighbour_id, behind=place.behind)


def delete(session: Session, actor: Actor, status_id: int, *, force: bool = False) -> Change:
    """Delete a status softly. Its conversations keep their type, and have no status.

    Raises Conflict if a channel gives it to new conversations; with `force` it no longer does.
    """
    access.require(actor, access.ADMIN)
    before = statuses.read(driver_of(session), status_id)
    uses = [*usage.channels_with(session, actor, col(Channel.status_id) == status_id, status_id=None)]
    warnings = usage.release(uses, f"The status {NOUN.called(before)!r} is the status of", force=force)
    retire(session.get_one(Status, status_id))
    usage.reassign(session, actor, col(Conversation.status_id) == status_id, status_id=None)
    return change.deleted(session, actor, NOUN, status_id, before)._replace(warnings=warnings)
