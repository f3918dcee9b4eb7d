"""Adding, changing and deleting channels."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlmodel import Session, col, select
from sqlmodel import delete as delete_rows

from plentymsg.errors import Conflict
from plentymsg.messenger import access, channels, naming, policy, settings
from plentymsg.messenger.access import Actor
from plentymsg.messenger.setup import assignments, change, patterns, servers, targets, trust
from plentymsg.messenger.setup.cautions import cautions
from plentymsg.messenger.setup.change import Change, Noun
from plentymsg.messenger.setup.fields import Address, Fields, Line, Name, concerning, each_of, refused
from plentymsg.messenger.setup.groups import system_group_id
from plentymsg.messenger.setup.servers import SIDES, Day, Incoming, Outgoing, Side
from plentymsg.store import views
from plentymsg.store.clock import now, stamp
from plentymsg.store.engine import driver_of
from plentymsg.store.tables import Channel, ChannelAllowedSender, ChannelServer
from plentymsg.store.views import Row

NOUN = Noun("channel", channels.read)
WAITING = ("queued", "handing-over", "deferred")

Sender = Annotated[Address, Field(min_length=1)]


class Owner(Fields):
    """Who looks after a channel's conversations, in which part."""

    role: Name
    user: Name


class Skip(Fields):
    """Who gets nothing, although a message names them: see `messenger.skipping`."""

    orders: bool = False
    contacts: bool = False
    emails: Line = ""


class Templates(Fields):
    """What a message begins with: a new conversation's, and a reply."""

    new: Name | None = None
    reply: Name | None = None


class ChannelFields(Fields):
    """What a channel has. Other things are named as a user may name them."""

    name: Name
    marketplace: Line | None = None
    active: bool = True
    default: bool = False
    group: Name = ""
    type: Name | None = None
    status: Name | None = None
    tags: Annotated[list[Name], Field(default=[])]
    owners: Annotated[list[Owner], Field(default=[])]
    subscribers: Annotated[list[Name], Field(default=[])]
    notifications: bool = False
    match_orders: bool = False
    allowed_senders: Annotated[list[Sender], Field(default=[])]
    since: Day = None
    incoming: Incoming | None = None
    outgoing: Outgoing | None = None
    skip: Skip = Skip()
    templates: Templates = Templates()


def add(session: Session, actor: Actor, fields: ChannelFields, *, new_secret: bool = False) -> Change:
    """Add a channel. The same again is `unchanged`; Conflict if its name is taken by one with other values.

    Its group is the marketplace's own or General, and its template for new conversations the default
    one, unless they are given. It gets its target address, if there is a domain for it. For errors and
    `new_secret` see `alter`.
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    existing = naming.id_of(channels.every(connection), fields.name)
    if existing is not None:
        return change.same(alter(session, actor, existing, fields.given(), new_secret=new_secret))
    with concerning("marketplace"):
        known = policy.in_force(connection).policy
        group = known.find_marketplace(fields.marketplace).system_group if fields.marketplace else ""
    row = Channel(
        name=fields.name,
        group_id=system_group_id(session, group or "general"),
        template_new_id=assignments.default_template_id(session),
    )
    session.add(row)
    session.flush()
    row.target_address = targets.new_address(session, row.name, settings.read(connection)["target_domain"])
    before = channels.read(connection, assignments.id_of(row))
    warnings = _write(session, actor, row, before, fields.given(), new_secret=new_secret)
    return change.added(session, actor, NOUN, row.id)._replace(warnings=warnings)


def alter(
    session: Session, actor: Actor, channel_id: int, changes: Mapping[str, Any], *, new_secret: bool = False
) -> Change:
    """Change what is given of a channel. `new_secret` says that the password comes along with the change.

    Raises InvalidInput for values that do not go together (a marketplace and another one's group, a type
    of another group, an incomplete server), NotFound for what is named and does not exist, Conflict if
    the new name is taken, or a password would be given to another host (see `trust`).
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    before = channels.read(connection, channel_id)
    naming.require_free(
        channels.every(connection), changes.get("name", before["name"]), NOUN.kind, but=channel_id
    )
    row = session.get_one(Channel, channel_id)
    warnings = _write(session, actor, row, before, changes, new_secret=new_secret)
    done = change.changed(session, actor, NOUN, channel_id, before)
    return done._replace(warnings=warnings) if done.changed else done


def delete(session: Session, actor: Actor, channel_id: int) -> Change:
    """Delete a channel softly. Its conversations stay, and its target address is never given again.

    Raises Conflict while its messages wait in the outbox.
    """
    access.require(actor, access.ADMIN)
    connection = driver_of(session)
    before = channels.read(connection, channel_id)
    waiting = views.select(connection, "v_outbox", {"channel_id": channel_id, "state": WAITING})
    if waiting:
        count = "1 message" if len(waiting) == 1 else f"{len(waiting)} messages"
        raise Conflict(
            f"The channel {before['name']!r} has {count} in the outbox.",
            hint="Let them be delivered with `plentymsg sync`, or cancel them: plentymsg outbox list",
        )
    collects = views.exists(connection, "v_collecting", {"channel_id": channel_id, "active": 1})
    row = session.get_one(Channel, channel_id)
    row.deleted_at, row.is_default = stamp(now()), False
    told = (
        "Mail that other systems send was collected in it; name another: plentymsg collect set --channel NAME"
    )
    done = change.deleted(session, actor, NOUN, channel_id, before)
    return done._replace(warnings=(told,)) if collects else done


def give_target_addresses(session: Session, actor: Actor, domain: str) -> None:
    """Give each channel a target address that has none, once there is a domain for it."""
    connection = driver_of(session)
    without = [channel for channel in channels.every(connection) if channel["target_address"] is None]
    for before in without if domain else ():
        row = session.get_one(Channel, before["id"])
        row.target_address = targets.new_address(session, row.name, domain)
        change.changed(session, actor, NOUN, before["id"], before)


def _write(
    session: Session,
    actor: Actor,
    row: Channel,
    before: Row,
    changes: Mapping[str, Any],
    *,
    new_secret: bool,
) -> tuple[str, ...]:
    """Write `changes` into the channel; return the warnings."""
    sides: dict[str, Any] = {
        side: servers.merged(side, before[side], changes[side]) for side in SIDES if side in changes
    }
    target = change.target(ChannelFields, {**before, **dict.fromkeys(sides)}, {**changes, **sides})
    row.name, row.active, row.since = target.name, target.active, target.since
    row.notifications, row.match_orders = target.notifications, target.match_orders
    with concerning("marketplace"):
        known = policy.in_force(driver_of(session)).policy
        row.marketplace = known.find_marketplace(target.marketplace).key if target.marketplace else None
    each_of(
        lambda: assignments.place(session, row, changes),
        lambda: assignments.put_templates(session, row, changes.get("templates") or {}),
        lambda: assignments.put_tags(session, row, changes.get("tags")),
        lambda: assignments.put_owners(session, row, changes.get("owners")),
        lambda: assignments.put_subscribers(session, row, changes.get("subscribers")),
        lambda: _put_skip_rules(row, target.skip),
    )
    _put_allowed_senders(session, row, changes.get("allowed_senders"))
    _put_servers(session, row, target)
    trust.require_trusted(session, _passwords(target), new_secret=new_secret)
    displaced = _put_default(session, actor, row, target.default)
    return (*displaced, *cautions(driver_of(session), assignments.id_of(row)))


def _put_skip_rules(row: Channel, skip: Skip) -> None:
    row.skip_orders, row.skip_contacts = skip.orders, skip.contacts
    if skip.emails and skip.emails != row.skip_emails:
        with concerning("skip.emails"):
            patterns.require_harmless(skip.emails)
    row.skip_emails = skip.emails


def _put_allowed_senders(session: Session, row: Channel, given: Sequence[str] | None) -> None:
    """Replace those who may write by those given; an address in two spellings is one. None leaves them."""
    if given is None:
        return
    channel_id = assignments.id_of(row)
    session.execute(delete_rows(ChannelAllowedSender).where(col(ChannelAllowedSender.channel_id) == row.id))
    for address in sorted({address.casefold() for address in given}):
        session.add(ChannelAllowedSender(channel_id=channel_id, address=address))


def _passwords(target: ChannelFields) -> list[trust.Given]:
    """Which password each side gives to which host."""
    sides: dict[Side, Incoming | Outgoing | None] = {"incoming": target.incoming, "outgoing": target.outgoing}
    return [
        trust.Given(side, server.password, server.host)
        for side, server in sides.items()
        if server and server.password and server.host
    ]


def _put_servers(session: Session, row: Channel, target: ChannelFields) -> None:
    given: dict[Side, Incoming | Outgoing | None] = {"incoming": target.incoming, "outgoing": target.outgoing}
    problems = [
        problem for side, server in given.items() if server for problem in servers.problems(side, server)
    ]
    if problems:
        raise refused(problems)
    session.execute(delete_rows(ChannelServer).where(col(ChannelServer.channel_id) == row.id))
    for side, server in given.items():
        if server is not None:
            values = server.model_dump(exclude={"sender_email", "sender_name"})
            values["password"] = json.dumps(server.password) if server.password else ""
            session.add(ChannelServer(channel_id=assignments.id_of(row), side=side, **values))
    sender = target.outgoing
    row.sender_email, row.sender_name = (sender.sender_email, sender.sender_name) if sender else ("", "")


def _put_default(session: Session, actor: Actor, row: Channel, default: bool) -> tuple[str, ...]:
    """Make it the default channel or not; say which one was it before."""
    told: tuple[str, ...] = ()
    if default and not row.is_default:
        for other in session.exec(select(Channel).where(col(Channel.is_default))).all():
            assert other.id is not None
            before = channels.read(driver_of(session), other.id)
            other.is_default = False
            change.changed(session, actor, NOUN, other.id, before)
            told = (f"The channel {other.name} is no longer the default.",)
    row.is_default = default
    return told
