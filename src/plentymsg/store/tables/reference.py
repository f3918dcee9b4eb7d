"""A column that refers to another table."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey


def reference(
    target: str, *, on_delete: str = "RESTRICT", primary_key: bool = False, nullable: bool = False
) -> Column:  # type: ignore[type-arg]
    """A column that holds the key `target` (`table.column`); `on_delete` is SQL's: RESTRICT, CASCADE."""
    return Column(ForeignKey(target, ondelete=on_delete), primary_key=primary_key, nullable=nullable)
