"""Searching tags: by number or text, name, availabilities, and by whom customers see them in a shop."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple, get_args

from plentymsg.errors import InvalidInput
from plentymsg.messenger import clients
from plentymsg.store.driver import Connection
from plentymsg.store.views import Row

Availability = Literal[
    "category",
    "contact",
    "variation",
    "order",
    "reorder",
    "redistribution",
    "messenger",
    "messageBillable",
]
AVAILABILITIES: tuple[str, ...] = get_args(Availability)

_ALIKE = 0.7
"""How alike two words are, from 0 to 1, before one is taken for a misspelling of the other."""
_LONGEST_GUESSED = 100
"""Comparing takes quadratic time: a longer text is only looked for inside the names."""
_LONGEST_SHOWN = 40
_WORDS = {"text": "search", "visible_to": "visible to"}


class Search(NamedTuple):
    """What is looked for. Everything that is given must fit; of `availabilities`, one of them."""

    text: str = ""
    """The quick search: an ID, or a name as in `name`."""
    id: int | None = None
    name: str = ""
    """A part of a name or something like it, without regard to case and accents."""
    availabilities: tuple[str, ...] = ()
    visible_to: str = ""
    """A client: only tags that its customers see in the shop."""

    def criteria(self) -> dict[str, Any]:
        """What is given, as a saved filter keeps it."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in self._asdict().items()
            if value not in ("", (), None)
        }


def search_of(criteria: Mapping[str, Any]) -> Search:
    """The search with these criteria."""
    return Search(
        text=criteria.get("text", ""),
        id=criteria.get("id"),
        name=criteria.get("name", ""),
        availabilities=tuple(criteria.get("availabilities", ())),
        visible_to=criteria.get("visible_to", ""),
    )


def chips(criteria: Mapping[str, Any]) -> list[str]:
    """The criteria in words, one each: `name: collect`."""
    return [f"{_WORDS.get(key, key)}: {_shown(value)}" for key, value in criteria.items()]


def checked(connection: Connection, search: Search) -> Search:
    """A search with availabilities and client as they are really called.

    Raises InvalidInput for an unknown availability, NotFound for an unknown client.
    """
    known = {kind.casefold(): kind for kind in AVAILABILITIES}
    for kind in search.availabilities:
        if kind.casefold() not in known:
            raise InvalidInput(
                f"There is no availability {kind!r}.", hint=f"There are: {', '.join(AVAILABILITIES)}."
            )
    kinds = dict.fromkeys(known[kind.casefold()] for kind in search.availabilities)
    client = clients.find(connection, search.visible_to)["name"] if search.visible_to else ""
    return search._replace(availabilities=tuple(kinds), visible_to=client)


def checked_criteria(connection: Connection, criteria: Mapping[str, Any]) -> dict[str, Any]:
    """Criteria as `checked` leaves them, without empty ones. Raises as it does."""
    return checked(connection, search_of(criteria)).criteria()


def found(connection: Connection, tags: Sequence[Row], search: Search) -> list[Row]:
    """Those of `tags` that a search finds. Raises as `checked` does."""
    search = checked(connection, search)
    return [tag for tag in tags if _fits(tag, search)]


def resembles(wanted: str, name: str) -> bool:
    """Whether `wanted` is a part of a name, or much like the name or one of its words.

    Letters count without case and accents: `collect` is in `Collector's item`, and like `colect`.
    """
    sought, held = _bare(wanted), _bare(name)
    if sought in held:
        return True
    if len(sought) > _LONGEST_GUESSED:
        return False
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(sought)
    return any(_alike(matcher, word) for word in {held, *held.split()})


def _alike(matcher: SequenceMatcher[str], word: str) -> bool:
    if len(word) > _LONGEST_GUESSED:
        return False
    matcher.set_seq1(word)
    # The first two are upper bounds, quick to tell.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(ratio() >= _ALIKE for ratio in bounds)


def _fits(tag: Row, search: Search) -> bool:
    return (
        (not search.text or str(tag["id"]) == search.text.strip() or _is_called(tag, search.text))
        and (search.id is None or tag["id"] == search.id)
        and (not search.name or _is_called(tag, search.name))
        and (not search.availabilities or bool({*search.availabilities} & {*tag["availabilities"]}))
        and (not search.visible_to or _is_visible_to(tag, search.visible_to))
    )


def _is_called(tag: Row, wanted: str) -> bool:
    return any(resembles(wanted, name) for name in (tag["name"], *tag["translations"].values()))


def _is_visible_to(tag: Row, client: str) -> bool:
    """Customers see tags of variations, of the clients that are ticked; those of categories never."""
    return "category" not in tag["availabilities"] and client in tag["clients"]


def _bare(text: str) -> str:
    """Text without accents, case, and spaces around it."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold().strip()


def _shown(value: Any) -> str:
    text = " or ".join(value) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
