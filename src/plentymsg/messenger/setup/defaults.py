"""What every store begins with: the system groups, with types and statuses (M-045, M-067)."""

from __future__ import annotations

from typing import NamedTuple

from sqlmodel import Session, col, select

from plentymsg.messenger import groups, naming
from plentymsg.store.tables import Group, Status, Type


class SystemGroup(NamedTuple):
    """A group that PlentyONE gives, under its fixed ID."""

    id: int
    system: str
    name_de: str
    name_en: str
    visible: bool


SYSTEM_GROUPS = (
    SystemGroup(0, "all", "Alle", "All", True),
    SystemGroup(1, "general", "Allgemein", "General", True),
    SystemGroup(2, "ebay", "eBay", "eBay", False),
    SystemGroup(3, "contact_notes", "Kontaktnotizen", "Contact notes", False),
    SystemGroup(4, "automatic", "Automatisch versendete E-Mails", "Automatically sent emails", False),
    SystemGroup(6, "otto", "OTTO", "OTTO", False),
    SystemGroup(7, "kaufland", "Kaufland", "Kaufland", False),
    SystemGroup(8, "amazon", "Amazon", "Amazon", False),
)

DEFAULT_TYPES = (("Kundenanfrage", "Customer inquiry"), ("Reklamation", "Complaint"), ("Retoure", "Return"))

DEFAULT_STATUSES = (
    ("Neu", "New", 0, "#0084ff"),
    ("In Bearbeitung", "In progress", 50, "#ffa500"),
    ("Warten auf Kunde", "Waiting for customer", 70, "#9e9e9e"),
    ("Erledigt", "Done", 100, "#4caf50"),
)


def add_system_groups(session: Session) -> None:
    """Add the system groups, each with the default types and statuses; positions are the IDs."""
    for given in SYSTEM_GROUPS:
        session.add(Group(position=given.id, **given._asdict()))
        session.flush()
        if given.id != groups.ALL:
            add_default_types(session, given.id)


def add_default_types(session: Session, group_id: int) -> list[Type | Status]:
    """Add those default types, with their statuses, that the group has none of that name; return what is new.

    They come behind the types that are there.
    """
    held = session.exec(select(Type).where(col(Type.group_id) == group_id, col(Type.deleted_at).is_(None)))
    positions = {naming.fold(type_.name_de): type_.position for type_ in held}
    missing = [(de, en) for de, en in DEFAULT_TYPES if naming.fold(de) not in positions]
    added: list[Type | Status] = []
    for position, (german, english) in enumerate(missing, max(positions.values(), default=0) + 1):
        kind = Type(group_id=group_id, name_de=german, name_en=english, position=position)
        session.add(kind)
        session.flush()
        assert kind.id is not None
        added += [kind, *_default_statuses(kind.id)]
        session.add_all(added)
    session.flush()
    return added


def _default_statuses(type_id: int) -> list[Status]:
    return [
        Status(
            type_id=type_id,
            name_de=german,
            name_en=english,
            progress=progress,
            colour=colour,
            position=position,
        )
        for position, (german, english, progress, colour) in enumerate(DEFAULT_STATUSES, 1)
    ]
