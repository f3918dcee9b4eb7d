"""Giving types to the variables of templates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from sqlmodel import Session

from plentymsg.messenger import access, naming, typed_variables
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Fields, Name, quoted, wrong
from plentymsg.messenger.value_types import NATURAL, QUOTED
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import TemplateVariable
from plentymsg.templates.variables import is_variable, paths

NOUN = Noun(typed_variables.KIND, typed_variables.read)

_LONGEST = 1_000_000


def _known(name: str) -> str:
    if name in NATURAL:
        raise wrong(f"the type of {quoted(name)} is known already: {NATURAL[name].type}")
    if name.startswith(QUOTED):
        raise wrong(f"{quoted(name)} is a message as it was written, and can have no type")
    if not is_variable(name):
        near = get_close_matches(name[:100], list(paths()), n=3, cutoff=0.6)
        others = f"; there is {', '.join(near)}" if near else ""
        raise wrong(f"there is no variable {quoted(name)}{others}")
    return name


class VariableFields(Fields):
    """What a variable's values are like."""

    name: Annotated[Name, AfterValidator(_known)]
    type: Literal[
        "text", "no_links", "name", "number", "integer", "date", "order_id", "one_of", "email", "url"
    ] = "text"
    max_length: Annotated[int, Field(ge=1, le=_LONGEST)] | None = None
    values: list[Name] = Field(default=[], max_length=100)

    @model_validator(mode="after")
    def _have_values_if_they_are_one_of_these(self) -> Self:
        if (self.type == "one_of") != bool(self.values):
            raise wrong(
                "it is one of which values? Give them"
                if self.type == "one_of"
                else f"the type {self.type} has no list of values; that is one_of"
            )
        return self


def add(session: Session, actor: Actor, fields: VariableFields) -> Change:
    """Give a variable a type. The same again is `unchanged`. Raises Conflict if it has another one."""
    access.require(actor, access.TEMPLATE_UPDATE)
    existing = naming.id_of(typed_variables.every(driver_of(session)), fields.name)
    if existing is not None:
        return change.same(alter(session, actor, existing, fields.given()))
    row = TemplateVariable(**_columns(fields))
    session.add(row)
    session.flush()
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, variable_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a variable's type; another type has values only if they are given with it."""
    access.require(actor, access.TEMPLATE_UPDATE)
    before = typed_variables.read(driver_of(session), variable_id)
    if changes.get("type", before["type"]) != before["type"]:
        changes = {"values": [], **changes}
    target = change.target(VariableFields, before, changes)
    row = session.get_one(TemplateVariable, variable_id)
    for key, value in _columns(target).items():
        setattr(row, key, value)
    session.flush()
    return change.changed(session, actor, NOUN, variable_id, before)


def put(session: Session, actor: Actor, name: str, changes: Mapping[str, Any]) -> Change:
    """Give a variable a type, whether it has one or not."""
    access.require(actor, access.TEMPLATE_UPDATE)
    existing = naming.id_of(typed_variables.every(driver_of(session)), name)
    if existing is not None:
        return alter(session, actor, existing, changes)
    from plentymsg.messenger.setup.fields import checked

    return add(session, actor, checked(VariableFields, {"name": name, **changes}))


def delete(session: Session, actor: Actor, variable_id: int) -> Change:
    """Take a variable's type away: its values may be anything again."""
    access.require(actor, access.TEMPLATE_DELETE)
    before = typed_variables.read(driver_of(session), variable_id)
    session.delete(session.get_one(TemplateVariable, variable_id))
    return change.deleted(session, actor, NOUN, variable_id, before)


def _columns(fields: VariableFields) -> dict[str, Any]:
    return {
        "name": fields.name,
        "type": fields.type,
        "max_length": fields.max_length,
        "allowed": json.dumps(fields.values),
    }
