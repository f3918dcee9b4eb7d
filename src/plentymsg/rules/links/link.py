"""A place in a text that leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

LinkKind = Literal["link", "address", "doubtful"]


MOST = 100
"""Places of one kind that are reported in one part: nobody reads more, and a hostile text has millions."""


class Link(NamedTuple):
    """A link, an e-mail address, or what may be a link or a sentence without its space."""

    kind: LinkKind
    start: int
    end: int


def by_place(link: Link) -> tuple[int, int]:
    """The key to sort links by: of two that begin together, the longer one comes first."""
    return link.start, -link.end


def first_of_each_kind(links: Iterable[Link]) -> list[Link]:
    """The first 100 links, addresses and doubtful places each, in their order."""
    counts: dict[LinkKind, int] = {}
    found = []
    for link in links:
        counts[link.kind] = counts.get(link.kind, 0) + 1
        if counts[link.kind] <= MOST:
            found.append(link)
    return found
