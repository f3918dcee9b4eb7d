"""Saving, changing, ordering and deleting filters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from pydantic import Field
from sqlmodel import Session, col, select
from sqlmodel import delete as delete_rows

from plentymsg.errors import Forbidden, InvalidInput
from plentymsg.messenger import access, filters, naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Fields, Name
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import SavedFilter, SavedFilterDefault
from plentymsg.store.views import Row


class FilterFields(Fields):
    """What a saved filter has. The criteria are those of its noun's search."""

    name: Name
    criteria: dict[str, Any] = Field(default={})
    default: bool = False
    for_all: bool = False


def save(session: Session, actor: Actor, noun: str, fields: FilterFields) -> Change:
    """Keep a search as a filter of `actor`. The same again is `unchanged`.

    Raises InvalidInput without criteria, Conflict if an own filter of this name has other values.
    """
    access.require(actor, filters.NOUNS[noun].right)
    _check(session, noun, fields)
    own = _own(session, actor, noun)
    existing = naming.id_of(own, fields.name)
    if existing is not None:
        return change.same(_write(session, actor, noun, existing, fields.given()))
    row = SavedFilter(
        noun=noun,
        name=fields.name,
        user_id=actor.id,
        for_all=fields.for_all,
        position=len(own) + 1,
        query=_as_json(fields.criteria),
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    if fields.default:
        _put_default(session, actor, noun, row.id, default=True)
    return change.added(session, actor, _noun(noun, actor), row.id)


def alter(session: Session, actor: Actor, noun: str, filter_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a filter. Everyone may make a filter for all their own default.

    Raises Forbidden for anything else of another user's filter, unless `actor` is an admin; Conflict if
    the new name is taken.
    """
    access.require(actor, filters.NOUNS[noun].right)
    if set(changes) - {"default"}:
        _require_own(session, actor, filter_id)
    return _write(session, actor, noun, filter_id, changes)


def move(session: Session, actor: Actor, noun: str, filter_id: int, place: int) -> Change:
    """Put a filter at this place, from 1, among those of its owner; the others make room."""
    access.require(actor, filters.NOUNS[noun].right)
    moved = _require_own(session, actor, filter_id)
    before = filters.read(driver_of(session), filter_id, actor)
    siblings = list(_rows_of(session, moved.user_id, noun))
    siblings.remove(moved)
    siblings.insert(place - 1, moved)
    _number(siblings)
    return change.changed(session, actor, _noun(noun, actor), filter_id, before)


def delete(session: Session, actor: Actor, noun: str, filter_id: int) -> Change:
    """Delete a filter. Whoever had it as their default has none any more."""
    access.require(actor, filters.NOUNS[noun].right)
    row = _require_own(session, actor, filter_id)
    before = filters.read(driver_of(session), filter_id, actor)
    session.delete(row)
    session.flush()
    _number(_rows_of(session, row.user_id, noun))
    return change.deleted(session, actor, _noun(noun, actor), filter_id, before)


def _write(session: Session, actor: Actor, noun: str, filter_id: int, changes: Mapping[str, Any]) -> Change:
    before = filters.read(driver_of(session), filter_id, actor)
    # Criteria are not merged: what is saved is the search as it was run.
    wanted = {"criteria": before["criteria"], **changes}
    target = change.target(FilterFields, {**before, "criteria": {}}, wanted)
    if "criteria" in changes:
        _check(session, noun, target)
    row = session.get_one(SavedFilter, filter_id)
    siblings = [{"id": held.id, "name": held.name} for held in _rows_of(session, row.user_id, noun)]
    naming.require_free(siblings, target.name, f"{noun} filter", but=filter_id)
    row.name, row.for_all, row.query = target.name, target.for_all, _as_json(target.criteria)
    if before["for_all"] and not target.for_all:
        _take_from_others(session, row)
    if target.default != before["default"]:
        _put_default(session, actor, noun, filter_id, default=target.default)
    return change.changed(session, actor, _noun(noun, actor), filter_id, before)


def _put_default(session: Session, actor: Actor, noun: str, filter_id: int, *, default: bool) -> None:
    held = session.get(SavedFilterDefault, (actor.id, noun))
    if held is not None:
        session.delete(held)
        session.flush()
    if default:
        session.add(SavedFilterDefault(user_id=actor.id, noun=noun, filter_id=filter_id))


def _take_from_others(session: Session, row: SavedFilter) -> None:
    """Nobody else may begin with a filter that is not for all any more."""
    others = col(SavedFilterDefault.filter_id) == row.id, col(SavedFilterDefault.user_id) != row.user_id
    session.execute(delete_rows(SavedFilterDefault).where(*others))


def _require_own(session: Session, actor: Actor, filter_id: int) -> SavedFilter:
    row = session.get_one(SavedFilter, filter_id)
    if row.user_id != actor.id and not actor.admin:
        raise Forbidden(
            f"The filter {row.name!r} is another user's: it takes the right {access.ADMIN} to change it.",
            hint="Save the search as a filter of your own, under any name.",
            details={"missing": [access.ADMIN]},
        )
    return row


def _check(session: Session, noun: str, fields: FilterFields) -> None:
    fields.criteria = filters.NOUNS[noun].checked(driver_of(session), fields.criteria)
    if not fields.criteria:
        raise InvalidInput(
            f"The filter {fields.name!r} would find everything: it has no criteria.",
            hint="Give what the list is searched by, such as --name or --availabilities.",
        )


def _own(session: Session, actor: Actor, noun: str) -> list[Row]:
    return [{"id": row.id, "name": row.name} for row in _rows_of(session, actor.id, noun)]


def _rows_of(session: Session, user_id: int, noun: str) -> list[SavedFilter]:
    theirs = col(SavedFilter.user_id) == user_id, col(SavedFilter.noun) == noun
    order = col(SavedFilter.position), col(SavedFilter.id)
    return list(session.exec(select(SavedFilter).where(*theirs).order_by(*order)).all())


def _number(rows: list[SavedFilter]) -> None:
    for place, row in enumerate(rows, start=1):
        row.position = place


def _noun(noun: str, actor: Actor) -> Noun:
    return Noun(f"{noun} filter", partial(filters.read, actor=actor))


def _as_json(criteria: Mapping[str, Any]) -> str:
    return json.dumps(criteria, ensure_ascii=False)
