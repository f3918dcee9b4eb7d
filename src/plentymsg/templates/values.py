"""Values as PHP sees them, because Twig does: what is true, what is equal, how a number is printed.

Only plain data occurs: null, booleans, numbers, texts, dates, lists and mappings. Nothing here, and nothing
that calls it, reads an attribute of a Python object on a template's behalf.
(https://www.php.net/manual/en/language.operators.comparison.php)
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

from plentymsg.templates.limits import weigh
from plentymsg.templates.source import Refusal

_NUMERIC = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
_INTEGER = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_BIG = 2**63


class Missing:
    """Nothing at all, where null means a value that is not known.

    It is what a name stands for that does not exist, where that is allowed (`default`, `??`, `is defined`),
    and what `reduce` starts with. Unlike null, it counts as 0.
    """


MISSING: Final = Missing()


class Safe(str):
    """HTML that is not escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def escape(text: str) -> str:
    """HTML-escape as Twig does, quotes included (PHP's `htmlspecialchars`)."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#039;")


def is_null(value: object) -> bool:
    """Whether it is null."""
    return value is None or value is MISSING


def is_list(value: object) -> bool:
    """Whether it is a list or a mapping: what PHP calls an array."""
    return isinstance(value, (list, tuple, Mapping))


def entries(value: object) -> list[object]:
    """The values of a list or mapping, in order; none for anything else, as in Twig's `for`."""
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, (list, tuple)) else []


def pairs(value: object) -> list[tuple[object, object]]:
    """Keys and values of a list or mapping, in order; none for anything else."""
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, (list, tuple)) else []


def collect(items: Iterable[tuple[object, object]]) -> object:
    """The list or mapping of these keys and values: a list where the keys count up from 0."""
    found = dict(items)
    if all(key == index and isinstance(key, int) for index, key in enumerate(found)):
        return list(found.values())
    return found


def key_of(value: object) -> object:
    """A key as PHP keeps it: `'1'`, 1.7 and true are 1."""
    if isinstance(value, str):
        text = str(value)
        return int(text) if re.fullmatch(r"0|-?[1-9][0-9]{0,17}", text) else text
    if isinstance(value, (bool, int, float, Decimal)):
        return int(value)
    if is_null(value):
        return ""
    raise Refusal(f"A {kind(value)} cannot be a key", "Use a text or a number.")


def kind(value: object) -> str:
    """The kind of a value in a word."""
    if isinstance(value, Mapping):
        return "mapping"
    if isinstance(value, str):
        return "text"
    if isinstance(value, (list, tuple)):
        return "list"
    if isinstance(value, date):
        return "date"
    if isinstance(value, (int, float, Decimal)):
        return "number"
    return "function" if callable(value) else "thing"


def truth(value: object) -> bool:
    """Whether a condition holds: empty texts and lists, 0, `'0'` and null do not."""
    if isinstance(value, str):
        return value not in {"", "0"}
    return value is not MISSING and bool(value)


def is_empty(value: object) -> bool:
    """Twig's `empty`: null, false, an empty text or list; 0 is not."""
    if is_null(value) or value is False:
        return True
    return (isinstance(value, (str, list, tuple)) and len(value) == 0) or (
        isinstance(value, Mapping) and not value
    )


def to_text(value: object) -> str:
    """A value as PHP prints it. Raises `Refusal` for what has no text."""
    if isinstance(value, str):
        return str(value)
    if is_null(value) or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    hints = {
        "list": "Print one of its entries, or use `join`.",
        "mapping": "Print one of its entries, or use `join`.",
        "date": "Use `date('d.m.Y')`.",
    }
    raise Refusal(f"A {kind(value)} cannot be printed", hints.get(kind(value), "Print something else."))


def _float_text(value: float) -> str:
    if not math.isfinite(value):
        raise Refusal("The number is too large", "Use smaller numbers.")
    text = f"{value:.14G}"
    mantissa, _, exponent = text.partition("E")
    if exponent:
        point = "" if "." in mantissa else ".0"
        return f"{mantissa}{point}E{exponent[0]}{exponent[1:].lstrip('0')}"
    return "-0" if text == "-0" else text


def to_number(value: object) -> int | float:
    """A number, also from a text that is one. Raises `Refusal` for anything else."""
    if isinstance(value, bool) or value is MISSING:
        return int(value is True)
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str):
        if _INTEGER.fullmatch(value):
            return int(value)
        if len(value) < 400 and _NUMERIC.fullmatch(value):
            return float(value)
        shown = value if len(value) <= 30 else value[:29] + "…"
        raise Refusal(f'"{shown}" is not a number', "Put brackets around what is to be calculated.")
    raise Refusal(f"A {kind(value)} is not a number", "Use one of its entries.")


def to_int(value: object, what: str) -> int:
    """A whole number, for an argument. Raises `Refusal` for anything else."""
    number = to_number(value)
    if number != number or abs(number) > _BIG or int(number) != number:  # noqa: PLR0124  # not a number
        raise Refusal(f"The {what} is not a whole number", "Use e.g. 2.")
    return int(number)


def fitted(number: int | float) -> int | float:
    """A result as PHP has it: whole numbers beyond 64 bits become floating ones."""
    if isinstance(number, int) and not -_BIG <= number < _BIG:
        number = float(number)
    if isinstance(number, float) and not math.isfinite(number):
        raise Refusal("The number is too large", "Use smaller numbers.")
    return number


def compare(left: object, right: object) -> int:
    """PHP's `<=>`: negative, 0 or positive. Raises `Refusal` for what has no order."""
    if _loose(left) or _loose(right):
        return _compare_loose(left, right)
    if isinstance(left, str) and isinstance(right, str):
        numbers = _numbers(left, right)
        return _order(*numbers) if numbers else _order(str(left), str(right))
    if isinstance(left, date) and isinstance(right, date):
        return _compare_dates(left, right)
    if is_list(left) or is_list(right) or isinstance(left, date) or isinstance(right, date):
        raise Refusal(f"A {kind(left)} and a {kind(right)} have no order", "Compare their entries.")
    numbers = _numbers(left, right)
    return _order(*numbers) if numbers else _order(to_text(left), to_text(right))


def _loose(value: object) -> bool:
    return isinstance(value, bool) or is_null(value)


def _compare_loose(left: object, right: object) -> int:
    """With a boolean or null: as texts if null meets a text, else by their truth."""
    if all(is_null(value) or isinstance(value, str) for value in (left, right)):
        return _order(to_text(left), to_text(right))
    return _order(truth(left), truth(right))


def _compare_dates(left: date, right: date) -> int:
    return _order(_utc(left), _utc(right))


def _utc(value: date) -> datetime:
    """The moment of a date; without a zone it is local time."""
    return (value if isinstance(value, datetime) else datetime.combine(value, time())).astimezone(UTC)


def _numbers(left: object, right: object) -> tuple[float, float] | None:
    """Both as numbers if both are numbers, or texts that are numbers."""
    for value in (left, right):
        if isinstance(value, str) and not (len(value) < 400 and _NUMERIC.fullmatch(value)):
            return None
    return to_number(left), to_number(right)


def _order(left: float | str | date, right: float | str | date) -> int:
    return (left > right) - (left < right)  # type: ignore[operator]  # callers give two of one kind


def equal(left: object, right: object) -> bool:
    """PHP's `==`."""
    weigh(left)
    weigh(right)
    return _equal(left, right)


def _equal(left: object, right: object) -> bool:
    if isinstance(left, (list, tuple, Mapping)) and isinstance(right, (list, tuple, Mapping)):
        if len(left) != len(right):
            return False
        mine, other = dict(pairs(left)), dict(pairs(right))
        return mine.keys() == other.keys() and all(_equal(mine[key], other[key]) for key in mine)
    if _loose(left) or _loose(right):
        return _compare_loose(left, right) == 0
    if is_list(left) or is_list(right) or isinstance(left, date) != isinstance(right, date):
        return False
    return compare(left, right) == 0


def same(left: object, right: object) -> bool:
    """Twig's `same as`, PHP's `===`: of one kind, and equal without any conversion."""
    weigh(left)
    weigh(right)
    return _same(left, right)


def _same(left: object, right: object) -> bool:
    if is_list(left) and is_list(right):
        mine, other = pairs(left), pairs(right)
        return len(mine) == len(other) and all(
            key == key2 and _same(value, value2)
            for (key, value), (key2, value2) in zip(mine, other, strict=True)
        )
    if isinstance(left, str) and isinstance(right, str):
        return str(left) == str(right)
    return (is_null(left) and is_null(right)) or (type(left) is type(right) and left == right)


def contains(needle: object, haystack: object) -> bool:
    """Twig's `in`: part of a text, or one of the values of a list."""
    if isinstance(haystack, str):
        return not is_list(needle) and to_text(needle) in str(haystack)
    if isinstance(haystack, (int, float)) and not isinstance(haystack, bool):
        return not is_list(needle) and to_text(needle) in to_text(haystack)
    weigh(needle)
    weigh(haystack)
    return any(_equal(needle, entry) for entry in entries(haystack))


def slice_of(items: Sequence[object], start: int, length: int | None) -> slice:
    """The Python slice that PHP's `array_slice` and `mb_substr` take: negative counts from the end."""
    size = len(items)
    begin = max(0, size + start) if start < 0 else min(start, size)
    if length is None:
        return slice(begin, size)
    end = size + length if length < 0 else begin + length
    return slice(begin, max(begin, min(end, size)))
