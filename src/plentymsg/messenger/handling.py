"""Change many conversations at once (the group function): all of them or none, each with its own history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from plentymsg.errors import InvalidInput, NotFound
from plentymsg.messenger import access, assigning, groups, naming, placing, tagging
from plentymsg.messenger.access import Actor
from plentymsg.messenger.assigning import Owners
from plentymsg.messenger.conversations import CONTACT_NOTES
from plentymsg.messenger.placing import Place
from plentymsg.messenger.tagging import Tags
from plentymsg.store import handling, history, views
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_MOST_NAMED = 5


class Wanted(NamedTuple):
    """What conversations are to become; what is left out stays as it is."""

    place: Place = Place()
    tags: Tags = Tags()
    owners: Owners = Owners()


class Handled(NamedTuple):
    """What became of one conversation: what it was and is, as far as a person can change it."""

    id: int
    before: Row
    after: Row

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        """What changed, each with both values; empty if all was so already."""
        return {key: (old, self.after[key]) for key, old in self.before.items() if old != self.after[key]}


def change(connection: Connection, actor: Actor, references: Sequence[str], wanted: Wanted) -> list[Handled]:
    """Change the conversations that these IDs name, in the caller's transaction; the result has their order.

    Raises NotFound and InvalidInput, if anything does not fit one of them, and then nothing was written.
    """
    access.require(actor, access.MESSENGER_UPDATE)
    if wanted == Wanted():
        raise InvalidInput("Nothing is to be changed.", hint="Say what with the options; see --help.")
    before = states_of(connection, references)
    notes = groups.find(connection, CONTACT_NOTES)
    if wanted.place.group is not None and any(row["group_id"] == notes for row in before.values()):
        access.require(actor, access.COMMENTS_READ)  # where they go, everyone can read them
    writes = (
        placing.plan(connection, before, wanted.place),
        tagging.plan(connection, before, wanted.tags),
        assigning.plan(connection, before, wanted.owners),
    )
    return handle(connection, actor, before, lambda: [write() for write in writes])


def handle(
    connection: Connection, actor: Actor, before: Mapping[int, Row], write: Callable[[], object]
) -> list[Handled]:
    """Do what `write` does to the conversations that were `before`, within the caller's transaction.

    Each one that it changes gets a line of history with what was changed.
    """
    write()
    after = handling.states(connection, before)
    done = [Handled(number, _shaped(row), _shaped(after[number])) for number, row in before.items()]
    for each in done:
        if each.fields:
            history.record(
                connection,
                user_id=actor.id,
                kind="conversation",
                thing_id=each.id,
                action="changed",
                before={key: old for key, (old, _) in each.fields.items()},
                after={key: new for key, (_, new) in each.fields.items()},
            )
    return done


def states_of(connection: Connection, references: Sequence[str]) -> dict[int, Row]:
    """The state of each conversation that an ID names, in order, each once. Raises NotFound."""
    wanted = dict.fromkeys(_number(reference) for reference in references)
    found = handling.states(connection, wanted)
    unknown = [reference for reference in references if _number(reference) not in found]
    if unknown:
        more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        named = ", ".join(reference[:20] for reference in unknown[:_MOST_NAMED])
        raise NotFound(
            f"There is no conversation {named}{more}.",
            hint="Nothing was changed. See which there are with: plentymsg conversation list",
            details={"unknown": unknown},
        )
    return {number: found[number] for number in wanted}


def _number(reference: str) -> int:
    """The ID that is written there; -1, which nothing has, for what is none."""
    return int(reference) if naming.is_id(reference) else -1


def _shaped(row: Row) -> Row:
    return {
        "group": row["group_name"],
        "type": row["type_name"],
        "status": row["status_name"],
        "tags": views.parsed(row["tags"]),
        "owners": views.parsed(row["owners"]),
    }
