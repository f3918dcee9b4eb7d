"""Channels, their servers and defaults, and how far their mailboxes are read."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from plentymsg.store.tables.reference import reference


class Channel(SQLModel, table=True):
    """One mailbox: how mail comes in and goes out, and the defaults of what arrives."""

    __tablename__ = "channel"
    __table_args__ = (
        # At most one default channel, whoever writes.
        Index("one_default_channel", "is_default", unique=True, sqlite_where=text("is_default")),
        Index("channel_name", "name", unique=True, sqlite_where=text("deleted_at IS NULL")),
        Index("channel_target_address", "target_address", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    marketplace: str | None = None
    active: bool = True
    is_default: bool = False
    group_id: int = Field(foreign_key="messenger_group.id")
    type_id: int | None = Field(default=None, foreign_key="messenger_type.id")
    status_id: int | None = Field(default=None, foreign_key="messenger_status.id")
    since: str | None = None
    """The day (ISO date) at which the first fetch begins; without it, 30 days back."""
    sender_email: str = ""
    sender_name: str = ""
    template_new_id: int | None = Field(default=None, foreign_key="template.id")
    template_reply_id: int | None = Field(default=None, foreign_key="template.id")
    target_address: str | None = None
    """Made once, when there is a domain for it, in lower case; never changed, not even by deleting."""
    notifications: bool = False
    """Whether everyone who may read a conversation is told of new mail in it, or only its subscribers."""
    match_orders: bool = False
    skip_orders: bool = False
    skip_contacts: bool = False
    skip_emails: str = ""
    """A regular expression: addresses that it finds something in get no mail; empty for none."""
    deleted_at: str | None = None


class ChannelServer(SQLModel, table=True):
    """Where a channel's mail comes from (`side` is `incoming`) or goes to (`outgoing`)."""

    __tablename__ = "channel_server"

    channel_id: int = Field(sa_column=reference("channel.id", on_delete="CASCADE", primary_key=True))
    side: str = Field(primary_key=True)
    protocol: str
    host: str = ""
    port: int = 0
    encryption: str = "ssl"
    username: str = ""
    folder: str = ""
    path: str = ""
    password: str = ""
    """A reference such as {"env": "NAME"} as JSON, never the password."""
    allow_plain: bool = False


class ChannelTag(SQLModel, table=True):
    """A tag for what arrives in and leaves by a channel."""

    __tablename__ = "channel_tag"

    channel_id: int = Field(sa_column=reference("channel.id", on_delete="CASCADE", primary_key=True))
    tag_id: int = Field(sa_column=reference("tag.id", primary_key=True))


class ChannelOwner(SQLModel, table=True):
    """An owner, in a role, for every new conversation of a channel."""

    __tablename__ = "channel_owner"

    channel_id: int = Field(sa_column=reference("channel.id", on_delete="CASCADE", primary_key=True))
    role_id: int = Field(sa_column=reference("messenger_role.id", primary_key=True))
    user_id: int = Field(sa_column=reference("user_account.id"))


class ChannelSubscriber(SQLModel, table=True):
    """A user who is told of each new message of a channel."""

    __tablename__ = "channel_subscriber"

    channel_id: int = Field(sa_column=reference("channel.id", on_delete="CASCADE", primary_key=True))
    user_id: int = Field(sa_column=reference("user_account.id", primary_key=True))


class ChannelAllowedSender(SQLModel, table=True):
    """An address that may write to a channel's target address; without any, everyone may."""

    __tablename__ = "channel_allowed_sender"

    channel_id: int = Field(sa_column=reference("channel.id", on_delete="CASCADE", primary_key=True))
    address: str = Field(primary_key=True)


class TrustedHost(SQLModel, table=True):
    """A host to which the secret behind a reference (JSON) may be given, confirmed on this machine."""

    __tablename__ = "trusted_host"

    reference: str = Field(primary_key=True)
    host: str = Field(primary_key=True)
    confirmed_at: str


class MailboxPosition(SQLModel, table=True):
    """How far a channel has read a mailbox. The form of `position` belongs to the source.

    A channel that is turned to another mailbox begins there anew, and two channels may read the same one.
    """

    __tablename__ = "mailbox_position"

    channel_id: int = Field(sa_column=reference("channel.id", on_delete="CASCADE", primary_key=True))
    mailbox: str = Field(primary_key=True)
    position: str
    updated_at: str


class FiledMail(SQLModel, table=True):
    """What a channel has filed: a mail that comes again is recognised, even after the trash is emptied."""

    __tablename__ = "filed_mail"

    channel_id: int = Field(sa_column=reference("channel.id", primary_key=True))
    digest: str = Field(primary_key=True)


class Quarantine(SQLModel, table=True):
    """A mail that could not be filed, whole, for a later version to file."""

    __tablename__ = "quarantine"

    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channel.id")
    mailbox: str
    name: str
    """The UID or file name in the mailbox."""
    reason: str
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: str
