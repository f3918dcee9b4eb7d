"""What `check --fix` does: mend what was given, write it back into its files, and say what changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from plentymsg.cli.input import read_bytes
from plentymsg.cli.reports.report import Change
from plentymsg.errors import InvalidInput

if TYPE_CHECKING:
    from plentymsg.messenger.check import Verdict
    from plentymsg.messenger.policy import Standard
    from plentymsg.messenger.writing import Given

Mended = tuple[list["Verdict"], list[list[Change]]]

_MARK = b"\xef\xbb\xbf"  # a byte order mark, which reading leaves out
_PARTS = ("subject", "text", "html")


def mended_verdicts(verdicts: Sequence[Verdict], standard: Standard, *, unsafe: bool) -> Mended:
    """The verdicts on what was judged once it is mended, and the changes of each."""
    from plentymsg.messenger.check import mended

    better = [mended(verdict, standard, unsafe=unsafe) for verdict in verdicts]
    return better, [_changes(*pair) for pair in zip(verdicts, better, strict=True)]


def mended_message(
    given: Given,
    judge: Callable[[Given], Verdict],
    standard: Standard,
    files: Mapping[str, str],
    *,
    unsafe: bool,
) -> Mended:
    """The same for a message that was given: its files are written where they change.

    What a template adds to it is mended too, but stays as it is in the template.
    Raises InvalidInput if a file cannot be written.
    """
    from plentymsg.messenger.check import mended_given

    before = judge(given)
    better = mended_given(given, before, standard, unsafe=unsafe)
    after = judge(better) if better != given else before
    changes = []
    for part in _PARTS:
        old, new = getattr(given, part), getattr(better, part)
        if old is not None and old != new:
            name = files.get(part, part)
            changes.append(Change(name, old, new))
            if part in files:
                _write(name, new)
    old_names, new_names = _names(given.attachments), _names(better.attachments)
    if old_names != new_names:
        changes.append(Change("attachments", old_names, new_names))
    verdicts, rest = mended_verdicts([after], standard, unsafe=unsafe)
    return verdicts, [[*changes, *rest[0]]]


def _changes(before: Verdict, after: Verdict) -> list[Change]:
    pairs = [(part, getattr(before.draft, part), getattr(after.draft, part)) for part in _PARTS]
    files = ("attachments", _names(before.draft.attachments), _names(after.draft.attachments))
    besides = [
        (old.label, old.passage.text, new.passage.text)
        for old, new in zip(before.besides, after.besides, strict=True)
        if not old.is_again
    ]
    return [Change(*pair) for pair in (*pairs, *besides, files) if pair[1] != pair[2]]


def _names(attachments: Sequence[object]) -> str:
    return "\n".join(str(getattr(attachment, "name", "")) for attachment in attachments)


def _write(name: str, text: str) -> None:
    """Put a text in place of a file's, at once and with the file's permissions."""
    from tempfile import NamedTemporaryFile

    path = os.path.realpath(name)
    content = text.encode("utf-8")
    if read_bytes(path).startswith(_MARK):
        content = _MARK + content
    try:
        mode = os.stat(path).st_mode
        with NamedTemporaryFile(dir=os.path.dirname(path), prefix=".plentymsg-", delete=False) as target:
            try:
                target.write(content)
                target.flush()
                os.fchmod(target.fileno(), mode & 0o7777)
                os.replace(target.name, path)
            except BaseException:
                os.unlink(target.name)
                raise
    except OSError as error:
        raise InvalidInput(
            f"{name} cannot be written: {error.strerror}.",
            hint="Check its folder and its permissions, or leave --fix out.",
        ) from error
