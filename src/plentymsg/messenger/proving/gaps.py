"""What is missing for a proof: variables whose values may be anything, and what could not be followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from plentymsg.messenger.policy import Standard
from plentymsg.messenger.proving.drafts import Drafts
from plentymsg.messenger.proving.sampling import Sampling
from plentymsg.messenger.proving.windows import slots
from plentymsg.messenger.value_types import QUOTED
from plentymsg.rules.draft import Draft
from plentymsg.templates.unknown import Place, is_plain, numbers_in, pieces
from plentymsg.templates.variables import name_of
from plentymsg.templates.way import Way

_NOT_OF_WORDS: Final = frozenset({"PM101", "PM301", "PM304", "PM305", "PM401", "PM402", "PM403"})
"""Rules on which the words of a value have no bearing: a subject keeps the word that is written in it."""
_OF_MARKUP: Final = frozenset({"PM302", "PM303"})
"""Rules that a value can break only as HTML."""
_OF_LINKS: Final = frozenset({"PM201", "PM202"})
"""Rules that every type settles, `no_links` apart from other words."""
_OF_SIGNS: Final = frozenset({"PM204"})
"""Rules that types of letters and digits settle."""
_OF_LENGTH: Final = "PM205"
OF_THE_ORDER: Final = "PM206"
"""Whether the number is in it hangs on the order of each message, so nothing is said of it here."""
_KNOWN: Final = _NOT_OF_WORDS | _OF_MARKUP | _OF_LINKS | _OF_SIGNS | {_OF_LENGTH, OF_THE_ORDER}

_HINTS: Final = (
    ("url", ("url", "link")),
    (
        "order_id",
        ("externalorderid", "externalid", "number", "itemid", "plentyid", "couponcode", "profileid"),
    ),
    ("date", ("date", "createdon")),
    ("number", ("total", "amount", "price", "quantity")),
    ("email", ("email",)),
    ("integer", ("id",)),
)
"""Types that the names of variables let one think of: the ends of their last words."""


class Gap(NamedTuple):
    """What keeps a template from being proven: a variable with its place, or a reason alone."""

    variable: str | None
    reason: str
    suggested_type: str | None = None
    part: str = ""
    line: int = 0
    column: int = 0
    side: str = ""
    """`header` or `footer`, where it is not the template itself."""
    language_id: int | None = None
    """Of an included template or text block."""

    def as_json(self) -> dict[str, Any]:
        """The gap as `check --json` prints it; `line` and `column` are null where there is no place."""
        return {
            "variable": self.variable,
            "reason": self.reason,
            "suggested_type": self.suggested_type,
            "part": self.part or None,
            "line": self.line or None,
            "column": self.column or None,
            "side": self.side or None,
            "language_id": self.language_id,
        }


class Gaps:
    """Collects what is missing."""

    def __init__(
        self, drafts: Drafts, sampling: Sampling, standard: Standard, draft: Draft, strict: bool
    ) -> None:
        self._drafts = drafts
        self._terms = drafts.terms
        self._sampling = sampling
        self._found: dict[Gap, None] = {}
        demands = standard.policy.demands(draft.marketplaces, standard.on)
        counting = [each.requirement for each in demands if strict or each.requirement.severity != "warning"]
        self._codes = {requirement.rule for requirement in counting}
        limits = [requirement.limit for requirement in counting if requirement.rule == _OF_LENGTH]
        self._limit = min(limits, default=None)
        if OF_THE_ORDER in self._codes:
            self._note(Gap(None, f"{OF_THE_ORDER} hangs on the order, and is checked with each message"))

    @property
    def has_demands(self) -> bool:
        """Whether anything is asked for."""
        return bool(self._codes)

    def found(self) -> tuple[Gap, ...]:
        """What was found, if anything is asked for at all."""
        return tuple(self._found) if self._codes else ()

    def too_many(self, part: str) -> None:
        """There are more ways through a part than are walked."""
        count = len(self._drafts.walked[part].ways)
        self._note(Gap(None, f"the {part} has more ways than the {count} that were walked", part=part))

    def too_long(self) -> None:
        """The time is up."""
        self._note(Gap(None, "proving it takes too long"))

    def too_much(self, numbers: tuple[int, ...]) -> None:
        """Some values have more combinations than are tried."""
        names = _names(path for number in numbers for path in self._terms.variables(number))
        self._note(
            Gap(
                names[0] if names else None,
                f"there are too many values of {', '.join(names)} to try them all",
            )
        )

    def unworkable(self, numbers: tuple[int, ...]) -> None:
        """Some values cannot be worked out from values of their types."""
        names = _names(path for number in numbers for path in self._terms.variables(number))
        self._note(
            Gap(names[0] if names else None, f"what is made of {', '.join(names)} cannot be worked out")
        )

    def doubt(self, way: Way) -> None:
        """A way could not be followed, or does not stand for all like it."""
        for place, what, paths in way.doubts:
            name = name_of(paths[0]) if paths else None
            self._note_at(place, Gap(name, f"it cannot be followed: {what}"))

    def unconfirmed(self, way: Way) -> None:
        """Something is wrong on a way, but no values were found with which it is gone."""
        places = ", ".join(dict.fromkeys(condition.place for condition in way.conditions)) or "a loop"
        names = _names(path for each in way.conditions for path in each.paths)
        self._note(Gap(_first(names), f"it violates if what is asked at {places} can be so"))

    def has_hidden(self, part: str, way: Way) -> bool:
        """Whether some value stands in HTML where no reader sees it, or unescaped."""
        if part != "html":
            return False
        markup = "".join(way.texts)
        seen = set(numbers_in(self._drafts.views(part, way)[0]))
        return any(number not in seen or is_plain(markup, number) for number in numbers_in(markup))

    def look_at(self, part: str, way: Way) -> None:
        """Note each value on a way that nothing settles where it stands."""
        if self._limit is not None and part != "subject":
            self._look_at_length(part, way, self._limit)
        for view in self._drafts.views(part, way):
            for slot in slots(view):
                self._look_at_words(part, slot.number, is_apart=slot.is_apart, way=way)
        if part == "html" and self._codes & (_OF_LINKS | _OF_MARKUP):
            self._look_at_markup(way)

    def _look_at_words(self, part: str, number: int, *, is_apart: bool, way: Way) -> None:
        kind = self._sampling.kind(number)
        if self._is_empty(way, number):
            return
        others = self._codes - _KNOWN | (self._codes & _OF_SIGNS if kind != "strict" else set())
        if others and not all(self._sampling.is_finite(path) for path in self._terms.variables(number)):
            told = ", ".join(sorted(others))
            self._add(part, number, f"its value may break {told}, which only one_of settles", settled=True)
        if not self._codes & _OF_LINKS:
            return
        if kind == "free":
            self._add(part, number, "its value may be or hold a link")
        elif kind == "wordy" and not is_apart:
            self._add(part, number, "its value may become a link with what touches it", settled=True)

    def _look_at_length(self, part: str, way: Way, limit: int) -> None:
        """A text is long enough if all of its values are as long as they may be."""
        length = sum(len(written) for text in way.texts for written, _ in pieces(text))
        if way.counts:
            self._note(Gap(None, f"a list may be so long that {_OF_LENGTH} is broken", part=part))
        for number in (each for text in way.texts for each in numbers_in(text)):
            longest = 0 if self._is_empty(way, number) else self._sampling.longest(number)
            if longest is None:
                self._add(part, number, f"its value may be so long that {_OF_LENGTH} is broken", settled=True)
            else:
                length += longest
        if length > limit:
            reason = f"the {part} may have {length:,} characters, and {_OF_LENGTH} allows {limit:,}"
            self._note(Gap(None, reason, part=part))

    def _look_at_markup(self, way: Way) -> None:
        markup = "".join(way.texts)
        seen = set(numbers_in(self._drafts.views("html", way)[0]))
        for number in dict.fromkeys(numbers_in(markup)):
            kind = self._sampling.kind(number)
            if kind == "strict" or self._is_empty(way, number):
                continue
            if number not in seen:
                self._add("html", number, "it stands inside of a tag, a style or a comment", settled=True)
            elif kind == "free" and is_plain(markup, number):
                self._add("html", number, "its value may be HTML, as it is printed `raw`")

    def _is_empty(self, way: Way, number: int) -> bool:
        """Whether a value is nothing, or 0, on this way."""
        return all(way.is_blank(path) for path in self._terms.variables(number))

    def _add(self, part: str, number: int, reason: str, *, settled: bool = False) -> None:
        paths = list(self._terms.variables(number))
        loose = [path for path in paths if self._sampling.is_loose(path)]
        names = dict.fromkeys(map(name_of, loose or paths))
        term = self._terms.terms[number]
        operation = getattr(term, "operation", "").strip("|()")
        if operation:
            reason = f"{reason}: `{operation}` makes something else of it"
        places: list[Place | None] = [*self._terms.printed.get(number, ())]
        for name in names:
            typed = self._sampling.declared(name)
            known = typed is not None and typed.type != "text"
            is_typed = settled or known or name.startswith(QUOTED)
            suggested = None if is_typed else suggested_type(name)
            for place in places or [None]:
                if place is None:
                    self._note(Gap(name, reason, suggested, part))
                    continue
                self._note_at(place, Gap(name, reason, suggested))

    def _note_at(self, place: Place, gap: Gap) -> None:
        side = self._drafts.side_of(place.part, place.layer) if place.template is None else ""
        placed = gap._replace(part=place.part, line=place.line, column=place.column)
        self._note(placed._replace(side=side, language_id=place.template))

    def _note(self, gap: Gap) -> None:
        self._found[gap] = None


def _names(paths: Iterable[str]) -> list[str]:
    """The names of the variables at some paths: of a list for its length, none for a turn of a loop."""
    return sorted({name_of(path.removeprefix("#length of ")) for path in paths if path[:5] != "#turn"})


def _first(names: list[str]) -> str | None:
    return names[0] if names else None


def suggested_type(name: str) -> str:
    """The type that a variable probably has."""
    last = name.rpartition(".")[2].lower()
    return next((type for type, ends in _HINTS if last.endswith(ends)), "no_links")
