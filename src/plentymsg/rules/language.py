"""Whether a text is German, by its small words."""

from __future__ import annotations

import re

from plentymsg.rules.wordlist import words

_GERMAN = words(
    """
    aber auch auf aus bei bestellung bitte da dank danke das dass dem den der die ein eine einen
    freundlichen für grüße grüßen haben hallo ich ihnen ihr ihre ihrem ihrer im in ist kann mit nach
    nicht noch oder rechnung sehr sie sind und uns unser unsere vielen von war werden wichtig wie wir
    wird zu zum zur über
    """
)
_ENGLISH = words(
    """
    a about and are as at be been but by can dear do for from has have hello hi i if in is it kind not
    of on or order our please re regards so thank thanks that the there this to was we will with would
    you your
    """
)
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2000
"""Characters that decide: the answer stands above the quoted history."""


def looks_german(text: str) -> bool:
    """Whether more of its words are German small words than English ones; False if neither prevail."""
    words = [word.lower() for word in _WORD.findall(text[:_ENOUGH])]
    return sum(word in _GERMAN for word in words) > sum(word in _ENGLISH for word in words)
