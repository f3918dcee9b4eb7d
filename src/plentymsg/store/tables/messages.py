"""Messages, what they carry, how they leave, and who is told of them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from plentymsg.store.tables.reference import reference


class Message(SQLModel, table=True):
    """One mail of a conversation. `direction` is `in`, `out` or `whisper`."""

    __tablename__ = "message"
    __table_args__ = (
        Index("message_by_conversation", "conversation_id", "date", "id"),
        Index("message_by_header_id", "header_id"),
        Index("message_by_key", "key", unique=True, sqlite_where=text("key IS NOT NULL")),
        # A template that is deleted is looked for in all messages, whose texts lie before this column.
        Index("message_by_template", "template_id", sqlite_where=text("template_id IS NOT NULL")),
        CheckConstraint("direction IN ('in', 'out', 'whisper')", name="message_direction"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(sa_column=reference("conversation.id", on_delete="CASCADE"))
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    direction: str
    header_id: str = ""
    """The Message-ID with its angle brackets, empty if the mail has none."""
    subject: str
    from_name: str = ""
    from_email: str = ""
    date: str
    """When it was written, as far as its Date header can be believed."""
    text: str = Field(sa_column=Column(Text, nullable=False))
    html: str = Field(default="", sa_column=Column(Text, nullable=False))
    marks: str = "[]"
    """A JSON list: `bounce`, `auto-reply`, `list`."""
    evidence: str = ""
    """Why the message is in this conversation."""
    key: str | None = None
    """What a script gave to `send --key`: its repetition is the same message."""
    key_digest: str | None = None
    """What was asked for under the key, so that something else under it is noticed."""
    minutes: int | None = None
    """The working time that it records."""
    billable: bool = False
    """Whether the customer pays for it: a fee-based message."""
    created_at: str
    created_by: int | None = Field(default=None, foreign_key="user_account.id")
    template_id: int | None = Field(default=None, foreign_key="template.id")
    """The template that it was made with, if there was one; older messages do not tell."""


class MessageTag(SQLModel, table=True):
    """A tag on one message."""

    __tablename__ = "message_tag"
    __table_args__ = (Index("message_by_tag", "tag_id", "message_id"),)

    message_id: int = Field(sa_column=reference("message.id", on_delete="CASCADE", primary_key=True))
    tag_id: int = Field(sa_column=reference("tag.id", on_delete="CASCADE", primary_key=True))


class MessageRaw(SQLModel, table=True):
    """A message as it came over the wire, or as it leaves."""

    __tablename__ = "message_raw"

    message_id: int = Field(sa_column=reference("message.id", on_delete="CASCADE", primary_key=True))
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class MessageAddress(SQLModel, table=True):
    """An address in one of a message's headers: `field` is `to`, `cc`, `bcc` or `reply-to`."""

    __tablename__ = "message_address"

    message_id: int = Field(sa_column=reference("message.id", on_delete="CASCADE", primary_key=True))
    field: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    name: str = ""
    email: str


class MessageReference(SQLModel, table=True):
    """A Message-ID named in a message's References or In-Reply-To."""

    __tablename__ = "message_reference"
    __table_args__ = (Index("message_by_reference", "header_id", "message_id"),)

    message_id: int = Field(sa_column=reference("message.id", on_delete="CASCADE", primary_key=True))
    place: int = Field(primary_key=True)
    """In order of the thread: the last one is the parent."""
    header_id: str


class Attachment(SQLModel, table=True):
    """What a message carries; the bytes are in its raw form, at `place`."""

    __tablename__ = "attachment"

    message_id: int = Field(sa_column=reference("message.id", on_delete="CASCADE", primary_key=True))
    place: int = Field(primary_key=True)
    name: str
    content_type: str
    size: int


class Delivery(SQLModel, table=True):
    """The ledger of the outbox: one line for each recipient of each message."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("delivery_due", "state", "next_attempt_at"),
        # Every run looks for what dead runs have left: the few claimed lines, among all that ever were.
        Index("delivery_leased", "lease", sqlite_where=text("lease IS NOT NULL")),
        CheckConstraint(
            "state IN ('queued', 'handing-over', 'sent', 'captured', "
            "'deferred', 'failed', 'uncertain', 'cancelled', 'skipped')",
            name="delivery_state",
        ),
    )

    message_id: int = Field(sa_column=reference("message.id", on_delete="CASCADE", primary_key=True))
    recipient: str = Field(primary_key=True)
    kind: str = "address"
    """How the recipient was given: `address`, `contact` or `order`; the rules judge that."""
    live: bool = False
    """Whether live mode was on when it was accepted: if not, it will never reach a customer."""
    state: str = "queued"
    attempts: int = 0
    next_attempt_at: str | None = None
    lease: str | None = None
    """The process that has claimed this line; free while there is none."""
    response: str = ""
    """The server's words, or what kept the message from being handed over."""
    updated_at: str


class Notification(SQLModel, table=True):
    """A user is to be told of a message that came in."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("message_id", "user_id"),
        Index("notification_open", "user_id", "id", sqlite_where=text("closed_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(sa_column=reference("user_account.id", on_delete="CASCADE"))
    message_id: int = Field(sa_column=reference("message.id", on_delete="CASCADE"))
    created_at: str
    opened_at: str | None = None
    closed_at: str | None = None
