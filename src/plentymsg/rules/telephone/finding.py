"""Telephone numbers, told apart from all the other numbers that shops write about.

Three things make a number one: the form of an international number, the form in which a country writes its
own, or a word for it in front. A word such as `Bestellnummer` in front, or `EUR` behind, makes it none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from plentymsg.rules.links.unmask import readable
from plentymsg.rules.telephone.words import (
    ANNOUNCING,
    DENYING,
    FILLING,
    MONEY,
    OTHER_NUMBERS,
    SERVICES,
    UNITS,
)

_GAP = r"(?:[ ]?[-/.][ ]?|[ ]{1,2}|[ ]?\([ ]?|[ ]?\)[ ]?[-/]?[ ]?)"
_RUN = re.compile(
    r"(?=[0-9+(])(?<![\w,€$£@#%&=])(?<!\d\.)(?<!\w/)"
    r"(?:\(?0[1-9][0-9]{1,3}[_|][0-9]{5,9}(?![\w|]|\.\w)"  # and not 0171_1234567.png, nor a cell of a table
    rf"|(?:\+[ ]?|\([ ]?\+?[ ]?)?[0-9]++(?:{_GAP}[0-9]++)*+)"
)
"""Digits, and what people put between those of one number."""

_OTHER = re.compile(
    r"""(?=[0-9A-Z])(?<![\w.-])(?:
      \d{3}-\d{7}-\d{7}                                                 # an order of Amazon
    | \d{2}-\d{5}-\d{5}                                                 # an order of eBay
    | [A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}+(?:[ ]?[A-Z0-9]{1,4})?+     # an IBAN
    | (?:0?[1-9]|[12]\d|3[01])(?P<sign>[./-])[ ]?(?:0?[1-9]|1[0-2])(?P=sign)[ ]?(?:19|20)?\d\d
      (?![./ -]\d\d[./ -]\d\d)                                          # 3.5.2026
    | (?:0?[1-9]|[12]\d|3[01])\.[ ]?(?:0?[1-9]|1[0-2])\.(?![ ]?\d)      # 3.5.
    | (?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)?\d\d        # 5/3/2026
    | (?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])-(?:19|20)\d\d         # 5-23-2026
    | (?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])   # 2026-05-03
    | (?:[01]?\d|2[0-3])[:.][0-5]\d[ ]?[-][ ]?(?:[01]?\d|2[0-3])[:.][0-5]\d    # 8.00-12.30
    | \d{1,3}(?:[ .]\d{3}){0,4}+,\d{1,2}                                # 1 234,50
    )(?!\d)""",
    re.VERBOSE,
)
"""Numbers that look like nothing else. Telephone numbers do not reach across them."""

_COUNTRY = (
    r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|2[1-689]\d|35\d|37\d|38[0-35-79]|42[013]|50\d|59\d|6[7-9]\d|80[08]|8[58]\d|9[679]\d)"
)
"""Country codes of ITU-T E.164."""
_INTERNATIONAL = re.compile(rf"\+{_COUNTRY}\d{{5,13}}")
_WITH_ZEROS = re.compile(rf"00(?:1[2-9]\d\d[2-9]\d{{6}}|7\d{{10}}|(?![17]){_COUNTRY}[1-9]\d{{6,11}})")
"""In North America and Russia a number has one length: without a gap most others are none (0012345678)."""
_SHORTEST_INTERNATIONAL = 8

_NATIONAL = re.compile(
    r"""
      0[1-9](?P<pair>[ .-])\d\d(?:(?P=pair)\d\d){3}                     # 01 23 45 67 89
    | \(?0[1-9]\d{0,4}\)?[ ]?[-/ ][ ]?\d{2,9}(?:[ -]\d{1,7}){0,4}      # 030 123 45-67, (0170) / 1234567
    | \(0[1-9]\d{0,4}\)\d{4,9}                                          # (030)1234567
    | 0[89]00[ /-]\d{4,6} | 0[ ][89]\d\d[ ]\d{3}[ ]\d{3}                   # 0800-1234
    | 0[1-9]\d{1,3}\.\d{5,8} | 0[1-9]\d\.\d{3}\.(?:\d{4}|\d\d\.\d\d)     # 0170.1234567, 044.123.45.67
    | 04\d\d(?:\.\d\d){3}                                              # 0475.12.34.56
    | (?=(?:\D*+\d){10,12}+$)01[5-7]\d(?:[ ]?[-/. ][ ]?\d++){1,5}+      # a mobile: 0171 12 / 34 56 7
    | 01[5-7]\d_\d{6,8}                                                # 0171_1234567
    | [5-9]\d\d(?P<three>[ -])\d{3}(?P=three)\d{3}                      # 600 700 800
    | [6-9]\d\d[ ]\d\d[ ]\d\d[ ]\d\d                                    # 612 34 56 78
    | [1-9]\d[ ]\d{3}[ ]\d\d[ ]\d\d                                     # 22 123 45 67
    | 3[2-9]\d[ /-](?:\d{6,7}|\d{3}[ ]\d{3,4}|\d\d[ ]\d\d[ ]\d{3})      # 347 1234567
    | (?:1[ .-])?(?:\([2-9]\d\d\)[ ]?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}    # (800) 555-0199
    | 01[5-7]\d{8,9} | 0[67]\d{8} | 07\d{9}                             # a mobile without any gap
    """,
    re.VERBOSE,
)
"""As people in our countries, in Britain and in the United States write a number of their own."""
_FEWEST_NATIONAL = 9
_MOST_NATIONAL = 13
_FEWEST_IN_BRACKETS = 7
_FEWEST_ANNOUNCED = 5
_MOST = 15
"""Digits of a telephone number, country included (ITU-T E.164)."""
_ZEROS = 2

_TRUNK_ZERO = re.compile(r"\([ ]?0[ ]?\)")
_FEWEST_FREE = 8
_FREE = ("0800", "0900")

_SPACES_AND_DASHES = str.maketrans("\u00a0\t\u2010\u2012\u2013\u2014\u2212", "  -----")
_DIGITS_OF_OTHER_SCRIPTS = re.compile(r"(?:(?![0-9])\d)++")
_POSTCODES = re.compile(r"\d{5}[ -/]+0\d{4}")
_BEHIND = re.compile(r"[ ]{0,2}(?:,\d|[€$£%°]|[x×*][ ]?\d|([^\W\d_]+))")
_TOKEN = re.compile(r"[^\W\d_]+|\d|[€$£☎☏✆📞📱]")
_SERVICE_BEFORE = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(sorted(SERVICES))})[ -]+(?:[^\W\d_]+[ ]+)?\Z")
_LOOK_BACK = 60
_GTIN_LENGTHS = frozenset({8, 12, 13, 14})


def find_telephones(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand in `text`, in order.

    The work grows with the length of the text and nothing else.
    """
    read = readable(text)
    clean = (read.text if read else text).translate(_SPACES_AND_DASHES)
    if not clean.isascii():
        clean = _DIGITS_OF_OTHER_SCRIPTS.sub(lambda run: "".join(str(int(sign)) for sign in run[0]), clean)
    for start, end in _between_others(clean):
        for run in _RUN.finditer(clean, start, end):
            at, behind = run.span()
            if run.group().startswith("(") and ")" not in run.group():  # (0170 1234567 after six)
                at += len(run.group()) - len(run.group().lstrip("( "))
            if _is_telephone(clean, at, behind):
                yield read.span(at, behind) if read else (at, behind)


def _between_others(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for other in _OTHER.finditer(text):
        yield done, other.start()
        done = other.end()
    yield done, len(text)


def _is_telephone(text: str, start: int, end: int) -> bool:
    written = text[start:end].strip()
    digits = "".join(filter(str.isdigit, _TRUNK_ZERO.sub("", written)))
    if not _FEWEST_ANNOUNCED <= len(digits) <= _MOST + _ZEROS or _counts(text, end):
        return False
    said = _said_before(text, start)
    if said == "telephone":
        return True
    return not said and (_is_international(written, digits) or _is_national(written, digits))


def _counts(text: str, end: int) -> bool:
    """Whether what is behind a number makes it a quantity, a price, or a part of something longer."""
    if text[end : end + 1].isalpha():
        return True
    behind = _BEHIND.match(text, end)
    return behind is not None and (behind[1] is None or behind[1].lower() in UNITS)


def _said_before(text: str, start: int) -> Literal["telephone", "other", ""]:
    """What the words in front say a number is; words that say nothing are skipped."""
    before = text[max(0, start - _LOOK_BACK) : start].lower()
    words = _TOKEN.findall(before)[::-1]
    for position, word in enumerate(words):
        if word in ANNOUNCING:
            return "telephone"
        if word in MONEY and not position and not "".join(words[1:2]).isdigit():
            return "other"
        if word in DENYING or (word not in FILLING and word.endswith(OTHER_NUMBERS)):
            return "" if _is_of_service(before, position) else "other"
        if word not in FILLING:
            break
    return ""


def _is_of_service(before: str, position: int) -> bool:
    """Whether the word at a position from the end belongs to one for a service in front of it."""
    words = list(_TOKEN.finditer(before))
    return bool(_SERVICE_BEFORE.search(before[: words[-1 - position].start()]))


def _is_international(written: str, digits: str) -> bool:
    if "+" in written:
        fits = _SHORTEST_INTERNATIONAL <= len(digits) <= _MOST
        return fits and bool(_INTERNATIONAL.fullmatch("+" + digits))
    return bool(_WITH_ZEROS.fullmatch(digits)) and not _is_article_number(written)


def _is_national(written: str, digits: str) -> bool:
    fewest = _FEWEST_FREE if written.startswith(_FREE) else _FEWEST_NATIONAL
    if written.startswith("(0"):
        fewest = _FEWEST_IN_BRACKETS
    fits = fewest <= len(digits) <= _MOST_NATIONAL and not _POSTCODES.fullmatch(written)
    return fits and bool(_NATIONAL.fullmatch(written))


def _is_article_number(written: str) -> bool:
    """Whether the last digit is the check digit of a GTIN (GS1 General Specifications, section 7.9)."""
    if not written.isdecimal() or len(written) not in _GTIN_LENGTHS:
        return False
    odd, even = written[-2::-2], written[-3::-2]
    return (3 * sum(map(int, odd)) + sum(map(int, even)) + int(written[-1])) % 10 == 0
