"""Twig's filters on texts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import quote

from plentymsg.templates.limits import MAX_OUTPUT, weigh
from plentymsg.templates.provenance import Traced, TracedHtml
from plentymsg.templates.source import Refusal
from plentymsg.templates.values import Safe, collect, escape, is_list, pairs, to_int, to_number, to_text
from plentymsg.templates.variables import Formatted

_BLANK = " \t\n\r\0\x0b"
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_DIRECTIVE = re.compile(r"%(?:(%)|([-+0]{0,3})(\d{0,3})(?:\.(\d{1,2}))?([a-zA-Z]))")


def upper(value: object) -> str:
    """In capitals."""
    return to_text(value).upper()


def lower(value: object) -> str:
    """In small letters."""
    return to_text(value).lower()


def capitalize(value: object) -> str:
    """The first letter a capital, the others small."""
    text = to_text(value)
    return text[:1].upper() + text[1:].lower()


def title(value: object) -> str:
    """The first letter of each word a capital, the others small."""
    return re.sub(r"\w+", lambda match: capitalize(match.group()), to_text(value))


def trim(value: object, character_mask: object = None, side: object = "both") -> str:
    """Without blanks, or the characters given, at `both` ends, or `left` or `right`."""
    mask = _BLANK if character_mask is None else to_text(character_mask)
    sides = {"both": str.strip, "left": str.lstrip, "right": str.rstrip}
    if side not in sides:
        raise Refusal(f'There is no side "{to_text(side)}"', "Use both, left or right.")
    return sides[str(side)](to_text(value), mask) if mask else to_text(value)


def nl2br(value: object) -> Safe:
    """`<br />` before each line break; what is not HTML yet is escaped first."""
    html = str(value) if isinstance(value, Safe) else escape(to_text(value))
    return Safe(html.replace("\n", "<br />\n"))


def striptags(value: object) -> str:
    """Without HTML tags."""
    return _TAG.sub("", to_text(value))


def spaceless(value: object) -> str:
    """Without the blanks between HTML tags."""
    text = re.sub(r">\s+<", "><", to_text(value)).strip()
    return Safe(text) if isinstance(value, str) and hasattr(value, "__html__") else text


def replace(value: object, from_: object) -> str:
    """PHP's `strtr`: each key by its value, longest key first, nothing twice."""
    if not is_list(from_):
        raise Refusal("`replace` needs a mapping", "Write e.g. replace({'old': 'new'}).")
    changes = {to_text(key): to_text(new) for key, new in pairs(from_) if to_text(key)}
    text = to_text(value)
    if not changes:
        return text
    if len(changes) > 500 or len(text) * (1 + max(map(len, changes.values()))) > 50 * MAX_OUTPUT:
        raise Refusal("`replace` has too much to do", "Replace less.")
    longest_first = sorted(changes, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(key) for key in longest_first))
    return pattern.sub(lambda match: changes[match.group()], text)


def split(value: object, delimiter: object = "", limit: object = None) -> object:
    """The parts between the delimiters, at most `limit`; pieces of `limit` characters if it is empty."""
    text, mark = to_text(value), to_text(delimiter)
    if not mark:
        size = 1 if limit is None else max(1, to_int(limit, "limit"))
        return [text[index : index + size] for index in range(0, len(text), size)]
    count = 0 if limit is None else to_int(limit, "limit")
    if count < 0:
        return text.split(mark)[:count]
    return text.split(mark, count - 1) if count > 0 else text.split(mark)


def format_(value: object, *values: object) -> str:
    """PHP's `sprintf` with `%s`, `%d`, `%f` and `%%`."""
    remaining = iter(values)
    text = to_text(value)
    if re.sub(_DIRECTIVE, "", text).count("%"):
        raise Refusal("A `%` of the format cannot be read", "Use %s, %d, %.2f or %%.")

    def written(match: re.Match[str]) -> str:
        percent, flags, width, decimals, letter = match.groups()
        if percent:
            return "%"
        if letter not in "sdf":
            raise Refusal(f"The format has %{letter}, which is not supported", "Use %s, %d, %.2f or %%.")
        try:
            found = next(remaining)
        except StopIteration:
            raise Refusal("The format asks for more values than there are", "Give one each.") from None
        argument = to_text(found) if letter == "s" else to_number(found)
        return f"%{flags}{width}{'.' + decimals if decimals else ''}{letter}" % argument

    return _DIRECTIVE.sub(written, text)


def url_encode(value: object) -> str:
    """A text for a URL (RFC 3986), or a mapping as a query."""
    if not is_list(value):
        return quote(to_text(value), safe="-_.~")
    if any(is_list(entry) for _, entry in pairs(value)):
        raise Refusal("A list inside of a list cannot be put into a URL", "Use a flat mapping.")
    return "&".join(
        f"{quote(to_text(key))}={quote(to_text(entry), safe='-_.~')}" for key, entry in pairs(value)
    )


def json_encode(value: object) -> str:
    """JSON as PHP writes it: `/` as `\\/`, no blanks, ASCII only."""
    weigh(value)
    return json.dumps(_plain(value), separators=(",", ":"), allow_nan=False).replace("/", "\\/")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        collected = collect(value.items())
        if isinstance(collected, list):
            return [_plain(entry) for entry in collected]
        return {to_text(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return to_text(value)


def escape_filter(value: object, strategy: object = "html") -> object:
    """Escaped for HTML (once only), or for a URL."""
    if strategy == "html":
        return value if isinstance(value, Safe) else Safe(escape(to_text(value)))
    if strategy == "url":
        return Safe(quote(to_text(value), safe="-_.~"))
    raise Refusal(f'There is no escaping "{to_text(strategy)}"', "Use html or url.")


def raw(value: object) -> object:
    """HTML that is trusted: not escaped. What has its own HTML keeps that."""
    if isinstance(value, (Formatted, Safe)):
        return value
    if isinstance(value, Traced):
        return TracedHtml(value, value.trace)
    return Safe(to_text(value)) if value is not None else None
