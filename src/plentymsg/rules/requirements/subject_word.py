"""PM101: the subject must contain the word that the marketplace lets through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from plentymsg.rules.catalogue import Rule
from plentymsg.rules.draft import Draft
from plentymsg.rules.language import looks_german
from plentymsg.rules.manuscript import Flaw, Manuscript
from plentymsg.rules.marketplaces import Marketplace

RULE = Rule(
    code="PM101",
    name="subject-word",
    summary="The subject contains the word “Important” or “Wichtig”.",
    why="Amazon keeps messages without it from buyers who opted out of unsolicited mail.",
    fix="Put [Important] or [Wichtig] in front of the subject.",
)


def check(manuscript: Manuscript, marketplace: Marketplace) -> Iterator[Flaw]:
    """The whole word in any letter case, in brackets or not; the word of any of the languages will do."""
    if not _has_word(manuscript.draft.subject, marketplace):
        words = " or ".join(f"“{word}”" for word in marketplace.words.values())
        fixes = " or ".join(f"[{word}]" for word in marketplace.words.values())
        yield Flaw(
            part="subject",
            message=f"The subject lacks the word {words}, which {marketplace.name} asks for.",
            fix=f"Put {fixes} in front of the subject.",
            excerpt=manuscript.draft.subject[:120],
        )


def mend(draft: Draft, marketplace: Marketplace) -> Draft:
    """Put the word in brackets in front, in German for a German message and in English for any other."""
    if _has_word(draft.subject, marketplace):
        return draft
    language = "de" if looks_german(f"{draft.subject}\n{Manuscript(draft).plain_text()}") else "en"
    word = marketplace.words.get(language) or next(iter(marketplace.words.values()))
    return replace(draft, subject=f"[{word}] {draft.subject}".rstrip())


def _has_word(subject: str, marketplace: Marketplace) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", subject, re.IGNORECASE)
        for word in marketplace.words.values()
    )
