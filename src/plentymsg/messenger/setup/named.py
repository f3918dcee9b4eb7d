"""What groups, types, statuses and roles have in common: two names, and a place in lists."""

from __future__ import annotations

from typing import Any

from plentymsg.messenger.setup.fields import Fields, Names, Position
from plentymsg.store.tables import Group, Role, Status, Type


class NamedFields(Fields):
    """The fields of all of them."""

    name: Names
    position: Position = 0


def columns_of(fields: NamedFields, **others: Any) -> dict[str, Any]:
    """The fields as their tables hold them, with `others` in place of their own."""
    held = {column: getattr(fields, column) for column in type(fields).model_fields if column != "name"}
    return {"name_de": fields.name.de, "name_en": fields.name.en, **held, **others}


def write(row: Group | Type | Status | Role, target: NamedFields) -> None:
    """Make a row what `target` says."""
    for column, value in columns_of(target).items():
        setattr(row, column, value)
