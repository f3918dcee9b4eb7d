"""The permission tree: which rights there are, what people call them, and which belong together.

A right is a path in the tree, such as `CRM > Messenger > Read`; a section stands for all rights under it.
The simple mode of an access role has a tree of its own, of menu entries and See, Edit, Create and Delete:
ticking one of these visibilities ticks the rights that it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple

from plentymsg.errors import NotFound
from plentymsg.messenger import access
from plentymsg.messenger.naming import fold

SEPARATOR: Final = " > "

Preset = Literal["messenger", "tags", "emailbuilder"]


class Node(NamedTuple):
    """A section of a tree, or without children a right; `also` is another word for it in the manual."""

    name: str
    german: str
    meaning: str
    children: tuple[Node, ...] = ()
    also: str = ""


class Entry(NamedTuple):
    """A node with its whole path in both languages, and the rights that it stands for."""

    path: str
    german: str
    meaning: str
    leaves: tuple[str, ...]
    spellings: frozenset[tuple[str, ...]]

    @property
    def is_section(self) -> bool:
        return self.leaves != (self.path,)


def _verbs(**meanings: str) -> tuple[Node, ...]:
    german = {"Read": "Lesen", "Update": "Aktualisieren", "Create": "Erstellen", "Delete": "Löschen"}
    return tuple(Node(verb, german[verb], meaning) for verb, meaning in meanings.items())


_MESSAGE = _verbs(
    Read="read messages and their attachments",
    Create="write messages: send, reply, whisper",
    Update="change messages",
    Delete="delete messages for good",
)
_MESSENGER = (
    *_verbs(
        Read="see conversations, groups, channels",
        Update="work on conversations; fetch, deliver",
        Create="begin conversations",
        Delete="put conversations in the trash",
    ),
    Node("Ownership", "Eignerschaft", "may be chosen as owner", also="Owner"),
)
_EMAILBUILDER = _verbs(
    Read="see templates", Update="change templates", Create="add templates", Delete="delete templates"
)
_COMMENTS = _verbs(
    Read="read contact notes",
    Create="write contact notes",
    Update="change contact notes",
    Delete="delete contact notes",
)
_RELATIONSHIP = _verbs(Create="put tags on other things", Delete="take tags from other things")
_TAG = (
    *_verbs(Read="see tags", Create="add tags", Update="change tags", Delete="delete tags"),
    Node("Tag relationship", "Tag-Verknüpfung", "tags on other things", _RELATIONSHIP),
)

RIGHTS: Final = (
    Node(
        "CRM",
        "CRM",
        "customers and their messages",
        (
            Node("Message", "Nachricht", "single messages", _MESSAGE),
            Node("Messenger", "Messenger", "conversations", _MESSENGER),
            Node("EmailBuilder", "EmailBuilder", "templates and text blocks", _EMAILBUILDER),
        ),
    ),
    Node("Comments", "Kommentare", "contact notes", _COMMENTS),
    Node("Setup", "Einrichtung", "the set-up", (Node("Tag", "Tag", "tags", _TAG),)),
)

PRESETS: Final[dict[str, tuple[str, ...]]] = {
    "messenger": (
        access.MESSAGE_READ,
        access.MESSAGE_CREATE,
        access.MESSENGER_READ,
        access.MESSENGER_UPDATE,
        access.MESSENGER_CREATE,
        access.COMMENTS_READ,
        access.COMMENTS_CREATE,
        access.TAG_READ,
        access.TAG_CREATE,
    ),
    "tags": (
        access.TAG_READ,
        access.TAG_CREATE,
        access.TAG_UPDATE,
        access.TAG_DELETE,
        access.TAG_LINK_CREATE,
        access.TAG_LINK_DELETE,
    ),
    "emailbuilder": (
        access.TEMPLATE_READ,
        access.TEMPLATE_CREATE,
        access.TEMPLATE_UPDATE,
        access.TEMPLATE_DELETE,
    ),
}
"""The sets that PlentyONE's manual names for a kind of work."""


class Tree:
    """A tree of nodes, in which things are found by path, as people spell it."""

    def __init__(self, what: str, roots: Sequence[Node], way_out: str) -> None:
        self.entries = tuple(_entries(roots))
        self._what = what
        self._way_out = way_out
        self._by_spelling = {spelling: e for e in self.entries for spelling in e.spellings}
        self._order = {entry.path: place for place, entry in enumerate(self.entries)}

    def named(self, reference: str) -> Entry:
        """The node at a path in English or German, in any case, its parts divided by `>`, `»` or `/`.

        Raises NotFound with the nearest paths.
        """
        parts = tuple(" ".join(fold(part).split()) for part in re.split("[>»/]", reference))
        found = self._by_spelling.get(parts)
        if found is None:
            raise NotFound(
                f"There is no {self._what} {reference!r}.",
                hint=self._nearest(parts),
                details={"kind": self._what, "name": reference},
            )
        return found

    def expand(self, references: Iterable[str]) -> list[str]:
        """The paths of all leaves that are named, alone or by their section; each once, in the tree's order.

        Raises NotFound for the first that there is not.
        """
        return self.ordered({leaf for reference in references for leaf in self.named(reference).leaves})

    def ordered(self, paths: Iterable[str]) -> list[str]:
        """The paths in the tree's order; what it does not know comes last."""
        return sorted(set(paths), key=lambda path: (self._order.get(path, len(self._order)), path))

    def _nearest(self, parts: tuple[str, ...]) -> str:
        known = {SEPARATOR.join(spelling): entry.path for spelling, entry in self._by_spelling.items()}
        wanted = SEPARATOR.join(parts)[:100]
        inside = [path for spelled, path in known.items() if f"{SEPARATOR}{spelled}".endswith(f" {wanted}")]
        close = [known[spelled] for spelled in get_close_matches(wanted, known, n=3, cutoff=0.6)]
        near = list(dict.fromkeys(inside or close))[:3]
        return f"Did you mean {' or '.join(near)}?" if near else self._way_out


def _entries(nodes: Sequence[Node], above: tuple[Node, ...] = ()) -> Iterator[Entry]:
    for node in nodes:
        line = (*above, node)
        below = list(_entries(node.children, line))
        path = SEPARATOR.join(part.name for part in line)
        yield Entry(
            path,
            SEPARATOR.join(part.german for part in line),
            node.meaning,
            tuple(entry.path for entry in below if not entry.is_section) or (path,),
            frozenset(_spellings(line)),
        )
        yield from below


def _spellings(line: Sequence[Node]) -> Iterator[tuple[str, ...]]:
    """Every way to write a path, each part in either language."""
    if not line:
        yield ()
        return
    last = line[-1]
    for start in _spellings(line[:-1]):
        for name in {fold(name) for name in (last.name, last.german, last.also) if name}:
            yield (*start, name)


_MENU = (
    Node("See", "Sehen", "see it in the menu"),
    Node("Edit", "Bearbeiten", "change what is there"),
    Node("Create", "Erstellen", "add to what is there"),
    Node("Delete", "Löschen", "delete what is there"),
)

VISIBILITIES: Final = Tree(
    "visibility",
    (
        Node(
            "CRM",
            "CRM",
            "customers and their messages",
            (
                Node("Messenger", "Messenger", "the Messenger", _MENU),
                Node("EmailBuilder", "EmailBuilder", "the EmailBuilder", _MENU),
            ),
        ),
        Node(
            "Setup",
            "Einrichtung",
            "the set-up",
            (Node("Settings", "Einstellungen", "settings", (Node("Tags", "Tags", "the tags", _MENU),)),),
        ),
    ),
    "There are CRM > Messenger, CRM > EmailBuilder and Setup > Settings > Tags, each with See, Edit,"
    " Create and Delete.",
)
"""The tree of the simple mode."""

TREE: Final = Tree("right", RIGHTS, "See which there are with: plentymsg rights list")
"""The tree of rights."""

_SEEING = (access.MESSAGE_READ, access.MESSENGER_READ, access.COMMENTS_READ, access.TAG_READ)
_TICKS: Final[dict[str, tuple[str, ...]]] = {
    "CRM > Messenger > See": _SEEING,
    "CRM > Messenger > Edit": (*_SEEING, access.MESSENGER_UPDATE),
    "CRM > Messenger > Create": (
        *_SEEING,
        access.MESSAGE_CREATE,
        access.MESSENGER_CREATE,
        access.COMMENTS_CREATE,
        access.TAG_CREATE,
    ),
    "CRM > Messenger > Delete": (*_SEEING, access.MESSAGE_DELETE, access.MESSENGER_DELETE),
    "CRM > EmailBuilder > See": (access.TEMPLATE_READ,),
    "CRM > EmailBuilder > Edit": (access.TEMPLATE_UPDATE,),
    "CRM > EmailBuilder > Create": (access.TEMPLATE_CREATE,),
    "CRM > EmailBuilder > Delete": (access.TEMPLATE_DELETE,),
    "Setup > Settings > Tags > See": (access.TAG_READ,),
    "Setup > Settings > Tags > Edit": (access.TAG_UPDATE,),
    "Setup > Settings > Tags > Create": (access.TAG_CREATE,),
    "Setup > Settings > Tags > Delete": (access.TAG_DELETE,),
}


def ticked_by(visibilities: Iterable[str]) -> list[str]:
    """The rights that these visibilities (leaves of `VISIBILITIES`) tick."""
    return TREE.ordered({right for visibility in visibilities for right in _TICKS.get(visibility, ())})


def presets_with(right: str) -> list[str]:
    """The presets that a right is in."""
    return [name for name, rights in PRESETS.items() if right in rights]
