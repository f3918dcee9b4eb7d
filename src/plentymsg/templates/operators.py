"""Twig's operators on values."""

from __future__ import annotations

import math
from collections.abc import Callable

from plentymsg.templates.limits import MAX_ITEMS
from plentymsg.templates.source import Refusal
from plentymsg.templates.values import compare, contains, equal, fitted, kind, to_int, to_number, truth

Number = int | float


def _arithmetic(operation: Callable[[Number, Number], Number]) -> Callable[[object, object], object]:
    """The operation on numbers. What is unknown (null) stays unknown, where PHP would reckon with 0: an
    amount that nobody knows must not reach a customer as a number."""

    def apply(left: object, right: object) -> object:
        if left is None or right is None:
            return None
        return fitted(operation(to_number(left), to_number(right)))

    return apply


def _divide(left: Number, right: Number) -> Number:
    if right == 0:
        raise Refusal("A division by zero", "Test for zero first.")
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return left // right
    return left / right


def _floor_divide(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int) and right != 0:
        return left // right
    return math.floor(_divide(left, right))


def _modulo(left: Number, right: Number) -> Number:
    """PHP's `%`: of whole numbers, with the sign of the dividend."""
    dividend, divisor = int(left), int(right)
    if divisor == 0:
        raise Refusal("A division by zero", "Test for zero first.")
    return int(math.copysign(abs(dividend) % abs(divisor), dividend))


def _power(base: Number, exponent: Number) -> Number:
    try:
        approximate = pow(float(base), float(exponent))
    except (OverflowError, ZeroDivisionError) as error:
        raise Refusal("The number is too large", "Use smaller numbers.") from error
    if not isinstance(approximate, float):
        raise Refusal("A root of a negative number", "Use positive numbers.")
    if isinstance(base, int) and isinstance(exponent, int) and exponent >= 0 and abs(approximate) < 2**63:
        return int(base**exponent)
    return approximate


def span(low: object, high: object, step: object = 1) -> list[object]:
    """Twig's `low..high` and `range(low, high, step)`: both ends belong to it, and it may count down."""
    if isinstance(low, str) and isinstance(high, str) and len(low) == len(high) == 1 and not low.isdigit():
        return [chr(code) for code in _span(ord(low), ord(high), step)]
    return list(_span(to_int(low, "start"), to_int(high, "end"), step))


def _span(low: int, high: int, step: object) -> range:
    stride = abs(to_int(step, "step"))
    if stride == 0:
        raise Refusal("The step of a range is 0", "Use 1.")
    found = range(low, high + 1, stride) if low <= high else range(low, high - 1, -stride)
    if abs(high - low) // stride >= MAX_ITEMS:
        raise Refusal(f"A range has more than {MAX_ITEMS:,} numbers", "Use a smaller one.")
    return found


def _starts(text: object, start: object) -> bool:
    return isinstance(text, str) and isinstance(start, str) and text.startswith(str(start))


def _ends(text: object, end: object) -> bool:
    return isinstance(text, str) and isinstance(end, str) and text.endswith(str(end))


def negate(value: object) -> object:
    """`-x`."""
    return None if value is None else fitted(-to_number(value))


def positive(value: object) -> object:
    """`+x`."""
    return None if value is None else to_number(value)


def _matches(text: object, pattern: object) -> bool:
    if not isinstance(pattern, str):
        raise Refusal(f"A {kind(pattern)} is not a pattern", "Write e.g. '/^[0-9]+$/'.")
    from plentymsg.templates.patterns import matches

    return text is not None and matches(str(pattern), text)


BINARY: dict[str, Callable[[object, object], object]] = {
    "+": _arithmetic(lambda left, right: left + right),
    "-": _arithmetic(lambda left, right: left - right),
    "*": _arithmetic(lambda left, right: left * right),
    "/": _arithmetic(_divide),
    "//": _arithmetic(_floor_divide),
    "%": _arithmetic(_modulo),
    "**": _arithmetic(_power),
    "..": span,
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": lambda left, right: compare(left, right) < 0,
    ">": lambda left, right: compare(left, right) > 0,
    "<=": lambda left, right: compare(left, right) <= 0,
    ">=": lambda left, right: compare(left, right) >= 0,
    "<=>": compare,
    "in": contains,
    "not in": lambda needle, haystack: not contains(needle, haystack),
    "starts with": _starts,
    "ends with": _ends,
    "matches": _matches,
    "xor": lambda left, right: truth(left) != truth(right),
}
"""All but `and`, `or`, `?:` and `??`, which do not always reckon their right side."""
