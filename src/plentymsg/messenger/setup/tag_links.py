"""Importing links: putting tags on records, by the IDs that both have in PlentyONE.

A record of the messenger is a conversation, and there the tag goes. Contacts and orders have to be in the
store; what it keeps no records of, such as variations, is linked as it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sqlmodel import Session, insert

from plentymsg.messenger import access, tags
from plentymsg.messenger.access import Actor
from plentymsg.messenger.handling import handle
from plentymsg.messenger.link_file import Link, Problem, read, refused
from plentymsg.store import history, views
from plentymsg.store.driver import Connection
from plentymsg.store.engine import driver_of
from plentymsg.store.handling import states
from plentymsg.store.tables import ConversationTag, TagLink
from plentymsg.store.views import Row

_RECORDS = {
    "contact": ("v_contact", "contact"),
    "order": ("v_order", "order"),
    tags.MESSENGER: ("v_conversation", "conversation"),
    tags.BILLABLE: ("v_conversation", "conversation"),
}
"""The view that has a kind's records, and what one of them is called."""


class Imported(NamedTuple):
    """How many links the file has, and how many of them are new."""

    links: int
    added: int


def import_links(session: Session, actor: Actor, text: str, *, file: str) -> Imported:
    """Put tags on the records that a CSV names. What is linked already stays so.

    Raises InvalidInput with every problem and its line: then nothing is to be committed. Tags on
    conversations take the right to change these as well.
    """
    access.require(actor, access.TAG_LINK_CREATE)
    links, problems = read(text, file)
    if any(link.kind in tags.FOR_CONVERSATIONS for link in links):
        access.require(actor, access.MESSENGER_UPDATE)
    connection = driver_of(session)
    known = {tag["id"]: tag for tag in tags.every(connection)}
    problems.extend(_problems(connection, links, known))
    if problems:
        raise refused(file, problems)
    added = _without_held(connection, links)
    conversations = dict.fromkeys(link.record_id for link in added if link.kind in tags.FOR_CONVERSATIONS)

    handle(connection, actor, states(connection, conversations), partial(_write, session, added))
    _record(connection, actor, added, known)
    return Imported(len(links), len(added))


def _problems(connection: Connection, links: Sequence[Link], known: Mapping[int, Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, int], bool] = {}
    for kind, record_id, tag_id, line in links:
        tag = known.get(tag_id)
        if tag is None:
            yield Problem(line, f"there is no tag {tag_id}")
        elif kind not in tag["availabilities"]:
            yield Problem(line, f"the tag {tag['name']!r} ({tag_id}) is not available for {kind}")
        if kind in _RECORDS:
            view, called = _RECORDS[kind]
            if (view, record_id) not in seen:
                seen[view, record_id] = views.exists(connection, view, {"id": record_id})
            if not seen[view, record_id]:
                yield Problem(line, f"there is no {called} {record_id}")


def _without_held(connection: Connection, links: Sequence[Link]) -> list[Link]:
    """The links that are not there yet, each once: a conversation has a tag, whatever the tag is for."""
    held = {
        _identity(Link(row["kind"], row["record_id"], row["tag_id"]))
        for tag_id in {link.tag_id for link in links}
        for row in views.select(connection, "v_tag_link", {"tag_id": tag_id})
    }
    wanted = {_identity(link): link for link in reversed(links)}
    return sorted((link for key, link in wanted.items() if key not in held), key=lambda link: link.line)


def _identity(link: Link) -> tuple[str, int, int]:
    kind = "conversation" if link.kind in tags.FOR_CONVERSATIONS else link.kind
    return kind, link.record_id, link.tag_id


def _write(session: Session, added: Sequence[Link]) -> None:
    """Put the links into the store: in two statements, for a file may have a hundred thousand."""
    rows: dict[type[TagLink | ConversationTag], list[Row]] = {TagLink: [], ConversationTag: []}
    for kind, record_id, tag_id, _ in added:
        if kind in tags.FOR_CONVERSATIONS:
            rows[ConversationTag].append({"conversation_id": record_id, "tag_id": tag_id})
        else:
            rows[TagLink].append({"kind": kind, "record_id": record_id, "tag_id": tag_id})
    for table, values in rows.items():
        if values:
            session.execute(insert(table), values)


def _record(connection: Connection, actor: Actor, added: Sequence[Link], known: Mapping[int, Row]) -> None:
    """A line of history for each tag that is on more records now."""
    records: dict[int, list[Row]] = {}
    for link in added:
        records.setdefault(link.tag_id, []).append({"kind": link.kind, "record_id": link.record_id})
    for tag_id, new in records.items():
        after = {"name": known[tag_id]["name"], "links": new}
        history.record(
            connection, user_id=actor.id, kind="tag", thing_id=tag_id, action="linked", after=after
        )
