"""The top-level domains that exist."""

from __future__ import annotations

from functools import cache, lru_cache

from plentymsg.rules.wordlist import words

_LONGEST = 63
"""Octets in a label (RFC 1035, section 2.3.4)."""

UNMISTAKABLE = words(
    """
    app at be berlin biz ch cologne com cz de dk eu fi fr gr hamburg hu ie info io koeln li net nl
    online org pl pt ru shop site sk store uk website
    """
)
"""Those that people write to mean a web site, and that are no word a sentence could begin with."""

_LOOKALIKES = str.maketrans("асеорхуіјѕԁһո", "aceopxyijsdhn")
"""Cyrillic letters, and an Armenian one, that stand in for Latin ones, as in `.dе` and `.соm`."""


@cache
def top_level_domains() -> frozenset[str]:
    """IANA's list, in lower case, and `onion` (RFC 7686)."""
    from pathlib import Path

    lines = Path(__file__).with_name("tlds.txt").read_text(encoding="ascii").lower().splitlines()
    return frozenset(line for line in lines if not line.startswith("#")) | {"onion"}


@lru_cache(maxsize=4096)
def is_top_level(label: str) -> bool:
    """Whether this is a top-level domain, in any letter case, also an internationalised one."""
    if len(label) > _LONGEST:
        return False
    name = label.lower()
    if name in top_level_domains():
        return True
    if name.isascii():
        return False
    if name.translate(_LOOKALIKES) in top_level_domains():
        return True
    try:
        encoded = name.encode("punycode").decode("ascii")
    except UnicodeError:  # a lone surrogate, which no domain has
        return False
    return f"xn--{encoded}" in top_level_domains()
