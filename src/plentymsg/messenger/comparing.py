"""Two standards, held against each other by what each says of a message."""

from __future__ import annotations

from typing import NamedTuple

from plentymsg.errors import NotFound
from plentymsg.mail.message import Mail
from plentymsg.mail.parse import parse
from plentymsg.messenger import accepted, judging
from plentymsg.messenger.policy import Standard
from plentymsg.rules.judge import judge
from plentymsg.store import filing
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

Codes = frozenset[str]


class Fate(NamedTuple):
    """What becomes of a message by the second standard that did not by the first: stopped, or let through."""

    is_blocked: bool
    added: tuple[str, ...]
    """Codes of the rules that it breaks by the second standard alone."""
    removed: tuple[str, ...]
    """Codes of those that it breaks by the first alone."""


class _Difference(NamedTuple):
    """How two standards differ for a message of certain marketplaces."""

    nothing: bool
    gained: Codes | None
    """The rules that only the second asks for, if that is all: then its verdict tells that of the first."""


class Comparison:
    """What `after` says, against what `before` says, or against the fact that a message was accepted.

    Where both ask the same of a message's marketplaces, it is not even read; where one only asks for more,
    it is judged once.
    """

    def __init__(self, before: Standard | None, after: Standard) -> None:
        self._before = before
        self._after = after
        self._differences: dict[Codes, _Difference] = {}
        self._fates: dict[Fate, Fate] = {}

    def fate(self, connection: Connection, message: Row) -> Fate | None:
        """What becomes of a message (a row of `v_accepted`); None if the same as before.

        Raises NotFound if it cannot be judged: its marketplace, or the message itself, is not there.
        """
        difference = self._difference(accepted.marketplaces_of(self._after.policy, message))
        if difference.nothing:
            return None
        raw = filing.raw_of(connection, message["id"])
        if raw is None:
            raise NotFound(accepted.LOST)
        mail = parse(raw)
        then = _broken(self._after, message, mail)
        if difference.gained is not None:
            now = then - difference.gained
        else:
            assert self._before is not None  # else all is gained
            now = _broken(self._before, message, mail)
        if bool(now) == bool(then):
            return None
        fate = Fate(bool(then), tuple(sorted(then - now)), tuple(sorted(now - then)))
        return self._fates.setdefault(fate, fate)

    def _difference(self, marketplaces: frozenset[str]) -> _Difference:
        if marketplaces not in self._differences:
            self._differences[marketplaces] = _difference(self._before, self._after, marketplaces)
        return self._differences[marketplaces]


def _difference(before: Standard | None, after: Standard, marketplaces: frozenset[str]) -> _Difference:
    new = after.policy.demands(marketplaces, after.on)
    if before is None:
        return _Difference(nothing=not new, gained=frozenset(d.requirement.rule for d in new))
    if before.policy.marketplaces != after.policy.marketplaces:
        return _Difference(nothing=False, gained=None)  # also by whose alias an address is
    asked = [demand[:2] for demand in before.policy.demands(marketplaces, before.on)]
    asks = [demand[:2] for demand in new]
    kept = Codes(requirement.rule for _, requirement in asked)
    gained = Codes(
        requirement.rule for marketplace, requirement in asks if (marketplace, requirement) not in asked
    )
    only_more = all(each in asks for each in asked) and not gained & kept
    return _Difference(nothing=asked == asks, gained=gained if only_more else None)


def _broken(standard: Standard, message: Row, mail: Mail) -> Codes:
    draft = accepted.draft_of_mail(standard.policy, message, mail)
    return Codes(violation.code for violation in judging.errors(judge(draft, *standard)))
