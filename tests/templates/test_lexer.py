"""Delimiters, whitespace, comments, verbatim and strings, as Twig cuts them."""

from __future__ import annotations

import time

import pytest

from plentymsg.templates.lexer import Kind, tokenize
from plentymsg.templates.source import Source
from tests.templates.twig import fault, place, text


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("a { b } c } } %} {", "a { b } c } } %} {"),
        ("a{# a comment #}b", "ab"),
        ("a{# {{ no }} {% no %} #}b", "ab"),
        ("a{##}b", "ab"),
        ("a{# x #}\nb", "ab"),
        ("a{# x #}\n\nb", "a\nb"),
        ("a\n{% if true %}\nb\n{% endif %}\nc", "a\nb\nc"),
        ("{{ 1 }}\n{{ 2 }}", "1\n2"),
        ("a  {{- 1 -}}  b", "a1b"),
        ("a \n {{- 1 -}} \n b", "a1b"),
        ("a \n {{~ 1 ~}} \n b", "a \n1\n b"),
        ("a \n {%- if true -%} \n b \n {%- endif -%} \n c", "abc"),
        ("a \n {%~ if true ~%} \n b{% endif %}", "a \n b"),
        ("a \n {#- x -#} \n b", "ab"),
        ("{% verbatim %}{{ x }} {% if %}{# #}{% endverbatim %}", "{{ x }} {% if %}{# #}"),
        ("a {%- verbatim -%} {{ x }} {%- endverbatim -%} b", "a{{ x }}b"),
        ("{{ '}}' }}", "}}"),
        ("{{ {a: {b: 1}}.a.b }}", "1"),
        ("{{ 'it\\'s' }}", "it's"),
        ('{{ "a\\"b" }}', 'a"b'),
        ("{{ 'a\\nb' }}", "a\nb"),
        ("{{ 'a\\x41\\101b' }}", "aAAb"),
        ("{{ 'a\\qb\\\\' }}", "aqb\\"),
        ('{{ "1 + 1 = #{1 + 1}!" }}', "1 + 1 = 2!"),
        ('{{ "a#{\'x\' ~ "b#{2}"}c" }}', "axb2c"),
        ('{{ "\\#{1}" }}', "#{1}"),
        ('{{ "# {1} #" }}', "# {1} #"),
        ("{{ '#{1}' }}", "#{1}"),
        ("{{ 'ä€😀' }}", "ä€😀"),
        ("a\r\n{% if true %}\r\nb{% endif %}", "a\nb"),
    ],
)
def test_twig_prints(source: str, printed: str) -> None:
    assert text(source) == printed


@pytest.mark.parametrize(
    ("source", "at", "words"),
    [
        ("a\nb {# x", (2, 3), "comment"),
        ("a {{ 1", (1, 3), "`{{` has no end"),
        ("a {{ (1 }}", (1, 9), "closes nothing"),
        ("a {{ [1", (1, 6), "`[` has no end"),
        ("a {{ 1) }}", (1, 7), "closes nothing"),
        ("{{ 'abc }}", (1, 4), "quotes has no end"),
        ('{{ "abc }}', (1, 4), "quotes has no end"),
        ('{{ "a#{1 }}', (1, 4), "quotes"),
        ("{% verbatim %}x", (1, 1), "verbatim has no end"),
        ("{{ a && b }}", (1, 6), "`&&` is not Twig"),
        ("{{ a || b }}", (1, 6), "`||` is not Twig"),
        ("{{ a === b }}", (1, 6), "`===` is not Twig"),
        ("{{ a ! b }}", (1, 6), "has no meaning"),
        ("{{ a & b }}", (1, 6), "has no meaning"),
        ("a\r\nb\rc {{ $x }}", (3, 6), "'$' has no meaning"),
        ("{{ „a“ }}", (1, 4), "has no meaning"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(source: str, at: tuple[int, int], words: str) -> None:
    found = fault(source)
    assert place(found) == at
    assert words in found.message
    assert found.hint


def test_each_token_knows_where_it_stands() -> None:
    source = Source("ab {{ x|e }}\n{%- if y %}", "text")
    cut = [(token.kind, source.text[token.start : token.end]) for token in tokenize(source)]
    assert cut == [
        (Kind.TEXT, "ab "),
        (Kind.OUTPUT, "{{"),
        (Kind.NAME, "x"),
        (Kind.SIGN, "|"),
        (Kind.NAME, "e"),
        (Kind.CLOSE, "}}"),
        (Kind.TAG, "{%-"),
        (Kind.NAME, "if"),
        (Kind.NAME, "y"),
        (Kind.CLOSE, "%}"),
        (Kind.END, ""),
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "{{ ",
        "{% ",
        "{# ",
        "'",
        '"',
        '{{ "#{',
        "{{ (",
        "{%   ",
        "{% verbatim %}",
        "\\",
        "{{ '\\",
        "\n",
        "-}} ",
    ],
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    source = piece * (400_000 // len(piece))
    started = time.process_time()
    try:
        text(source)
    except Exception as error:  # noqa: BLE001  # whatever it says, it says it soon
        assert type(error).__name__ == "TemplateFault"  # noqa: PT017
    assert time.process_time() - started < 5
