"""Adding, changing and deleting tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from sqlmodel import Session, col, select
from sqlmodel import delete as delete_rows

from plentymsg.messenger import access, clients, naming, tags
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import AnyColour, Fields, Name, Problem, concerning, refused
from plentymsg.messenger.tag_search import AVAILABILITIES, Availability
from plentymsg.messenger.tags import Language
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, ChannelTag, Tag, TagAvailability, TagClient, TagTranslation
from plentymsg.store.views import Row

NOUN = Noun("tag", tags.read)


def _any_case(kinds: Any) -> Any:
    """Availabilities as they are written: `messageBillable` is easily mistyped."""
    known = {kind.casefold(): kind for kind in AVAILABILITIES}
    if not isinstance(kinds, list):
        return kinds
    return [known.get(kind.casefold(), kind) if isinstance(kind, str) else kind for kind in kinds]


class TagFields(Fields):
    """What a tag has. A translation of None is removed."""

    name: Name
    colour: AnyColour = ""
    availabilities: Annotated[list[Availability], BeforeValidator(_any_case), Field(min_length=1)] = Field(
        default=[]
    )
    translations: dict[Language, Name | None] = Field(default={})
    clients: list[Name] = Field(default=[])


def add(session: Session, actor: Actor, fields: TagFields) -> Change:
    """Add a tag. The same again is `unchanged`; Conflict if its name is taken by one with other values.

    Raises InvalidInput without colour and availabilities, or for clients without Variation; NotFound for
    an unknown client.
    """
    access.require(actor, access.TAG_CREATE)
    existing = naming.id_of(tags.every(driver_of(session)), fields.name)
    if existing is not None:
        return change.same(_write(session, actor, existing, fields.given()))
    fields.require("colour", "availabilities")
    _require_clients_allowed(fields)
    row = Tag(name=fields.name, colour=fields.colour)
    session.add(row)
    session.flush()
    assert row.id is not None
    _replace_lists(session, row.id, fields)
    return change.added(session, actor, NOUN, row.id)


def require_new(session: Session, actor: Actor, name: str) -> None:
    """Raise Conflict unless a tag of this name can be added."""
    access.require(actor, access.TAG_CREATE)
    naming.require_free(tags.every(driver_of(session)), name, NOUN.kind, but=0)


def alter(session: Session, actor: Actor, tag_id: int, changes: Mapping[str, Any]) -> Change:
    """Change what is given of a tag. One that is for variations no more loses its clients.

    Raises Conflict if the new name is taken, InvalidInput for clients without Variation.
    """
    access.require(actor, access.TAG_UPDATE)
    return _write(session, actor, tag_id, changes)


def delete(session: Session, actor: Actor, tag_id: int) -> Change:
    """Delete a tag, and take it from whatever bears it."""
    access.require(actor, access.TAG_DELETE)
    connection = driver_of(session)
    before = tags.read(connection, tag_id)
    warnings = [*_channels_with(session, tag_id), *_links_in_words(tags.links_of(connection, tag_id))]
    session.execute(delete_rows(ChannelTag).where(col(ChannelTag.tag_id) == tag_id))
    session.delete(session.get_one(Tag, tag_id))
    done = change.deleted(session, actor, NOUN, tag_id, before)
    return done._replace(warnings=tuple(warnings))


def _write(session: Session, actor: Actor, tag_id: int, changes: Mapping[str, Any]) -> Change:
    connection = driver_of(session)
    before = tags.read(connection, tag_id)
    target = change.target(TagFields, before, changes)
    if "clients" in changes:
        _require_clients_allowed(target)
    elif tags.VARIATION not in target.availabilities:
        target.clients = []
    naming.require_free(tags.every(connection), target.name, NOUN.kind, but=tag_id)
    row = session.get_one(Tag, tag_id)
    row.name, row.colour = target.name, target.colour
    _replace_lists(session, tag_id, target)
    return change.changed(session, actor, NOUN, tag_id, before)


def _require_clients_allowed(target: TagFields) -> None:
    if target.clients and tags.VARIATION not in target.availabilities:
        sentence = "only a tag that is available for variations has clients; add variation to availabilities"
        raise refused([Problem(("clients",), sentence)])


def _replace_lists(session: Session, tag_id: int, target: TagFields) -> None:
    connection = driver_of(session)
    for table in (TagAvailability, TagTranslation, TagClient):
        session.execute(delete_rows(table).where(col(table.tag_id) == tag_id))
    for kind in dict.fromkeys(target.availabilities):
        session.add(TagAvailability(tag_id=tag_id, kind=kind))
    for language, name in target.translations.items():
        if name is not None:
            session.add(TagTranslation(tag_id=tag_id, language=language, name=name))
    wanted = set()
    for index, name in enumerate(target.clients):
        with concerning(f"clients.{index}"):
            wanted.add(clients.find(connection, name)["id"])
    for client_id in wanted:
        session.add(TagClient(tag_id=tag_id, client_id=client_id))


def _channels_with(session: Session, tag_id: int) -> list[str]:
    bearing = select(ChannelTag.channel_id).where(col(ChannelTag.tag_id) == tag_id)
    names = session.exec(
        select(Channel.name).where(col(Channel.id).in_(bearing), col(Channel.deleted_at).is_(None))
    ).all()
    return [f"The channel {name} has lost this tag." for name in names]


def _links_in_words(links: list[Row]) -> list[str]:
    if not links:
        return []
    counted = ", ".join(f"{link['kind']}: {link['count']}" for link in links)
    return [f"It was on other things too, which have lost it ({counted})."]
