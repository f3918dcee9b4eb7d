"""Renders templates as PlentyONE's Twig would, and checks them before they are used."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from plentymsg.errors import TemplateFault
from plentymsg.templates.provenance import Trace
from plentymsg.templates.rendering import Allowance, Rendering, Shelf, Version
from plentymsg.templates.variables import PlainText

__all__ = ["Allowance", "PlainText", "Rendered", "Shelf", "Version", "check", "render"]

_BREAKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_NOTHING = Shelf()


@dataclass(frozen=True)
class Rendered:
    """What a template gives. `warnings` are sentences that begin with `part:line:column`."""

    subject: str
    text: str
    html: str
    warnings: tuple[str, ...]
    traces: Mapping[str, Trace] = field(default_factory=dict, compare=False, repr=False)
    """What printed each part that is not empty. That of the subject has the line breaks still."""


def render(
    version: Version,
    variables: Mapping[str, object],
    *,
    shelf: Shelf = _NOTHING,
    allowance: Allowance | None = None,
) -> Rendered:
    """Render the subject (one line, not escaped), the text (not escaped) and the HTML (escaped).

    `variables` hold plain data: texts, numbers, dates, lists, mappings (see `variables.build`). `shelf` has
    what can be included, and the text blocks. `allowance` is that of the message: header, template and footer
    share one, and have together what one template may use. A part that is empty stays so.
    Raises `TemplateFault`, with `line`, `column` and `part` in its details, for what cannot be read, a
    variable that does not exist, and a template that uses too much time or memory.
    """
    allowance = allowance or Allowance()
    warnings: list[str] = []
    traces: dict[str, Trace] = {}
    for part, source in version._asdict().items():
        if source:
            rendering = Rendering(part, variables, shelf, allowance.of(part))
            traces[part] = rendering.printed(source)
            warnings.extend(rendering.warnings)
    printed = {part: traces[part].text if part in traces else "" for part in version._fields}
    subject = _BREAKS.sub(" ", printed["subject"]).strip()
    return Rendered(subject, printed["text"], printed["html"], tuple(warnings), traces)


def check(
    source: str,
    part: str,
    *,
    text_blocks: Collection[str] = (),
    language_ids: Collection[int] | None = None,
) -> tuple[TemplateFault, ...]:
    """What is wrong with a template whatever its values are; empty if nothing.

    All unknown filters, tests, functions and variables are found; of what cannot be read, the first.
    `text_blocks` are the names of those that there are, `language_ids` what can be included.
    """
    from plentymsg.templates.names import examine, unknown_names, unknown_templates
    from plentymsg.templates.source import Source
    from plentymsg.templates.statements import parse

    read = Source(source, part)
    try:
        body = parse(read)
        faults = [*examine(read, body), *unknown_names(read, body, text_blocks)]
        if language_ids is not None:
            faults += unknown_templates(read, body, language_ids)
    except TemplateFault as fault:
        return (fault,)
    return tuple(sorted(faults, key=lambda fault: (fault.details["line"], fault.details["column"])))
