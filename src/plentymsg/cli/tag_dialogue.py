"""`plentymsg tag add` on a terminal: name and colour, what the tag is for, a summary to confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from plentymsg.cli.changes import listed, print_change
from plentymsg.cli.desk import changing, reading
from plentymsg.cli.input import ask, confirm
from plentymsg.cli.output import print_thing
from plentymsg.cli.tag_options import COLUMNS
from plentymsg.cli.terminal import say
from plentymsg.errors import Conflict, InvalidInput, NotFound
from plentymsg.messenger import clients, naming, tags
from plentymsg.messenger.setup import tags as setup
from plentymsg.messenger.setup.fields import checked
from plentymsg.messenger.tag_search import AVAILABILITIES

T = TypeVar("T")

_NEXT = {
    "": "close",
    "c": "close",
    "close": "close",
    "o": "open",
    "open": "open",
    "a": "another",
    "another": "another",
}


def is_new(name: str) -> bool:
    """Whether no tag is called so yet."""
    with reading() as desk:
        return naming.id_of(tags.listed(desk.connection, desk.actor), name) is None


def add_step_by_step(name: str | None) -> None:
    """Ask for a tag and add it; then for the next one, as long as somebody wants to.

    Raises `typer.Abort` if they leave before the end: then nothing was added.
    """
    while True:
        answers = _answers(name)
        with changing() as desk:
            change = setup.add(desk.session, desk.actor, checked(setup.TagFields, answers))
        print_change(change)
        wish = _until_right("Open it, create another, or close? (o, a, c)", _wish)
        if wish == "open":
            print_thing(change.thing, COLUMNS)
            say(f"Change it with: plentymsg tag set {change.thing_id}")
        if wish != "another":
            return
        name = None


def _answers(name: str | None) -> dict[str, Any]:
    """The values of a tag, once somebody has confirmed them."""
    given = None if name is None else _unused_name(name)
    _require_may_add()
    say("Step 1 of 3: name and colour")
    name = given or _until_right("Name", _unused_name)
    answers: dict[str, Any] = {"name": name}

    def field(key: str) -> Callable[[Any], Any]:
        return lambda value: getattr(checked(setup.TagFields, {"name": name, key: value}), key)

    answers["colour"] = _until_right(
        "Colour, such as #ff8800, rgb(255, 136, 0) or hsl(32, 100%, 50%)", field("colour")
    )
    say("Step 2 of 3: what it is available for")
    chosen = _until_right(
        _menu(AVAILABILITIES), lambda text: field("availabilities")(_chosen(text, AVAILABILITIES))
    )
    answers["availabilities"] = chosen
    shops = _shops()
    if shops and tags.VARIATION in chosen:
        say("Customers of which web shops see it on a variation? (empty for none)")
        answers["clients"] = _until_right(_menu(shops), lambda text: _known_shops(_chosen(text, shops)))
    say("Step 3 of 3: summary")
    print_thing(answers, [column for column in COLUMNS if column.key in answers])
    confirm("Add this tag?", yes=False)
    return answers


def _until_right(question: str, read: Callable[[str], T]) -> T:
    """The answer to a question, asked again until it can be read."""
    while True:
        try:
            return read(ask(question))
        except (InvalidInput, NotFound, Conflict) as fault:
            say(fault.message)


def _menu(choices: Sequence[str]) -> str:
    lines = [f"  {number}  {choice}" for number, choice in enumerate(choices, start=1)]
    say("\n".join(lines))
    return "Numbers or names, with commas"


def _chosen(text: str, choices: Sequence[str]) -> list[str]:
    """What was chosen: a number stands for the choice at its place."""
    places = {str(number): choice for number, choice in enumerate(choices, start=1)}
    return [places.get(part, part) for part in listed([text]) or []]


def _unused_name(text: str) -> str:
    name = checked(setup.TagFields, {"name": text}).name
    with changing(dry_run=True) as desk:
        setup.require_new(desk.session, desk.actor, name)
    return name


def _require_may_add() -> None:
    """Nobody is to answer questions for nothing."""
    with changing(dry_run=True) as desk:
        setup.require_new(desk.session, desk.actor, "")


def _shops() -> list[str]:
    with reading() as desk:
        return [client["name"] for client in clients.every(desk.connection)]


def _known_shops(names: Sequence[str]) -> list[str]:
    with reading() as desk:
        return [clients.find(desk.connection, name)["name"] for name in names]


def _wish(text: str) -> str:
    wish = _NEXT.get(text.lower())
    if wish is None:
        raise InvalidInput(f"{text!r} is none of o, a and c.")
    return wish
