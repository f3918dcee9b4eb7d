"""Find things by what people call them: ID, German or English name, in any case, or a path of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from plentymsg.errors import Conflict, InvalidInput, NotFound
from plentymsg.store.views import Row


class Candidate(NamedTuple):
    """A thing that may be meant: its ID, its names, and how to write it without doubt."""

    id: int
    names: tuple[str, ...]
    shown: str


_SLASH = r"(?<!\\)/"
_DIGITS = 18
"""An ID has no more; Python refuses to read a number of some thousand."""
_LONGEST_GUESSED = 100
"""Looking for near names takes quadratic time."""


def candidates(rows: Iterable[Row], *, shown: str = "name_de") -> list[Candidate]:
    """Candidates from rows of a view with `name_de` and `name_en`, or `name`."""
    keys = ("login", "name_de", "name_en", "name", "system")
    return [
        Candidate(
            row["id"], tuple(str(row[k]) for k in keys if row.get(k)), str(row.get(shown) or row["name"])
        )
        for row in rows
    ]


def fold(name: str) -> str:
    """A name as it is compared: composed, without case, without space around it."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def find(reference: str, known: Sequence[Candidate], what: str) -> int:
    """The ID of the one candidate that `reference` names; `what` says in a word what is looked for.

    The first of its names is a thing's identity, and comes before another thing's second name.
    Raises NotFound with the nearest names, or InvalidInput if several have that name.
    """
    found = find_all(reference, known, what)
    if len(found) > 1:
        identified = [c.id for c in known if c.id in found and fold(c.names[0]) == fold(reference)]
        found = identified or found
    if len(found) > 1:
        choices = ", ".join(f"{c.shown} ({c.id})" for c in known if c.id in found)
        raise InvalidInput(
            f"There is more than one {what} named {reference!r}: {choices}.", hint="Name it by its ID."
        )
    return found[0]


def find_all(reference: str, known: Sequence[Candidate], what: str) -> list[int]:
    """The IDs of all candidates that `reference` names, at least one.

    Raises NotFound with the nearest names.
    """
    if is_id(reference):
        by_id = [candidate.id for candidate in known if candidate.id == int(reference)]
        if by_id:
            return by_id
    wanted = fold(reference)
    found = [candidate.id for candidate in known if wanted in map(fold, candidate.names)]
    if not found:
        raise NotFound(
            f"There is no {what} {reference!r}.",
            hint=nearest(reference, known, what),
            details={"kind": what, "name": reference},
        )
    return found


def is_id(reference: str) -> bool:
    """Whether it can be an ID: a number of a size that one has."""
    return reference.isdecimal() and len(reference) <= _DIGITS


def nearest(reference: str, known: Sequence[Candidate], what: str) -> str:
    """A sentence with the names that come nearest to `reference`, or how to see them all."""
    by_name: dict[str, Candidate] = {}
    spelled: dict[str, str] = {}
    for candidate in known:
        for name in (*candidate.names, candidate.shown):
            by_name.setdefault(fold(name), candidate)
            # In the language in which it was asked for, unless it takes a path to say which one.
            spelled.setdefault(fold(name), name if candidate.shown in candidate.names else candidate.shown)
    close = get_close_matches(fold(reference)[:_LONGEST_GUESSED], by_name, n=3, cutoff=0.5)
    if close:
        best: dict[int, str] = {}
        for name in close:
            best.setdefault(by_name[name].id, spelled[name])
        return "Did you mean " + " or ".join(best.values()) + "?"
    if known and len(known) <= 8:
        return "There are: " + ", ".join(candidate.shown for candidate in known) + "."
    return f"See which there are with: plentymsg {command_of(what)} list"


def split_path(path: str, parts: int, what: str) -> list[str]:
    """The names in a path such as `Amazon/Complaint/Open`, in which `\\/` is a slash in a name.

    Raises InvalidInput unless there are as many as `parts`, which `what` spells out.
    """
    names = [part.replace("\\/", "/").strip() for part in re.split(_SLASH, path)]
    if len(names) != parts or not all(names):
        raise InvalidInput(f"{path!r} is not a path of the form {what}.", hint=f"Write it as {what}.")
    return names


def is_path(reference: str) -> bool:
    """Whether it has several parts, or is the name or ID of one thing."""
    return re.search(_SLASH, reference) is not None


def join_path(*names: Any) -> str:
    """A path of names, as `split_path` reads it."""
    return "/".join(str(name).replace("/", "\\/") for name in names)


def names_of(row: Row) -> dict[str, str | None]:
    """The two names of a group, type, status or role, as a configuration file writes them."""
    return {"de": row["name_de"], "en": row["name_en"]}


def unknown(what: str, thing_id: int | str) -> NotFound:
    """The error for an ID that nothing has (any more)."""
    return NotFound(
        f"There is no {what} {thing_id}.", hint=f"See which there are with: plentymsg {command_of(what)} list"
    )


def command_of(what: str) -> str:
    """The command for a kind of thing, where that is not its name."""
    return {"access role": "rights role", "pack": "rules pack"}.get(what, what)


def identity(thing: Row) -> str:
    """The name that identifies a thing: a user's login, the German name, or the only one it has."""
    name = thing.get("login", thing.get("name"))
    return str(name["de"] if isinstance(name, dict) else name)


def id_of(things: Iterable[Row], name: str) -> int | None:
    """The ID of the thing that `name` identifies, in any case; None if there is none."""
    return next((thing["id"] for thing in things if fold(identity(thing)) == fold(name)), None)


def require_free(things: Iterable[Row], name: str, what: str, *, but: int) -> None:
    """Raise Conflict if another thing than the one with the ID `but` is identified by `name`."""
    holder = next((t for t in things if fold(identity(t)) == fold(name) and t["id"] != but), None)
    if holder is not None:
        raise Conflict(
            f"There is another {what} named {identity(holder)!r} ({holder['id']}).",
            hint="Choose another name.",
        )
