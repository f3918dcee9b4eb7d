"""Judge what a mail program may show of a mail besides its one text and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from plentymsg.mail.shown import shown_besides
from plentymsg.messenger.origins import located
from plentymsg.messenger.passages import NOTHING, Derived, Original, Passage, Passages
from plentymsg.messenger.policy import Standard
from plentymsg.rules.draft import Draft
from plentymsg.rules.judge import judge, mend
from plentymsg.rules.violation import Violation


class Beside(NamedTuple):
    """A text of a mail that is neither its subject nor the one text or HTML."""

    number: str
    """Of its part."""
    passage: Passage
    is_again: bool
    """Whether the mail's text or HTML has it too, so that most of what is wrong with it is told there."""

    @property
    def label(self) -> str:
        """What a person calls it."""
        return f"{'html' if self.passage.is_html else 'text'} of part {self.number}"


def besides_of(raw: bytes) -> tuple[Beside, ...]:
    """The texts that are to be judged too. Raises InvalidInput as `shown_besides` does."""
    return tuple(
        Beside(
            each.number,
            Original("mail", "html" if each.is_html else "text", each.text, name=each.number),
            each.is_again,
        )
        for each in shown_besides(raw)
    )


def with_besides(
    told: Iterable[Violation], besides: Iterable[Beside], draft: Draft, standard: Standard
) -> Iterator[Violation]:
    """What is told of the message whose draft is `draft`, and then what is wrong in these texts.

    What a message lacks is not: each of them is only one part of it.
    """
    told = tuple(told)
    yield from told
    known = {(each.code, each.excerpt) for each in told}
    for beside in besides:
        found = judge(_draft_of(draft, beside.passage), *standard)
        for each in located((one for one in found if _is_in_text(one)), _parts_of(beside.passage)):
            if not (beside.is_again and (each.code, each.excerpt) in known):
                yield each


def mended(
    besides: Iterable[Beside], draft: Draft, standard: Standard, *, unsafe: bool
) -> tuple[Beside, ...]:
    """The texts with all that can safely be mended in them; with `unsafe` all else too."""
    return tuple(
        _mended(each, mend(_draft_of(draft, each.passage), *standard, unsafe=unsafe)) for each in besides
    )


def _mended(beside: Beside, better: Draft) -> Beside:
    text = better.html if beside.passage.is_html else better.text
    return beside if text == beside.passage.text else beside._replace(passage=Derived(text, beside.passage))


def _draft_of(draft: Draft, passage: Passage) -> Draft:
    text, html = ("", passage.text) if passage.is_html else (passage.text, "")
    return replace(draft, subject="", text=text, html=html, attachments=())


def _parts_of(passage: Passage) -> Passages:
    return Passages(NOTHING, NOTHING, passage) if passage.is_html else Passages(NOTHING, passage, NOTHING)


def _is_in_text(violation: Violation) -> bool:
    return violation.part in ("text", "html") and violation.length > 0
