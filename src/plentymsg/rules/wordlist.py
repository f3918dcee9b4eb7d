"""Sets of words, written so that people can read and add to them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text`, which spaces and line breaks set apart."""
    return frozenset(text.split())
