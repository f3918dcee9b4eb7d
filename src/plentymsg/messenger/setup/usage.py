"""What names a group, type, status or role as a default, and taking it from there before it is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from plentymsg.errors import Conflict
from plentymsg.messenger import channels
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import change
from plentymsg.messenger.setup.change import Noun
from plentymsg.store import history, views
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, ChannelOwner, Collecting, ConversationOwner, UserAccount

_CHANNEL = Noun("channel", channels.read)


class Use(NamedTuple):
    """Who names the thing, as in `the channel Amazon DE`, and how they are made to name it no more."""

    who: str
    clear: Callable[[], object]


def release(uses: Sequence[Use], sentence: str, *, force: bool) -> None:
    """With `force`, take a thing from all who use it; else raise Conflict, `sentence` continued with them."""
    if uses and not force:
        raise Conflict(
            f"{sentence} {', '.join(use.who for use in uses)}.",
            hint="Give them another one first, or take it from them with --force.",
            details={"used_by": [use.who for use in uses]},
        )
    for use in uses:
        use.clear()


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
    owners = session.exec(select(ConversationOwner).where(col(ConversationOwner.role_id) == role_id)).all()
    if owners:
        count = "1 conversation" if len(owners) == 1 else f"{len(owners)} conversations"
        yield Use(count, partial(_disown, session, actor, owners))


def collecting_into(session: Session, actor: Actor, group_id: int) -> Iterator[Use]:
    """The collecting of sent mail, if it files into this group."""
    row = session.exec(select(Collecting).where(col(Collecting.group_id) == group_id)).first()
    if row is not None:
        yield Use("the collecting of sent mail", partial(_clear_collecting, session, actor, row))


def users_in(session: Session, group_id: int) -> Iterator[Use]:
    """The users who have switched to this group."""
    for row in session.exec(select(UserAccount).where(col(UserAccount.group_id) == group_id)):
        yield Use(f"the user {row.login}", partial(setattr, row, "group_id", None))


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
    connection = driver_of(session)
    before = views.select(connection, "v_collecting")[0]["group_de"]
    row.group_id = None
    history.record(
        connection,
        user_id=actor.id,
        kind="collecting",
        thing_id=row.id,
        action="changed",
        before={"group": before},
        after={"group": None},
    )


def _disown(session: Session, actor: Actor, owners: Sequence[ConversationOwner]) -> None:
    """Take these owners from their conversations, with a line of history for each."""
    connection = driver_of(session)
    for owner in owners:
        before = _owners_of(session, owner.conversation_id)
        session.delete(owner)
        history.record(
            connection,
            user_id=actor.id,
            kind="conversation",
            thing_id=owner.conversation_id,
            action="changed",
            before={"owners": before},
            after={"owners": _owners_of(session, owner.conversation_id)},
        )


def _owners_of(session: Session, conversation_id: int) -> Any:
    row = views.first(driver_of(session), "v_conversation", {"id": conversation_id})
    return views.parsed(row["owners"]) if row else []
