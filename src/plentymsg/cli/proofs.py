"""Proofs of templates, as they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plentymsg.cli.desk import reading
from plentymsg.cli.output import print_thing
from plentymsg.cli.terminal import out, printable
from plentymsg.cli.verdicts import Told, violation_lines

if TYPE_CHECKING:
    from plentymsg.messenger.policy import Standard
    from plentymsg.messenger.proving.cases import Proven
    from plentymsg.messenger.proving.gaps import Gap
    from plentymsg.messenger.proving.proof import Example
    from plentymsg.messenger.writing import Given

_MOST_LINES = 12
"""Lines of an example that are shown."""


def prove(
    names: Sequence[str],
    held_to: Standard,
    marketplace: str | None,
    given: Given,
    *,
    strict: bool,
    json: bool,
) -> None:
    """Prove templates and print what came of it. Exit 4 if one can violate; strictly, also if unknown."""
    from plentymsg.messenger.proving.cases import prove_templates

    with reading() as desk:
        found = prove_templates(
            desk.connection, desk.actor, held_to, names, given, marketplace, strict=strict
        )
    ok = all(proven.is_ok(strict=strict) for proven in found)
    if json:
        templates = [proven.as_json(strict=strict) for proven in found]
        print_thing({"ok": ok, "templates": templates}, (), json=True)
    else:
        for proven in found:
            for line in _lines(proven):
                out(line)
    if not ok:
        raise Told


def _lines(proven: Proven) -> Iterator[str]:
    asked = ", ".join(proven.marketplaces) or "no marketplace"
    channel = f" in {printable(proven.channel)}" if proven.channel is not None else ""
    proof = proven.proof
    yield f"{printable(proven.template)} ({proven.language}){channel}: {proof.verdict} ({asked})"
    if proof.fault is not None:
        yield f"    {printable(proof.fault.message)}"
    for gap in proof.gaps:
        yield f"    {_gap_line(gap)}"
    if proof.example is not None:
        yield from (f"    {line}" for line in _example_lines(proof.example))


def _gap_line(gap: Gap) -> str:
    side = f" of the {gap.side}" if gap.side else ""
    included = f" of template {gap.language_id}" if gap.language_id is not None else ""
    place = f"{gap.part}{side}{included}:{gap.line}:{gap.column} " if gap.line else ""
    settle = f"; a type would settle it: {gap.suggested_type}" if gap.suggested_type else ""
    return f"{place}{gap.variable + ': ' if gap.variable else ''}{printable(gap.reason)}{settle}"


def _example_lines(example: Example) -> Iterator[str]:
    for violation in example.violations:
        yield from violation_lines(violation.as_json())
    told = [f"{path} = {str(value)!r}" for path, value in example.values.items()]
    told += [f"{count} entries in {path}" for path, count in example.entries.items()]
    values = ", ".join(told)
    yield f"The message{' with ' + printable(values) if values else ''}:"
    parts = dict.fromkeys(violation.in_message()[0].part for violation in example.violations)
    for part in parts or ("text",):
        said = getattr(example.message, part, "")
        lines = said.splitlines()
        yield from (f"  {part}| {printable(line)}" for line in lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            yield f"  {part}| … {len(lines) - _MOST_LINES} lines more"
