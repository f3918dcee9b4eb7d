"""The tables. What a person changes goes through these classes; see `views.sql` for reading.

SQLModel tables do not validate: the use cases validate with models of their own first.
Times are ISO 8601 text in UTC (`2026-11-23T18:30:09+00:00`), which sorts as it reads.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel


def _reference(
    target: str, *, on_delete: str = "RESTRICT", primary_key: bool = False, nullable: bool = False
) -> Column:  # type: ignore[type-arg]
    return Column(ForeignKey(target, ondelete=on_delete), primary_key=primary_key, nullable=nullable)


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

    tag_id: int = Field(sa_column=_reference("tag.id", on_delete="CASCADE", primary_key=True))


class Client(SQLModel, table=True):
    """A client (German: Mandant): a web shop, whose customers may see a variation's tags."""

    __tablename__ = "client"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


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

    role_id: int = Field(sa_column=_reference("access_role.id", on_delete="CASCADE", primary_key=True))
    right: str = Field(primary_key=True)


class AccessRoleVisibility(SQLModel, table=True):
    """A tick of the simple mode: a node of the menu and one of See, Edit, Create and Delete."""

    __tablename__ = "access_role_visibility"

    role_id: int = Field(sa_column=_reference("access_role.id", on_delete="CASCADE", primary_key=True))
    node: str = Field(primary_key=True)
    action: str = Field(primary_key=True)


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


class UserAccessRole(SQLModel, table=True):
    """An access role that an account has; several add up."""

    __tablename__ = "user_access_role"

    user_id: int = Field(sa_column=_reference("user_account.id", on_delete="CASCADE", primary_key=True))
    role_id: int = Field(sa_column=_reference("access_role.id", primary_key=True))


class SavedFilter(SQLModel, table=True):
    """A search that somebody has kept: of their own, or for everyone. `query` is JSON."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("noun", "user_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    noun: str
    """What it lists: `tag` …"""
    name: str
    user_id: int = Field(sa_column=_reference("user_account.id", on_delete="CASCADE"))
    for_all: bool = False
    position: int = 0
    query: str = "{}"


class SavedFilterDefault(SQLModel, table=True):
    """The filter that a user's list of a noun begins with."""

    __tablename__ = "saved_filter_default"

    user_id: int = Field(sa_column=_reference("user_account.id", on_delete="CASCADE", primary_key=True))
    noun: str = Field(primary_key=True)
    filter_id: int = Field(sa_column=_reference("saved_filter.id", on_delete="CASCADE"))


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


class Tag(SQLModel, table=True):
    """A keyword with a colour (#rrggbb)."""

    __tablename__ = "tag"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    colour: str


class TagAvailability(SQLModel, table=True):
    """One kind of thing that a tag may be put on."""

    __tablename__ = "tag_availability"

    tag_id: int = Field(sa_column=_reference("tag.id", on_delete="CASCADE", primary_key=True))
    kind: str = Field(primary_key=True)


class TagTranslation(SQLModel, table=True):
    """A tag's name in another language."""

    __tablename__ = "tag_translation"

    tag_id: int = Field(sa_column=_reference("tag.id", on_delete="CASCADE", primary_key=True))
    language: str = Field(primary_key=True)
    name: str


class TagClient(SQLModel, table=True):
    """A client whose customers see a tag on a variation."""

    __tablename__ = "tag_client"

    tag_id: int = Field(sa_column=_reference("tag.id", on_delete="CASCADE", primary_key=True))
    client_id: int = Field(sa_column=_reference("client.id", primary_key=True))


class TagLink(SQLModel, table=True):
    """A tag on a record that is not a conversation: `kind` is one of the tag's availabilities."""

    __tablename__ = "tag_link"

    tag_id: int = Field(sa_column=_reference("tag.id", on_delete="CASCADE", primary_key=True))
    kind: str = Field(primary_key=True)
    record_id: int = Field(primary_key=True)


class Template(SQLModel, table=True):
    """A template, header, footer or text block (`kind`); its texts are its language versions."""

    __tablename__ = "template"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    folder: str = ""
    kind: str = "template"
    owner_id: int | None = Field(default=None, foreign_key="user_account.id")
    header_id: int | None = Field(default=None, foreign_key="template.id")
    footer_id: int | None = Field(default=None, foreign_key="template.id")


class TemplateFavourite(SQLModel, table=True):
    """A template or text block that a user keeps at hand."""

    __tablename__ = "template_favourite"

    user_id: int = Field(sa_column=_reference("user_account.id", on_delete="CASCADE", primary_key=True))
    template_id: int = Field(sa_column=_reference("template.id", on_delete="CASCADE", primary_key=True))


class TemplateVersion(SQLModel, table=True):
    """A template in one language. `id` is PlentyONE's language ID, which `extends` and `include` name."""

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("template_id", "language"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    template_id: int = Field(sa_column=_reference("template.id", on_delete="CASCADE"))
    language: str
    subject: str = ""
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    html: str = Field(default="", sa_column=Column(Text, nullable=False))


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

    channel_id: int = Field(sa_column=_reference("channel.id", on_delete="CASCADE", primary_key=True))
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

    channel_id: int = Field(sa_column=_reference("channel.id", on_delete="CASCADE", primary_key=True))
    tag_id: int = Field(sa_column=_reference("tag.id", primary_key=True))


class ChannelOwner(SQLModel, table=True):
    """An owner, in a role, for every new conversation of a channel."""

    __tablename__ = "channel_owner"

    channel_id: int = Field(sa_column=_reference("channel.id", on_delete="CASCADE", primary_key=True))
    role_id: int = Field(sa_column=_reference("messenger_role.id", primary_key=True))
    user_id: int = Field(sa_column=_reference("user_account.id"))


class ChannelSubscriber(SQLModel, table=True):
    """A user who is told of each new message of a channel."""

    __tablename__ = "channel_subscriber"

    channel_id: int = Field(sa_column=_reference("channel.id", on_delete="CASCADE", primary_key=True))
    user_id: int = Field(sa_column=_reference("user_account.id", primary_key=True))


class ChannelAllowedSender(SQLModel, table=True):
    """An address that may write to a channel's target address; without any, everyone may."""

    __tablename__ = "channel_allowed_sender"

    channel_id: int = Field(sa_column=_reference("channel.id", on_delete="CASCADE", primary_key=True))
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

    channel_id: int = Field(sa_column=_reference("channel.id", on_delete="CASCADE", primary_key=True))
    mailbox: str = Field(primary_key=True)
    position: str
    updated_at: str


class FiledMail(SQLModel, table=True):
    """What a channel has filed: a mail that comes again is recognised, even after the trash is emptied."""

    __tablename__ = "filed_mail"

    channel_id: int = Field(sa_column=_reference("channel.id", primary_key=True))
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
        sa_column=_reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    tag_id: int = Field(sa_column=_reference("tag.id", on_delete="CASCADE", primary_key=True))


class ConversationOwner(SQLModel, table=True):
    """Who takes part in handling a conversation, one user for each role."""

    __tablename__ = "conversation_owner"

    conversation_id: int = Field(
        sa_column=_reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    role_id: int = Field(sa_column=_reference("messenger_role.id", primary_key=True))
    user_id: int = Field(sa_column=_reference("user_account.id"))


class ConversationSubscriber(SQLModel, table=True):
    """A user who is told of each new message of a conversation."""

    __tablename__ = "conversation_subscriber"

    conversation_id: int = Field(
        sa_column=_reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    user_id: int = Field(sa_column=_reference("user_account.id", primary_key=True))


class ConversationSeen(SQLModel, table=True):
    """The newest message of a conversation that a user has seen: later ones are unread for them."""

    __tablename__ = "conversation_seen"

    conversation_id: int = Field(
        sa_column=_reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    user_id: int = Field(sa_column=_reference("user_account.id", primary_key=True))
    message_id: int


class ConversationRelation(SQLModel, table=True):
    """What a conversation is linked to: a `contact` or an `order` by its ID, or an `email` address."""

    __tablename__ = "conversation_relation"
    __table_args__ = (Index("conversation_by_relation", "kind", "value", "conversation_id"),)

    conversation_id: int = Field(
        sa_column=_reference("conversation.id", on_delete="CASCADE", primary_key=True)
    )
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)


class Message(SQLModel, table=True):
    """One mail of a conversation. `direction` is `in`, `out` or `whisper`."""

    __tablename__ = "message"
    __table_args__ = (
        Index("message_by_conversation", "conversation_id", "date", "id"),
        Index("message_by_header_id", "header_id"),
        Index("message_by_key", "key", unique=True, sqlite_where=text("key IS NOT NULL")),
        CheckConstraint("direction IN ('in', 'out', 'whisper')", name="message_direction"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(sa_column=_reference("conversation.id", on_delete="CASCADE"))
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


class MessageTag(SQLModel, table=True):
    """A tag on one message."""

    __tablename__ = "message_tag"
    __table_args__ = (Index("message_by_tag", "tag_id", "message_id"),)

    message_id: int = Field(sa_column=_reference("message.id", on_delete="CASCADE", primary_key=True))
    tag_id: int = Field(sa_column=_reference("tag.id", on_delete="CASCADE", primary_key=True))


class MessageRaw(SQLModel, table=True):
    """A message as it came over the wire, or as it leaves."""

    __tablename__ = "message_raw"

    message_id: int = Field(sa_column=_reference("message.id", on_delete="CASCADE", primary_key=True))
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class MessageAddress(SQLModel, table=True):
    """An address in one of a message's headers: `field` is `to`, `cc`, `bcc` or `reply-to`."""

    __tablename__ = "message_address"

    message_id: int = Field(sa_column=_reference("message.id", on_delete="CASCADE", primary_key=True))
    field: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    name: str = ""
    email: str


class MessageReference(SQLModel, table=True):
    """A Message-ID named in a message's References or In-Reply-To."""

    __tablename__ = "message_reference"
    __table_args__ = (Index("message_by_reference", "header_id", "message_id"),)

    message_id: int = Field(sa_column=_reference("message.id", on_delete="CASCADE", primary_key=True))
    place: int = Field(primary_key=True)
    """In order of the thread: the last one is the parent."""
    header_id: str


class Attachment(SQLModel, table=True):
    """What a message carries; the bytes are in its raw form, at `place`."""

    __tablename__ = "attachment"

    message_id: int = Field(sa_column=_reference("message.id", on_delete="CASCADE", primary_key=True))
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

    message_id: int = Field(sa_column=_reference("message.id", on_delete="CASCADE", primary_key=True))
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


class Notification(SQLModel, table=True):
    """A user is to be told of a message that came in."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("message_id", "user_id"),
        Index("notification_open", "user_id", "id", sqlite_where=text("closed_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(sa_column=_reference("user_account.id", on_delete="CASCADE"))
    message_id: int = Field(sa_column=_reference("message.id", on_delete="CASCADE"))
    created_at: str
    opened_at: str | None = None
    closed_at: str | None = None


class Contact(SQLModel, table=True):
    """A customer. The ID is PlentyONE's. `details` are further template variables of it, as flat JSON.

    Addresses are kept in lower case, here and in orders, so that an index finds them.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index("contact_by_external_id", "external_id"),
        Index("contact_by_number", "number"),
        Index("contact_by_private_email", "email_private"),
        Index("contact_by_work_email", "email_work"),
    )

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = ""
    number: str = ""
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    title: str = ""
    gender: str = ""
    language: str = ""
    email_private: str = ""
    email_work: str = ""
    details: str = Field(default="{}", sa_column=Column(Text, nullable=False))


class SalesOrder(SQLModel, table=True):
    """An order. The ID is PlentyONE's. `details` are further template variables of it, as flat JSON."""

    __tablename__ = "sales_order"
    __table_args__ = (
        Index("order_by_external_id", "external_id"),
        Index("order_by_contact", "contact_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    external_id: str = ""
    contact_id: int | None = Field(default=None, sa_column=_reference("contact.id", nullable=True))
    referrer: str = ""
    status: str = ""
    created_at: str = ""
    currency: str = ""
    total: str = ""
    details: str = Field(default="{}", sa_column=Column(Text, nullable=False))


class OrderItem(SQLModel, table=True):
    """A line of an order."""

    __tablename__ = "order_item"

    order_id: int = Field(sa_column=_reference("sales_order.id", on_delete="CASCADE", primary_key=True))
    place: int = Field(primary_key=True)
    name: str
    quantity: str = "1"
    price: str = ""
    number: str = ""


class PostalAddress(SQLModel, table=True):
    """An address of a contact or of an order: `kind` is `invoice` or `delivery`."""

    __tablename__ = "postal_address"
    __table_args__ = (
        Index("address_of_contact", "contact_id"),
        Index("address_of_order", "order_id"),
        Index("address_by_email", "email"),
        CheckConstraint("(contact_id IS NULL) <> (order_id IS NULL)", name="address_of_one"),
        CheckConstraint("kind IN ('invoice', 'delivery')", name="address_kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int | None = Field(
        default=None, sa_column=_reference("contact.id", on_delete="CASCADE", nullable=True)
    )
    order_id: int | None = Field(
        default=None, sa_column=_reference("sales_order.id", on_delete="CASCADE", nullable=True)
    )
    kind: str
    is_primary: bool = False
    company: str = ""
    first_name: str = ""
    last_name: str = ""
    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = ""
    email: str = ""
    telephone: str = ""
