"""What has a group, type, status or role, and taking it from there before it is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlmodel import Session, col, select, update

from plentymsg.errors import Conflict
from plentymsg.messenger import channels, collecting
from plentymsg.messenger.access import Actor
from plentymsg.messenger.handling import handle
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Noun
from plentymsg.messenger.setup.collecting import NOUN as COLLECTING
from plentymsg.store import handling
from plentymsg.store.driver import Connection
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import (
    Channel,
    ChannelOwner,
    Collecting,
    Conversation,
    ConversationOwner,
    UserAccount,
)

_CHANNEL = Noun("channel", channels.read)


class Use(NamedTuple):
    """Who names the thing, as in `the channel Amazon DE`, and how they are made to name it no more."""

    who: str
    clear: Callable[[], object]


def release(uses: Sequence[Use], sentence: str, *, force: bool) -> tuple[str, ...]:
    """With `force`, take a thing from all who use it, and say so; else raise Conflict.

    `sentence`, continued with them, is the error's.
    """
    if uses and not force:
        raise Conflict(
            f"{sentence} {', '.join(use.who for use in uses)}.",
            hint="Give them another one first, or take it from them with --force.",
            details={"used_by": [use.who for use in uses]},
        )
    for use in uses:
        use.clear()
    return (f"It was taken from {', '.join(use.who for use in uses)}.",) if uses else ()


def channels_with(session: Session, actor: Actor, condition: Any, **cleared: int | None) -> Iterator[Use]:
    """The channels that meet `condition`; `cleared` is what their columns become."""
    for row in _channels(session, condition):
        yield Use(f"the channel {row.name}", partial(_clear_channel, session, actor, row, cleared))


def channels_owned_in(session: Session, actor: Actor, role_id: int) -> Iterator[Use]:
    """The channels that give new conversations an owner in this role."""
    owned = select(ChannelOwner.channel_id).where(col(ChannelOwner.role_id) == role_id)
    for row in _channels(session, col(Channel.id).in_(owned)):
        yield Use(f"the channel {row.name}", partial(_take_role, session, actor, row, role_id))


def conversations_owned_in(session: Session, actor: Actor, role_id: int) -> Iterator[Use]:
    """The conversations that have an owner in this role, told as one."""
    owned = session.exec(
        select(ConversationOwner.conversation_id).where(col(ConversationOwner.role_id) == role_id)
    ).all()
    if owned:
        count = "1 conversation" if len(owned) == 1 else f"{len(owned)} conversations"
        yield Use(count, partial(_disown, driver_of(session), actor, owned, role_id))


def collecting_into(session: Session, actor: Actor, group_id: int) -> Iterator[Use]:
    """The collecting of sent mail, if it files into this group."""
    row = session.exec(select(Collecting).where(col(Collecting.group_id) == group_id)).first()
    if row is not None:
        yield Use("the collecting of sent mail", partial(_clear_collecting, session, actor, row))


def users_in(session: Session, group_id: int) -> Iterator[Use]:
    """The users who have switched to this group."""
    for row in session.exec(select(UserAccount).where(col(UserAccount.group_id) == group_id)):
        yield Use(f"the user {row.login}", partial(setattr, row, "group_id", None))


def reassign(session: Session, actor: Actor, condition: Any, **ids: int | None) -> None:
    """Write `ids` into the conversations that meet `condition`, with a line of history for each."""
    connection = driver_of(session)
    numbers = session.exec(select(Conversation.id).where(condition))
    before = handling.states(connection, [number for number in numbers if number is not None])

    def write() -> None:
        session.execute(update(Conversation).where(condition).values(**ids))

    handle(connection, actor, before, write)


def _channels(session: Session, condition: Any) -> Sequence[Channel]:
    return session.exec(select(Channel).where(condition, col(Channel.deleted_at).is_(None))).all()


def _clear_channel(session: Session, actor: Actor, row: Channel, cleared: dict[str, int | None]) -> None:
    assert row.id is not None
    before = channels.read(driver_of(session), row.id)
    for column, value in cleared.items():
        setattr(row, column, value)
    change.changed(session, actor, _CHANNEL, row.id, before)


def _take_role(session: Session, actor: Actor, row: Channel, role_id: int) -> None:
    assert row.id is not None
    before = channels.read(driver_of(session), row.id)
    session.delete(session.get_one(ChannelOwner, (row.id, role_id)))
    change.changed(session, actor, _CHANNEL, row.id, before)


def _clear_collecting(session: Session, actor: Actor, row: Collecting) -> None:
    before = collecting.read(driver_of(session))
    row.group_id = None
    change.changed(session, actor, COLLECTING, collecting.THE_ONE, before)


def _disown(connection: Connection, actor: Actor, ids: Sequence[int], role_id: int) -> None:
    before = handling.states(connection, ids)
    handle(connection, actor, before, lambda: handling.remove_owners(connection, ids, [role_id]))
