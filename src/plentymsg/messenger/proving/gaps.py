"""What is missing for a proof: variables whose values may be anything, and what could not be followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from plentymsg.messenger.policy import Standard
from plentymsg.messenger.proving.bearing import (
    BEARING,
    OF_THE_ORDER,
    TOO_LONG,
    with_bearing,
)
from plentymsg.messenger.proving.drafts import Drafts
from plentymsg.messenger.proving.sampling import Sampling
from plentymsg.messenger.proving.telephones import Values, may_announce, may_be_telephone
from plentymsg.messenger.proving.windows import Slot, slots
from plentymsg.messenger.value_types import NAME, NATURAL, QUOTED, WRITTEN
from plentymsg.rules.draft import Draft
from plentymsg.templates.unknown import Place, is_plain, numbers_in, pieces
from plentymsg.templates.variables import name_of
from plentymsg.templates.way import Way

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
        limits = [each.limit for each in counting if each.rule == TOO_LONG]
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
        reason = (
            f"the {part} has more ways than the {count:,} that were walked: ask fewer questions in it,"
            " or make two templates of it"
        )
        self._note(Gap(None, reason, part=part))

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
            held = slots(view)
            for at, slot in enumerate(held):
                if not self._is_empty(way, slot.number):
                    self._look_at_links(part, slot)
                    self._look_at_words(part, slot)
                    self._look_at_numbers(part, held, at)
        if part == "html" and with_bearing(self._codes, "links", "markup", "telephones"):
            self._look_at_markup(way)

    def _look_at_links(self, part: str, slot: Slot) -> None:
        """Note a value that may be a link, or part of one."""
        kind = self._sampling.kind(slot.number)
        if not with_bearing(self._codes, "links"):
            return
        if kind == "free":
            self._add(part, slot.number, "its value may be or hold a link")
        elif kind in {"wordy", "dated"} and not slot.is_apart:
            self._add(part, slot.number, "its value may become a link with what touches it", settled=True)

    def _look_at_words(self, part: str, slot: Slot) -> None:
        """Note a value that may break a rule on its own; what someone writes is judged when it is written."""
        number, sampling = slot.number, self._sampling
        if sampling.is_settled(number):
            return
        for code in sorted(self._codes - BEARING.keys()):
            self._add(part, number, f"its value may break {code}, which only one_of settles", settled=True)
        if sampling.is_strict(number):
            return
        if sampling.is_name(number):
            for code in () if slot.is_apart else with_bearing(self._codes, "telephones"):
                reason = f"its value may make a word that announces a number of what touches it ({code})"
                self._add(part, number, reason, settled=True)
            return
        for code in with_bearing(self._codes, "emoji"):
            self._add(part, number, f"its value may be or hold an emoji ({code})", wants=NAME)
        for code in with_bearing(self._codes, "telephones"):
            self._add(part, number, f"its value may be or hold a telephone number ({code})", wants=NAME)

    def _look_at_numbers(self, part: str, held: Sequence[Slot], at: int) -> None:
        """Note a number that nothing says what it is, and a value that may say it of digits behind it."""
        number, sampling = held[at].number, self._sampling
        is_written = sampling.is_written(number)  # what a value makes of it is seen when it is written
        values = Values((lambda _: ()) if is_written else sampling.ends, sampling.has_digits)
        for code in with_bearing(self._codes, "telephones"):
            worst = sampling.like_telephones(number)
            if sampling.has_digits(number) and may_be_telephone(held, at, worst, values):
                reason = f"it may be read as a telephone number ({code}): say in front what number it is"
                if is_written:
                    reason = f"a number in it may be read as one of a telephone ({code}): put words around it"
                self._add(part, number, reason, settled=True)
            elif may_announce(held, at, values._replace(ends=sampling.ends)):
                reason = f"the number behind it may be read as one of a telephone ({code}): say what it is"
                self._add(part, number, reason, settled=True)

    def _look_at_length(self, part: str, way: Way, limit: int) -> None:
        """A text is long enough if all of its values are as long as they may be."""
        length = sum(len(written) for text in way.texts for written, _ in pieces(text))
        if way.counts:
            self._note(Gap(None, f"a list may be so long that {TOO_LONG} is broken", part=part))
        for number in (each for text in way.texts for each in numbers_in(text)):
            longest = 0 if self._is_empty(way, number) else self._sampling.longest(number)
            if longest is None:
                reason = f"its value may be so long that {TOO_LONG} is broken: give its type a max_length"
                self._add(part, number, reason, settled=True)
            else:
                length += longest
        if length > limit:
            reason = f"the {part} may have {length:,} characters, and {TOO_LONG} allows {limit:,}"
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

    def _add(
        self, part: str, number: int, reason: str, *, settled: bool = False, wants: str | None = None
    ) -> None:
        """Note a value at all its places; `wants` is the type that it takes, if not just any will do.

        `settled` says that a type is not what is missing.
        """
        paths = list(self._terms.variables(number))
        loose = [path for path in paths if self._sampling.is_loose(path)]
        loose = [path for path in loose if path != WRITTEN] or loose
        names = dict.fromkeys(map(name_of, loose or paths))
        term = self._terms.terms[number]
        operation = getattr(term, "operation", "").strip("|()")
        if operation and self._sampling.kind(number) == "free":
            reason = f"{reason}: `{operation}` makes something else of it"
        places: list[Place | None] = [*self._terms.printed.get(number, ())]
        for name in names:
            suggested = None if settled else self._suggested(name, wants)
            if suggested in {"no_links", NAME} and self._sampling.loses_words(number):
                suggested = None
            for place in places or [None]:
                if place is None:
                    self._note(Gap(name, reason, suggested, part))
                    continue
                self._note_at(place, Gap(name, reason, suggested))

    def _suggested(self, name: str, wants: str | None) -> str | None:
        """The type that would settle a variable; None if it has one, can have none, or none is likely."""
        typed = self._sampling.declared(name)
        known = typed.type if typed is not None else "text"
        if name.startswith(QUOTED) or name in NATURAL or known not in {"text", "no_links"}:
            return None
        likely = suggested_type(name, is_strict=bool(with_bearing(self._codes, "emoji", "telephones")))
        if wants is None:
            return likely if known == "text" else None
        return None if likely == "no_links" else likely

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


def suggested_type(name: str, *, is_strict: bool = False) -> str:
    """The type that a variable probably has; with `is_strict`, where rules ask for more than no links."""
    last = name.rpartition(".")[2].lower()
    likely = next((type for type, ends in _HINTS if last.endswith(ends)), "no_links")
    is_of_person = name.startswith("contact.") and last.endswith("name")
    return NAME if is_strict and likely == "no_links" and is_of_person else likely
