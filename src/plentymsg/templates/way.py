"""One way through a template: what is decided on it, and under which conditions it is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from plentymsg.errors import TemplateFault
from plentymsg.templates.unknown import Place, Terms, Values, Variable

T = TypeVar("T")

NULL: Final = "null"
BLANK: Final = "blank"
ZERO: Final = "zero"
FULL: Final = "full"
_STATES: Final = frozenset({NULL, BLANK, ZERO, FULL})
SIMPLE: Final[dict[str, frozenset[str]]] = {
    "truth": frozenset({FULL}),
    "empty": frozenset({NULL, BLANK}),
    "null": frozenset({NULL}),
}
"""What a bare variable can be, as far as Twig tells it apart, and which of these a question holds for."""


class Doubt(NamedTuple):
    """What cannot be followed: where, what it is in words, and the variables that it is made of."""

    place: Place
    what: str
    paths: tuple[str, ...]


class Unclear(Exception):
    """The template does with an unknown value what cannot be followed."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt)
        self.doubt = doubt


class Condition(NamedTuple):
    """What must hold for a way to be gone: `test`, given the variables, is `outcome`."""

    test: Callable[[Values], bool]
    outcome: bool
    paths: frozenset[str]
    """The variables that it hangs on."""
    place: str


@dataclass(slots=True)
class Way:
    """A way while it is gone, and what came of it."""

    terms: Terms
    plan: tuple[int, ...] = ()
    """Which answers to give at the first decisions; behind them, the first answer is given."""
    trace: list[tuple[int, int]] = field(default_factory=list)
    """The answers that were given, each with how many there were."""
    texts: tuple[str, ...] = ()
    """What each template printed, with marks for what is unknown."""
    layer: int = 0
    printed: set[int] = field(default_factory=set)
    """The numbers of the unknown values that were printed."""
    conditions: list[Condition] = field(default_factory=list)
    states: dict[str, frozenset[str]] = field(default_factory=dict)
    """What is left of what variables can be, after what was asked about them."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many entries the unknown lists have."""
    doubts: dict[Doubt, None] = field(default_factory=dict)
    """Why this way does not stand for all that go the same way."""
    fault: TemplateFault | None = None
    is_whole: bool = True
    """False if it could not be followed to its end."""
    _answers: dict[object, object] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether it led to the end of the templates."""
        return self.is_whole and self.fault is None

    def choose(self, question: object, answers: Sequence[T]) -> T:
        """An answer to a question; the same on the whole way."""
        if question in self._answers:
            return self._answers[question]  # type: ignore[return-value]  # kept under the same question
        chosen = 0
        if len(answers) > 1:
            at = len(self.trace)
            chosen = self.plan[at] if at < len(self.plan) else 0
            self.trace.append((chosen, len(answers)))
        self._answers[question] = answers[chosen]
        return answers[chosen]

    def decide(
        self, identity: object, test: Callable[[Values], bool], paths: frozenset[str], place: str
    ) -> bool:
        """Whether what is asked of unknown values holds."""
        outcome = self.choose(identity, (True, False))
        self.conditions.append(Condition(test, outcome, paths, place))
        return outcome

    def is_blank(self, path: str) -> bool:
        """Whether a variable is known to be nothing, or 0."""
        return FULL not in self.state_of(path)

    def decide_state(self, kind: str, variable: Variable) -> bool:
        """Whether a bare variable is true, empty or null: one of `SIMPLE`."""
        path = variable.path
        can_be, meant = self.state_of(path), SIMPLE[kind]
        outcomes = [outcome for outcome, left in ((True, can_be & meant), (False, can_be - meant)) if left]
        outcome = self.choose((kind, path, can_be), outcomes)
        self.states[path] = can_be & meant if outcome else can_be - meant
        return outcome

    def state_of(self, path: str) -> frozenset[str]:
        """What a variable can be on this way."""
        return self.states.get(path, _STATES)
