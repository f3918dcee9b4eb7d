"""The filters on texts, lists and numbers, with what Twig prints for them."""

# ruff: noqa: E501  # a row of a table is one line

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.templates.twig import fault, html, text

VALUES = {
    "s": "héllo wörld",
    "n": 1234567.891,
    "items": ["b", "a", "c"],
    "map": {"x": 1, "y": 2},
    "rows": [{"id": 5, "name": "A"}, {"id": 7}],
    "none": None,
    "lines": "a\nb<c>",
    "money": Decimal("19.90"),
}


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        # numbers
        ("{{ n|number_format }}|{{ n|number_format(2, ',', '.') }}|{{ n|number_format(2, ',', '') }}",
         "1,234,568|1.234.567,89|1234567,89"),
        ("{{ 1234.5|number_format(2) }}|{{ 999|number_format(2, ',', '.') }}|{{ '12.345'|number_format(1) }}",
         "1,234.50|999,00|12.3"),
        ("{{ 1.005|number_format(2) }}|{{ (-1234.567)|number_format(1, ',', '.') }}|{{ (-0.4)|number_format }}",
         "1.01|-1.234,6|0"),
        ("{{ 0|number_format(2, ',', '.') }}|{{ n|number_format(decimal=1, decimal_point=',') }}", "0,00|1,234,567,9"),
        ("{{ money|number_format(2, ',', '.') }}|{{ money }}|{{ money * 2 }}", "19,90|19.90|39.8"),
        ("{{ 2.5|round }}|{{ -2.5|round }}|{{ 3.14159|round(2) }}|{{ 2.1|round(0, 'ceil') }}|{{ 1234|round(-2) }}",
         "3|-3|3.14|3|1200"),
        ("{{ 2.9|round(method='floor') }}|{{ (-5)|abs }}|{{ 3.7|round }}", "2|5|4"),
        # texts
        ("{{ s|upper }}|{{ s|capitalize }}|{{ s|title }}|{{ 'ABC'|lower }}", "HÉLLO WÖRLD|Héllo wörld|Héllo Wörld|abc"),
        ("{{ '  a '|trim }}|{{ '..a.'|trim('.') }}|{{ ' a '|trim(side='left') }}|", "a|a|a |"),
        ("{{ s|length }}|{{ items|length }}|{{ none|length }}|{{ 1234|length }}", "11|3|0|4"),
        ("{{ 'I like this and that'|replace({'this': 'foo', 'that': 'this'}) }}", "I like foo and this"),
        ("{{ 'aab'|replace({'a': 'b', 'aa': 'x'}) }}|{{ 'a.b'|replace({'.': ''}) }}", "xb|ab"),
        ("{{ 'a,b,c'|split(',')|join('-') }}|{{ 'a,b,c'|split(',', 2)|last }}|{{ 'abc'|split('')|join('-') }}",
         "a-b-c|b,c|a-b-c"),
        ("{{ 'a,b,c'|split(',', -1)|join('-') }}|{{ 'abcde'|split('', 2)|join('-') }}", "a-b|ab-cd-e"),
        ("{{ '%s: %d, %.2f %%'|format('a', 3.7, 2) }}|{{ '%05d'|format(42) }}", "a: 3, 2.00 %|00042"),
        ("{{ 'a b&c/ü'|url_encode }}|{{ {a: 'x y', b: 1}|url_encode }}", "a%20b%26c%2F%C3%BC|a=x%20y&b=1"),
        ("{{ '<b>a</b> < c'|striptags }}|{{ lines|nl2br }}", "a < c|a<br />\nb<c>"),
        ("{{ 'x'|default('y') }}|{{ none|default('y') }}|{{ ''|default('y') }}|{{ 0|default('y') }}", "x|y|y|0"),
        ("{{ missing|default('y') }}|{{ map.q.r|default('y') }}|{{ missing|default }}|{{ rows|default([])|length }}",
         "y|y||2"),
        ("{{ '<&>'|e }}|{{ '<'|e('html') }}|{{ 'a b'|escape('url') }}|{{ '<b>'|raw }}", "&lt;&amp;&gt;|&lt;|a%20b|<b>"),
        # JSON as PHP writes it
        ("{{ {a: [1, 2.5, true, null], 'b/c': 'ü\"'}|json_encode }}", '{"a":[1,2.5,true,null],"b\\/c":"\\u00fc\\""}'),
        ("{{ [1.0, []]|json_encode }}|{{ 'x'|json_encode }}", '[1,[]]|"x"'),
        # lists
        ("{{ items|join(', ') }}|{{ items|join(', ', ' and ') }}|{{ items|join }}|{{ map|join('+') }}",
         "b, a, c|b, a and c|bac|1+2"),
        ("{{ items|first }}{{ items|last }}|{{ map|first }}{{ map|last }}|{{ 'abc'|first }}{{ 'abc'|last }}", "bc|12|ac"),
        ("{{ items|sort|join }}|{{ items|reverse|join }}|{{ 'abc'|reverse }}|{{ map|reverse|keys|join }}", "abc|cab|cba|yx"),
        ("{{ map|keys|join(',') }}|{{ items|keys|join(',') }}", "x,y|0,1,2"),
        ("{{ [1]|merge([2, 3])|join }}|{{ map|merge({y: 5, z: 6})|join }}|{{ map|merge({y: 5})|keys|join }}", "123|156|xy"),
        ("{{ items|slice(1)|join }}|{{ items|slice(1, 1)|join }}|{{ items|slice(-2, 1)|join }}|{{ s|slice(1, 4) }}",
         "ac|a|a|éllo"),
        ("{{ rows|column('id')|join(',') }}|{{ rows|column('name')|join(',') }}", "5,7|A"),
        ("{% for row in [1,2,3]|batch(2, '-') %}{{ row|join }};{% endfor %}", "12;3-;"),
        ("{{ [0, 1, '', 2]|filter|join }}|{{ rows|find(r => r.id > 5).id }}|{{ [1,2]|find(x => x > 5) ?? 'no' }}", "12|7|no"),
        ("{{ {b: 2, a: 1}|sort|keys|join }}|{{ ['10', '9', 1]|sort|join(',') }}", "ab|1,9,10"),
    ],
)  # fmt: skip
def test_twig_prints(source: str, printed: str) -> None:
    assert text(source, **VALUES) == printed


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ 'abc'|number_format }}", '"abc" is not a number'),
        ("{{ '19,90'|number_format(2) }}", '"19,90" is not a number'),
        ("{{ 1|number_format(1.5) }}", "not a whole number"),
        ("{{ 1|number_format(99) }}", "99 decimals are too many"),
        ("{{ 1|round(0, 'up') }}", 'no rounding "up"'),
        ("{{ 'a'|replace('b') }}", "needs a mapping"),
        ("{{ '%x'|format(1) }}", "%x, which is not supported"),
        ("{{ '%s %s'|format(1) }}", "more values"),
        ("{{ '5 % off'|format(1) }}", "cannot be read"),
        ("{{ 'a'|e('js') }}", 'no escaping "js"'),
        ("{{ 'a'|trim('x', 'up') }}", 'no side "up"'),
        ("{{ 'a'|join(',') }}", "works on lists, not on a text"),
        ("{{ 'a'|merge([1]) }}", "works on lists"),
        ("{{ [[1]]|join }}", "A list cannot be printed"),
        ("{{ [1]|batch(0) }}", "not possible"),
        ("{{ {a: [1]}|url_encode }}", "list inside of a list"),
        ("{{ cycle([], 1) }}", "needs a list with entries"),
        ("{{ [1]|slice('x') }}", '"x" is not a number'),
        ("{{ {(items): 1} }}", "A list cannot be a key"),
    ],
)
def test_what_would_print_nonsense_is_an_error(source: str, words: str) -> None:
    assert words in fault(source, **VALUES).message


def test_an_unknown_number_stays_empty() -> None:
    assert text("{{ x|number_format(2) }}{{ x|round }}{{ x * 1.19 }}{{ x + 1 }}{{ -x }}", x=None) == ""


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ x }}", "&lt;a&gt; &amp; &quot;b&quot; &#039;c&#039;"),
        ("{{ x|raw }}", "<a> & \"b\" 'c'"),
        ("{{ x|e }}", "&lt;a&gt; &amp; &quot;b&quot; &#039;c&#039;"),
        ("{{ x|e|e }}", "&lt;a&gt; &amp; &quot;b&quot; &#039;c&#039;"),
        ("{{ x|raw|upper }}", "&lt;A&gt; &amp; &quot;B&quot; &#039;C&#039;"),
        ("{{ x ~ '<br>' }}", "&lt;a&gt; &amp; &quot;b&quot; &#039;c&#039;&lt;br&gt;"),
        ("{{ '<br>' }}{{ true ? '<hr>' : x }}", "<br><hr>"),
        ("{{ y|nl2br }}", "1<br />\n&lt;2&gt;"),
        ("{{ y|raw|nl2br }}", "1<br />\n<2>"),
        (
            "{{ {a: x}|json_encode }}",
            "{&quot;a&quot;:&quot;&lt;a&gt; &amp; \\&quot;b\\&quot; &#039;c&#039;&quot;}",
        ),
        ("{{ x|default('-') }}{{ none|default('<') }}", "&lt;a&gt; &amp; &quot;b&quot; &#039;c&#039;&lt;"),
    ],
)
def test_html_is_escaped_unless_it_is_raw_or_the_author_wrote_it(source: str, printed: str) -> None:
    assert html(source, x="<a> & \"b\" 'c'", y="1\n<2>", none=None) == printed
