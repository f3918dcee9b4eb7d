"""The tables. What a person changes goes through these classes; see `views.sql` for reading.

SQLModel tables do not validate: the use cases validate with models of their own first.
Times are ISO 8601 text in UTC (`2026-11-23T18:30:09+00:00`), which sorts as it reads.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from plentymsg.store.tables.channels import (
    Channel,
    ChannelAllowedSender,
    ChannelOwner,
    ChannelServer,
    ChannelSubscriber,
    ChannelTag,
    FiledMail,
    MailboxPosition,
    Quarantine,
    TrustedHost,
)
from plentymsg.store.tables.conversations import (
    Conversation,
    ConversationOwner,
    ConversationRelation,
    ConversationSeen,
    ConversationSubscriber,
    ConversationTag,
)
from plentymsg.store.tables.customers import Contact, OrderItem, PostalAddress, SalesOrder
from plentymsg.store.tables.history import History
from plentymsg.store.tables.messages import (
    Attachment,
    Delivery,
    Message,
    MessageAddress,
    MessageRaw,
    MessageReference,
    MessageTag,
    Notification,
)
from plentymsg.store.tables.packs import StoredPack
from plentymsg.store.tables.people import (
    AccessRole,
    AccessRoleRight,
    AccessRoleVisibility,
    SavedFilter,
    SavedFilterDefault,
    UserAccessRole,
    UserAccount,
)
from plentymsg.store.tables.places import Group, Role, Status, Type
from plentymsg.store.tables.settings import Account, Client, Collecting, CollectingTag, Settings
from plentymsg.store.tables.tags import Tag, TagAvailability, TagClient, TagLink, TagTranslation
from plentymsg.store.tables.templates import Template, TemplateFavourite, TemplateVariable, TemplateVersion

__all__ = [
    "AccessRole",
    "AccessRoleRight",
    "AccessRoleVisibility",
    "Account",
    "Attachment",
    "Channel",
    "ChannelAllowedSender",
    "ChannelOwner",
    "ChannelServer",
    "ChannelSubscriber",
    "ChannelTag",
    "Client",
    "Collecting",
    "CollectingTag",
    "Contact",
    "Conversation",
    "ConversationOwner",
    "ConversationRelation",
    "ConversationSeen",
    "ConversationSubscriber",
    "ConversationTag",
    "Delivery",
    "FiledMail",
    "Group",
    "History",
    "MailboxPosition",
    "Message",
    "MessageAddress",
    "MessageRaw",
    "MessageReference",
    "MessageTag",
    "Notification",
    "OrderItem",
    "PostalAddress",
    "Quarantine",
    "Role",
    "SQLModel",
    "SalesOrder",
    "SavedFilter",
    "SavedFilterDefault",
    "Settings",
    "Status",
    "StoredPack",
    "Tag",
    "TagAvailability",
    "TagClient",
    "TagLink",
    "TagTranslation",
    "Template",
    "TemplateFavourite",
    "TemplateVariable",
    "TemplateVersion",
    "TrustedHost",
    "Type",
    "UserAccessRole",
    "UserAccount",
]
