"""Renders templates as PlentyONE's Twig would, and checks them before they are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from plentymsg.errors import TemplateFault
from plentymsg.templates.variables import PlainText

__all__ = ["PlainText", "Rendered", "Version", "check", "render"]

_BREAKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Version:
    """One language version of a template, as its author wrote it. Any part may be empty."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Rendered:
    """What a template gives. `warnings` are sentences that begin with `part:line:column`."""

    subject: str
    text: str
    html: str
    warnings: tuple[str, ...]


def render(
    version: Version, variables: Mapping[str, object], *, load: Callable[[int], str] | None = None
) -> Rendered:
    """Render the subject (one line, not escaped), the text (not escaped) and the HTML (escaped).

    `variables` hold plain data: texts, numbers, dates, lists, mappings (see `variables.build`). `load` gives
    the source of the template with a language ID, for `extends` and `include`; what it raises to say that
    there is none (`NotFound`, `KeyError`) becomes a fault. A part that is empty stays so.
    Raises `TemplateFault`, with `line`, `column` and `part` in its details, for what cannot be read, a
    variable that does not exist, and a template that uses too much time or memory.
    """
    warnings: list[str] = []
    subject = _render(version.subject, "subject", variables, load, warnings)
    text = _render(version.text, "text", variables, load, warnings)
    html = _render(version.html, "html", variables, load, warnings)
    return Rendered(_BREAKS.sub(" ", subject).strip(), text, html, tuple(warnings))


def check(source: str, part: str, *, names: Collection[str] = ()) -> tuple[TemplateFault, ...]:
    """What is wrong with a template whatever its values are; empty if nothing.

    All unknown filters, tests, functions and variables are found; of what cannot be read, the first.
    `names` are variables that exist besides those of the Messenger: the text blocks.
    """
    from plentymsg.templates.names import examine, unknown_names
    from plentymsg.templates.source import Source
    from plentymsg.templates.statements import parse

    read = Source(source, part)
    try:
        body = parse(read)
        faults = [*examine(read, body), *unknown_names(read, body, names)]
    except TemplateFault as fault:
        return (fault,)
    return tuple(sorted(faults, key=lambda fault: (fault.details["line"], fault.details["column"])))


def _render(
    source: str,
    part: str,
    variables: Mapping[str, object],
    load: Callable[[int], str] | None,
    warnings: list[str],
) -> str:
    """One part, without the blank lines around it."""
    if not source:
        return ""
    from jinja2 import TemplateError

    from plentymsg.templates.environment import TwigEnvironment
    from plentymsg.templates.limits import MAX_OUTPUT
    from plentymsg.templates.run import Run

    run = Run(variables, html=part == "html")
    pieces: list[str] = []
    size = 0
    try:
        template = TwigEnvironment(run, part, load).from_string(source)
        for piece in template.root_render_func(template.new_context()):
            size += len(piece)
            if size > MAX_OUTPUT:
                raise run.fault(f"The {part} is longer than {MAX_OUTPUT:,} characters", "Make it shorter.")
            pieces.append(piece)
    except (TemplateError, RecursionError, MemoryError, SyntaxError) as error:
        raise run.fault("The template cannot be rendered", "Make it simpler.") from error
    warnings.extend(run.warnings)
    return "".join(pieces).strip("\r\n").rstrip()
