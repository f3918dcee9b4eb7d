"""Twig's `matches`: regular expressions in linear time.

Python's `re` backtracks, and a template could make it run for ever. This matcher goes through the text once
and keeps the set of all states that the pattern may be in (Thompson 1968, as RE2 does), so time is bounded by
length of text times size of pattern. The price: no back references and no look-around, which are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plentymsg.templates.pattern_syntax import Anchor, Any_, Node, Repeat, Sequence, read
from plentymsg.templates.source import Refusal
from plentymsg.templates.values import to_text

_MAX_STATES = 2_000
_MAX_WORK = 500_000

Accepts = Callable[[str], bool]


@dataclass(frozen=True)
class _State:
    """Takes a character that it `accepts`, or none where its `anchor` holds; then goes to `targets`."""

    targets: list[int]
    accepts: Accepts | None = None
    anchor: str = ""


class _Machine:
    """The states of a pattern; state 0 is the end."""

    def __init__(self, node: Node) -> None:
        self.states = [_State([])]
        self.start = self.build(node, 0)

    def add(self, state: _State) -> int:
        if len(self.states) >= _MAX_STATES:
            raise Refusal("The pattern is too large", "Repeat less.")
        self.states.append(state)
        return len(self.states) - 1

    def build(self, node: Node, after: int) -> int:
        """States for `node` that go on to `after`; returns the first."""
        if isinstance(node, Sequence):
            for item in reversed(node.items):
                after = self.build(item, after)
            return after
        if isinstance(node, Any_):
            return self.add(_State([self.build(item, after) for item in node.items]))
        if isinstance(node, Anchor):
            return self.add(_State([after], anchor=node.name))
        if isinstance(node, Repeat):
            return self.repeat(node, after)
        return self.add(_State([after], accepts=node.accepts))

    def repeat(self, node: Repeat, after: int) -> int:
        if node.most is None:
            loop = _State([])
            here = self.add(loop)
            loop.targets.extend([self.build(node.item, here), after])
            after = here
        else:
            end = after
            for _ in range(node.most - node.least):
                after = self.add(_State([self.build(node.item, after), end]))
        for _ in range(node.least):
            after = self.build(node.item, after)
        return after

    def reach(self, states: Iterator[int] | list[int], holds: Callable[[str], bool]) -> set[int]:
        """These states and all that are reached from them without a character."""
        found: set[int] = set()
        pending = list(states)
        while pending:
            number = pending.pop()
            state = self.states[number]
            if number in found or (state.anchor and not holds(state.anchor)):
                continue
            found.add(number)
            if state.accepts is None:
                pending.extend(state.targets)
        return found


def matches(pattern: str, value: object) -> bool:
    """Whether PHP's `preg_match(pattern, value)` finds something: `/…/` with the flags i, m, s, u, x.

    Raises `Refusal` for what cannot be read, or would take too long.
    """
    machine = _Machine(read(pattern))
    text = to_text(value)
    if len(text) * len(machine.states) > _MAX_WORK:
        raise Refusal("The text is too long for `matches`", "Match a shorter text.")
    current: set[int] = set()
    for position in range(len(text) + 1):
        before, at = text[position - 1 : position], text[position : position + 1]
        last = position == len(text) or (position == len(text) - 1 and at == "\n")
        holds = _anchors(before, at, last)
        current = machine.reach([*current, machine.start], holds)
        if 0 in current:
            return True
        states = (machine.states[number] for number in current)
        current = {
            target
            for state in states
            if at and state.accepts and state.accepts(at)
            for target in state.targets
        }
    return False


def _anchors(before: str, at: str, last: bool) -> Callable[[str], bool]:
    """Which anchors hold between two characters; `last` is the end, or before a final line break."""
    edge = _is_word(before) != _is_word(at)
    found = {
        "start": not before,
        "end": not at,
        "last": last,
        "line start": before in {"", "\n"},
        "line end": at in {"", "\n"},
        "edge": edge,
        "no edge": not edge,
    }
    return lambda name: found[name]


def _is_word(char: str) -> bool:
    return char == "_" or char.isalnum()
