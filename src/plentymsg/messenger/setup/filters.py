"""Saving, changing, ordering and deleting filters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from pydantic import Field
from sqlmodel import Session, col
from sqlmodel import delete as delete_rows

from plentymsg.errors import Forbidden, InvalidInput
from plentymsg.messenger import access, filters, naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change, named
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Fields, Name
from plentymsg.messenger.setup.named import Place
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import SavedFilter, SavedFilterDefault


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
    own = filters.owned(driver_of(session), actor, noun, actor.id)
    existing = naming.id_of(own, fields.name)
    if existing is not None:
        return change.same(_write(session, actor, noun, existing, fields.given()))
    row = SavedFilter(
        noun=noun,
        name=fields.name,
        user_id=actor.id,
        for_all=fields.for_all,
        position=max((held["position"] for held in own), default=0) + 1,
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


def move(session: Session, actor: Actor, noun: str, filter_id: int, place: Place) -> list[Change]:
    """Put a filter beside another one of its owner; return its change, then those that make room.

    Raises as `alter` does, and InvalidInput if the neighbour is another user's.
    """
    access.require(actor, filters.NOUNS[noun].right)
    row = _require_own(session, actor, filter_id)
    neighbour = filters.shown(driver_of(session), actor, noun, place.neighbour)
    siblings = filters.owned(driver_of(session), actor, noun, row.user_id)
    return named.move(
        *(session, actor, _noun(noun, actor), SavedFilter, siblings, filter_id, neighbour["id"]),
        behind=place.behind,
    )


def delete(session: Session, actor: Actor, noun: str, filter_id: int) -> Change:
    """Delete a filter. Whoever had it as their default has none any more."""
    access.require(actor, filters.NOUNS[noun].right)
    row = _require_own(session, actor, filter_id)
    before = filters.read(driver_of(session), filter_id, actor)
    session.delete(row)
    return change.deleted(session, actor, _noun(noun, actor), filter_id, before)


def _write(session: Session, actor: Actor, noun: str, filter_id: int, changes: Mapping[str, Any]) -> Change:
    before = filters.read(driver_of(session), filter_id, actor)
    # Criteria are not merged: what is saved is the search as it was run.
    wanted = {"criteria": before["criteria"], **changes}
    target = change.target(FilterFields, {**before, "criteria": {}}, wanted)
    if "criteria" in changes:
        _check(session, noun, target)
    row = session.get_one(SavedFilter, filter_id)
    siblings = filters.owned(driver_of(session), actor, noun, row.user_id)
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


def _noun(noun: str, actor: Actor) -> Noun:
    return Noun(f"{noun} filter", partial(filters.read, actor=actor))


def _as_json(criteria: Mapping[str, Any]) -> str:
    return json.dumps(criteria, ensure_ascii=False)
