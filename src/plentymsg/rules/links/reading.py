"""Every link in a text: the disguises taken off, then whatever leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from plentymsg.rules.links.disguises import undisguised
from plentymsg.rules.links.hosts import find_hosts
from plentymsg.rules.links.link import Link, by_place, first_of_each_kind
from plentymsg.rules.links.schemes import find_schemes
from plentymsg.rules.links.unmask import readable


def find_links(text: str) -> list[Link]:
    """Links and e-mail addresses in `text`, in order, without overlaps; the first 100 of each kind.

    A link is what a mail client or a marketplace's robot would make one. Places count in `text` as given.
    """
    read = readable(text)
    clean = read.text if read else text
    lowered = clean.lower()
    plain = undisguised(clean, lowered)
    if plain:
        clean, lowered = plain.text, plain.text.lower()
    links = [*find_hosts(clean), *find_schemes(clean, lowered)]
    found = first_of_each_kind(_apart(sorted(links, key=by_place)))
    for mapped in (plain, read):
        if mapped:
            found = [Link(each.kind, *mapped.span(each.start, each.end)) for each in found]
    return found


def _apart(links: Iterable[Link]) -> Iterable[Link]:
    done = 0
    for link in links:
        if link.start >= done:
            yield link
            done = link.end
