"""How the tests of this room write a template and its result in one line."""

from __future__ import annotations

from collections.abc import Callable

from plentymsg.errors import TemplateFault
from plentymsg.templates.render import Shelf, Version, render


def shelf_of(load: Callable[[int], str] | None) -> Shelf:
    """A shelf whose templates say the same in every part."""
    if load is None:
        return Shelf()
    return Shelf(load=lambda number: Version(load(number), load(number), load(number)))


def text(source: str, *, load: Callable[[int], str] | None = None, **variables: object) -> str:
    """What a text part prints."""
    return render(Version("", f"[{source}]", ""), variables, shelf=shelf_of(load)).text[1:-1]


def html(source: str, **variables: object) -> str:
    """What an HTML part prints."""
    return render(Version("", "", f"[{source}]"), variables).html[1:-1]


def fault(source: str, *, load: Callable[[int], str] | None = None, **variables: object) -> TemplateFault:
    """The fault of a text part, which must have one."""
    try:
        printed = render(Version("", source, ""), variables, shelf=shelf_of(load)).text
    except TemplateFault as found:
        return found
    raise AssertionError(f"{source!r} has no fault, it prints {printed!r}")


def place(found: TemplateFault) -> tuple[int, int]:
    """Line and column of a fault."""
    return found.details["line"], found.details["column"]
