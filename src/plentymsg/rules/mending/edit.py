"""Edits of a draft, and how several of them are done at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from plentymsg.rules.draft import Draft
from plentymsg.rules.violation import Part


class Edit(NamedTuple):
    """A span of a part, and what stands there instead. Of the attachments it can only take some out."""

    part: Part
    start: int
    end: int
    replacement: str = ""


Fix = tuple[Edit, ...]
"""Edits that mend one flaw: all of them are done, or none."""


def applied(draft: Draft, fixes: Iterable[Fix]) -> Draft:
    """The draft with the fixes done. One that gets in the way of an earlier one is left for the next time."""
    chosen: dict[Part, set[Edit]] = {}
    for fix in fixes:
        if not any(_collides(edit, other) for edit in fix for other in chosen.get(edit.part, ())):
            for edit in fix:
                chosen.setdefault(edit.part, set()).add(edit)
    gone = {at for edit in chosen.get("attachments", ()) for at in range(edit.start, edit.end)}
    return replace(
        draft,
        subject=_edited(draft.subject, chosen.get("subject", ())),
        text=_edited(draft.text, chosen.get("text", ())),
        html=_edited(draft.html, chosen.get("html", ())),
        attachments=tuple(each for at, each in enumerate(draft.attachments) if at not in gone),
    )


def _collides(one: Edit, other: Edit) -> bool:
    return one != other and one.start < other.end and other.start < one.end


def _edited(text: str, edits: Iterable[Edit]) -> str:
    pieces = []
    done = 0
    for edit in sorted(edits):
        pieces += [text[done : edit.start], edit.replacement]
        done = edit.end
    return "".join([*pieces, text[done:]])
