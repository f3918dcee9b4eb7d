"""Changing the Messenger integration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlmodel import Session
from sqlmodel import delete as delete_rows

from plentymsg.errors import Conflict, InvalidInput
from plentymsg.messenger import access, channels, collecting, groups, tags
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Fields, Name, concerning
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Collecting, CollectingTag

NOUN = Noun("collecting", collecting.read, lambda _: "")


class CollectFields(Fields):
    """What there is to set."""

    active: bool = False
    attachments: bool = False
    channel: Name | None = None
    group: Name | None = None
    tags: list[Name] = Field(default=[])


def alter(session: Session, actor: Actor, changes: Mapping[str, Any]) -> Change:
    """Change what is given of the integration.

    Raises Conflict if it would be on without a channel, NotFound for an unknown channel, group or tag,
    InvalidInput for one that nothing can be filed under.
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    before = collecting.read(connection)
    target = change.target(CollectFields, before, changes)
    row = session.get_one(Collecting, collecting.THE_ONE)
    row.active, row.attachments = target.active, target.attachments
    with concerning("channel"):
        if "channel" in changes:
            row.channel_id = channels.find(connection, target.channel) if target.channel else None
    with concerning("group"):
        if "group" in changes:
            row.group_id = groups.find(connection, target.group) if target.group else None
            if row.group_id == groups.ALL:
                raise InvalidInput(
                    f"The group {target.group!r} is the view over every group; nothing is filed in it.",
                    hint="Name another one; see: plentymsg group list",
                )
    if "tags" in changes:
        _put_tags(session, target.tags)
    with concerning("active"):
        _require_channel(session)
    return change.changed(session, actor, NOUN, collecting.THE_ONE, before)


def _put_tags(session: Session, names: Sequence[str]) -> None:
    connection = driver_of(session)
    wanted: dict[int, None] = {}
    for index, name in enumerate(names):
        with concerning(f"tags.{index}"):
            tag_id = tags.find(connection, name)
            tags.require_for_conversations(tags.read(connection, tag_id))
        wanted[tag_id] = None
    session.execute(delete_rows(CollectingTag))
    session.add_all(CollectingTag(tag_id=tag_id) for tag_id in wanted)


def _require_channel(session: Session) -> None:
    connection = driver_of(session)
    now = collecting.read(connection)
    if not now["active"] or now["channel"]:
        return
    known = [channel["name"] for channel in channels.every(connection)]
    if not known:
        raise Conflict(
            "Collecting needs a channel, and none has been set up.",
            hint="Set one up first, with: plentymsg channel add NAME",
        )
    raise Conflict(
        "Collecting needs a channel to file into, and none is chosen.",
        hint=f"Name one with: plentymsg collect set --channel NAME; there are: {', '.join(known[:8])}.",
    )
