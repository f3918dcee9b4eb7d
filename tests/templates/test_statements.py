"""Tags: if, for, set, apply, block, extends, include."""

from __future__ import annotations

import pytest

from plentymsg.errors import NotFound
from tests.templates.twig import fault, html, place, shelf_of, text

VALUES = {
    "n": 7,
    "none": None,
    "items": ["a", "b", "c"],
    "prices": {"x": 1.5, "y": 2},
    "lines": [{"id": 5, "ok": True}, {"id": 7, "ok": False}],
    "total": 10,
}


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{% if n > 9 %}a{% elseif n > 5 %}b{% else %}c{% endif %}", "b"),
        ("{% if n > 9 %}a{% else if n > 5 %}b{% else %}c{% endif %}", "b"),
        ("{% if n > 9 %}a{% elseif n > 8 %}b{% else if n > 7 %}c{% else %}d{% endif %}", "d"),
        ("{% if none %}a{% endif %}{% if not none %}b{% endif %}", "b"),
        ("{% if n == 7 and (none or items) %}{% if true %}x{% endif %}{% endif %}", "x"),
        # loops
        ("{% for i in items %}{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}", "a, b, c"),
        ("{% for k, v in prices %}{{ k }}={{ v }};{% endfor %}", "x=1.5;y=2;"),
        ("{% for k, v in items %}{{ k }}{{ v }}{% endfor %}", "0a1b2c"),
        ("{% for v in prices %}{{ v }};{% endfor %}", "1.5;2;"),
        ("{% for i in 1..3 %}{{ i }}{% endfor %}{% for c in 'a'..'c' %}{{ c }}{% endfor %}", "123abc"),
        ("{% for i in none %}x{% else %}nothing{% endfor %}", "nothing"),
        ("{% for i in [] %}x{% else %}nothing{% endfor %}{% for i in 'abc' %}x{% endfor %}", "nothing"),
        (
            "{% for i in items %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}"
            "{{ loop.first ? 'F' }}{{ loop.length }} {% endfor %}",
            "1032F3 21213 32103 ",
        ),
        (
            "{% for i in 1..2 %}{% for j in 1..2 %}{{ loop.parent.loop.index ~ j }} {% endfor %}{% endfor %}",
            "11 12 21 22 ",
        ),
        ("{% for i in 1..2 %}{% for j in 1..2 %}{% endfor %}{{ loop.index }}{% endfor %}", "12"),
        ("{% for l in lines if l.ok %}{{ l.id }}{{ loop.last }}{% endfor %}", "51"),
        ("{% for i in lines|map(l => l.id)|filter(x => x > 5) %}{{ i }}{% endfor %}", "7"),
        # variables: a loop changes those that were there, and keeps none of its own
        ("{% set sum = 0 %}{% for p in prices %}{% set sum = sum + p %}{% endfor %}{{ sum }}", "3.5"),
        ("{% for p in prices %}{% set total = total + p %}{% endfor %}{{ total }}", "13.5"),
        ("{% for p in prices %}{% set new = p %}{% endfor %}{{ new is defined ? 'kept' : 'gone' }}", "gone"),
        ("{% for n in 1..2 %}{% endfor %}{{ n }}{{ loop is defined ? 'loop' }}", "7"),
        ("{% set i = 'x' %}{% for i in 1..2 %}{% endfor %}{{ i }}", "x"),
        ("{% if true %}{% set a = 1 %}{% endif %}{{ a }}", "1"),
        ("{% set a, b = 1, 'x' %}{{ a }}{{ b }}", "1x"),
        ("{% set a %}<{{ n }}>{% endset %}{{ a }}{{ a|length }}", "<7>3"),
        ("{% set a %}x{% set b %}y{% endset %}{{ b }}{% endset %}{{ a }}{{ b }}", "xyy"),
        ("{% for i in 1..2 %}{% set a %}{{ i }}{% endset %}{{ a }}{{ a }} {% endfor %}", "11 22 "),
        ("{% apply upper %}a{{ n }}b{% endapply %}{% apply upper|slice(0, 2) %}xyz{% endapply %}", "A7BXY"),
        ("{% spaceless %} <b> <i>x y</i>\n</b> {% endspaceless %}", "<b><i>x y</i></b>"),
        ("{% block a %}x{{ n }}{% endblock %}{% block b n + 1 %}{% block c %}y{% endblock c %}", "x78y"),
        ("{% set a = 1 %}{% block x %}{{ a }}{% set a = 2 %}{% endblock %}{{ a }}", "11"),
    ],
)
def test_twig_prints(source: str, printed: str) -> None:
    assert text(source, **VALUES) == printed


@pytest.mark.parametrize(
    ("source", "at", "words"),
    [
        ("{% if n %}x", (1, 4), "if has no end"),
        ("x\n{% for i in items %}{% if n %}{% endfor %}", (2, 34), "`endfor` does not belong here"),
        ("{% endif %}", (1, 4), "`endif` does not belong here"),
        ("{% else %}", (1, 4), "`else` does not belong here"),
        ("{% if n %}{% else %}{% else %}{% endif %}", (1, 24), "`else` does not belong here"),
        ("{% fro i in items %}", (1, 4), "There is no tag `fro`"),
        ("{% macro x() %}{% endmacro %}", (1, 4), "There is no tag `macro`"),
        ("{% if %}x{% endif %}", (1, 7), "A value is missing"),
        ("{% if n %}{% endif n %}", (1, 20), "after `endif`"),
        ("{% for items %}{% endfor %}", (1, 14), "`in` is missing"),
        ("{% set a = 1, 2 %}", (1, 4), "1 names but 2 values"),
        ("{% set a, b %}x{% endset %}", (1, 4), "only one variable"),
        ("{% set a.b = 1 %}", (1, 9), "after the name"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", (1, 37), 'a block "a" already'),
        ("{% block ä %}{% endblock %}", (1, 10), "cannot name a block"),
        ("{% extends 'base.html' %}", (1, 12), "language ID"),
        ("{% if n %}{% extends 1 %}{% endif %}", (1, 14), "inside another tag"),
        ("{% extends 1 %}{% extends 2 %}", (1, 19), "only one other"),
        ("{% extends 1 %}\nx{{ n }}", (2, 1), "only inside of blocks"),
        ("{% %}", (1, 4), "name of a tag"),
        ("{{ n %}", (1, 7), "closes nothing"),
        ("{% if n }}", (1, 9), "closes nothing"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(source: str, at: tuple[int, int], words: str) -> None:
    found = fault(source, **VALUES)
    assert words in found.message
    assert place(found) == at


TEMPLATES = {
    101: "<{% block head %}H{% endblock %}|{% block body %}B{{ n }}{% endblock %}>",
    102: "{% extends 101 %}\n{% set n = 8 %}\n{% block body %}{{ parent() }}+{{ n }}{% endblock %}",
    105: "[{{ n }}{{ x|default('-') }}]{% set n = 99 %}",
    106: "a\n{{ nane }}",
    107: "{% include 107 %}",
    108: "{% extends 108 %}",
    109: "{{ 'broken' ",
}


def _load(number: int) -> str:
    if number not in TEMPLATES:
        raise NotFound(f"There is no template {number}.")
    return TEMPLATES[number]


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{% include 105 %}{{ n }}", "[7-]7"),
        ("{% include n == 7 ? 105 : 106 %}", "[7-]"),
        ("{% include 105 with {x: 'X'} %}{% include 105 with {n: 1} only %}", "[7X][1-]"),
        ("{% for i in 1..3 %}{% include 105 with {n: i} %}{% endfor %}", "[1-][2-][3-]"),
        ("{% include 101 %}", "<H|B7>"),
    ],
)
def test_include_shows_another_template_by_language_id(source: str, printed: str) -> None:
    assert text(source, load=_load, **VALUES) == printed


def _extended(source: str) -> str:
    from plentymsg.templates.render import Version, render

    return render(Version("", source, ""), VALUES, shelf=shelf_of(_load)).text


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{% extends 101 %}", "<H|B7>"),
        ("{% extends 101 %}{% block head %}h{% endblock %}", "<h|B7>"),
        ("\n {# why #}\n{% extends 101 %}\n\n{% block body %}{{ parent() }}!{% endblock %}\n", "<H|B7!>"),
        ("{% extends 102 %}{% block head %}{{ n }}{% endblock %}", "<8|B8+8>"),
        ("{% set n = 1 %}{% extends 101 %}", "<H|B1>"),
    ],
)
def test_extends_fills_the_blocks_of_another_template(source: str, printed: str) -> None:
    assert _extended(source) == printed


@pytest.mark.parametrize(
    ("source", "words", "at", "template"),
    [
        ("x{% include 999 %}", "no template with the language ID 999", (1, 5), None),
        ("{% extends 999 %}", "no template with the language ID 999", (1, 4), None),
        ("{% include 106 %}", 'no variable "nane"', (2, 4), 106),
        ("{% include 107 %}", "too deeply", (1, 1), 107),
        ("{% extends 108 %}", "too deeply", (1, 1), 108),
        ("{% include 109 %}", "has no end", (1, 1), 109),
        ("{% include 'header' %}", "not a number", (1, 4), None),
        ("{% include 1.5 %}", "not a whole number", (1, 4), None),
        ("{% include 105 with 3 %}", "cannot be passed on", (1, 4), None),
    ],
)
def test_a_fault_of_another_template_names_it(
    source: str, words: str, at: tuple[int, int], template: int | None
) -> None:
    found = fault(source, load=_load, **VALUES)
    assert words in found.message
    assert place(found) == at
    assert found.details.get("template") == template


def test_without_a_loader_nothing_is_included() -> None:
    assert "cannot be included here" in fault("{% include 105 %}").message


def test_what_a_body_printed_is_html_already() -> None:
    assert html("{% set a %}<b>{{ x }}</b>{% endset %}{{ a }}", x="<") == "<b>&lt;</b>"
    assert html("{% apply upper %}<b>{{ x }}</b>{% endapply %}", x="<") == "&lt;B&gt;&amp;LT;&lt;/B&gt;"
