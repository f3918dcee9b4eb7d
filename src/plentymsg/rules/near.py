"""The names that come nearest to one that nothing has."""

from __future__ import annotations

from collections.abc import Mapping

_LONGEST_GUESSED = 100
"""Looking for near names takes quadratic time."""


def nearest(wanted: str, names: Mapping[str, str], otherwise: str) -> str:
    """A hint with the names, as people write them, whose folded form is near; `otherwise` if none is."""
    from difflib import get_close_matches

    near = get_close_matches(wanted.strip().casefold()[:_LONGEST_GUESSED], names, n=3, cutoff=0.6)
    choice = dict.fromkeys(names[each] for each in near)
    return f"Did you mean {' or '.join(choice)}?" if choice else otherwise
