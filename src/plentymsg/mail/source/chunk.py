"""Cutting a list of mails into batches that fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from plentymsg.mail import source

_T = TypeVar("_T")


def chunks(items: Iterable[_T], size_of: Callable[[_T], int]) -> Iterator[list[_T]]:
    """`items` in order, in lists of at most `MAX_MAILS`, and `MAX_BYTES` unless one alone is bigger."""
    chunk: list[_T] = []
    size = 0
    for item in items:
        item_size = size_of(item)
        if chunk and (len(chunk) >= source.MAX_MAILS or size + item_size > source.MAX_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += item_size
    if chunk:
        yield chunk
