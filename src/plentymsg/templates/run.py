"""One part of one template while it is rendered: its variables, its warnings, and the operations that the
compiled template calls. Every call pays from the budget, and what goes wrong in it gets its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from plentymsg.templates.catalogue import FILTERS, FUNCTIONS, TESTS
from plentymsg.templates.limits import MAX_INCLUDES, MAX_OUTPUT, Budget, cost
from plentymsg.templates.operators import BINARY, negate, positive
from plentymsg.templates.provenance import traced
from plentymsg.templates.source import Refusal, Source, Sources, nearest, spelled
from plentymsg.templates.values import (
    MISSING,
    Safe,
    escape,
    is_list,
    is_null,
    key_of,
    kind,
    pairs,
    to_int,
    to_text,
    truth,
)
from plentymsg.templates.variables import WHISPERED, Branch

Function = Callable[..., Any]


class Run:
    """The state of one rendering. `html` says whether what is printed is escaped.

    `depth` is how many templates it stands in already: a text block is rendered inside of another one.
    """

    def __init__(self, variables: Mapping[str, object], html: bool, budget: Budget, depth: int = 0) -> None:
        self.html = html
        self.warnings: dict[str, None] = {}
        self._variables = variables
        self._scope: dict[str, object] = {}
        self._outer: list[tuple[Mapping[str, object], dict[str, object], int]] = []
        self._budget = budget
        self._sources = Sources()
        self._depth = depth
        self._place = 0
        # Of the piece printed last; see `Trace`.
        self.printed_at = self.printed_until = 0
        self.printed_value: object = None
        self._captures: list[list[Any]] = []

    @property
    def depth(self) -> int:
        """How many templates, by `extends`, `include` and text blocks, it is inside of now."""
        return self._depth

    # -- places

    def add(self, source: Source) -> int:
        """Take in a source; returns what to add to its offsets to make them places of this run."""
        return self._sources.add(source)

    def locate(self, place: int) -> tuple[Source, int]:
        """The source that a place is in, and the offset in it."""
        return self._sources.locate(place)

    def fault(self, message: str, hint: str = "") -> Exception:
        """The `TemplateFault` that `message` is true where the template is now."""
        source, offset = self.locate(self._place)
        return source.fault(offset, message, hint)

    def _warn(self, place: int, message: str) -> None:
        source, offset = self.locate(place)
        self.warnings[f"{source.where(offset)}: {message}."] = None

    def bind(self, function: Function) -> Function:
        """`function` as an operation: paid for, and with its place where it fails."""

        @pass_context
        def operation(_context: Context, place: int, *operands: Any, **named: Any) -> Any:
            self._place = place
            try:
                self._budget.spend(1 + sum(map(cost, operands)))
                result = function(*operands, **named)
                self._budget.spend(cost(result))
            except Refusal as refusal:
                self._place = place
                raise self.fault(refusal.message, refusal.hint) from None
            except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
                self._place = place
                raise self.fault("This cannot be computed", "Check the values and arguments.") from error
            if isinstance(result, str) and len(result) > MAX_OUTPUT:
                raise self.fault(f"A text is longer than {MAX_OUTPUT:,} characters", "Make it shorter.")
            return result

        return operation

    def operations(self) -> dict[str, Function]:
        """All operations by the name that the compiler gives them."""
        return {name: self.bind(function) for name, function in self.table().items()}

    def table(self) -> dict[str, Function]:
        """What each operation does to its operands."""
        table: dict[str, Function] = {
            **BINARY,
            **{f"|{name}": function for name, function in FILTERS.items()},
            **{f"is {name}": function for name, function in TESTS.items()},
            **{f"{name}()": function for name, function in FUNCTIONS.items()},
            "unary -": negate,
            "unary +": positive,
            "truth": truth,
            "exists": lambda value: value is not MISSING,
            "??": lambda left, right: right() if is_null(left) else left,
            "?:": lambda left, right: left if truth(left) else right(),
            "hash": self._hash,
            "tick": lambda: None,
            "read": self._read,
            "read?": self._find,
            "get": self._get,
            "get?": self._member,
            "concat": "".join,
            "text": self._text,
            "data": self._data,
            "print": self._print,
            "arrow": self._arrow,
            "loop": self._loop,
            "set": self._set,
            "capture": self._capture,
            "captured": self._captured,
            "push": self._push,
            "pop": self._pop,
            "begin": self._begin,
            "template": lambda number: str(to_int(number, "language ID")),
        }
        if not self.html:
            table["|nl2br"] = lambda value: to_text(value).replace("\n", "<br />\n")
        return table

    # -- variables

    def _find(self, name: str) -> object:
        return self._scope[name] if name in self._scope else self._variables.get(name, MISSING)

    def _read(self, name: str) -> object:
        if name not in self._scope and name not in self._variables:
            hint = nearest(name, [*self._scope, *_names(self._variables)])
            raise Refusal(f'There is no variable "{name}"', hint or "Use a variable of the Messenger.")
        return self._find(name)

    def _get(self, target: object, key: object, prefix: str) -> object:
        value = self._member(target, key)
        if value is MISSING:
            shown = to_text(key)[:60]
            if isinstance(target, Mapping):
                hint = nearest(shown, _names(target), prefix)
                raise Refusal(f'There is no variable "{spelled(prefix, shown)}"', hint or "Look up its name.")
            raise Refusal(f'"{prefix[:-1]}" is a {kind(target)} and has no "{shown}"', "Remove it.")
        if key in WHISPERED and truth(value):
            self._warn(self._place, "This is a whispered message, which is internal")
        return value

    @staticmethod
    def _member(target: object, key: object) -> object:
        """An entry of a list or mapping; `MISSING` if it has none of that name.

        Null has no entries but null, a list has null beyond its end.
        """
        if target is None:
            return None
        if isinstance(target, Mapping):
            known = next((name for name in (key, key_of(key), to_text(key)) if name in target), MISSING)
            return MISSING if known is MISSING else target[known]
        index = key_of(key)
        if isinstance(target, (list, tuple)) and isinstance(index, int):
            return target[index] if 0 <= index < len(target) else None
        return MISSING

    def _set(self, names: tuple[str, ...], values: list[object]) -> None:
        self._scope.update(zip(names, values, strict=True))

    def _push(self, variables: object = None, only: bool = False) -> None:
        self._outer.append((self._variables, self._scope, self._depth))
        if variables is not None and not is_list(variables):
            raise Refusal(f"A {kind(variables)} cannot be passed on", "Write e.g. `with {name: value}`.")
        given = {to_text(key): value for key, value in pairs(variables)}
        self._variables = {} if only else self._variables
        self._scope = given if only else {**self._scope, **given}

    def _pop(self) -> None:
        self._variables, self._scope, self._depth = self._outer.pop()

    def _begin(self) -> None:
        self._depth += 1
        if self._depth > MAX_INCLUDES:
            raise Refusal(
                "Templates and text blocks stand inside one another too deeply",
                "Look for one that includes itself.",
            )

    def _loop(
        self, items: object, key_name: str | None, name: str, condition: Function | None
    ) -> Iterator[None]:
        """Go through a list. As in Twig, only variables that were there before keep values set in it."""
        found = pairs(items)
        if condition is not None:
            found = [(key, value) for key, value in found if truth(condition(value, key))]
        before = dict(self._scope)
        for index, (key, value) in enumerate(found):
            self._scope[name] = value
            if key_name is not None:
                self._scope[key_name] = key
            self._scope["loop"] = loop_state(index, len(found), before)
            yield
        self.end_loop(before, {name, key_name, "loop"})

    def end_loop(self, before: dict[str, object], own: set[str | None]) -> None:
        """Forget what a loop has set but for variables that were there `before`, and its `own` altogether."""
        kept = {
            known: value
            for known, value in self._scope.items()
            if known not in own and (known in before or known in self._variables)
        }
        self._scope.clear()
        self._scope.update({**before, **kept})

    def _arrow(self, params: tuple[str, ...], body: Function) -> Function:
        def function(*values: object) -> object:
            outer = self._scope
            self._scope = {**outer, **dict(zip(params, values, strict=False))}
            value = body()
            self._scope = outer
            return value

        return function

    @staticmethod
    def _hash(flat: list[object]) -> dict[object, object]:
        return {key_of(key): value for key, value in zip(flat[::2], flat[1::2], strict=True)}

    # -- printing

    def _text(self, value: object, end: int, warn: bool) -> str:
        if warn and (is_null(value) or value == ""):
            self._warn_empty(end)
        return to_text(value)

    def _data(self, text: str, end: int = 0) -> str:
        self._note(text, end, None)
        return Safe(text) if self.html else text

    def _print(self, value: object, end: int, warn: bool, body: object = None) -> str:
        text = self._text(value, end, warn)
        if self.html:
            markup = getattr(value, "__html__", None) if isinstance(value, str) else None
            text = Safe(markup() if markup else escape(text))
        self._note(text, end, value if body is None else body)
        return text

    def _note(self, text: str, end: int, value: object) -> None:
        self.printed_at, self.printed_until, self.printed_value = self._place, end, value
        if self._captures:
            self._captures[-1] += (text, self._place, end, value)

    def _capture(self) -> None:
        self._captures.append([])

    def _captured(self, _begun: None, text: str) -> str:
        """What was printed since `_capture`: in HTML it is not escaped again."""
        return traced(text, self._captures.pop(), self.locate, html=self.html)

    def _warn_empty(self, end: int) -> None:
        source, offset = self.locate(self._place)
        self._warn(self._place, f"`{source.excerpt(offset, end - self._place + offset)}` is empty")


def _names(variables: Mapping[str, object]) -> list[str]:
    names = variables.names() if isinstance(variables, Branch) else list(variables)
    return [str(name) for name in names]


def loop_state(index: int, length: int, parent: dict[str, object]) -> dict[str, object]:
    """What `loop` has at one turn."""
    return {
        "index": index + 1,
        "index0": index,
        "revindex": length - index,
        "revindex0": length - index - 1,
        "first": index == 0,
        "last": index == length - 1,
        "length": length,
        "parent": parent,
    }
