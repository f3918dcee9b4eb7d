"""Judge what a mail program may show of a mail besides its one text and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from plentymsg.mail.shown import other_texts
from plentymsg.messenger.origins import located
from plentymsg.messenger.passages import NOTHING, Derived, Original, Passage, Passages
from plentymsg.messenger.policy import Standard
from plentymsg.rules.draft import Draft
from plentymsg.rules.judge import judge, mend
from plentymsg.rules.violation import Violation


class OtherText(NamedTuple):
    """A text of a mail that is neither its subject nor the one text or HTML."""

    number: str
    """Of its part."""
    passage: Passage
    is_repeat: bool
    """Whether the mail's text or HTML has it too, so that most of what is wrong is found there."""

    @property
    def label(self) -> str:
        """What a person calls it."""
        return f"{'html' if self.passage.is_html else 'text'} of part {self.number}"


def other_texts_of(raw: bytes) -> tuple[OtherText, ...]:
    """The texts that are to be judged too. Raises InvalidInput as `mail.shown` does."""
    return tuple(
        OtherText(
            each.number,
            Original("mail", "html" if each.is_html else "text", each.text, name=each.number),
            each.is_repeat,
        )
        for each in other_texts(raw)
    )


def with_other_texts(
    violations: Iterable[Violation], others: Iterable[OtherText], draft: Draft, standard: Standard
) -> Iterator[Violation]:
    """The violations of the message whose draft is `draft`, and then those in these texts.

    What a message lacks is not: each of them is only one part of it.
    """
    violations = tuple(violations)
    yield from violations
    known = {(each.code, each.excerpt) for each in violations}
    for other in others:
        found = judge(_draft_of(draft, other.passage), *standard)
        for each in located((one for one in found if _is_in_text(one)), _parts_of(other.passage)):
            if not (other.is_repeat and (each.code, each.excerpt) in known):
                yield each


def mended(
    others: Iterable[OtherText], draft: Draft, standard: Standard, *, unsafe: bool
) -> tuple[OtherText, ...]:
    """The texts with all that can safely be mended in them; with `unsafe` all else too."""
    return tuple(
        _mended(each, mend(_draft_of(draft, each.passage), *standard, unsafe=unsafe)) for each in others
    )


def _mended(other: OtherText, better: Draft) -> OtherText:
    text = better.html if other.passage.is_html else better.text
    return other if text == other.passage.text else other._replace(passage=Derived(text, other.passage))


def _draft_of(draft: Draft, passage: Passage) -> Draft:
    text, html = ("", passage.text) if passage.is_html else (passage.text, "")
    return replace(draft, subject="", text=text, html=html, attachments=())


def _parts_of(passage: Passage) -> Passages:
    return Passages(NOTHING, NOTHING, passage) if passage.is_html else Passages(NOTHING, passage, NOTHING)


def _is_in_text(violation: Violation) -> bool:
    return violation.part in ("text", "html") and violation.length > 0
