"""What is asked of values that are not known, and answered for one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plentymsg.templates.limits import Budget
from plentymsg.templates.run import Function, Run
from plentymsg.templates.source import Refusal, Source
from plentymsg.templates.unknown import Place, Values, Variable, is_unknown, numbers_in, require_no_marks
from plentymsg.templates.values import truth
from plentymsg.templates.variables import Branch, name_of
from plentymsg.templates.variables import paths as known_paths
from plentymsg.templates.way import SIMPLE, Doubt, Unclear, Way


class SomeList:
    """A list of which nothing is known but what an entry looks like."""

    def __init__(self, path: str, entry: Callable[[int], object]) -> None:
        self.path = path
        self.entry = entry


class DecidingRun(Run):
    """A run on a way, which answers what is asked."""

    def __init__(
        self, variables: Mapping[str, object], html: bool, budget: Budget, depth: int, way: Way
    ) -> None:
        super().__init__(variables, html, budget, depth)
        self._way = way
        self._terms = way.terms

    def add(self, source: Source) -> int:
        """Take in a source, unless it could be taken for marks."""
        try:
            require_no_marks(source.text)
        except Refusal as refusal:
            raise source.fault(0, refusal.message, refusal.hint) from None
        return super().add(source)

    def _whole(self, value: object) -> object:
        """A list that is not known, with as many entries as it has on this way."""
        if not isinstance(value, SomeList):
            return value
        return tuple(value.entry(at) for at in range(self._count(value.path)))

    def _count(self, path: str) -> int:
        asks_for_turn = any("loop" in source.text for source in self._sources)
        counts = (2, 0, 1, 4) if asks_for_turn else (2, 0, 1)
        self._way.counts[path] = found = self._way.choose(("entries", path), counts)
        return found

    def _here(self) -> str:
        source, offset = self.locate(self._place)
        return source.where(offset)

    def _doubt(self, what: str, value: object = None) -> Doubt:
        source, offset = self.locate(self._place)
        place = Place(self._way.layer, source.part, *source.place(offset), source.template)
        paths = {path for number in numbers_in(value) for path in self._terms.variables(number)}
        return Doubt(place, what, tuple(sorted(paths)))

    def _unclear(self, what: str, value: object = None) -> Unclear:
        return Unclear(self._doubt(what, value))

    # -- decisions

    def _asks(self, kind: str, function: Function, *operands: object) -> bool:
        value = operands[0]
        if isinstance(value, (SomeList, Branch)):
            return self._asks_of_branch(kind, function, value)
        if not any(map(is_unknown, operands)):
            return bool(function(*operands))
        terms = self._terms

        def test(values: Values) -> bool:
            return bool(function(*(terms.known(operand, values) for operand in operands)))

        term = terms.of(value) if isinstance(value, str) and len(operands) == 1 else None
        if isinstance(term, Variable) and kind in SIMPLE:
            return self._way.decide_state(kind, term)
        identity = (kind, *(str(each) if isinstance(each, str) else repr(each) for each in operands))
        paths = frozenset(path for number in numbers_in(operands) for path in terms.variables(number))
        return self._way.decide(identity, test, paths, self._here())

    def _asks_of_branch(self, kind: str, function: Function, value: SomeList | Branch) -> bool:
        if isinstance(value, SomeList):
            return bool(function(self._whole(value)))
        if kind not in {"truth", "empty"}:
            return bool(function(value))
        if any(True for _ in value):
            return bool(function(value))
        path = f"{value.path}."

        def test(values: Values) -> bool:
            return any(name.startswith(path) and held not in ("", None) for name, held in values.items())

        leaf = next((each for each in known_paths() if each.startswith(name_of(path))), path)
        return self._way.decide(path, test, frozenset({leaf}), self._here()) == (kind == "truth")

    def _truth(self, value: object) -> bool:
        return self._asks("truth", truth, value)
