from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.mail.html import clean_html, html_of_text, text_of_html


def test_a_person_sees_text_lists_and_tables() -> None:
    html = (
        "<h1>Hallo</h1><p>a<br>b &amp; c</p><ul><li>x</li></ul><table><tr><td>1</td><td>2</td></tr></table>"
    )
    assert text_of_html(html) == "Hallo\n\na\nb & c\n\n  * x\n1  2"


def test_what_is_hidden_stays_hidden() -> None:
    html = '<style>p{}</style><script>x()</script><!-- c --><p style="display:none">no</p><p>yes</p>'
    assert text_of_html(html) == "yes"


def test_an_xml_declaration_is_no_obstacle() -> None:
    assert text_of_html('<?xml version="1.0" encoding="utf-8"?><html><body>Grüße</body></html>') == "Grüße"


HOSTILE = {
    "deep": "<div>" * 2_000 + "needle",
    "deep behind text": "<p>before</p>" + "<div>" * 300 + "needle",
    "very deep": "<div>" * 100_000 + "needle",
    "deep tables": "<table><tr><td>" * 2_000 + "needle",
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">needle",
    "many cells": "<table><tr>" + "<td>a" * 50_000 + "<td>needle</table>",
    "many comments": "<!--" * 200_000 + "--> needle",
    "many brackets": "<" * 500_000 + "p>needle",
    "many ampersands": "&" * 500_000 + "needle",
    "many breaks": "<br>" * 200_000 + "needle",
    "formatting": "<b><p>" * 50_000 + "needle",
    "large": "word " * 600_000 + "needle",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_html_neither_stalls_nor_loses_text(name: str) -> None:
    """Given to the libraries as it is, some of these take minutes, and some come out empty."""
    assert "needle" in text_of_html(HOSTILE[name])
    assert "needle" in clean_html(HOSTILE[name])


@given(st.text(alphabet="<>/!-&;\"'=ab pdivscript\n\0\x0b\ufffe"))
def test_no_html_raises(html: str) -> None:
    assert "<script" not in clean_html(html)
    text_of_html(html)


def test_text_becomes_paragraphs_and_nothing_in_it_acts() -> None:
    html = html_of_text('Hallo <b>\r\n"Sie" & ich\n\n\nEnde\n')
    assert html == "<p>Hallo &lt;b&gt;<br>\n&quot;Sie&quot; &amp; ich</p>\n<p>Ende</p>"
    assert html_of_text(" \n") == ""


def test_text_survives_the_way_to_html_and_back() -> None:
    text = "Guten Tag,\n\nLampe & Tisch <Eiche>\nzwei Zeilen"
    assert text_of_html(html_of_text(text)) == text


def test_cleaned_html_runs_nothing_and_tells_nobody() -> None:
    html = (
        '<p onclick="x()">a</p><script>x()</script><a href="javascript:x()">b</a><iframe src="x"></iframe>'
        '<img src="https://spy.example.com/1.gif"><img src="cid:part1">'
        '<img srcset="https://spy.example.com/2.gif 2x">'
    )
    cleaned = clean_html(html)
    assert "part1" in cleaned
    for harm in ("onclick", "script", "iframe", "spy.example.com"):
        assert harm not in cleaned
