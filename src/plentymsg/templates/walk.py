"""Goes every way through templates, with values that are not known.

Each run of a template is a way: where a decision hangs on an unknown value, one answer is taken, and the
others are put on the list of ways to go. Lists that are not known have two entries, none, or one (four too,
where the template asks which turn it is). What cannot be followed is said to be so.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from plentymsg.errors import TemplateFault
from plentymsg.templates.deciding import SomeList
from plentymsg.templates.limits import Budget
from plentymsg.templates.rendering import Rendering, Shelf
from plentymsg.templates.run import Run
from plentymsg.templates.unknown import Terms, as_escaped, as_plain
from plentymsg.templates.values import Safe
from plentymsg.templates.variables import build
from plentymsg.templates.walking import WalkingRun
from plentymsg.templates.way import Unclear, Way


class Layer(NamedTuple):
    """A part of a template that is walked with others: header, content, footer."""

    part: str
    source: str


class Walked(NamedTuple):
    """The ways through some templates, one after another."""

    ways: tuple[Way, ...]
    complete: bool
    """Whether these are all; else there are too many."""


def walk(
    terms: Terms,
    layers: Sequence[Layer],
    known: Mapping[str, object],
    is_never_known: Callable[[str], bool],
    shelf: Shelf,
    *,
    most: int,
    until: float,
) -> Walked:
    """Go at most `most` ways, and until `time.thread_time()` is `until`; those that differ little come first.

    `known` are flat values, as in `variables.build`; any other variable is unknown, but for those that never
    have a value. What is unknown is put into `terms`.
    """
    ways: list[Way] = []
    waiting: deque[tuple[int, ...]] = deque([()])
    while waiting and len(ways) < most and (not ways or time.thread_time() < until):
        way = Way(terms, plan=waiting.popleft())
        _go(way, layers, known, is_never_known, shelf)
        ways.append(way)
        taken = [chosen for chosen, _ in way.trace]
        room = most - len(ways) + 1
        for at in range(len(way.plan), len(way.trace)):
            if len(waiting) > room:
                break
            waiting.extend((*taken[:at], other) for other in range(1, way.trace[at][1]))
    return Walked(tuple(ways), not waiting)


def _go(
    way: Way,
    layers: Sequence[Layer],
    known: Mapping[str, object],
    is_never_known: Callable[[str], bool],
    shelf: Shelf,
) -> None:
    def read(path: str, value: object, entry: Callable[[int], object] | None) -> object:
        if entry is not None:
            return value or SomeList(path, entry)
        return way.terms.variable(path) if value is None and not is_never_known(path) else value

    variables = build(known, read)
    budget = Budget()
    printed = []
    try:
        for number, (part, source) in enumerate(layers):
            way.layer = number
            printed.append(_WalkRendering(part, variables, shelf, budget, way).printed(source).text)
    except Unclear as unclear:
        way.doubts[unclear.doubt] = None
        way.is_whole = False
        printed = []
    except TemplateFault as fault:
        way.fault = fault
        printed = []
    way.texts = tuple(printed)


class _WalkRendering(Rendering):
    """A rendering on a way."""

    def __init__(
        self, part: str, variables: Mapping[str, object], shelf: Shelf, budget: Budget, way: Way
    ) -> None:
        super().__init__(part, variables, shelf, budget)
        self._way = way

    def begin(self, variables: Mapping[str, object], html: bool, budget: Budget, depth: int) -> Run:
        """A run on the way."""
        return WalkingRun(variables, html, budget, depth, self._way)

    def _block(self, name: str, part: str, run: Run) -> str:
        text = super()._block(name, part, run)
        number, load = self._shelf.blocks[name], self._shelf.load
        assert number is not None, "else it has been refused"
        assert load is not None
        version = load(number)
        if part == "html" and not version.html:
            return Safe(as_escaped(text))
        return as_plain(text) if part != "html" and not version.text else text
