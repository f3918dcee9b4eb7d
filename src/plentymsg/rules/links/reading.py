"""Every link in a text: the disguises taken off, then whatever leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from plentymsg.rules.links.hosts import find_hosts
from plentymsg.rules.links.link import Link, LinkKind
from plentymsg.rules.links.schemes import find_schemes
from plentymsg.rules.links.unmask import readable, undisguised

MOST = 100
"""Places of one kind that are reported in one text: nobody reads more, and a hostile text has millions."""


def find_links(text: str) -> list[Link]:
    """Links and e-mail addresses in `text`, in order, without overlaps; the first 100 of each kind.

    A link is what a mail client or a marketplace's robot would make one. Places count in `text` as given.
    """
    read = readable(text)
    clean = read.text if read else text
    plain = undisguised(clean)
    clean = plain.text if plain else clean
    found = first_of_each_kind(_apart(sorted([*find_hosts(clean), *find_schemes(clean)], key=_place)))
    for mapped in (plain, read):
        if mapped:
            found = [Link(each.kind, *mapped.span(each.start, each.end)) for each in found]
    return found


def first_of_each_kind(links: Iterable[Link]) -> list[Link]:
    """The first 100 links, addresses and doubtful places each, in their order."""
    counts: dict[LinkKind, int] = {}
    found = []
    for link in links:
        counts[link.kind] = counts.get(link.kind, 0) + 1
        if counts[link.kind] <= MOST:
            found.append(link)
    return found


def _place(link: Link) -> tuple[int, int]:
    return link.start, -link.end


def _apart(links: Iterable[Link]) -> Iterable[Link]:
    done = 0
    for link in links:
        if link.start >= done:
            yield link
            done = link.end
