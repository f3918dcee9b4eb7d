"""Who changed what."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class History(SQLModel, table=True):
    """A change by a person: who, when, what, before and after (JSON)."""

    __tablename__ = "history"
    __table_args__ = (Index("history_of", "kind", "thing_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: str
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    kind: str
    thing_id: int
    action: str
    before: str = "{}"
    after: str = "{}"
