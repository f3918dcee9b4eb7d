"""What operations leave of the promise that the type of a value makes.

An operation is looked at only here: one that is in none of these may make anything of a value.
"""

from __future__ import annotations

import re
from typing import Final

from plentymsg.templates.unknown import Derived, is_unknown, numbers_in, pieces

_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "//", "%", "**", "unary -", "unary +"})
_TRUTHS: Final = frozenset({"==", "!=", "<", ">", "<=", ">=", "<=>", "in", "not in", "xor"})
COUNTING: Final = _ARITHMETIC | {"|abs", "|round", "|length"}
"""Operations that give a number, whatever they get, or refuse it."""
COMPUTED: Final = COUNTING | _TRUTHS
OF_NUMBERS: Final = _ARITHMETIC | {"|abs", "|round", "|number_format"}
"""Operations that take nothing but numbers."""
OF_DATES: Final = frozenset({"|date", "|date_modify", "date()"})
CHOOSING: Final = frozenset({"max()", "min()"})
"""Operations that give one of the values that they get, also of texts."""
_CASES: Final = frozenset({"|upper", "|lower", "|capitalize", "|title", "|spaceless", "|e"})
"""Operations after which numbers, dates and order numbers are still such."""

_SEPARATORS: Final = frozenset({"", ".", ",", "'", "’", " ", "\u00a0", "\u202f"})
_MOST_DECIMALS: Final = 3
_LONGEST_NUMBER: Final = 32
_GROUPS: Final = 10
"""Of three digits each, of the longest number that is formatted."""
_LETTERS_LONG: Final = {"c": 25, "r": 31, "U": 12}
_LONGEST_LETTER: Final = 9
_DATE_WORDS = re.compile(r"(?<![^ ])(?:\\[a-zA-Z])+(?![^ ])")
"""Words that are printed as they are: `H:i \\U\\h\\r`."""
_DATE_SIGNS = re.compile(r"(?:[dDjlNwzWFmMnStLoYyaAgGhHisu]|[^\w\\])*")
_LETTERS_OF_DATES = re.compile(r"[DlFMSaA]")
_AFTER_A_SIGN = re.compile(r"[^\w\s(,][DlFMaA]")
"""A word that may be a top-level domain, as in `d.M`."""
_USUAL_DATE = re.compile(
    r"(?<!\w)(?:[dj]\.[mn]\.[Yy]|[mndj]/[mndj]/Y|[dj]-[mn]-Y|m-d-Y|Y(?P<sign>[-/.])m(?P=sign)d)(?!\w)"
)
_FEW_DIGITS: Final = 6
_DIGITS_OF: Final = {"Y": 4, "o": 4, "z": 3, "u": 6, "U": 11, "v": 3}
_LETTER = re.compile(r"[A-Za-z]")
_BREAKING = re.compile(r"[^\w .()/-]|[DlFMSaA]")


def keeps(term: Derived) -> bool:
    """Whether an operation gives the words that it gets as they are, but for blanks around them."""
    is_bare = len(term.operands) == 1 and not term.named
    return is_bare and term.operation in {"|trim", "|nl2br"} and is_whole(term.operands[0])


def keeps_numbers(term: Derived) -> bool:
    """Whether an operation leaves numbers, dates and order numbers such, with what is written around them."""
    if term.operation == "|e":  # for a URL: only `%2F` and the like come in
        return is_whole(term.operands[0])
    return len(term.operands) == 1 and not term.named and term.operation in _CASES | {"|trim", "|nl2br"}


def is_whole(operand: object) -> bool:
    """Whether an operand is nothing but one unknown value."""
    return isinstance(operand, str) and [text for text, _ in pieces(operand)] == ["", ""]


def choices(term: Derived) -> list[object]:
    """What `max` and `min` choose from."""
    given = term.operands
    listed = given[0] if len(given) == 1 and isinstance(given[0], (list, tuple)) else given
    return list(listed)


def is_formatted_plainly(term: Derived) -> bool:
    """Whether an operation gives a number or date in a form that makes nothing else of it."""
    said = [*term.operands[1:], *(value for _, value in term.named)]
    if any(map(is_unknown, said)):
        return False
    if term.operation == "|number_format":
        texts = [each for each in said if isinstance(each, str)]
        return all(text in _SEPARATORS for text in texts) and all(
            each <= _MOST_DECIMALS for each in said if isinstance(each, int)
        )
    if term.operation == "|date":
        signs = _DATE_WORDS.sub("", _date_format(term))
        return bool(_DATE_SIGNS.fullmatch(signs)) and not _AFTER_A_SIGN.search(signs)
    return term.operation in OF_DATES


def has_words(term: Derived) -> bool:
    """Whether there are words in what an operation gives: the names of days and months."""
    return term.operation == "|date" and bool(_LETTERS_OF_DATES.search(_date_format(term)))


def is_date_for_sure(term: Derived) -> bool:
    """Whether nobody takes what `date` gives for a telephone number, whatever the date is."""
    if term.operation != "|date":
        return term.operation in OF_DATES
    rest = _USUAL_DATE.sub(",", _DATE_WORDS.sub(",", _date_format(term)))
    return all(sum(map(_digits, part)) <= _FEW_DIGITS and "(" not in part for part in _BREAKING.split(rest))


def _digits(sign: str) -> int:
    return _DIGITS_OF.get(sign, 2) if _LETTER.match(sign) else 0


def _date_format(term: Derived) -> str:
    named = dict(term.named)
    given = named.get("format", term.operands[1] if len(term.operands) > 1 else "F j, Y H:i")
    return str(given)


def longest_made(term: Derived) -> int | None:
    """Characters that an operation on numbers or dates gives at most; None if there is no saying."""
    said = [*term.operands[1:], *(value for _, value in term.named)]
    if term.operation in COMPUTED:
        return _LONGEST_NUMBER
    if any(map(is_unknown, said)):
        return None
    if term.operation == "|number_format":
        separators = sum(len(text) for text in said if isinstance(text, str))
        return 2 * _LONGEST_NUMBER + (separators + 1) * _GROUPS
    if term.operation == "|date":
        return sum(_LETTERS_LONG.get(letter, _LONGEST_LETTER) for letter in _date_format(term))
    return None


def numbers_of(term: Derived) -> list[int]:
    """The numbers of the unknown values that an operation gets."""
    every = [*term.operands, *(value for _, value in term.named)]
    return [inner for operand in every for inner in numbers_in(operand)]
