"""Where a conversation stands: groups, types, statuses; and what an owner is to it."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class Group(SQLModel, table=True):
    """A lane of conversations. IDs up to 100 belong to system groups; `system` is their fixed key."""

    __tablename__ = "messenger_group"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    system: str | None = Field(default=None, unique=True)
    name_de: str
    name_en: str | None = None
    position: int
    visible: bool = True
    deleted_at: str | None = None


class Type(SQLModel, table=True):
    """What a conversation of one group is about."""

    __tablename__ = "messenger_type"

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="messenger_group.id", index=True)
    name_de: str
    name_en: str | None = None
    position: int
    deleted_at: str | None = None


class Status(SQLModel, table=True):
    """How far a conversation of one type has come: `progress` in percent, `colour` as #rrggbb."""

    __tablename__ = "messenger_status"

    id: int | None = Field(default=None, primary_key=True)
    type_id: int = Field(foreign_key="messenger_type.id", index=True)
    name_de: str
    name_en: str | None = None
    progress: int
    colour: str
    position: int
    deleted_at: str | None = None


class Role(SQLModel, table=True):
    """A Messenger role: what an owner is to a conversation. Not an access role."""

    __tablename__ = "messenger_role"

    id: int | None = Field(default=None, primary_key=True)
    name_de: str
    name_en: str | None = None
    position: int
    deleted_at: str | None = None
