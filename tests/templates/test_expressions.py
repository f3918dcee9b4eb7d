"""Operators, precedence, literals and arrow functions, with what Twig prints for them."""

# ruff: noqa: E501  # a row of a table is one line

from __future__ import annotations

import pytest

from tests.templates.twig import fault, place, text

VALUES = {
    "name": "Petra",
    "none": None,
    "zero": 0,
    "n": 7,
    "price": 19.9,
    "items": ["a", "b", "c"],
    "order": {"id": 4711, "items": {"x": 1}, "keys": "K", "lines": [{"id": 5}, {"id": 7}]},
    "empty": "",
    "no": [],
}


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        # literals, as PHP prints them
        ("{{ true }}|{{ false }}|{{ null }}|{{ none }}|{{ TRUE }}", "1||||1"),
        ("{{ 1.0 }}|{{ 1.50 }}|{{ 0.1 + 0.2 }}|{{ 1e3 }}|{{ 1/3 }}", "1|1.5|0.3|1000|0.33333333333333"),
        (
            "{{ 10 ** 20 }}|{{ 2 ** 62 }}|{{ 9223372036854775807 + 1 }}",
            "1.0E+20|4611686018427387904|9.2233720368548E+18",
        ),
        ("{{ 0.00001 }}|{{ 123456789.5 }}", "1.0E-5|123456789.5"),
        # arithmetic
        ("{{ 7 / 2 }}|{{ 6 / 2 }}|{{ 7 // 2 }}|{{ -7 // 2 }}|{{ 7 % 3 }}|{{ -7 % 3 }}", "3.5|3|3|-4|1|-1"),
        ("{{ 2 + 3 * 4 }}|{{ (2 + 3) * 4 }}|{{ 2 ** 3 ** 2 }}|{{ 10 - 3 - 2 }}", "14|20|512|5"),
        ("{{ -n }}|{{ +n }}|{{ - 2 + 5 }}|{{ '3' + '4.5' }}", "-7|7|3|7.5"),
        # ~ binds tighter than + but looser than *
        ("{{ 'a' ~ 1 ~ true ~ null ~ 2.0 }}|{{ 'x' ~ 2 * 3 }}", "a112|x6"),
        # comparison is PHP's
        (
            "{{ 1 == '1' }}|{{ '1' == '01' }}|{{ 'abc' == 0 }}|{{ null == false }}|{{ '' == null }}",
            "1|1||1|1",
        ),
        ("{{ 'a' < 'b' }}|{{ '10' > '9' }}|{{ 2 <=> 1 }}|{{ 1 <=> 2 }}|{{ [1,2] == [1,2] }}", "1|1|1|-1|1"),
        ("{{ 1 != 2 }}|{{ 3 >= 3 }}|{{ 3 <= 2 }}|{{ 'abc' == 'ABC' }}", "1|1||"),
        # logic
        ("{{ true and false or true }}|{{ not false }}|{{ not (1 == 1) }}|{{ true xor true }}", "1|1||"),
        ("{{ '0' ? 'yes' : 'no' }}|{{ '0.0' ? 'yes' : 'no' }}|{{ [] ? 'yes' : 'no' }}", "no|yes|no"),
        ("{{ 'a' or missing }}|{{ false and missing }}", "1|"),
        # conditions
        ("{{ n > 5 ? 'big' : 'small' }}", "big"),
        ("{{ n > 9 ? 'big' : (n > 5 ? 'middle' : 'small') }}", "middle"),
        ("{{ n > 9 ? 'big' : n > 5 ? 'middle' : 'small' }}", "middle"),
        ("{{ n > 5 ? (n > 6 ? 'a' : 'b') : 'c' }}|{{ n > 9 ? 'x' }}|", "a||"),
        ("{{ empty ?: 'none' }}|{{ name ?: 'none' }}|{{ zero ?: 'none' }}", "none|Petra|none"),
        (
            "{{ missing ?? 'none' }}|{{ none ?? 'none' }}|{{ empty ?? 'none' }}|{{ zero ?? 'none' }}",
            "none|none||0",
        ),
        ("{{ order.none.at.all ?? missing ?? 'none' }}", "none"),
        ("{{ {a: n > 5 ? 'x' : 'y'}.a }}", "x"),
        # ranges
        ("{{ (1..3)|join(',') }}|{{ (3..1)|join(',') }}|{{ ('a'..'d')|join }}", "1,2,3|3,2,1|abcd"),
        (
            "{{ range(1, 3)|join(',') }}|{{ range(0, 10, 5)|join(',') }}|{{ range(3, 1)|join(',') }}",
            "1,2,3|0,5,10|3,2,1",
        ),
        # membership and texts
        ("{{ 'b' in items }}|{{ 'x' in items }}|{{ 'et' in name }}|{{ 'x' not in items }}", "1||1|1"),
        ("{{ 1 in {a: 1} }}|{{ 'a' in {a: 1} }}|{{ '1' in [1, 2] }}", "1||1"),
        ("{{ name starts with 'Pe' }}|{{ name ends with 'ra' }}|{{ name starts with 'x' }}", "1|1|"),
        ("{{ name matches '/^P.*a$/' }}|{{ name matches '/^p/' }}|{{ name matches '/^p/i' }}", "1||1"),
        # tests
        ("{{ name is same as('Petra') }}|{{ 1 is same as('1') }}|{{ n is same as (7) }}", "1||1"),
        ("{{ n is not same as(7) }}|{{ zero is same as(false) }}", "|"),
        ("{{ none is null }}|{{ none is none }}|{{ zero is null }}|{{ name is not null }}", "1|1||1"),
        (
            "{{ empty is empty }}|{{ no is empty }}|{{ zero is empty }}|{{ name is not empty }}",
            "1|1||1",
        ),
        ("{{ 9 is divisible by(3) }}|{{ 9 is divisible by 4 }}|{{ 4 is even }}|{{ 4 is odd }}", "1||1|"),
        (
            "{{ name is defined }}|{{ missing is defined }}|{{ order.x is defined }}|{{ order.id is defined }}",
            "1|||1",
        ),
        ("{{ items is iterable }}|{{ name is iterable }}", "1|"),
        ("{{ not name is empty }}|{{ n is odd and n is not even ? 'odd' : 'even' }}", "1|odd"),
        # attributes are entries before anything else
        (
            "{{ order.items.x }}|{{ order.keys }}|{{ order['id'] }}|{{ items[1] }}|{{ items.2 }}",
            "1|K|4711|b|c",
        ),
        (
            "{{ attribute(order, 'id') }}|{{ order[name == 'x' ? 'y' : 'id'] }}|{{ order.lines[1].id }}",
            "4711|4711|7",
        ),
        (
            "{{ {'a': 1, b: 2, (name): 3, 4: 5}.Petra }}|{{ {name}.name }}|{{ [1, [2, 3]][1][0] }}",
            "3|Petra|2",
        ),
        (
            "{{ items[1:] | join }}|{{ items[:2]|join }}|{{ 'abcdef'[1:3] }}|{{ items[-2:]|first }}",
            "bc|ab|bcd|b",
        ),
        # filters bind tightest
        ("{{ 'a' ~ name|upper }}|{{ (name ~ 'x')|upper|lower }}|{{ -3|abs }}", "aPETRA|petrax|-3"),
        ("{{ name | upper }}|{{ name|slice(0, 2)|upper }}|{{ 2.5|round(precision=0) }}", "PETRA|PE|3"),
        # arrow functions
        ("{{ order.lines|map(p => \"#{p.id}\")|join(', ') }}", "5, 7"),
        (
            "{{ order.lines|map(p => p.id * 2)|join(',') }}|{{ items|map((v, k) => k ~ v)|join(',') }}",
            "10,14|0a,1b,2c",
        ),
        (
            "{{ [1,2,3,4]|filter(x => x > 2)|join }}|{{ {a: 1, b: 2}|filter((v, k) => k == 'b')|keys|join }}",
            "34|b",
        ),
        ("{{ [3,1,2]|sort((a, b) => b <=> a)|join }}|{{ [1,2,3]|reduce((sum, x) => sum + x) }}", "321|6"),
        (
            "{{ [1,2]|map(x => [3]|map(y => x + y)|first)|join(',') }}|{{ [5]|map(n => n)|first }}{{ n }}",
            "4,5|57",
        ),
        # functions
        (
            "{{ max(1, 3, 2) }}|{{ min([4, 2]) }}|{{ cycle(['a', 'b'], 3) }}|{{ max('apple', 'pear') }}",
            "3|2|b|pear",
        ),
    ],
)
def test_twig_prints(source: str, printed: str) -> None:
    assert text(source, **VALUES) == printed


@pytest.mark.parametrize(
    ("source", "at", "words"),
    [
        ("{{ }}", (1, 4), "A value is missing"),
        ("{{ 1 + }}", (1, 8), "A value is missing"),
        ("{{ 1 2 }}", (1, 6), "found `2`"),
        ("{{ a b }}", (1, 6), "found `b`"),
        ("x\n {{ n ? 1 : }}", (2, 13), "A value is missing"),
        ("{{ name. }}", (1, 10), "after the point"),
        ("{{ name| }}", (1, 10), "name of a filter"),
        ("{{ items.append(1) }}", (1, 10), "would run code"),
        ("{{ [1, 2 }}", (1, 10), "closes nothing"),
        ("{{ {a 1} }}", (1, 7), "`:` is missing"),
        ("{{ {+: 1} }}", (1, 5), "A key is missing"),
        ("{{ max(a=1, 2) }}", (1, 13), "follows one with a name"),
        ("{{ name|uppr }}", (1, 9), 'no filter "uppr"'),
        ("{{ name|date_format }}", (1, 9), "no filter"),
        ("{{ name is fine }}", (1, 12), 'no test "fine"'),
        ("{{ dump(name) }}", (1, 4), 'no function "dump"'),
        ("{{ name|upper(1) }}", (1, 9), "other arguments"),
        ("{{ name|slice }}", (1, 9), "other arguments"),
        ("{{ name|round(digits=1) }}", (1, 9), "other arguments"),
        ("{{ n is divisible by(1, 2) }}", (1, 9), "other arguments"),
        ("{{ parent() }}", (1, 4), "does not belong here"),
        ("{{ " + "9" * 400 + " }}", (1, 4), "too large"),
    ],
)
def test_what_twig_does_not_know_is_said_with_its_place(source: str, at: tuple[int, int], words: str) -> None:
    found = fault(source, **VALUES)
    assert place(found) == at
    assert words in found.message


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ 1 // 0 }}", "division by zero"),
        ("{{ 1 % 0 }}", "division by zero"),
        ("{{ name + 1 }}", '"Petra" is not a number'),
        ("{{ '19,90' * 2 }}", '"19,90" is not a number'),
        ("{{ items }}", "A list cannot be printed"),
        ("{{ order }}", "A mapping cannot be printed"),
        ("{{ 'x' ~ items }}", "A list cannot be printed"),
        ("{{ items < 1 }}", "have no order"),
        ("{{ (-8) ** 0.5 }}", "root of a negative"),
        ("{{ items|map('upper') }}", "needs an arrow function"),
        ("{{ name|map(x => x) }}", "works on lists"),
        ("{{ max([]) }}", "empty list"),
    ],
)
def test_what_would_print_nonsense_is_an_error(source: str, words: str) -> None:
    assert words in fault(source, **VALUES).message


def test_the_nearest_names_are_given() -> None:
    assert fault("{{ name|uper }}", name="x").hint == "Did you mean upper?"
    assert "first" in fault("{{ name|firts }}", name="x").hint
    assert fault("{{ nane }}", name="x").hint == "Did you mean name?"
    assert fault("{{ order.idd }}", order={"id": 1}).hint == "Did you mean order.id?"


def test_long_chains_of_tildes_are_fine_and_deep_nesting_is_refused() -> None:
    assert text("{{ " + " ~ ".join(["'a'"] * 2000) + " }}") == "a" * 2000
    assert text("{{ " + "(" * 25 + "1" + ")" * 25 + " }}") == "1"
    for source in (
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
        "{{ " + "-" * 500 + "1 }}",
        "{{ 1" + " + 1" * 500 + " }}",
    ):
        assert "nested too deeply" in fault(source).message
