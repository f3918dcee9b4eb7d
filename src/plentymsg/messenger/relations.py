"""What a conversation is linked to: contacts, orders, and the addresses that it was begun with.

A link says what a conversation is about. It makes nobody a recipient.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plentymsg.errors import InvalidInput
from plentymsg.messenger import access, contacts, orders
from plentymsg.messenger.access import Actor
from plentymsg.messenger.recipients import Given
from plentymsg.store import customers, filing, history
from plentymsg.store.driver import Connection
from plentymsg.store.filing import Relation
from plentymsg.store.views import Row

UNLINKED = "unlinked"
"""What the history calls it when a person takes a link away."""


def link(connection: Connection, actor: Actor, conversation: Row, target: str) -> bool:
    """Link a conversation to `contact:ID`, or to `order:ID` and its contact; False if it was so already.

    Raises NotFound, or InvalidInput for what is neither.
    """
    access.require(actor, access.MESSENGER_UPDATE)
    relation = _named(connection, target)
    before = filing.relations_of(connection, conversation["id"])
    wanted = _of_order(connection, int(relation.value)) if relation.kind == "order" else [relation]
    if not filing.relate(connection, conversation["id"], wanted):
        return False
    _record(connection, actor, conversation, "linked", before)
    return True


def unlink(connection: Connection, actor: Actor, conversation: Row, target: str) -> bool:
    """Take the link to `contact:ID` or `order:ID` from a conversation; False if there was none.

    Raises as `link` does.
    """
    access.require(actor, access.MESSENGER_UPDATE)
    relation = _named(connection, target)
    before = filing.relations_of(connection, conversation["id"])
    if not filing.unrelate(connection, conversation["id"], relation):
        return False
    _record(connection, actor, conversation, UNLINKED, before)
    return True


def listed(connection: Connection, conversation_id: int) -> list[Row]:
    """What a conversation is linked to, as `conversation show` has it."""
    return [relation._asdict() for relation in filing.relations_of(connection, conversation_id)]


def of_recipients(connection: Connection, addressed: Iterable[Given]) -> Iterator[Relation]:
    """What a conversation that is begun with these recipients is linked to."""
    for recipient, address in addressed:
        if recipient.kind == "order":
            yield from _of_order(connection, int(recipient.value))
        elif recipient.kind == "contact":
            yield Relation("contact", recipient.value)
        elif address is not None:
            yield Relation("email", address.email.lower())


def of_buyer(connection: Connection, email: str) -> list[Relation]:
    """The newest order of who has this address, and its contact; else the contact; else nothing."""
    order = customers.newest_order_of(connection, email)
    if order is not None:
        return _of_order(connection, order)
    contact_id = customers.newest_contact_of(connection, email)
    return [] if contact_id is None else [Relation("contact", str(contact_id))]


def _of_order(connection: Connection, order_id: int) -> list[Relation]:
    order = orders.known(connection, order_id)
    contact_id = order["contact_id"] if order else None
    contact = [] if contact_id is None else [Relation("contact", str(contact_id))]
    return [Relation("order", str(order_id)), *contact]


def _named(connection: Connection, target: str) -> Relation:
    kind, colon, reference = target.strip().partition(":")
    if kind not in ("contact", "order") or not colon or not reference.strip():
        raise InvalidInput(
            f"{target!r} is neither a contact nor an order.", hint="Write it as contact:ID or order:ID."
        )
    find = contacts.find if kind == "contact" else orders.find
    return Relation(kind, str(find(connection, reference.strip())))


def _record(
    connection: Connection, actor: Actor, conversation: Row, action: str, before: list[Relation]
) -> None:
    after = filing.relations_of(connection, conversation["id"])
    history.record(
        connection,
        user_id=actor.id,
        kind="conversation",
        thing_id=conversation["id"],
        action=action,
        before={"relations": [" ".join(relation) for relation in before]},
        after={"relations": [" ".join(relation) for relation in after]},
    )
