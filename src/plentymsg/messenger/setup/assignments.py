"""What of other things a channel names: group, type, status, tags, people, templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel import delete as delete_rows

from plentymsg.errors import InvalidInput
from plentymsg.messenger import groups, naming, policy, roles, statuses, tags, templates, types, users
from plentymsg.messenger.setup.fields import concerning, each_of
from plentymsg.store.driver import Connection
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import (
    Channel,
    ChannelOwner,
    ChannelSubscriber,
    ChannelTag,
    Group,
    Status,
    Template,
    Type,
)
from plentymsg.store.views import Row
from plentymsg.templates.default import default_templates


def place(session: Session, row: Channel, changes: Mapping[str, Any]) -> None:
    """Write group, type and status, so far as they are given, and make sure that they go together.

    If only the group changes, the new group's type of the same name takes the place of the old one; the
    same goes for the status. Raises InvalidInput if there is none, or the marketplace asks for another
    group.
    """
    connection = driver_of(session)
    old = row.group_id, row.type_id
    with concerning("group"):
        if "group" in changes:
            row.group_id = groups.find(connection, changes["group"])
        _require_own_group(session, row)
    with concerning("type"):
        if "type" in changes:
            named = changes["type"]
            row.type_id = None if named is None else types.find_in(connection, row.group_id, named)
        elif row.type_id is not None and row.group_id != old[0]:
            siblings = types.every(connection, row.group_id)
            row.type_id = _namesake(siblings, session.get_one(Type, row.type_id).name_de, "type")
    with concerning("status"):
        if "status" in changes:
            row.status_id = _status(connection, row.type_id, changes["status"])
        elif row.type_id is None:
            row.status_id = None
        elif row.status_id is not None and row.type_id != old[1]:
            siblings = statuses.every(connection, row.type_id)
            row.status_id = _namesake(siblings, session.get_one(Status, row.status_id).name_de, "status")


def put_templates(session: Session, row: Channel, given: Mapping[str, str | None]) -> None:
    """Write those of the two templates that are given; None takes one away."""
    connection = driver_of(session)
    for key, name in given.items():
        with concerning(f"templates.{key}"):
            template_id = None if name is None else templates.find(connection, name, "template")
        setattr(row, f"template_{key}_id", template_id)


def put_tags(session: Session, row: Channel, given: Sequence[str] | None) -> None:
    """Replace the tags by those given, which must be available for the messenger. None leaves them."""
    if given is None:
        return
    connection = driver_of(session)
    held = session.exec(select(ChannelTag).where(col(ChannelTag.channel_id) == row.id)).all()
    before = {link.tag_id for link in held}
    wanted: set[int] = set()

    def put(index: int, name: str) -> None:
        with concerning(f"tags.{index}"):
            tag_id = tags.find(connection, name)
            if tag_id not in before | wanted:
                tags.require_for_conversations(tags.read(connection, tag_id))
                session.add(ChannelTag(channel_id=id_of(row), tag_id=tag_id))
        wanted.add(tag_id)

    each_of(*(partial(put, index, name) for index, name in enumerate(given)))
    for link in held:
        if link.tag_id not in wanted:
            session.delete(link)


def put_owners(session: Session, row: Channel, given: Sequence[Mapping[str, str]] | None) -> None:
    """Replace the owners by those given. A new one must be active, and one who may own. None leaves them."""
    if given is None:
        return
    connection = driver_of(session)
    held = session.exec(select(ChannelOwner).where(col(ChannelOwner.channel_id) == row.id)).all()
    before = {link.role_id: link.user_id for link in held}
    wanted: dict[int, int] = {}

    def put(index: int, owner: Mapping[str, str]) -> None:
        with concerning(f"owners.{index}.role"):
            role_id = roles.find(connection, owner["role"])
            if role_id in wanted:
                raise InvalidInput(
                    f"The role {owner['role']!r} is given to two owners.",
                    hint="Give each owner a role of their own.",
                )
        with concerning(f"owners.{index}.user"):
            wanted[role_id] = users.find(connection, owner["user"])
            if wanted[role_id] not in before.values():
                users.require_may_own(users.read(connection, wanted[role_id]))

    each_of(*(partial(put, index, owner) for index, owner in enumerate(given)))
    if wanted != before:
        session.execute(delete_rows(ChannelOwner).where(col(ChannelOwner.channel_id) == row.id))
        for role_id, user_id in wanted.items():
            session.add(ChannelOwner(channel_id=id_of(row), role_id=role_id, user_id=user_id))


def put_subscribers(session: Session, row: Channel, given: Sequence[str] | None) -> None:
    """Replace the subscribers by those given. A new one must be active. None leaves them."""
    if given is None:
        return
    connection = driver_of(session)
    held = session.exec(select(ChannelSubscriber).where(col(ChannelSubscriber.channel_id) == row.id)).all()
    before = {link.user_id for link in held}
    wanted: set[int] = set()

    def put(index: int, name: str) -> None:
        with concerning(f"subscribers.{index}"):
            user_id = users.find(connection, name)
            if user_id not in before | wanted:
                _require_active(users.read(connection, user_id))
                session.add(ChannelSubscriber(channel_id=id_of(row), user_id=user_id))
        wanted.add(user_id)

    each_of(*(partial(put, index, name) for index, name in enumerate(given)))
    for link in held:
        if link.user_id not in wanted:
            session.delete(link)


def default_template_id(session: Session) -> int | None:
    """The ID of `Messenger default NEW`, preselected for new conversations; None if it was deleted."""
    name = default_templates()[0].name
    return session.exec(select(Template.id).where(col(Template.name) == name)).first()


def id_of(row: Channel) -> int:
    """The ID of a channel that the store has given one."""
    assert row.id is not None
    return row.id


def _require_own_group(session: Session, row: Channel) -> None:
    """M-016: a marketplace that has a system group uses it, whatever it is called now."""
    if not row.marketplace:
        return
    marketplace = policy.in_force(driver_of(session)).policy.find_marketplace(row.marketplace)
    if not marketplace.system_group:
        return
    group = session.get_one(Group, row.group_id)
    if group.system != marketplace.system_group:
        own = session.exec(select(Group.name_de).where(col(Group.system) == marketplace.system_group)).one()
        raise InvalidInput(
            f"A channel of {marketplace.name} must use the group {own!r}, not {group.name_de!r}.",
            hint=f"Give it the group {own!r}.",
        )


def _status(connection: Connection, type_id: int | None, name: str | None) -> int | None:
    if name is None:
        return None
    if type_id is None:
        raise InvalidInput(
            f"The status {name!r} belongs to a type, and the channel has none.", hint="Give the type as well."
        )
    return statuses.find_in(connection, type_id, name)


def _namesake(things: Sequence[Row], name: str, what: str) -> int:
    found = naming.id_of(things, name)
    if found is None:
        raise InvalidInput(
            f"The {what} {name!r} does not exist where the channel goes.",
            hint=f"Give the {what} as well; an empty one takes it away.",
        )
    return found


def _require_active(user: Row) -> None:
    if not user["active"]:
        raise InvalidInput(
            f"{user['login']} is not active and cannot subscribe.",
            hint=f"Activate the account first: plentymsg user set {user['login']} --active",
        )
