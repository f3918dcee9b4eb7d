"""Bare host names and e-mail addresses in running text, told apart from what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from plentymsg.rules.links.extent import end_of_url, tail_at
from plentymsg.rules.links.link import MOST, Link, LinkKind
from plentymsg.rules.links.lookalikes import (
    Name,
    is_abbreviation,
    is_between_sentences,
    is_no_host,
    runs_into_the_next,
)
from plentymsg.rules.links.run_on import is_led_up_to, is_no_beginning
from plentymsg.rules.links.sentences import SENTENCE_STARTS
from plentymsg.rules.links.tlds import UNMISTAKABLE, is_top_level

_INNER_DOT = re.compile(r"\.(?=\w)(?!\d{1,9}(?:\.\d{1,9})?(?![\w-]|\.\w))")
"""A full stop inside a word, but not the last ones of a price, a date or a version."""
_LABELS = re.compile(r"(?:\.\w[\w-]*+)++")
_WWW = re.compile(r"w{3,4}\d{0,2}", re.IGNORECASE)
_SENTENCE_GOES_ON = re.compile(r"[ \t\u00a0]+\w|\s[\s>|]{0,20}[a-zà-ÿ]")
_TAIL_OF_NUMBERS = re.compile(r":(?:80|\d{3,5})(?!\d)|(?::\d+)?/(?:[^\W\d]|\d{3}|(?!\w))")
_PORT = re.compile(r":\d{2,5}(?:/|(?![\w.,]))")
_PATH = re.compile(r"(?::\d{2,5})?/([^\s?#]{2,})")
_BEFORE_TAIL = (":", "/", "?", "#", "\\")
_QUERY = re.compile(r"\?\w+=|#\w")
_GENERIC = frozenset({"Info", "Online", "Shop", "Store"})
"""Top-level domains that are words of their own, with the capital of a sentence."""
_SITE_NAMES = frozenset(
    {"De"} | _GENERIC | {top.title() for top in UNMISTAKABLE - SENTENCE_STARTS if len(top) <= 3}
)
"""Top-level domains that may make a host even when they begin with a capital."""
_SHORTENERS = frozenset({"LY", "GL", "GG", "ME"})
"""Top-level domains of short links, which letters alone may follow: `BIT.LY/ABC`."""
_LOCAL_PART_SIGNS = frozenset(".!#$%&'*+-/=?^_`{|}~")  # atext, RFC 5322 section 3.2.3
_LONGEST_LABEL = 63
_MOST_LABELS = 127
"""Of a host name (RFC 1035, section 2.3.4: 255 octets); of a longer one the rest is taken for one label."""
_LONGEST_CODE = 3
"""Letters of a part number, as in `XR.PM`; `DM.AT` is a host, as everyone knows that top-level domain."""
_LONGEST_LOCAL_PART = 64


def find_hosts(text: str) -> Iterator[Link]:
    """Host names and addresses in `text`, in order, until there are more links than anyone reports.

    The work grows with the length of the text and nothing else.
    """
    done = 0
    links = 0
    for dot in _INNER_DOT.finditer(text):
        at = dot.start()
        if at < done:
            continue
        start = _start_of_label(text, at, done)
        if start == at:
            continue
        labels = _LABELS.match(text, at)
        done = labels.end() if labels else at + 1
        if at - start > _LONGEST_LABEL or (done - start <= _LONGEST_LABEL and _is_no_name(text[start:done])):
            continue
        link = _link_in(text, start, done)
        if link:
            yield link
            done = max(done, link.end)
            links += link.kind == "link"
            if links >= MOST:
                return


def _start_of_label(text: str, at: int, low: int) -> int:
    low = max(low, at - _LONGEST_LABEL - 1)
    start = at
    while start > low and (text[start - 1].isalnum() or text[start - 1] in "-_"):
        start -= 1
    while start < at and text[start] in "-_":  # Markdown emphasis, list dashes
        start += 1
    return start


@lru_cache(maxsize=4096)
def _is_no_name(word: str) -> bool:
    """Whether a dotted word leads nowhere whatever stands around it: a date, a file, `z.B.`; most do."""
    labels = word.rstrip("-_.").split(".")
    if len(labels) < 2 or labels[-1][0].isdigit():
        return len(labels) != 4
    return not _WWW.fullmatch(labels[0]) and not _top_level(labels)[1]


def _link_in(text: str, start: int, end: int) -> Link | None:
    labels = text[start:end].rstrip("-_.").rsplit(".", _MOST_LABELS)
    if len(labels) < 2:  # `0._`
        return None
    if labels[-1][0].isdigit():  # a price, a date, a version; no top-level domain begins with a digit
        return _internet_protocol_address(text, start, end, labels) if len(labels) == 4 else None
    if text.startswith("@", end):  # the local part of an address, which is looked at with its domain
        return None
    if labels[0][0] in "wW" and _WWW.fullmatch(labels[0]):
        return Link("link", start, end_of_url(text, start, end))
    return _named_link(text, start, labels)


def _named_link(text: str, start: int, labels: list[str]) -> Link | None:
    last, top = _top_level(labels)
    if not top:
        return None
    end = start + len(".".join(labels[:last])) + 1 + len(top)
    if start and text[start - 1] == "@":
        return _address(Name(text, start, end, labels[:last], top, tail_at(text, end)))
    if top.istitle() and top not in _SITE_NAMES and not text.startswith(_BEFORE_TAIL, end):
        return None  # a sentence that lacks its space: by far the most frequent of what is no host
    kind = _kind(Name(text, start, end, labels[:last], top, tail_at(text, end)))
    return Link(kind, start, end_of_url(text, start, end)) if kind else None


def _top_level(labels: list[str]) -> tuple[int, str]:
    """Position and text of the label that ends the host; the text is empty if none does.

    `meinshop.de-Gutschein` and `meinshop.de.Vielen Dank` end before their last word does.
    """
    if is_top_level(labels[-1]):
        return len(labels) - 1, labels[-1]
    head, _, rest = labels[-1].partition("-")
    if (
        rest
        and (head.lower() in UNMISTAKABLE or rest[0].isupper())
        and rest[0].isalpha()
        and is_top_level(head)
    ):
        return len(labels) - 1, head
    for at in range(1, min(len(labels) - 1, 8)):
        if labels[at] in UNMISTAKABLE and labels[at + 1][0].isupper():
            return at, labels[at]
    return 0, ""


def _internet_protocol_address(text: str, start: int, end: int, labels: list[str]) -> Link | None:
    """Four numbers are an address only with a port or a path; alone they may be a version."""
    if not all(each.isdecimal() and len(each) <= 3 and int(each) <= 255 for each in labels):
        return None
    if not _TAIL_OF_NUMBERS.match(tail_at(text, end)):
        return None
    return Link("link", start, end_of_url(text, start, end))


def _address(name: Name) -> Link:
    """`…@host`: an address; with a path behind it, a user name in a URL; without a local part, a host."""
    at = name.start - 1
    low = max(0, at - _LONGEST_LOCAL_PART)
    start = at
    while start > low and (name.text[start - 1].isalnum() or name.text[start - 1] in _LOCAL_PART_SIGNS):
        start -= 1
    if not any(map(str.isalnum, name.text[start:at])):
        return Link("link", name.start, end_of_url(name.text, name.start, name.end))
    if name.tail.startswith("/") and len(name.tail) > 1:
        return Link("link", start, end_of_url(name.text, name.start, name.end))
    return Link("address", start, name.end)


def _kind(name: Name) -> LinkKind | None:
    top = name.top
    evidence = bool(name.tail) and _is_evidence(name.tail, top)
    if is_no_host(name, evidence):
        return None
    if not evidence and is_between_sentences(name):
        return "doubtful" if top.islower() else None
    if not evidence and runs_into_the_next(name):
        return "doubtful"
    if evidence or top == top.lower():  # also of a script without letter case
        return "link"
    return _kind_of_capitals(name)


def _kind_of_capitals(name: Name) -> LinkKind | None:
    if name.top.isupper():
        return _kind_in_capitals(name)
    if name.top.istitle():
        return _kind_like_a_sentence(name)
    return "link" if name.top.lower() in UNMISTAKABLE else None


def _is_evidence(tail: str, top: str) -> bool:
    """Whether a port or a path shows that a host was meant: not so in `Er/Sie`, `kg/m`, `am?`."""
    if tail[0] in "?#":
        return bool(_QUERY.match(tail))
    if _PORT.match(tail):
        return True
    path = _PATH.match(tail)
    return path is not None and (top == top.lower() or top in _SHORTENERS or not path[1].isalpha())


def _kind_in_capitals(name: Name) -> LinkKind | None:
    """`MEINSHOP.DE` and `Amazon.DE` are hosts; `Co.KG` and part number `AB.PM` are not."""
    if name.top.lower() in UNMISTAKABLE:
        return "link"
    shouted = all(label.isupper() for label in name.labels)
    return "link" if shouted and (len(name.labels) > 1 or len(name.labels[0]) > _LONGEST_CODE) else None


def _kind_like_a_sentence(name: Name) -> LinkKind | None:
    """A capital after the full stop: mostly a sentence that lacks its space."""
    if name.top == "De":
        return _kind_of_german(name)
    if name.top in _GENERIC:
        return "doubtful" if is_led_up_to(name.text, name.start) else None  # zu Holzweg.Shop
    return "link" if name.top in _SITE_NAMES else None  # Meinshop.Com


def _kind_of_german(name: Name) -> LinkKind | None:
    """`.De`, with which sentences of other languages begin."""
    before = name.labels[-1]
    if is_abbreviation(before.lower()):
        return None  # Dhr.De Vries
    if any(each.isupper() for each in before[1:]) or not _SENTENCE_GOES_ON.match(name.text, name.end):
        return "link"  # MeinShop.De; nothing follows, and no sentence is `De` alone
    if is_led_up_to(name.text, name.start):
        return "link"
    if before[0].isupper() or not before.isalpha() or is_no_beginning(name.text, name.start, name.end, "de"):
        return "doubtful"  # Meinshop.De bietet, holz-weg.De heute, der holzweg.De ist
    return None  # nieuw.De doos
