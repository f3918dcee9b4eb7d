"""PM101: the subject must contain the word that the marketplace lets through."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from plentymsg.rules.catalogue import Example, Rule
from plentymsg.rules.language import language_of
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.mending.edit import Edit, Fix
from plentymsg.rules.policy import Demand

RULE = Rule(
    code="PM101",
    name="subject-word",
    summary="The subject contains the word that the marketplace lets through.",
    why="The marketplace keeps messages without it from buyers who opted out of unsolicited mail.",
    fix="Put the word in brackets in front of the subject.",
    example=Example("subject", bad=("Your order",), good=("[Important] Your order",)),
    takes=frozenset({"words"}),
    fixable=frozenset({"safe"}),
)


def check(manuscript: Manuscript, demand: Demand) -> Iterator[Flaw]:
    """The whole word in any letter case, in brackets or not; the word of any of the languages will do.

    It must stand there letter by letter, since a robot looks for it: what only looks like it to people, with
    wide letters, a dotless i or an invisible character inside, is not the word.
    """
    if not _has_word(manuscript.draft.subject, demand):
        words = " or ".join(f"“{word}”" for word in demand.requirement.words.values())
        fixes = " or ".join(f"[{word}]" for word in demand.requirement.words.values())
        yield Flaw(
            part="subject",
            message=f"The subject lacks the word {words}, which {demand.marketplace.name} asks for.",
            fix=f"Put {fixes} in front of the subject.",
            excerpt=manuscript.draft.subject[:120],
            fixable="safe" if demand.requirement.words else None,
        )


def mend(manuscript: Manuscript, demand: Demand, _flaw: Flaw) -> Fix:
    """Put the word in brackets in front: of the message's language, else in English, else the first."""
    subject = manuscript.draft.subject
    words = demand.requirement.words
    language = manuscript.draft.language or language_of(f"{subject}\n{manuscript.plain_text()}")
    word = words.get(language) or words.get("en") or next(iter(words.values()))
    if not subject.strip():
        return (Edit("subject", 0, len(subject), f"[{word}]"),)
    return (Edit("subject", 0, 0, f"[{word}] "),)


def _has_word(subject: str, demand: Demand) -> bool:
    folded = subject.casefold()
    return any(_stands_in(word, folded) for word in demand.requirement.words.values())


def _stands_in(word: str, folded: str) -> bool:
    """Whether the word stands there with no letter, digit or accent touching it."""
    return any(
        found.end() == len(folded) or not unicodedata.combining(folded[found.end()])
        for found in _pattern(word).finditer(folded)
    )


@lru_cache(maxsize=1000)
def _pattern(word: str) -> re.Pattern[str]:
    """The word in lower case, its accents as part of a letter or behind it (Unicode standard, section 3.13).

    The subject itself is not normalised: that takes quadratic time where many accents follow one another.
    """
    letters = [_accented(letter) for letter in unicodedata.normalize("NFC", word).casefold()]
    return re.compile(rf"(?<!\w){''.join(letters)}(?!\w)")


def _accented(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{letter}|{apart})"
