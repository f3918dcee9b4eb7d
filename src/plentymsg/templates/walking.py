"""The operations of a template, where values may be unknown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from plentymsg.templates import lists
from plentymsg.templates.catalogue import TESTS
from plentymsg.templates.deciding import DecidingRun, SomeList
from plentymsg.templates.run import Function, loop_state
from plentymsg.templates.unknown import Place, escaped, is_unknown, numbers_in
from plentymsg.templates.values import Safe, collect, entries, is_empty, is_null, pairs, to_text
from plentymsg.templates.variables import Branch

_STRUCTURAL = frozenset(
    {"exists", "hash", "tick", "read", "read?", "get?", "concat", "text", "data", "arrow", "set", "pop"}
    | {"begin", "|raw"}
)
"""Operations that do not look at the texts they get: they are done as they are."""
_OF_LISTS = frozenset({"|join", "|map", "|merge", "|reverse", "|column", "|reduce", "|first", "|last"})
"""The same, if they get a list."""
_BY_LENGTH = frozenset(
    {"|length", "|slice", "|batch", "|keys", "|json_encode", "==", "!=", "in", "not in", "<=>"}
)
"""Operations whose result hangs on how many entries a list has."""
_COUNTED = ("index", "index0", "revindex", "revindex0", "length")
"""What `loop` knows of the turn, but for whether it is the first or last: that is tried."""


class _Operations(dict[str, Function]):
    """Operations that are made when they are first asked for."""

    def __init__(self, names: Collection[str], make: Callable[[str], Function]) -> None:
        super().__init__()
        self._names = names
        self._make = make

    def __missing__(self, name: str) -> Function:
        if name not in self._names:
            raise KeyError(name)
        made = self[name] = self._make(name)
        return made

    def get(self, name: str, default: Any = None) -> Any:
        """The operation of this name, as Jinja2's compiler looks for it."""
        return self[name] if name in self._names else default


class WalkingRun(DecidingRun):
    """A run on a way."""

    def operations(self) -> dict[str, Function]:
        """All operations: each is made when a template asks for it, as a walk runs a template often."""
        table = super().table()
        own = self._own()
        return _Operations(table, lambda name: self.bind(own.get(name) or self._aware(name, table[name])))

    def _own(self) -> dict[str, Function]:
        """The operations that must know what is not known."""
        return {
            "truth": self._truth,
            "??": lambda left, right: right() if self._asks("null", is_null, left) else left,
            "?:": lambda left, right: left if self._truth(left) else right(),
            "|default": lambda value, default="": default if self._asks("empty", is_empty, value) else value,
            "|e": self._escape,
            "|escape": self._escape,
            "|filter": self._filter,
            "|find": self._find_entry,
            "|sort": lambda value, arrow=None: entries(self._whole(value)),  # noqa: ARG005  # any order
            "|length": self._length,
            "cycle()": self._cycle,
            "get": self._get_entry,
            "print": self._print_value,
            "capture": lambda: None,
            "captured": lambda _begun, text: Safe(text) if self.html else text,
            "loop": self._loop_through,
            "template": self._template_number,
            "push": self._push_variables,
        }

    # -- what an operation does with an unknown value

    def _aware(self, name: str, function: Function) -> Function:
        structural = name in _STRUCTURAL
        test = name.removeprefix("is ") if name.startswith("is ") and name[3:] in TESTS else ""

        def operation(*operands: Any, **named: Any) -> Any:
            if test and operands and isinstance(operands[0], (SomeList, Branch)):
                return self._asks_of_branch(test, function, operands[0])
            operands = tuple(map(self._whole, operands))
            if structural or (name in _OF_LISTS and not isinstance(operands[0], str)):
                return function(*operands, **named)
            if any(map(callable, operands)):
                raise self._unclear("a list that is not known", operands[0])
            self._doubt_lengths(name, operands)
            if not any(map(is_unknown, (*operands, *named.values()))):
                return function(*operands, **named)
            if test:
                return self._asks({"none": "null"}.get(test, test), function, *operands)
            return self._terms.derived(name, function, operands, named)

        return operation

    def _doubt_lengths(self, name: str, operands: tuple[object, ...]) -> None:
        is_of_lists = any(isinstance(each, (list, tuple)) for each in operands)
        if self._way.counts and name in _BY_LENGTH and is_of_lists:
            self._way.doubts[self._doubt("what this gives for a longer list")] = None

    # -- reading

    def _get_entry(self, target: object, key: object, prefix: str) -> object:
        if is_unknown(key):
            raise self._unclear("a name that is not known", key)
        if isinstance(target, SomeList):
            if not isinstance(key, int):
                raise self._unclear("a part of a list")
            exists = key >= 0 and self._way.choose(("has", target.path, key), (True, False))
            return target.entry(key) if exists else None
        if is_unknown(target) and isinstance(target, str):
            raise self._unclear("a part of a value that is not known", target)
        return self._get(target, key, prefix)

    def _template_number(self, number: object) -> str:
        if is_unknown(number):
            raise self._unclear("a template that is not known", number)
        return super().table()["template"](number)  # type: ignore[no-any-return]

    def _push_variables(self, variables: object = None, only: bool = False) -> None:
        if isinstance(variables, (SomeList, str)) and is_unknown(variables):
            raise self._unclear("variables that are not known")
        self._push(variables, only)

    # -- lists

    def _length(self, value: object) -> object:
        if isinstance(value, SomeList):
            return self._terms.variable(f"#length of {value.path}")
        self._doubt_lengths("|length", (value,))
        if isinstance(value, str) and is_unknown(value):
            return self._terms.derived("|length", lists.length, (value,), {})
        return lists.length(value)

    def _filter(self, value: object, arrow: object = None) -> object:
        def keep(entry: object, key: object) -> bool:
            return self._truth(arrow(entry, key) if callable(arrow) else entry)

        return collect((key, entry) for key, entry in pairs(self._listed(value)) if keep(entry, key))

    def _find_entry(self, value: object, arrow: object) -> object:
        found = pairs(self._listed(value))
        return next((e for k, e in found if callable(arrow) and self._truth(arrow(e, k))), None)

    def _listed(self, value: object) -> object:
        if isinstance(value, str) and is_unknown(value):
            raise self._unclear("a list that is not known", value)
        return self._whole(value)

    def _cycle(self, values: object, position: object) -> object:
        if not is_unknown(position):
            return lists.cycle(values, position)
        found = entries(values)
        if not found:
            return lists.cycle(values, 0)
        return found[self._way.choose(("cycle", self._place, str(position)), range(len(found)))]

    def _loop_through(
        self, items: object, key_name: str | None, name: str, condition: Function | None
    ) -> Iterator[None]:
        some = isinstance(items, SomeList) or is_unknown(items) or bool(self._way.counts)
        found = pairs(self._entries_of(items))
        if condition is not None:
            found = [(key, value) for key, value in found if self._truth(condition(value, key))]
        before = dict(self._scope)
        at = self._place
        for index, (key, value) in enumerate(found):
            self._scope[name] = value
            turn = f"#turn {at}.{index}"
            if key_name is not None:
                self._scope[key_name] = self._terms.variable(turn) if some else key
            state = loop_state(index, len(found), before)
            if some:
                state |= {each: self._terms.variable(f"{turn} {each}") for each in _COUNTED}
            self._scope["loop"] = state
            yield
        self._leave_loop(before, {name, key_name, "loop"}, some=some)

    def _leave_loop(self, before: dict[str, object], own: set[str | None], *, some: bool) -> None:
        changed = [n for n in before if n not in own and self._scope.get(n) is not before[n]]
        if some and changed:
            self._way.doubts[self._doubt(f"what a longer list makes of {changed[0]}")] = None
        self.end_loop(before, own)

    def _entries_of(self, items: object) -> object:
        if isinstance(items, str) and is_unknown(items):
            term = self._terms.of(items)
            path = getattr(term, "path", None)
            if path is None:
                raise self._unclear("a list that is not known", items)
            return self._whole(SomeList(path, lambda at: self._terms.variable(f"{path}[{at}]")))
        if isinstance(items, Branch):
            raise self._unclear("the names of a branch")
        return self._whole(items)

    # -- printing

    def _escape(self, value: object, strategy: object = "html") -> object:
        if not is_unknown(value):
            return super().table()["|e"](value, strategy)
        if strategy == "html":
            return value if isinstance(value, Safe) else escaped(to_text(value))
        return self._terms.derived("|e", super().table()["|e"], (value, strategy), {})

    def _print_value(self, value: object, end: int, warn: bool, _body: object = None) -> str:
        whole = isinstance(value, str) and self._terms.of(value) is not None
        for number in numbers_in(value):
            if whole or number not in self._way.printed:  # else it has been printed inside of the value
                self._way.printed.add(number)
                source, offset = self.locate(self._place)
                place = Place(self._way.layer, source.part, *source.place(offset), source.template)
                self._terms.printed.setdefault(number, {})[place] = None
        if not self.html or not is_unknown(value):
            return self._print(value, end, warn)
        markup = getattr(value, "__html__", None)
        return Safe(markup()) if markup else escaped(to_text(value))
