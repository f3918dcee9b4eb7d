"""Who works with the store, what they may do, and what they keep for themselves."""

from __future__ import annotations

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from plentymsg.store.tables.reference import reference


class UserAccount(SQLModel, table=True):
    """A person who works with the store. `admin` may do everything."""

    __tablename__ = "user_account"

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str = ""
    email: str = ""
    admin: bool = False
    active: bool = True
    language: str = "de"
    time_zone: str = "Europe/Berlin"
    signature_text: str = Field(default="", sa_column=Column(Text, nullable=False))
    signature_html: str = Field(default="", sa_column=Column(Text, nullable=False))
    group_id: int | None = Field(default=None, foreign_key="messenger_group.id")
    """The group that the person has switched to; None is All."""


class AccessRole(SQLModel, table=True):
    """An access role: a set of rights. `advanced` is whether its permissions are edited one by one."""

    __tablename__ = "access_role"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    advanced: bool = False


class AccessRoleRight(SQLModel, table=True):
    """A right that a role gives, by its path in the permission tree: `CRM > Messenger > Read`."""

    __tablename__ = "access_role_right"

    role_id: int = Field(sa_column=reference("access_role.id", on_delete="CASCADE", primary_key=True))
    right: str = Field(primary_key=True)


class AccessRoleVisibility(SQLModel, table=True):
    """A tick of the simple mode: a node of the menu and one of See, Edit, Create and Delete."""

    __tablename__ = "access_role_visibility"

    role_id: int = Field(sa_column=reference("access_role.id", on_delete="CASCADE", primary_key=True))
    node: str = Field(primary_key=True)
    action: str = Field(primary_key=True)


class UserAccessRole(SQLModel, table=True):
    """An access role that an account has; several add up."""

    __tablename__ = "user_access_role"

    user_id: int = Field(sa_column=reference("user_account.id", on_delete="CASCADE", primary_key=True))
    role_id: int = Field(sa_column=reference("access_role.id", primary_key=True))


class SavedFilter(SQLModel, table=True):
    """A search that somebody has kept: of their own, or for everyone. `query` is JSON."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("noun", "user_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    noun: str
    """What it lists: `tag` …"""
    name: str
    user_id: int = Field(sa_column=reference("user_account.id", on_delete="CASCADE"))
    for_all: bool = False
    position: int = 0
    query: str = "{}"


class SavedFilterDefault(SQLModel, table=True):
    """The filter that a user's list of a noun begins with."""

    __tablename__ = "saved_filter_default"

    user_id: int = Field(sa_column=reference("user_account.id", on_delete="CASCADE", primary_key=True))
    noun: str = Field(primary_key=True)
    filter_id: int = Field(sa_column=reference("saved_filter.id", on_delete="CASCADE"))
