"""What `check --fix` does: mend what was given, write it back into its files, and say what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from plentymsg.cli.reports.report import Change
from plentymsg.cli.rewriting import Rewriting, rewrite

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict
    from plentymsg.messenger.policy import Standard
    from plentymsg.messenger.writing import Given

Mended = tuple["Verdict", list[Change]]
"""The verdict on a message once it is mended, and what changed in it."""

_PARTS = ("subject", "text", "html")


def mended_whole(judged: Verdict, standard: Standard, *, unsafe: bool) -> Mended:
    """Mend a message that was judged; it is only shown."""
    from plentymsg.messenger.check import mended

    better = mended(judged, standard, unsafe=unsafe)
    return better, _changes(judged, better)


def mended_message(
    given: Given,
    judge: Callable[[Given], Verdict],
    standard: Standard,
    files: Mapping[str, str],
    *,
    unsafe: bool,
) -> Mended:
    """Mend a message that was given: its files are written where they change.

    What a template adds to it is mended too, but stays as it is in the template.
    Raises Conflict if a file was changed meanwhile, InvalidInput if one cannot be written, RuleBroken if no
    words would be left.
    """
    from plentymsg.messenger.check import mended_given

    before = judge(given)
    better = mended_given(given, before, standard, unsafe=unsafe)
    after = judge(better) if better != given else before
    changes, written = [], []
    for part in _PARTS:
        old, new = getattr(given, part), getattr(better, part)
        if old is not None and old != new:
            name = files.get(part, part)
            changes.append(Change(name, old, new))
            if part in files:
                written.append(Rewriting(name, old, new))
    old_names, new_names = _names(given.attachments), _names(better.attachments)
    if old_names != new_names:
        changes.append(Change("attachments", old_names, new_names))
    verdict, rest = mended_whole(after, standard, unsafe=unsafe)
    rewrite(written)
    return verdict, [*changes, *rest]


def _changes(before: Verdict, after: Verdict) -> list[Change]:
    pairs = [(part, getattr(before.draft, part), getattr(after.draft, part)) for part in _PARTS]
    files = ("attachments", _names(before.draft.attachments), _names(after.draft.attachments))
    other_texts = [
        (old.label, old.passage.text, new.passage.text)
        for old, new in zip(before.other_texts, after.other_texts, strict=True)
        if not old.is_repeat
    ]
    return [Change(*pair) for pair in (*pairs, *other_texts, files) if pair[1] != pair[2]]


def _names(attachments: Sequence[object]) -> str:
    return "\n".join(str(getattr(attachment, "name", "")) for attachment in attachments)
