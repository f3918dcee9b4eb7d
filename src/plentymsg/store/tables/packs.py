"""Packs of requirements: which of them are in force, and what a user's own ask for."""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class StoredPack(SQLModel, table=True):
    """A user's own pack, or whether one that comes with plentymsg is in force, once somebody has said so.

    `definition` is JSON with the keys of the configuration file, besides `name` and `enabled`.
    """

    __tablename__ = "pack"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    enabled: bool
    definition: str = Field(default="{}", sa_column=Column(Text, nullable=False))
