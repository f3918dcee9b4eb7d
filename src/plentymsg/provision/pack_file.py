"""A pack of requirements in a file of its own: an entry of `packs:` as in a configuration file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.messenger import policy
from plentymsg.messenger.setup.fields import Problem
from plentymsg.messenger.setup.pack_fields import PackFields, problems
from plentymsg.provision.document import validated
from plentymsg.provision.tree import Finding, Tree, read_tree, refused
from plentymsg.rules import soundness
from plentymsg.rules.pack import Pack


class PackFile(NamedTuple):
    """A pack that has been read, and knows where all of it stands."""

    fields: PackFields
    tree: Tree

    @property
    def pack(self) -> Pack:
        """The pack as messages are judged by it."""
        return policy.pack_from(self.fields.name, self.fields.enabled, self.fields.definition())

    def require_sound(self, others: Sequence[Pack]) -> None:
        """Raise InvalidInput with all that is wrong with the pack among the others, each at its place."""
        pack = self.pack
        found = [
            Problem(fault.path, fault.message)
            for fault in soundness.faults(policy.together(others, pack))
            if fault.pack == pack.name
        ]
        if found:
            raise self._refused(found)

    @contextmanager
    def placing(self) -> Iterator[None]:
        """Give the problems that a use case finds in the pack their places in the file."""
        try:
            yield
        except InvalidInput as fault:
            told = fault.details.get("problems")
            if not told:
                raise
            raise self._refused([Problem(_path(each["key"]), each["message"]) for each in told]) from None

    def _refused(self, found: Sequence[Problem]) -> InvalidInput:
        findings = [Finding(self.tree.place(problem.path), problem) for problem in found]
        return refused(self.tree.file, findings)


def read_pack_file(content: bytes, *, file: str, folder: Path) -> PackFile:
    """Read a pack; `file` is its name in messages.

    Raises InvalidInput with every problem, each with line, column, key and the way out.
    """
    tree = read_tree(content, file=file, folder=folder, least="name: …")
    read = PackFile(validated(PackFields, tree), tree)
    found = list(problems(read.fields))
    if found:
        raise read._refused(found)
    return read


def _path(key: str) -> tuple[str | int, ...]:
    return tuple(int(part) if part.isdecimal() else part for part in key.split(".") if part)
