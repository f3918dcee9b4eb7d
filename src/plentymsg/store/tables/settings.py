"""What holds for the whole messenger: settings, the e-mail account, collecting, clients."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Text
from sqlmodel import Field, SQLModel

from plentymsg.store.tables.reference import reference


class Settings(SQLModel, table=True):
    """The one row of settings that hold for the whole messenger."""

    __tablename__ = "settings"
    __table_args__ = (CheckConstraint("id = 1", name="settings_one_row"),)

    id: int = Field(default=1, primary_key=True)
    live_mode: bool = False
    client_name: str = ""
    target_domain: str = ""
    """The domain under which the channels' target addresses are made; empty while there is none."""


class Account(SQLModel, table=True):
    """The one row of the e-mail account: what stands under messages, and where tests go."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("id = 1", name="account_one_row"),)

    id: int = Field(default=1, primary_key=True)
    signature_text: str = Field(default="", sa_column=Column(Text, nullable=False))
    signature_html: str = Field(default="", sa_column=Column(Text, nullable=False))
    test_address: str = ""
    """Where mail goes that live mode keeps from customers; empty: only into the capture folder."""


class Collecting(SQLModel, table=True):
    """The one row of the Messenger integration: whether sent mail is collected, and where it is filed."""

    __tablename__ = "collecting"
    __table_args__ = (CheckConstraint("id = 1", name="collecting_one_row"),)

    id: int = Field(default=1, primary_key=True)
    active: bool = False
    attachments: bool = False
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    group_id: int | None = Field(default=None, foreign_key="messenger_group.id")
    """None means the group Automatically sent emails."""


class CollectingTag(SQLModel, table=True):
    """A tag for conversations that are collected."""

    __tablename__ = "collecting_tag"

    tag_id: int = Field(sa_column=reference("tag.id", on_delete="CASCADE", primary_key=True))


class Client(SQLModel, table=True):
    """A client (German: Mandant): a web shop, whose customers may see a variation's tags."""

    __tablename__ = "client"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
