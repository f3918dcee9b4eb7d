"""The order in which a file's templates can be made: each after what it names."""

from __future__ import annotations

from collections.abc import Sequence

from plentymsg.messenger.naming import fold
from plentymsg.messenger.template_usage import named_by
from plentymsg.provision.document import TemplateEntry


def in_order(entries: Sequence[TemplateEntry]) -> list[tuple[int, TemplateEntry]]:
    """The entries with their index in the file: headers, footers and text blocks before what uses them.

    Those that name one another in a circle come last; making them says what is wrong.
    """
    waiting = dict(enumerate(entries))
    needs = {index: _named(entry) for index, entry in waiting.items()}
    ordered: list[tuple[int, TemplateEntry]] = []
    while waiting:
        names = {fold(entry.name): index for index, entry in waiting.items()}
        ready = [index for index in waiting if {names[n] for n in needs[index] & names.keys()} <= {index}]
        ordered.extend((index, waiting.pop(index)) for index in ready or list(waiting))
    return ordered


def _named(entry: TemplateEntry) -> set[str]:
    blocks = [named_by(version.model_dump()).blocks for version in entry.versions]
    names = {entry.header, entry.footer}.union(*blocks)
    return {fold(name) for name in names if name}
