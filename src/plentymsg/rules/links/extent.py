"""How far a link reaches."""

from __future__ import annotations

import re

_LONGEST = 2048
"""Characters of a link that are shown; a longer one goes on, and is still one link."""

_REST = re.compile(rf"[^\s<>\"“”„«»]{{0,{_LONGEST}}}+")
_TAIL = re.compile(rf"(?::\d{{1,5}}(?!\d))?(?:[/?#\\][^\s<>\"“”„«»]{{0,{_LONGEST}}}+)?")
_ENOUGH = 64
"""Characters of a tail that tell whether it belongs to a host."""
_TRAILING = ".,;:!?'’*_~|"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def tail_at(text: str, end: int) -> str:
    """The beginning of port, path, query and fragment that stand behind a host; empty if nothing does."""
    if end >= len(text) or text[end] not in ":/?#\\":
        return ""
    tail = _TAIL.match(text, end, end + _ENOUGH)
    return tail.group() if tail else ""


def end_of_url(text: str, start: int, host_end: int) -> int:
    """Where a link ends whose host ends at `host_end`: punctuation of the sentence is not part of it."""
    if host_end >= len(text) or text[host_end] not in ":/?#\\":
        return host_end
    tail = _TAIL.match(text, host_end)
    return max(host_end, _trimmed(text, start, tail.end() if tail else host_end))


def end_of_run(text: str, start: int, low: int) -> int:
    """Where a link ends that has no host to go by, such as `scheme://…`; it includes what is before `low`."""
    rest = _REST.match(text, low)
    return max(low, _trimmed(text, start, rest.end() if rest else low))


def _trimmed(text: str, start: int, end: int) -> int:
    """`end` without trailing punctuation, and without brackets that were opened before the link."""
    link = text[start:end]
    surplus = {close: link.count(close) - link.count(opening) for close, opening in _BRACKETS.items()}
    while end > start:
        last = text[end - 1]
        if last in _BRACKETS and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return end
