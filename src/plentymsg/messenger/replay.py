"""Judge what was accepted before once more: what would be stopped, and what let through, by other rules.

Each message is judged where it stands now (its channel, its conversation's group), so that nothing but the
rules makes the difference. One message at a time is in memory; of those whose fate changes, a few words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from plentymsg.errors import NotFound
from plentymsg.messenger import access, channels
from plentymsg.messenger.access import Actor
from plentymsg.messenger.comparing import Comparison, Fate
from plentymsg.messenger.policy import Standard
from plentymsg.store import views
from plentymsg.store.clock import stamp
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

_AT_ONCE = 500
"""How many of the messages that are named are read together."""


@dataclass(slots=True)
class Tally:
    """How many messages were judged, and of how many the fate changes."""

    name: str | None = None
    """Of the template, the user or the channel; None if there is none, or nobody knows."""
    judged: int = 0
    newly_blocked: int = 0
    newly_allowed: int = 0

    def count(self, fate: Fate | None) -> None:
        """Add a message."""
        self.judged += 1
        self.newly_blocked += fate is not None and fate.is_blocked
        self.newly_allowed += fate is not None and not fate.is_blocked

    def as_json(self, key: str = "") -> Row:
        """The tally as it is printed, with the name under `key`."""
        unchanged = self.judged - self.newly_blocked - self.newly_allowed
        counts = {
            "judged": self.judged,
            "newly_blocked": self.newly_blocked,
            "newly_allowed": self.newly_allowed,
            "unchanged": unchanged,
        }
        return {key: self.name, **counts} if key else counts


@dataclass(slots=True)
class Replay:
    """What came of it: counts, and the messages whose fate changes."""

    before: Standard | None
    after: Standard
    total: Tally = field(default_factory=Tally)
    groups: dict[str, dict[Hashable, Tally]] = field(
        default_factory=lambda: {"template": {}, "user": {}, "channel": {}}
    )
    not_judged: Counter[str] = field(default_factory=Counter)
    """How many could not be, by reason."""
    fates: dict[int, Fate] = field(default_factory=dict)
    """Of the messages that are newly blocked or allowed, by ID."""

    def count(self, message: Row, fate: Fate | None) -> None:
        """Add a message that was judged."""
        self.total.count(fate)
        for key, tallies in self.groups.items():
            tallies.setdefault(message[f"{key}_id"], Tally(message[key])).count(fate)
        if fate is not None:
            self.fates[message["id"]] = fate

    def as_json(self) -> Row:
        """All but the messages, as it is printed; what changes most comes first."""
        return {
            "before": _standard_as_json(self.before) if self.before else None,
            "after": _standard_as_json(self.after),
            **self.total.as_json(),
            "not_judged": [{"reason": reason, "messages": n} for reason, n in self.not_judged.most_common()],
            **{
                f"{key}s": [tally.as_json(key) for tally in sorted(tallies.values(), key=_weight)]
                for key, tallies in self.groups.items()
            },
        }


def replay(
    connection: Connection,
    actor: Actor,
    before: Standard | None,
    after: Standard,
    *,
    channel: str | None = None,
    since: datetime | None = None,
    report: Callable[[int, int], None] = lambda *_: None,
) -> Replay:
    """Judge all that was accepted for delivery, or that of a channel, or that since a time.

    What `after` says is held against what `before` says, or against the fact that it was accepted. `report`
    is told how many of how many are judged. Raises NotFound for an unknown channel; what cannot be judged is
    counted by its reason.
    """
    access.require(actor, access.MESSENGER_READ, access.MESSAGE_READ)
    where = {} if channel is None else {"channel_id": channels.find(connection, channel)}
    moment = None if since is None else stamp(since)
    total = views.count_accepted(connection, where, since=moment)
    comparison = Comparison(before, after)
    result = Replay(before, after)
    for number, message in enumerate(views.accepted(connection, where, since=moment), 1):
        try:
            result.count(message, comparison.fate(connection, message))
        except NotFound as fault:
            result.not_judged[fault.message] += 1
        report(number, total)
    return result


def messages(connection: Connection, result: Replay, limit: int | None = None) -> Iterator[Row]:
    """The messages that are newly blocked or allowed, the oldest first, and by which rules."""
    ids = list(result.fates)[:limit]
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        for row in views.select(connection, "v_accepted", {"id": some}, order_by="id"):
            fate = result.fates[row["id"]]
            yield {
                "id": row["id"],
                "conversation": row["conversation_id"],
                "date": row["created_at"],
                "channel": row["channel"],
                "template": row["template"],
                "user": row["user"],
                "fate": "blocked" if fate.is_blocked else "allowed",
                "added": list(fate.added),
                "removed": list(fate.removed),
                "subject": row["subject"],
            }


def _standard_as_json(standard: Standard) -> Row:
    return {"on": standard.on.isoformat(), "packs": [pack.name for pack in standard.policy.packs]}


def _weight(tally: Tally) -> tuple[int, int, int, str]:
    return -tally.newly_blocked, -tally.newly_allowed, -tally.judged, tally.name or ""
