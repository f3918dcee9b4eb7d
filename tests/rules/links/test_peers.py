"""What libraries that make links find, we find too, or we say why not."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linkify_it import LinkifyIt

from plentymsg.rules.links.reading import find_links
from plentymsg.rules.links.sentences import meet
from plentymsg.rules.links.tlds import top_level_domains
from plentymsg.rules.links.words import (
    ABBREVIATIONS,
    ABBREVIATIONS_BEFORE_DE,
    AMBIGUOUS_EXTENSIONS,
    FILE_EXTENSIONS,
    NEVER_BARE,
    SOFTWARE,
)
from tests.rules.corpus import DOUBTFUL, LINKS

LABEL = st.text(string.ascii_lowercase, min_size=2, max_size=12)
TOPS = sorted(each for each in top_level_domains() if "-" not in each)
LINKIFY = LinkifyIt()
LINKIFY.tlds(TOPS, keep_old=True)


def kinds(text: str) -> set[str]:
    return {link.kind for link in find_links(text)}


def reason(label: str, top: str) -> str:
    """Why we take no notice of `label.top`, if we do not."""
    if top in FILE_EXTENSIONS | AMBIGUOUS_EXTENSIONS:
        return "a file"
    if (
        top in NEVER_BARE
        or label in ABBREVIATIONS | ABBREVIATIONS_BEFORE_DE | SOFTWARE
        or label.endswith("str")
    ):
        return "an abbreviation"
    return "the end of a sentence and the start of the next" if meet(label, top) else ""


@given(
    st.sampled_from(["", "https://", "http://", "www.", "ftp://"]),
    st.lists(LABEL, min_size=1, max_size=3),
    st.sampled_from(TOPS),
    st.sampled_from(["", "/", "/a-b/c.html", "?q=1", ":8080", "#top", "."]),
)
def test_what_a_mail_client_would_link_is_found(start: str, labels: list[str], top: str, tail: str) -> None:
    """linkify-it is what Markdown editors and mail clients use."""
    text = f"Mehr unter {start}{'.'.join([*labels, top])}{tail} bestellen"
    assert not LINKIFY.test(text) or "link" in kinds(text) or (reason(labels[-1], top) and not start)


@pytest.mark.parametrize("line", [line for line in (*LINKS, *DOUBTFUL) if LINKIFY.test(line)])
def test_the_place_has_all_that_a_mail_client_would_link(line: str) -> None:
    """We may see more: `user:pw@` before a host, or a link in brackets."""
    ours = [(link.start, link.end) for link in find_links(line)]
    for match in LINKIFY.match(line) or ():
        assert any(start < match.last_index and match.index < end for start, end in ours)
