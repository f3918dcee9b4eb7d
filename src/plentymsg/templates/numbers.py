"""Twig's filters and functions on numbers."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cmp_to_key

from plentymsg.templates.source import Refusal
from plentymsg.templates.values import compare, entries, fitted, is_list, to_int, to_number, to_text

_ROUNDING = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}
_MAX_DECIMALS = 20


def _rounded(value: object, decimals: int, rounding: str) -> Decimal:
    """`value` to so many decimals, from its shortest text: 1.005 becomes 1.01, as in PHP."""
    number = value if isinstance(value, Decimal) else Decimal(repr(to_number(value)))
    if not number.is_finite() or abs(number) > Decimal(10) ** 30:
        raise Refusal("The number is too large", "Use smaller numbers.")
    if abs(decimals) > _MAX_DECIMALS:
        raise Refusal(f"{decimals} decimals are too many", "Use e.g. 2.")
    shifted = number.scaleb(decimals).quantize(Decimal(1), rounding=rounding)
    return shifted.scaleb(-decimals)


def number_format(
    value: object, decimal: object = 0, decimal_point: object = ".", thousand_sep: object = ","
) -> object:
    """PHP's `number_format`. What is unknown stays empty rather than becoming 0."""
    if value is None or value == "":
        return None
    decimals = max(0, to_int(decimal, "number of decimals"))
    number = _rounded(value, decimals, ROUND_HALF_UP)
    sign = "-" if number < 0 else ""
    whole, _, fraction = format(abs(number), f".{decimals}f").partition(".")
    groups: list[str] = []
    while whole:
        whole, group = whole[:-3], whole[-3:]
        groups.insert(0, group)
    point = to_text(decimal_point) if fraction else ""
    return f"{sign}{to_text(thousand_sep).join(groups)}{point}{fraction}"


def round_(value: object, precision: object = 0, method: object = "common") -> object:
    """Twig's `round`: `common` (half away from zero), `ceil` or `floor`."""
    if value is None:
        return None
    if method not in _ROUNDING:
        raise Refusal(f'There is no rounding "{to_text(method)}"', "Use common, ceil or floor.")
    return fitted(float(_rounded(value, to_int(precision, "precision"), _ROUNDING[str(method)])))


def abs_(value: object) -> object:
    """The number without its sign."""
    return None if value is None else fitted(abs(to_number(value)))


def _all(values: tuple[object, ...]) -> list[object]:
    found = entries(values[0]) if len(values) == 1 and is_list(values[0]) else list(values)
    if not found:
        raise Refusal("An empty list has no largest or smallest entry", "Test it with `is empty` first.")
    return found


def max_(*values: object) -> object:
    """The largest of the arguments, or of a list."""
    return max(_all(values), key=cmp_to_key(compare))


def min_(*values: object) -> object:
    """The smallest of the arguments, or of a list."""
    return min(_all(values), key=cmp_to_key(compare))
