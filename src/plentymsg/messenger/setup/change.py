"""How every change to the set-up is made, so that all nouns behave alike.

A noun gives what it is now (as its reading module shows it) and what is wanted, in the same
keys; here the two are compared, so that what is so already is `unchanged`, and what changes
has its line in the history with the state before and after.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from sqlmodel import Session

from plentymsg.errors import Conflict
from plentymsg.messenger import naming
from plentymsg.messenger.access import Actor
from plentymsg.messenger.differences import differences
from plentymsg.messenger.setup.fields import HIGHEST_POSITION, F, checked, quoted
from plentymsg.store import history
from plentymsg.store.driver import Connection
from plentymsg.store.engine import driver_of
from plentymsg.store.views import Row


class Noun(NamedTuple):
    """A kind of thing: its word, how one is read by its ID, and how it is called in a sentence."""

    kind: str
    read: Callable[[Connection, int], Row]
    called: Callable[[Row], str] = naming.identity


class Change(NamedTuple):
    """What a set-up command did: to which thing, and which of its fields went from what to what."""

    kind: str
    action: Literal["added", "changed", "deleted", "unchanged"]
    thing_id: int
    name: str
    thing: Row
    fields: dict[str, tuple[Any, Any]]
    warnings: tuple[str, ...] = ()
    """What someone should know although it went well, a sentence each."""

    @property
    def changed(self) -> bool:
        return self.action != "unchanged"


def merged(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """`now` with the keys of `wanted` in place of its own; mappings are merged, lists replaced."""
    result = dict(now)
    for key, value in wanted.items():
        held = result.get(key)
        result[key] = (
            merged(held, value) if isinstance(held, Mapping) and isinstance(value, Mapping) else value
        )
    return result


def target(model: type[F], before: Row, changes: Mapping[str, Any]) -> F:
    """What a thing will be once `changes` are made to what it was `before`, checked as a whole.

    Raises InvalidInput with every problem.
    """
    state = merged(before, changes)
    return checked(model, {key: value for key, value in state.items() if key in model.model_fields})


def added(session: Session, actor: Actor, noun: Noun, thing_id: int | None) -> Change:
    """Record that the thing with this ID was just added."""
    assert thing_id is not None, "flush the session first"
    connection = driver_of(session)
    thing = noun.read(connection, thing_id)
    history.record(
        connection, user_id=actor.id, kind=noun.kind, thing_id=thing_id, action="added", after=thing
    )
    fields = {key: (None, value) for key, value in thing.items()}
    return Change(noun.kind, "added", thing_id, noun.called(thing), thing, fields)


def changed(session: Session, actor: Actor, noun: Noun, thing_id: int, before: Row) -> Change:
    """Record that the thing which was `before` has just been written again, if that changed anything."""
    connection = driver_of(session)
    after = noun.read(connection, thing_id)
    fields = differences(before, after)
    if not fields:
        return Change(noun.kind, "unchanged", thing_id, noun.called(after), after, {})
    history.record(
        connection,
        user_id=actor.id,
        kind=noun.kind,
        thing_id=thing_id,
        action="changed",
        before=before,
        after=after,
    )
    return Change(noun.kind, "changed", thing_id, noun.called(before), after, fields)


def deleted(session: Session, actor: Actor, noun: Noun, thing_id: int, before: Row) -> Change:
    """Record that the thing which was `before` has just been deleted."""
    history.record(
        driver_of(session),
        user_id=actor.id,
        kind=noun.kind,
        thing_id=thing_id,
        action="deleted",
        before=before,
    )
    fields = {key: (value, None) for key, value in before.items()}
    return Change(noun.kind, "deleted", thing_id, noun.called(before), before, fields)


def same(change: Change) -> Change:
    """For adding what exists, when what is wanted was written over it: raise Conflict if that made a change.

    The caller commits nothing after an error, so what was written is gone with it.
    """
    if not change.changed:
        return change
    listed = ", ".join(
        f"{key} is {_told(old)}, not {_told(new)}" for key, (old, new) in change.fields.items()
    )
    raise Conflict(
        f"The {change.kind} {change.name!r} exists with other values: {listed}.",
        hint=f"Change it with: plentymsg {naming.command_of(change.kind)} set"
        f" {shlex.quote(change.name)} OPTIONS",
        details={
            "differences": {key: {"is": old, "wanted": new} for key, (old, new) in change.fields.items()}
        },
    )


def _told(value: Any) -> str:
    """A value in a sentence; a list of names as these names."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return quoted(", ".join(value))
    return quoted(value)


def place_of(fields: Any, siblings: Sequence[Row]) -> int:
    """The position of a new thing: as given, else behind its siblings."""
    if "position" in fields.model_fields_set:
        return int(fields.position)
    return min(max((sibling["position"] for sibling in siblings), default=0) + 1, HIGHEST_POSITION)
