"""What style sheets refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plentymsg.rules.mapped import MappedText, edited

_HINT = re.compile(r"[(@&\\]|list-style", re.IGNORECASE)
"""Of the strings in a style attribute, which mostly name fonts, only those of a list are shown."""
_NOISE = re.compile(
    r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|\\(?:([0-9a-fA-F]{1,6})\s?|(\r\n|[\n\r\f])|([\"'])|([^0-9a-fA-F]))"
)
"""Comments and escapes: by number, of a line end, of a quotation mark, of anything else."""
_REFERENCE = re.compile(
    r"""@namespace[^;{}@]{0,300}+ | local\([^()]{0,300}+ | \[[^\[\]{}]{0,300}+\]
      | (@import\s{1,9}(?:url\()?|url\(|(?:-webkit-)?image-set\((?=\s*+["']))\s*+
        (?:"([^"]*+)"?|'([^']*+)'?|(data:[^)"'\s]*+|[^)"';\s]*+))
      | ((?:"[^"\n]*+(?:"|\Z)|'[^'\n]*+(?:'|\Z))(?:\s*+(?:"[^"\n]*+(?:"|\Z)|'[^'\n]*+(?:'|\Z)))*+)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What loads something, and strings in a row: the second image of a set, or what `content` prints.

What a namespace, a font of the reader's own or a selector is called comes first, and is none of these.
"""
_STRING = re.compile(r"\"([^\"]*+)\"?|'([^']*+)'?")
_SHOWN = 5
"""The group of strings."""
_PROPERTY = re.compile(r"([\w-]+)\s*:[^:;{}]*\Z")
_LOOK_BACK = 200


@dataclass(frozen=True, slots=True)
class StyleReference:
    """An address in CSS, or a text that may hold one, and its place in the source of the style."""

    value: str
    start: int
    end: int
    is_loaded: bool
    """Whether the style loads it; else it is a string, which may be printed."""
    is_image: bool


def may_refer(html: str, start: int, end: int) -> bool:
    """Whether the style in `html[start:end]`, entities still encoded, may refer to anything."""
    return bool(_HINT.search(html, start, end))


def style_references(style: MappedText) -> Iterator[StyleReference]:
    """Every `url()`, `@import`, `image-set()` and string; escapes and comments do not hide one."""
    clean = edited(style.text, _edits(style.text))
    for found in _REFERENCE.finditer(clean.text):
        value, is_loaded = _value(found)
        if value:
            start, end = style.span(*clean.span(*found.span()))
            is_image = is_loaded and _is_image(clean.text, found, value)
            yield StyleReference(value, start, end, is_loaded, is_image)


def _value(found: re.Match[str]) -> tuple[str, bool]:
    """What is referred to or printed, empty if nothing is, and whether it is loaded."""
    if found.lastindex is None:
        return "", False
    if found.lastindex == _SHOWN:
        return "".join(string[string.lastindex or 1] for string in _STRING.finditer(found[_SHOWN])), False
    return found[found.lastindex].strip() if found.lastindex > 1 else "", True


def _edits(text: str) -> Iterator[tuple[int, int, str]]:
    for noise in _NOISE.finditer(text):
        number, line_end, quotation_mark, other = noise.groups()
        if number:
            code = int(number, 16)
            yield noise.start(), noise.end(), chr(code) if 0 < code <= 0x10FFFF else "\ufffd"
        elif quotation_mark:  # it does not end the string; what it says matters to no link
            yield noise.start(), noise.end(), " "
        else:
            yield noise.start(), noise.end(), "" if line_end else other or ""


def _is_image(text: str, found: re.Match[str], value: str) -> bool:
    if found[1][0] == "@" or value.startswith("#"):
        return False
    if value[:5].lower() == "data:":
        return value[5:11].lower() == "image/"
    before = _PROPERTY.search(text, max(0, found.start() - _LOOK_BACK), found.start())
    return before is None or before[1].lower() not in {"src", "behavior", "-moz-binding"}
