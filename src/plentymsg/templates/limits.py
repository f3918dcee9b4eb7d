"""How much a template may use.

A template is text from a stranger, and Jinja2's sandbox bounds no resources. So every operation of a
running template pays from one budget; when that is spent, or the time is over, the template stops.
"""

from __future__ import annotations

import time

from plentymsg.templates.source import Refusal

MAX_SOURCE = 500_000
"""Characters of one template."""

MAX_TOKENS = 12_000
"""Words and signs inside all `{{ }}` and `{% %}` of one template."""

MAX_DEPTH = 30
"""Expressions inside one another."""

MAX_HEIGHT = 45
"""Steps from an expression down to its deepest part, `a|b|c` included: Python allows 200 brackets."""

MAX_NESTING = 12
"""Tags inside one another: Python allows 20 loops, and we stay well below."""

MAX_INCLUDES = 10
"""Templates inside one another, by `extends` and `include`."""

MAX_OUTPUT = 1_000_000
"""Characters of one rendered part."""

MAX_ITEMS = 10_000
"""Entries of a list that the template makes, `1..n` above all."""

MAX_STEPS = 500_000
"""Operations of one part of a message, header, footer and text blocks included; a text of n characters
costs n/50 more, a list of n entries n more."""

MAX_SECONDS = 2.0
"""Processor time to render one part. A template never waits, so on an idle machine it is the time that
passes; on a busy one a good template is not punished for others' work."""


class Budget:
    """What is left for one part of a message: for its template, header, footer and text blocks together."""

    def __init__(self) -> None:
        self._steps = MAX_STEPS
        self._room = MAX_OUTPUT
        self._deadline = 0.0

    def print(self, size: int) -> bool:
        """Take the room for `size` characters; False if there is not so much left."""
        self._room -= size
        return self._room >= 0

    def spend(self, steps: int) -> None:
        """Pay for `steps` operations. Raises `Refusal` when the budget or the time is used up."""
        self._steps -= steps
        if self._steps < 0:
            raise Refusal("The template does too much work", "Make its loops and texts smaller.")
        now = time.thread_time()
        if not self._deadline:  # the clock starts with the first step, when the template is compiled
            self._deadline = now + MAX_SECONDS
        if now > self._deadline:
            raise Refusal("The template takes too long", "Make its loops and texts smaller.")


def cost(value: object) -> int:
    """What handling `value` costs besides the operation itself."""
    if isinstance(value, str):
        return len(value) // 50
    if isinstance(value, (list, tuple, dict)):
        return len(value)
    return 0


def weigh(value: object) -> None:
    """Refuse a list of lists that is too deep or too big to be walked through.

    `{% set a = [a, a] %}`, forty times, is a small value with a million million leaves.
    """
    pending: list[tuple[object, int]] = [(value, 0)]
    seen = 0
    while pending:
        item, depth = pending.pop()
        children = list(item.values()) if isinstance(item, dict) else item
        if not isinstance(children, (list, tuple)):
            continue
        seen += len(children)
        if depth > 20 or seen > MAX_ITEMS:
            raise Refusal("The list is nested too deeply or too large", "Use a smaller list.")
        pending.extend((child, depth + 1) for child in children)
