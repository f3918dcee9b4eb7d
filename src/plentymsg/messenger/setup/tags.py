"""Adding, changing and deleting tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlmodel import Session, col, select
from sqlmodel import delete as delete_rows

from plentymsg.messenger import access, naming, tags
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import AnyColour, Fields, Name
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, ChannelTag, Tag, TagAvailability, TagTranslation

NOUN = Noun("tag", tags.read)

Availability = Literal[
    "category",
    "contact",
    "variation",
    "order",
    "reorder",
    "redistribution",
    "messenger",
    "messageBillable",
]
Language = Literal[
    "de", "en", "bg", "fr", "it", "es", "tr", "nl", "pl", "pt", "nn", "ro", "da", "se", "cz", "ru", "sk",
    "cn", "vn", "fi", "ga", "lt", "lv", "et", "hr", "hu",
]  # fmt: skip
"""PlentyONE's codes: `se`, `cz`, `cn` and `vn` are countries."""


class TagFields(Fields):
    """What a tag has. A translation of None is removed."""

    name: Name
    colour: AnyColour = ""
    availabilities: Annotated[list[Availability], Field(min_length=1)] = Field(default=[])
    translations: dict[Language, Name | None] = Field(default={})


def add(session: Session, actor: Actor, fields: TagFields) -> Change:
    """Add a tag. The same again is `unchanged`; Conflict if its name is taken by one with other values.

    Raises InvalidInput without colour and availabilities.
    """
    access.require(actor, access.TAG_CREATE)
    existing = naming.id_of(tags.every(driver_of(session)), fields.name)
    if existing is not None:
        return change.same(_write(session, actor, existing, fields.given()))
    fields.require("colour", "availabilities")
    row = Tag(name=fields.name, colour=fields.colour)
    session.add(row)
    session.flush()
    assert row.id is not None
    _replace_lists(session, row.id, fields)
    return change.added(session, actor, NOUN, row.id)


def alter(session: Session, actor: Actor, tag_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a tag. Raises Conflict if the new name is taken."""
    access.require(actor, access.TAG_UPDATE)
    return _write(session, actor, tag_id, changes)


def delete(session: Session, actor: Actor, tag_id: int) -> Change:
    """Delete a tag, and take it from whatever bears it."""
    access.require(actor, access.TAG_DELETE)
    before = tags.read(driver_of(session), tag_id)
    bearing = select(ChannelTag.channel_id).where(col(ChannelTag.tag_id) == tag_id)
    channels = session.exec(
        select(Channel.name).where(col(Channel.id).in_(bearing), col(Channel.deleted_at).is_(None))
    ).all()
    session.execute(delete_rows(ChannelTag).where(col(ChannelTag.tag_id) == tag_id))
    session.delete(session.get_one(Tag, tag_id))
    done = change.deleted(session, actor, NOUN, tag_id, before)
    return done._replace(warnings=tuple(f"The channel {name} has lost this tag." for name in channels))


def _write(session: Session, actor: Actor, tag_id: int, changes: Mapping[str, Any]) -> Change:
    connection = driver_of(session)
    before = tags.read(connection, tag_id)
    target = change.target(TagFields, before, changes)
    naming.require_free(tags.every(connection), target.name, NOUN.kind, but=tag_id)
    row = session.get_one(Tag, tag_id)
    row.name, row.colour = target.name, target.colour
    _replace_lists(session, tag_id, target)
    return change.changed(session, actor, NOUN, tag_id, before)


def _replace_lists(session: Session, tag_id: int, target: TagFields) -> None:
    for table in (TagAvailability, TagTranslation):
        session.execute(delete_rows(table).where(col(table.tag_id) == tag_id))
    for kind in dict.fromkeys(target.availabilities):
        session.add(TagAvailability(tag_id=tag_id, kind=kind))
    for language, name in target.translations.items():
        if name is not None:
            session.add(TagTranslation(tag_id=tag_id, language=language, name=name))
