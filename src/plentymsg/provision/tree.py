"""YAML as plain data that knows where it stands.

The text is composed into nodes and no further: nothing of it is constructed, so no tag can make anything
happen, and each value's line and column is at hand. A file that is too big, too deep, or grows by its
aliases is refused before it takes the machine down.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plentymsg.errors import InvalidInput
from plentymsg.messenger.setup.fields import Problem

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

LARGEST_FILE = 500_000
"""Bytes. A shop with a thousand channels has a fifth of it."""
_MOST_VALUES = 100_000
_DEEPEST = 30
_MOST_DIGITS = 1000
"""Of a number; Python refuses to read, or to print, one of some thousand."""
_MOST_BRACKETS = 200
"""Open at the same time, also where they are text: the parser's time grows with their square."""

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BRACKET = re.compile(r"[\[\]{}]")
_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")
"""What a message of the parser quotes from the file: it may be a password."""

ValuePath = tuple[str | int, ...]


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Tree(NamedTuple):
    """The data of a file, and where each value and each key of it stands."""

    file: str
    folder: Path
    data: Any
    values: dict[ValuePath, Place]
    keys: dict[ValuePath, Place]

    def place(self, path: ValuePath, *, key: bool = False) -> Place:
        """Where the value at `path` stands, or its key; for what is not there, what it should be in."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(1, 1))


class Finding(NamedTuple):
    """A problem at its place."""

    place: Place
    problem: Problem


def refused(file: str, findings: list[Finding]) -> InvalidInput:
    """The error that names every problem of a file, in the order in which they stand there."""
    told = [
        {
            "where": f"{file}:{place.line}:{place.column}",
            "key": _spelled(problem.path),
            "message": problem.message,
        }
        for place, problem in sorted(findings, key=lambda finding: finding.place)
    ]
    if len(told) == 1:
        message = ": ".join(part for part in told[0].values() if part)
        message += "" if message.endswith("?") else "."
    else:
        message = f"{file} has {len(told)} problems."
    return InvalidInput(
        message,
        hint="Nothing was changed; mend the file and try again.",
        details={"problems": told},
    )


def read_tree(content: bytes, *, file: str, folder: Path, least: str) -> Tree:
    """The data of a YAML 1.2 file, which is called `file` in messages; its relative paths start at `folder`.

    `least` is the least that such a file says, for one that is empty.

    Raises InvalidInput if it is not UTF-8, no YAML, too large or too deep, has tags, doubled keys or an
    anchor inside itself.
    """
    if len(content) > LARGEST_FILE:
        raise _refused(file, f"it is larger than {LARGEST_FILE:,} bytes")
    node = _compose(_decoded(content, file), file)
    if node is None:
        raise _refused(file, f"it is empty; it needs at least `{least}`")
    tree = Tree(file, folder, None, {}, {})
    reading = _Reading(tree)
    data = reading.value(node, ())
    if reading.findings:
        raise refused(file, reading.findings)
    return tree._replace(data=data)


def _decoded(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode("utf-8-sig")
        raise _refused(file, "it is not UTF-8 text", _end_of(before)) from None
    bad = _NOT_TEXT.search(text)
    if bad:
        message = f"it contains the control character U+{ord(bad.group()):04X}"
        raise _refused(file, message, _end_of(text[: bad.start()]))
    opened = 0
    for bracket in _BRACKET.finditer(text):
        opened = opened + 1 if bracket.group() in "[{" else max(0, opened - 1)
        if opened > _MOST_BRACKETS:
            raise _refused(file, "it is nested too deeply", _end_of(text[: bracket.start()]))
    return text


def _compose(text: str, file: str) -> Node | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor may be used again
            node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        message = " ".join(part for part in (fault.context, fault.problem) if part)
        raise _refused(file, f"this is no YAML: {_QUOTED.sub(_unless_sign, message)}", place) from None
    except (YAMLError, ValueError, IndexError, AssertionError):
        raise _refused(file, "this is no YAML") from None
    except RecursionError:
        raise _refused(file, "it is nested too deeply") from None
    return node


def _unless_sign(quoted: re.Match[str]) -> str:
    """A quotation of the parser if it is a sign of YAML, or the name of one; else nothing of it."""
    inner = quoted.group()[1:-1]
    return quoted.group() if len(inner) < 3 or inner.startswith("<") else "…"


class _Reading:
    """Nodes into plain data. What is wrong is collected, and reading goes on behind it."""

    def __init__(self, tree: Tree) -> None:
        self.findings: list[Finding] = []
        self._tree = tree
        self._count = 0
        self._open: list[Node] = []

    def value(self, node: Node, path: ValuePath) -> Any:
        place = _place(node)
        self._tree.values[path] = place
        self._count += 1
        if self._count > _MOST_VALUES:
            raise _refused(self._tree.file, f"it has more than {_MOST_VALUES:,} values", place)
        if any(node is other for other in self._open):
            return self._wrong(place, path, "it contains itself, by an anchor")
        if len(self._open) >= _DEEPEST:
            return self._wrong(place, path, "it is nested too deeply")
        kind = _kind(node)
        if kind == "scalar":
            return _scalar(node)
        if kind not in ("seq", "map"):
            return self._wrong(place, path, "a tag (an exclamation mark) has no meaning here; quote it")
        self._open.append(node)
        try:
            if kind == "seq":
                return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
            return dict(self._entries(node, path))
        finally:
            self._open.pop()

    def _entries(self, node: Node, path: ValuePath) -> Iterator[tuple[str, Any]]:
        seen: dict[str, Place] = {}
        for key_node, value_node in node.value:
            place = _place(key_node)
            if _tag(key_node) == "merge":
                self._wrong(place, path, "`<<` merges nothing here; write the keys themselves")
                continue
            if _kind(key_node) != "scalar":
                self._wrong(place, path, "a key must be a word")
                continue
            key = str(key_node.value)
            if key in seen:
                self._wrong(place, (*path, key), f"the key stands in line {seen[key].line} already")
                continue
            seen[key] = self._tree.keys[(*path, key)] = place
            yield key, self.value(value_node, (*path, key))

    def _wrong(self, place: Place, path: ValuePath, message: str) -> None:
        self.findings.append(Finding(place, Problem(path, message)))


def _tag(node: Node) -> str:
    """The last word of a tag of YAML's own; empty for any other tag."""
    start, _, word = str(node.tag or "").rpartition(":")
    return word if start == "tag:yaml.org,2002" else ""


def _kind(node: Node) -> str:
    """`scalar`, `seq` or `map`; empty for what a tag makes something else.

    A day is a scalar: it is read by the field that wants one.
    """
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    wanted = {ScalarNode: ("str", "null", "bool", "int", "float", "timestamp"), SequenceNode: ("seq",)}
    if _tag(node) not in wanted.get(type(node), ("map",)):
        return ""
    return "scalar" if isinstance(node, ScalarNode) else "map" if isinstance(node, MappingNode) else "seq"


def _scalar(node: Node) -> Any:
    kind, text = _tag(node), str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    return _number(text) if kind in ("int", "float") else text


def _number(text: str) -> int | float | str:
    if len(text) <= _MOST_DIGITS:
        for read in (int, lambda digits: int(digits, 0), float):
            try:
                return read(text)
            except ValueError:
                continue
    return text


def _place(node: Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _end_of(text: str) -> Place:
    return Place(text.count("\n") + 1, len(text) - text.rfind("\n"))


def _refused(file: str, message: str, place: Place = Place(1, 1)) -> InvalidInput:  # noqa: B008
    return refused(file, [Finding(place, Problem((), message))])


def _spelled(path: ValuePath) -> str:
    """A path as people write it: `channels[0].owners[1].role`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).lstrip(".")
