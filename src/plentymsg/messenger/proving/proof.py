"""The proof of one template in one language for one channel."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Final, Literal, NamedTuple

from plentymsg.errors import PlentymsgError, TemplateFault
from plentymsg.messenger.policy import Standard
from plentymsg.messenger.proving.bearing import OF_THE_ORDER
from plentymsg.messenger.proving.drafts import PARTS, Drafts, Texts
from plentymsg.messenger.proving.gaps import Gap, Gaps
from plentymsg.messenger.proving.sampling import Sampling, holds, paths_in
from plentymsg.messenger.proving.windows import Window, windows
from plentymsg.messenger.value_types import Declared
from plentymsg.messenger.writing import Written
from plentymsg.rules.draft import Draft
from plentymsg.rules.judge import judge
from plentymsg.rules.violation import Violation
from plentymsg.templates.source import Refusal
from plentymsg.templates.unknown import Derived, numbers_in
from plentymsg.templates.way import Way

Verdict = Literal["clean", "violates", "cannot tell"]

MOST_SECONDS: Final = 3.0
"""Processor time for one proof: a template that takes longer is no letter that anybody wrote."""
_MOST_COMBINATIONS: Final = 200
_FEW: Final = 4
"""Values of each of two neighbours that touch no word: `no_links` promises what is between two such."""
_MOST_FINITE: Final = 64
_MOST_TRIES: Final = 500
_MOST_CONFIRMED: Final = 20
_LONGEST_LIST: Final = 50


class Example(NamedTuple):
    """A message that shows a violation, and of which values it was made."""

    values: dict[str, object]
    entries: dict[str, int]
    """How many entries lists have."""
    message: Written
    draft: Draft
    violations: tuple[Violation, ...]


class Proof(NamedTuple):
    """What is known of all messages that a template can make."""

    verdict: Verdict
    example: Example | None = None
    gaps: tuple[Gap, ...] = ()
    """What is missing to know more."""
    fault: TemplateFault | None = None
    """Why the template makes no message, on some way at least."""


class Judging(NamedTuple):
    """By what messages are judged, and how one is really made of values and judged."""

    standard: Standard
    draft_of: Callable[[Texts], Draft]
    really: Callable[[Mapping[str, object], Mapping[str, int]], tuple[Written, Draft, tuple[Violation, ...]]]
    """From values by paths, and how many entries lists have. Raises what rendering raises."""
    strict: bool
    """Whether warnings count."""
    seen: dict[Draft, bool]
    """Whether something is wrong at a place in windows that were judged, of whatever template."""

    def broken(self, violations: Sequence[Violation]) -> list[Violation]:
        """The violations that count."""
        counting = [each for each in violations if each.code != OF_THE_ORDER]
        return [each for each in counting if self.strict or each.severity == "error"]


def prove(drafts: Drafts, declared: Mapping[str, Declared], judging: Judging) -> Proof:
    """Prove what `drafts` can become."""
    return _Prover(drafts, Sampling(declared, drafts.terms), judging).proof()


class _Prover:
    def __init__(self, drafts: Drafts, sampling: Sampling, judging: Judging) -> None:
        self._drafts = drafts
        self._terms = drafts.terms
        self._sampling = sampling
        self._judging = judging
        asked = judging.draft_of(Texts("", "", ""))
        self._gaps = Gaps(drafts, sampling, judging.standard, asked, judging.strict)
        self._windows: dict[object, list[dict[str, object]]] = {}
        self._judged: dict[tuple[str, Draft], bool] = {}
        self._confirmed = 0
        self._until = time.thread_time() + MOST_SECONDS

    def proof(self) -> Proof:
        """The verdict, with what shows it."""
        drafts = self._drafts
        faults = [way.fault for part in PARTS for way in drafts.walked[part].ways if way.fault is not None]
        if faults:
            return Proof("violates", fault=faults[0])
        for part in PARTS:
            if not drafts.walked[part].complete:
                self._gaps.too_many(part)
            for way in drafts.walked[part].ways:
                self._gaps.doubt(way)
        for part in drafts.parts():
            for way in drafts.ways(part):
                example = self._found_on(part, way)
                if example is not None:
                    return Proof("violates", example)
                if time.thread_time() > self._until:
                    self._gaps.too_long()
                    return Proof("cannot tell", gaps=self._gaps.found())
        gaps = self._gaps.found()
        return Proof("cannot tell" if gaps else "clean", gaps=gaps)

    def _found_on(self, part: str, way: Way) -> Example | None:
        """A message that comes of a way and violates; what cannot be told is noted."""
        if not self._gaps.has_demands:
            return None
        tries = [*self._whole(part, way), *self._near(part, way)]
        for values in tries:
            example = self._tried(part, way, values)
            if example is not None:
                return example
        self._gaps.look_at(part, way)
        return None

    # -- which values to try

    def _whole(self, part: str, way: Way) -> Iterator[dict[str, object]]:
        """Values for all variables of a way at once: usual ones, none, and each in turn in a tag."""
        paths = paths_in(self._terms, way.texts)
        listed = {path: self._sampling.values(way, path) for path in sorted(paths)}
        most = 1
        if part == "subject" or self._gaps.has_hidden(part, way):
            most = max((len(values) for values in listed.values()), default=1)
        for turn in range(most):
            yield {path: values[min(turn, len(values) - 1)] for path, values in listed.items() if values}
        yield {path: values[-1] for path, values in listed.items() if values}

    def _near(self, part: str, way: Way) -> Iterator[dict[str, object]]:
        """Values that make trouble in a window."""
        for view in self._drafts.views(part, way):
            for window in windows(view):
                yield from self._in_window(way, window)

    def _in_window(self, way: Way, window: Window) -> list[dict[str, object]]:
        """Values that make trouble in a window; it is looked at once, however many ways lead through it."""
        paths = {path for number in window.numbers for path in self._terms.variables(number)}
        seen = (window, frozenset((path, way.state_of(path)) for path in paths))
        if seen not in self._windows:
            self._windows[seen] = list(self._bad_in(way, window, paths))
        return self._windows[seen]

    def _bad_in(self, way: Way, window: Window, paths: set[str]) -> Iterator[dict[str, object]]:
        sampling = self._sampling
        finite = sorted(path for path in paths if sampling.is_finite(path))
        looked_at = {path for number in window.focus for path in self._terms.variables(number)}
        focus = sorted(looked_at - {*finite})
        if sampling.count(way, finite) > _MOST_FINITE or sampling.count(way, focus) > _MOST_COMBINATIONS:
            self._gaps.too_much(window.focus)
        most = _FEW if window.is_apart and len(window.focus) > 1 else None
        usual = sampling.usual(way, paths)
        try:
            fill = self._terms.filler(window.text, frozenset(looked_at) | {*finite}, usual)
        except _UNWORKABLE:
            self._gaps.unworkable(window.numbers)
            return
        for fixed in sampling.combinations(way, finite, _MOST_FINITE):
            for values in sampling.combinations(way, focus, _MOST_COMBINATIONS, most):
                tried = {**usual, **fixed, **values}
                try:
                    draft = self._judging.draft_of(Texts("", fill(tried), ""))
                except _UNWORKABLE:
                    continue
                if draft not in self._judging.seen:
                    self._judging.seen[draft] = any(each.length for each in self._broken(draft))
                if self._judging.seen[draft]:
                    yield tried

    # -- trying them

    def _tried(self, part: str, way: Way, values: dict[str, object]) -> Example | None:
        every = {**self._sampling.usual(way, self._paths_beside(part, way)), **values}
        try:
            texts = self._drafts.texts(part, way, every)
        except _UNWORKABLE:
            return None
        draft = self._judging.draft_of(texts)
        if (part, draft) not in self._judged:
            self._judged[part, draft] = any(_is_of(part, each) for each in self._broken(draft))
        if not self._judged[part, draft]:
            return None
        example = self._confirmation(way, every)
        if example is None:
            self._gaps.unconfirmed(way)
        return example

    def _broken(self, draft: Draft) -> list[Violation]:
        return self._judging.broken(judge(draft, *self._judging.standard))

    def _paths_beside(self, part: str, way: Way) -> set[str]:
        ways = {**self._drafts.usual, part: way}.values()
        return {path for each in ways for path in paths_in(self._terms, each.texts)}

    def _confirmation(self, way: Way, values: dict[str, object]) -> Example | None:
        """A real message from these values, or from others that let the way be gone."""
        self._confirmed += 1
        if self._confirmed > _MOST_CONFIRMED:
            return None
        for tried, entries in product(self._fitting(way, values), self._entries(way)):
            try:
                message, draft, violations = self._judging.really(tried, entries)
            except PlentymsgError:
                continue
            if self._judging.broken(violations):
                shown = {path: value for path, value in tried.items() if value not in (None, "")}
                return Example(shown, entries, message, draft, violations)
        return None

    def _entries(self, way: Way) -> list[dict[str, int]]:
        """How many entries lists may have: as on the way, and others if it asks for turns or lengths."""
        asked = {path for condition in way.conditions for path in condition.paths if path.startswith("#")}
        if not asked:
            return [way.counts]
        spoken = [each for each in self._spoken_of() if isinstance(each, int) and 0 <= each <= _LONGEST_LIST]
        lengths = {path.removeprefix("#length of ") for path in asked if path.startswith("#length of ")}
        lists = lengths | way.counts.keys()
        return [way.counts, *(dict.fromkeys(lists, count) for count in dict.fromkeys((*spoken, 3, 5, 10)))]

    def _fitting(self, way: Way, values: dict[str, object]) -> Iterator[dict[str, object]]:
        """Values with which the way is gone, at most two of them."""
        asked = sorted({path for condition in way.conditions for path in condition.paths})
        states = {path: found[0] for path in way.states if (found := self._sampling.values(way, path))}
        every = {**states, **values}
        spoken = self._spoken_of()
        choices = {
            path: [*([every[path]] if path in every else []), *self._sampling.values(way, path), *spoken]
            for path in asked
            if not path.startswith("#")
        }
        fitting = ({**every, **tried} for tried in _combinations(choices, _MOST_TRIES))
        yield from islice((whole for whole in fitting if holds(way, whole)), 2)

    def _spoken_of(self) -> list[object]:
        """The texts and numbers that values are compared with."""
        found: dict[object, None] = {}
        for term in self._terms.terms:
            for operand in term.operands if isinstance(term, Derived) else ():
                for each in operand if isinstance(operand, (list, tuple)) else (operand,):
                    if isinstance(each, str) and not numbers_in(each):
                        found[each] = found[f"{each}1"] = None
                    elif isinstance(each, (int, float)) and not isinstance(each, bool):
                        found[each] = found[each + 1] = found[each - 1] = None
        return [each for each in found if each != ""]


_UNWORKABLE: Final = (Refusal, TypeError, ValueError, ArithmeticError, LookupError)
"""What operations raise where they do not suit a value; rendering would refuse it."""


def _is_of(part: str, violation: Violation) -> bool:
    """Whether a way through a part can be to blame: the subject has nothing to do with the text and HTML."""
    return violation.part not in PARTS or (violation.part == "subject") == (part == "subject")


def _combinations(choices: Mapping[str, list[object]], most: int) -> Iterator[dict[str, object]]:
    """Combinations of choices: those in which little differs from the first ones come first."""
    first = {path: values[0] for path, values in choices.items() if values}
    yield first
    left = most
    for path, values in choices.items():
        for value in values[1:]:
            yield {**first, path: value}
            left -= 1
            for other, others in choices.items():
                if other > path and left > 0:
                    for second in others[1:]:
                        yield {**first, path: value, other: second}
                        left -= 1
            if left <= 0:
                return
