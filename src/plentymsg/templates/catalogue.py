"""The filters, tests and functions that a template may use: these, and no others."""

from __future__ import annotations

from collections.abc import Callable

from plentymsg.templates import lists, numbers, operators, texts
from plentymsg.templates.source import Refusal
from plentymsg.templates.values import is_empty, is_list, is_null, same, to_int, to_text

Function = Callable[..., object]


def _default(value: object, default: object = "") -> object:
    return default if is_empty(value) else value


def _date(value: object, format: object = "F j, Y H:i", timezone: object = None) -> object:
    """PHP would print today's date for null; an unknown date stays empty."""
    if is_empty(value):
        return None
    from plentymsg.templates import dates

    return dates.formatted(dates.to_moment(value, timezone), to_text(format))


def _date_modify(value: object, modifier: object) -> object:
    if is_empty(value):
        return None
    from plentymsg.templates import dates

    return dates.modified(dates.to_moment(value), to_text(modifier))


def _moment(date: object = "now", timezone: object = None) -> object:
    if is_empty(date):
        return None
    from plentymsg.templates import dates

    return dates.to_moment(date, timezone)


def _divisible(value: object, by: object) -> bool:
    divisor = to_int(by, "divisor")
    if divisor == 0:
        raise Refusal("A division by zero", "Use another divisor.")
    return to_int(value, "number") % divisor == 0


FILTERS: dict[str, Function] = {
    "abs": numbers.abs_,
    "batch": lists.batch,
    "capitalize": texts.capitalize,
    "column": lists.column,
    "date": _date,
    "date_modify": _date_modify,
    "default": _default,
    "e": texts.escape_filter,
    "escape": texts.escape_filter,
    "filter": lists.filter_,
    "find": lists.find,
    "first": lists.first,
    "format": texts.format_,
    "join": lists.join,
    "json_encode": texts.json_encode,
    "keys": lists.keys,
    "last": lists.last,
    "length": lists.length,
    "lower": texts.lower,
    "map": lists.map_,
    "merge": lists.merge,
    "nl2br": texts.nl2br,
    "number_format": numbers.number_format,
    "raw": texts.raw,
    "reduce": lists.reduce,
    "replace": texts.replace,
    "reverse": lists.reverse,
    "round": numbers.round_,
    "slice": lists.slice_,
    "sort": lists.sort,
    "spaceless": texts.spaceless,
    "split": texts.split,
    "striptags": texts.striptags,
    "title": texts.title,
    "trim": texts.trim,
    "upper": texts.upper,
    "url_encode": texts.url_encode,
}

TESTS: dict[str, Function] = {
    "defined": lambda value: True,  # noqa: ARG005  # the compiler settles it
    "divisible by": _divisible,
    "empty": is_empty,
    "even": lambda value: to_int(value, "number") % 2 == 0,
    "iterable": is_list,
    "none": is_null,
    "null": is_null,
    "odd": lambda value: to_int(value, "number") % 2 != 0,
    "same as": same,
}

FUNCTIONS: dict[str, Function] = {
    "cycle": lists.cycle,
    "date": _moment,
    "max": numbers.max_,
    "min": numbers.min_,
    "range": operators.span,
}
