"""Twig's filters on lists and mappings; many work on texts, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cmp_to_key
from typing import Any

from plentymsg.templates.limits import MAX_ITEMS
from plentymsg.templates.source import Refusal
from plentymsg.templates.values import (
    MISSING,
    collect,
    compare,
    entries,
    is_list,
    kind,
    pairs,
    slice_of,
    to_int,
    to_number,
    to_text,
    truth,
)

Function = Callable[..., object]


def _list(value: object, name: str) -> None:
    if not is_list(value) and value is not None:
        raise Refusal(f"`{name}` works on lists, not on a {kind(value)}", "Give it a list.")


def _function(value: object, name: str) -> Function:
    if not callable(value):
        raise Refusal(f"`{name}` needs an arrow function", "Write e.g. `x => x.id`.")
    return value


def length(value: object) -> int:
    """The number of characters or entries."""
    return len(value) if isinstance(value, (list, tuple, Mapping)) else len(to_text(value))


def first(value: object) -> object:
    """The first entry or character; null if there is none."""
    found: Any = entries(value) if is_list(value) else to_text(value)
    return found[0] if found else (None if is_list(value) or value is None else "")


def last(value: object) -> object:
    """The last entry or character; null if there is none."""
    found: Any = entries(value) if is_list(value) else to_text(value)
    return found[-1] if found else (None if is_list(value) or value is None else "")


def join(value: object, glue: object = "", and_: object = None) -> str:
    """The entries as one text; `and` stands between the last two."""
    _list(value, "join")
    texts = [to_text(entry) for entry in entries(value)]
    if and_ is None or len(texts) < 2:
        return to_text(glue).join(texts)
    return to_text(glue).join(texts[:-1]) + to_text(and_) + texts[-1]


def keys(value: object) -> list[object]:
    """The keys of a mapping, the positions of a list."""
    return [key for key, _ in pairs(value)]


def merge(value: object, *others: object) -> object:
    """Lists one after another; in mappings the later value of a key wins."""
    found: dict[object, object] = {}
    position = 0
    for part in (value, *others):
        if not is_list(part):
            raise Refusal(f"`merge` works on lists, not on a {kind(part)}", "Write e.g. merge([1, 2]).")
        for key, entry in pairs(part):
            if isinstance(key, int):
                found[position] = entry
                position += 1
            else:
                found[key] = entry
    return collect(found.items())


def map_(value: object, arrow: object) -> object:
    """Each entry as the arrow function makes it: `v => …` or `(v, k) => …`."""
    _list(value, "map")
    function = _function(arrow, "map")
    return collect((key, function(entry, key)) for key, entry in pairs(value))


def filter_(value: object, arrow: object = None) -> object:
    """The entries for which the arrow function holds; without one, those that are true."""
    _list(value, "filter")
    if arrow is None:
        return collect((key, entry) for key, entry in pairs(value) if truth(entry))
    keep = _function(arrow, "filter")
    return collect((key, entry) for key, entry in pairs(value) if truth(keep(entry, key)))


def find(value: object, arrow: object) -> object:
    """The first entry for which the arrow function holds; null if none."""
    function = _function(arrow, "find")
    return next((entry for key, entry in pairs(value) if truth(function(entry, key))), None)


def reduce(value: object, arrow: object, initial: object = MISSING) -> object:
    """All entries as one value: `(carry, v) => carry + v`."""
    _list(value, "reduce")
    function = _function(arrow, "reduce")
    for key, entry in pairs(value):
        initial = function(initial, entry, key)
    return initial


def sort(value: object, arrow: object = None) -> object:
    """The entries in order; an arrow function `(a, b) => a <=> b` tells which."""
    _list(value, "sort")
    order = compare if arrow is None else _function(arrow, "sort")

    def ordering(one: tuple[object, object], two: tuple[object, object]) -> int:
        return _sign(order(one[1], two[1]))

    ordered = sorted(pairs(value), key=cmp_to_key(ordering))
    return collect(ordered)


def _sign(value: object) -> int:
    number = to_number(value)
    return (number > 0) - (number < 0)


def reverse(value: object, preserve_keys: object = False) -> object:
    """The other way round."""
    if not is_list(value):
        return to_text(value)[::-1]
    backwards = pairs(value)[::-1]
    if truth(preserve_keys):
        return dict(backwards)
    return _renumbered(backwards)


def _renumbered(items: list[tuple[object, object]]) -> object:
    """With text keys kept and numbers counted anew, as PHP does."""
    found: dict[object, object] = {}
    position = 0
    for key, entry in items:
        if isinstance(key, int):
            found[position] = entry
            position += 1
        else:
            found[key] = entry
    return collect(found.items())


def slice_(value: object, start: object, length: object = None, preserve_keys: object = False) -> object:
    """A part of a list or text; negative numbers count from the end."""
    begin = to_int(start, "start")
    size = None if length is None else to_int(length, "length")
    if not is_list(value):
        text = to_text(value)
        return text[slice_of(text, begin, size)]
    items = pairs(value)
    taken = items[slice_of(items, begin, size)]
    return collect(taken) if truth(preserve_keys) else _renumbered(taken)


def column(value: object, name: object) -> list[object]:
    """One value of each entry, where it has that."""
    _list(value, "column")
    return [entry[name] for entry in entries(value) if isinstance(entry, Mapping) and name in entry]


def batch(value: object, size: object, fill: object = None) -> list[object]:
    """The entries in groups of `size`, the last one filled up."""
    count = to_int(size, "size")
    if not 0 < count <= MAX_ITEMS:
        raise Refusal(f"A size of {count} is not possible", "Use e.g. 3.")
    items = entries(value)
    groups = [items[index : index + count] for index in range(0, len(items), count)]
    if groups and fill is not None:
        groups[-1] = groups[-1] + [fill] * (count - len(groups[-1]))
    return list(groups)


def cycle(values: object, position: object) -> object:
    """The entry at a position, from the start again after the last."""
    items = entries(values)
    if not items:
        raise Refusal("`cycle` needs a list with entries", "Write e.g. cycle(['odd', 'even'], loop.index0).")
    return items[to_int(position, "position") % len(items)]
