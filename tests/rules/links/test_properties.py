"""What a text holds does not depend on how it is wrapped, quoted, encoded or put in HTML."""

from __future__ import annotations

import codecs
import random
import re
import textwrap
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from plentymsg.mail.parse import parse
from plentymsg.rules.links.reading import find_links
from plentymsg.rules.links.tlds import is_top_level
from plentymsg.rules.markup.document import read_html
from tests.rules.corpus import LINKS, NOT_LINKS

clean_texts = st.lists(st.sampled_from(NOT_LINKS), min_size=1, max_size=6).map("\n".join)
links = st.sampled_from(LINKS)
ENCODINGS = ["quoted-printable", "base64"]
AROUND = [
    *("()", "[]", "{}", "„“", "“”", "»«", "«»", "‚‘", "‘’", "‹›", '""', "''", "**", "__", "¿?", "¡!"),
    *(":.", "-!", "•.", "→.", "..", ",,", ";;", "::", "……", "||", "👉👈"),
]
_NO_PLAIN_WORD = re.compile(r"[^\w-]|\d|_|www|http|dot|punkt|point|punto|punt|kropka", re.IGNORECASE)
WORDS = sorted({word for line in NOT_LINKS for word in line.split() if not _NO_PLAIN_WORD.search(word)})
NAMELESS = [word for word in WORDS if not is_top_level(word)]


def kinds(text: str) -> set[str]:
    return {link.kind for link in find_links(text)}


def kinds_in_html(html: str) -> set[str]:
    return {link.kind for link in read_html(html).links()}


def mailed(text: str, encoding: str) -> str:
    """What the reader of a mail with this text gets."""
    head = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    return parse(head.encode() + codecs.encode(text.encode(), encoding)).text


@given(clean_texts, st.randoms())
def test_a_clean_text_stays_clean_when_wrapped_and_quoted(text: str, dice: random.Random) -> None:
    wrapped = "".join(dice.choice([" ", "\n", "\r\n"]) if each == " " else each for each in text)
    assert find_links("> " + wrapped.replace("\n", "\n> ")) == []


@given(clean_texts, st.integers(8, 100), st.sampled_from(["", "> ", ">> ", "| "]))
def test_a_clean_text_stays_clean_at_any_width(text: str, width: int, quoted: str) -> None:
    wrapper = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    lines = [part for line in text.splitlines() for part in wrapper.wrap(line)]
    assert find_links("\n".join(quoted + line for line in lines)) == []
    assert find_links(" \n".join(quoted + line for line in lines)) == []  # format=flowed, RFC 3676


@given(clean_texts, st.sampled_from(ENCODINGS))
def test_a_clean_text_stays_clean_when_encoded(text: str, encoding: str) -> None:
    assert find_links(mailed(text, encoding)) == []


@given(clean_texts)
def test_a_clean_text_stays_clean_in_html(text: str) -> None:
    lines = text.splitlines()
    assert kinds_in_html("<p>" + "</p><p>".join(map(escape, lines)) + "</p>") == set()
    assert kinds_in_html("<br>".join("".join(f"&#{ord(each)};" for each in line) for line in lines)) == set()
    assert kinds_in_html(escape(text).replace(" ", "&nbsp;").replace("\n", "<br>")) == set()


@given(st.sampled_from(NOT_LINKS), st.data())
def test_a_clean_text_stays_clean_when_a_word_is_split_over_tags(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    assert kinds_in_html(f"<p>{escape(text[:cut])}<span>{escape(text[cut:])}</span></p>") == set()


@given(st.lists(st.tuples(st.sampled_from(NAMELESS), st.sampled_from([" ", ", ", ". ", "? ", "\n", " – "]))))
def test_plain_words_in_any_order_are_no_link(words: list[tuple[str, str]]) -> None:
    assert find_links("".join(word + gap for word, gap in words)) == []


@given(st.sampled_from(NOT_LINKS), st.sampled_from(AROUND))
def test_a_clean_text_stays_clean_between_signs(line: str, around: str) -> None:
    assert find_links(around[0].strip() + line + around[-1]) == []


@given(links, st.sampled_from(NOT_LINKS), st.sampled_from(NOT_LINKS))
def test_a_link_stays_found_among_other_lines_and_in_html(link: str, before: str, after: str) -> None:
    assert "link" in kinds(f"{before}\n> {link}\n{after}")
    assert "link" in kinds_in_html(f"<p>{escape(before)}</p><div>{escape(link)}</div>{escape(after)}")
    assert "link" in kinds_in_html("".join(f"&#x{ord(each):x};" for each in link))


@given(links, st.sampled_from(ENCODINGS))
def test_a_link_stays_found_when_encoded(link: str, encoding: str) -> None:
    assert "link" in kinds(mailed(link, encoding))


@given(links, st.data())
def test_a_link_stays_found_when_split_over_tags(link: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(link) - 1))
    assert "link" in kinds_in_html(f"{escape(link[:cut])}<b></b><!-- x -->{escape(link[cut:])}")
    assert "link" in kinds_in_html("".join(f"<i>{escape(each)}</i>" for each in link))


@given(links, st.sampled_from(AROUND))
def test_a_link_stays_found_between_signs(link: str, around: str) -> None:
    assert "link" in kinds(around[0].strip() + link + around[-1])


@given(links, st.data())
def test_a_link_stays_found_with_an_invisible_character_anywhere(link: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(link)))
    sign = data.draw(st.sampled_from("\u200b\u00ad\u2060\ufeff\u200d\u034f"))
    assert "link" in kinds(link[:cut] + sign + link[cut:])
