"""Conversations, and what is put on them."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from plentymsg.store.tables.reference import reference


class Conversation(SQLModel, table=True):
    """A thread of messages."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index("conversation_created", "created_at", "id"),
        Index("conversation_channel", "channel_id", "created_at", "id"),
        Index("conversation_group", "group_id", "created_at", "id"),
        Index("conversation_type", "type_id", "created_at", "id"),
        Index("conversation_status", "status_id", "created_at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    group_id: int = Field(foreign_key="messenger_group.id")
    type_id: int | None = Field(default=None, foreign_key="messenger_type.id")
    status_id: int | None = Field(default=None, foreign_key="messenger_status.id")
    marketplace: str | None = None
    created_at: str
    updated_at: str


class ConversationTag(SQLModel, table=True):
    """A tag on a conversation."""

    __tablename__ = "conversation_tag"
    __table_args__ = (Index("conversation_by_tag", "tag_id", "conversation_id"),)

    conversation_id: int = Field(
        sa_column=reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    tag_id: int = Field(sa_column=reference("tag.id", on_delete="CASCADE", primary_key=True))


class ConversationOwner(SQLModel, table=True):
    """Who takes part in handling a conversation, one user for each role."""

    __tablename__ = "conversation_owner"

    conversation_id: int = Field(
        sa_column=reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    role_id: int = Field(sa_column=reference("messenger_role.id", primary_key=True))
    user_id: int = Field(sa_column=reference("user_account.id"))


class ConversationSubscriber(SQLModel, table=True):
    """A user who is told of each new message of a conversation."""

    __tablename__ = "conversation_subscriber"

    conversation_id: int = Field(
        sa_column=reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    user_id: int = Field(sa_column=reference("user_account.id", primary_key=True))


class ConversationSeen(SQLModel, table=True):
    """The newest message of a conversation that a user has seen: later ones are unread for them."""

    __tablename__ = "conversation_seen"

    conversation_id: int = Field(
        sa_column=reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    user_id: int = Field(sa_column=reference("user_account.id", primary_key=True))
    message_id: int


class ConversationRelation(SQLModel, table=True):
    """What a conversation is linked to: a `contact` or an `order` by its ID, or an `email` address."""

    __tablename__ = "conversation_relation"
    __table_args__ = (Index("conversation_by_relation", "kind", "value", "conversation_id"),)

    conversation_id: int = Field(
        sa_column=reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
