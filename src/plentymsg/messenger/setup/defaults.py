"""What every store begins with: the system groups, with types and statuses (M-045, M-067)."""

from __future__ import annotations

from typing import NamedTuple

from sqlmodel import Session, col, select

from plentymsg.messenger import naming
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

ALL_GROUPS_ID = 0
"""`All` is a view over every group: nothing is ever filed in it, so it has no types."""

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
        if given.id != ALL_GROUPS_ID:
            add_default_types(session, given.id)


def add_default_types(session: Session, group_id: int) -> int:
    """Add those default types, with their statuses, that the group has none of that name; return how many."""
    held = session.exec(
        select(Type.name_de).where(col(Type.group_id) == group_id, col(Type.deleted_at).is_(None))
    )
    names = {naming.fold(name) for name in held}
    missing = [(place, *t) for place, t in enumerate(DEFAULT_TYPES, 1) if naming.fold(t[0]) not in names]
    for place, german, english in missing:
        kind = Type(group_id=group_id, name_de=german, name_en=english, position=place)
        session.add(kind)
        session.flush()
        assert kind.id is not None
        for position, (de, en, progress, colour) in enumerate(DEFAULT_STATUSES, 1):
            session.add(
                Status(
                    type_id=kind.id,
                    name_de=de,
                    name_en=en,
                    progress=progress,
                    colour=colour,
                    position=position,
                )
            )
    session.flush()
    return len(missing)
