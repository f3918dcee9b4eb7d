"""How every change to the set-up is made, so that all nouns behave alike.

A noun gives what it is now (as its reading module shows it) and what is wanted, in the same
keys; here the two are compared, so that what is so already is `unchanged`, and what changes
has its line in the history with the state before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session, col, select

from plentymsg.errors import Conflict, InvalidInput
from plentymsg.messenger.access import Actor
from plentymsg.store import history
from plentymsg.store.driver import Connection
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel
from plentymsg.store.views import Row

LONGEST_NAME = 500
"""Letters that a name may have."""

Read = Callable[[Connection, int], Row]
F = TypeVar("F", bound="Fields")


class Fields(BaseModel):
    """Base of what may be given for a noun. A key that is left out is left alone."""

    model_config = ConfigDict(strict=True, extra="forbid", str_strip_whitespace=True)

    def given(self) -> dict[str, Any]:
        """The keys that were given, nested as in a configuration file."""
        return self.model_dump(exclude_unset=True)


class Names(Fields):
    """A name in German, which is the identity, and in English."""

    de: str = Field(min_length=1, max_length=LONGEST_NAME)
    en: str | None = Field(default=None, min_length=1, max_length=LONGEST_NAME)


class NameChanges(Fields):
    """What may be changed of a name: an English one that is None is removed, the German one stays or changes."""

    de: str = ""
    en: str | None = None


class Change(NamedTuple):
    """What a set-up command did: to which thing, and which of its fields went from what to what."""

    kind: str
    action: Literal["added", "changed", "deleted", "unchanged"]
    thing: Row
    fields: dict[str, tuple[Any, Any]]

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


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], prefix: str = ""
) -> dict[str, tuple[Any, Any]]:
    """The fields in which two states differ, by dotted key, each with both values."""
    found: dict[str, tuple[Any, Any]] = {}
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            found.update(differences(old, new, f"{prefix}{key}."))
        elif old != new:
            found[f"{prefix}{key}"] = (old, new)
    return found


def added(session: Session, actor: Actor, kind: str, thing_id: int, read: Read) -> Change:
    """Record that the thing with this ID was just added."""
    connection = driver_of(session)
    thing = read(connection, thing_id)
    history.record(connection, user_id=actor.id, kind=kind, thing_id=thing_id, action="added", after=thing)
    return Change(kind, "added", thing, {key: (None, value) for key, value in thing.items()})


def changed(session: Session, actor: Actor, kind: str, before: Row, read: Read) -> Change:
    """Record that the thing which was `before` has just been written again, if that changed anything."""
    connection = driver_of(session)
    after = read(connection, before["id"])
    fields = differences(before, after)
    if not fields:
        return Change(kind, "unchanged", after, {})
    history.record(
        connection,
        user_id=actor.id,
        kind=kind,
        thing_id=before["id"],
        action="changed",
        before=before,
        after=after,
    )
    return Change(kind, "changed", after, fields)


def deleted(session: Session, actor: Actor, kind: str, before: Row) -> Change:
    """Record that the thing which was `before` has just been deleted."""
    history.record(
        driver_of(session),
        user_id=actor.id,
        kind=kind,
        thing_id=before["id"],
        action="deleted",
        before=before,
    )
    return Change(kind, "deleted", before, {key: (value, None) for key, value in before.items()})


def same(kind: str, name: str, now: Row, wanted: Mapping[str, Any]) -> Change:
    """For adding what exists: `unchanged` if all that is wanted is so. Raises Conflict naming what is not."""
    fields = differences(now, merged(now, wanted))
    if not fields:
        return Change(kind, "unchanged", now, {})
    listed = ", ".join(f"{key} is {old!r}, not {new!r}" for key, (old, new) in fields.items())
    raise Conflict(
        f"The {kind} {name!r} exists with other values: {listed}.",
        hint=f"Change it with: plentymsg {kind} set",
        details={"differences": {key: {"is": old, "wanted": new} for key, (old, new) in fields.items()}},
    )


def checked(model: type[F], values: Mapping[str, Any]) -> F:
    """`values` as `model`, or InvalidInput with every problem in one sentence each."""
    try:
        return model.model_validate(values)
    except ValidationError as fault:
        problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors()]
        raise InvalidInput("; ".join(problems) + ".", hint="See the options with --help.") from fault


def target(model: type[F], before: Row, changes: Fields) -> F:
    """What a thing will be once `changes` are made to what it was `before`, checked as a whole.

    Raises InvalidInput with every problem.
    """
    state = merged(before, changes.given())
    return checked(model, {key: value for key, value in state.items() if key in model.model_fields})


def require_unused(session: Session, condition: Any, sentence: str) -> None:
    """Raise Conflict, `sentence` continued with the channels' names, if a channel meets `condition`."""
    using = session.exec(select(Channel.name).where(condition, col(Channel.deleted_at).is_(None))).all()
    if using:
        raise Conflict(
            f"{sentence} the channel{'s' if len(using) > 1 else ''} {', '.join(using)}.",
            hint="Give the channel another one first, with: plentymsg channel set",
        )
