"""Hostile templates: they end soon, stay small, and see nothing of Python."""

from __future__ import annotations

import sqlite3
import threading
import time
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plentymsg.errors import TemplateFault
from plentymsg.templates.limits import MAX_OUTPUT
from plentymsg.templates.render import Rendered, Version, check, render
from plentymsg.templates.variables import PlainText, build
from tests.templates.twig import fault, shelf_of, text

LOOPS = "{% for a in 1..9999 %}{% for b in 1..9999 %}{% for c in 1..9999 %}"
ENDS = "{% endfor %}" * 3


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (f"{LOOPS}{ENDS}", "too much work"),
        (f"{LOOPS}x{ENDS}", ""),
        (f"{LOOPS}{{% set x = a * b %}}{ENDS}", ""),
        ("{{ 1..100000000 }}", "more than 10,000"),
        ("{{ range(1, 100000000)|join }}", "more than 10,000"),
        ("{{ 9 ** 9 ** 9 ** 9 }}", "too large"),
        (
            "{% set a = 'xxxxxxxxxx' %}{% for i in 1..99 %}{% set a = a ~ a %}{% endfor %}",
            "longer than 1,000,000",
        ),
        ("{% set a = [1] %}{% for i in 1..99 %}{% set a = a|merge(a) %}{% endfor %}", ""),
        (
            "{% set a = [1] %}{% for i in 1..99 %}{% set a = [a, a] %}{% endfor %}{{ a|json_encode }}",
            "nested",
        ),
        ("{% set a = [1] %}{% for i in 1..99 %}{% set a = [a, a] %}{% endfor %}{{ a == [a] }}", "nested"),
        ("{% set a = [1] %}{% for i in 1..99 %}{% set a = [a, a] %}{% endfor %}{{ a in [a, 1] }}", "nested"),
        ("{% set a = 1 %}{% for i in 1..5000 %}{% set a = [a] %}{% endfor %}{{ a|json_encode }}", "nested"),
        ("{% for i in 1..9999 %}{{ text }}{% endfor %}", "longer than 1,000,000"),
        ("{% set a %}{% for i in 1..9999 %}{{ text }}{% endfor %}{% endset %}", ""),
        ("{% for i in 1..9999 %}{% set a = text|replace({'x': text}) %}{% endfor %}", ""),
        ("{% for i in 1..9999 %}{% set a = text matches '/(x*)*y/' %}{% endfor %}", ""),
        ("{% for i in 1..9999 %}{% set a = (1..9999)|sort((a, b) => b <=> a) %}{% endfor %}", ""),
        ("{{ '%999999999d'|format(1) }}", "cannot be read"),
        ("{{ [1]|batch(999999999, 'x')|json_encode }}", "not possible"),
        ("{{ 1|number_format(999999999) }}", "too many"),
        ("{{ 1e300|number_format }}", "too large"),
        ("{% for i in 1..9999 %}{% set a = text|split('') %}{% endfor %}", ""),
        ("{% set f = [1] %}{{ f|map(x => f|map(y => f|map(z => 1))) }}", "cannot be printed"),
        ("{{ 1" + "0" * 5000 + " }}", "too large"),
        ("{{ x }}" * 20_000, "too long"),
        ("a" * 500_001, "too long"),
        ("{% if 1 %}" * 500, "nested too deeply"),
        ("{{ a" + ".b" * 500 + " }}", "nested too deeply"),
        ("{{ " + "[" * 500 + "]" * 500 + " }}", "nested too deeply"),
        ("{{ " + "1 ? " * 500, ""),
    ],
)
def test_what_would_take_too_much_is_stopped_soon(source: str, words: str) -> None:
    started = time.process_time()
    found = fault(source, text="x" * 10_000, x=1, a={})
    assert words in found.message
    assert found.details["line"] >= 1
    assert time.process_time() - started < 6


def test_what_is_large_but_allowed_is_rendered() -> None:
    assert len(text("{% for i in 1..9999 %}{{ i }} {% endfor %}")) == 48_888
    assert len(text("{{ x }}", x="y" * (MAX_OUTPUT - 2))) == MAX_OUTPUT - 2
    assert text("{{ x }}" * 2_500, x="y") == "y" * 2_500
    assert text("{% for i in 1..2 %}" * 10 + "x" + "{% endfor %}" * 10) == "x" * 1024


class Treasure:
    """An object that a careless caller passes in."""

    secret = "s3cret"

    def __str__(self) -> str:
        return "s3cret"


@pytest.mark.parametrize(
    "source",
    [
        "{{ x.__class__ }}",
        "{{ x['__class__'] }}",
        "{{ attribute(x, '__class__') }}",
        "{{ x|map(v => v.__class__.__mro__)|join }}",
        "{{ ''.__class__ }}",
        "{{ [].__class__.__base__.__subclasses__ }}",
        "{{ loop.__init__ }}",
        "{{ (x => x).__globals__ }}",
        "{{ range.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ _context }}{{ context }}{{ environment }}",
        "{{ treasure.secret }}",
        "{{ treasure }}",
        "{{ [treasure]|join }}",
        "{{ [treasure]|json_encode }}",
        "{{ '%s'|format(treasure) }}",
        "{{ treasure|raw }}",
        "{{ '{0.__class__}'|format(x) }}{{ x.__class__ }}",
        "{{ [1]|map('system') }}",
        "{{ 'id'|map(system) }}",
        "{% set x = x.mro %}{{ x() }}",
        "{{ x|attr('__class__') }}",
        "{% import 'os' as os %}",
        "{% from 'os' import system %}",
        "{% extends '/etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{{ include('/etc/passwd') }}",
        "{{ source('/etc/passwd') }}",
        "{{ constant('PHP_OS') }}",
    ],
)
def test_nothing_of_python_or_of_the_machine_can_be_reached(source: str) -> None:
    found = fault(source, x=[1], treasure=Treasure())
    assert "s3cret" not in found.message
    assert "<class" not in found.message


def _words(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(text.split(" "))


WORDS = _words(
    "{{ }} {% %} {# #} {{- -}} if elseif else endif for in endfor set endset block endblock a b i include"
    " extends 1 2 105 + - * / ** .. ~ == < is not defined same as empty and or ? : ?: ?? ( ) [ ] { } , . => |"
    " |upper |raw |date |number_format |join |map |merge |split |replace |json_encode |default |length |slice"
    " |sort |e |nl2br x.y text contact.fullName order.orderItems loop.index 'x' '' \"#{1}\" \" ' #{ \\ null"
    " true 1.5 '__class__' .__class__ verbatim endverbatim apply endapply parent() max( cycle( matches"
    " '/a*/' < & \n \x00 ü 😀"
)
VALUES = build(
    {
        "contact.fullName": "Petra <M>",
        "text": PlainText("a\nb"),
        "order.orderItems": [{"quantity": 2}],
        "a": [1, "x", None, {"y": 2.5}],
        "b": {"x": "1"},
        "i": 3,
    }
)


def _load(number: int) -> str:
    return {105: "{{ i }}{% block a %}{% endblock %}", 1: "{% include 1 %}"}[number]


def _outcome(version: Version) -> Rendered | TemplateFault:
    try:
        return render(version, VALUES, shelf=shelf_of(_load))
    except TemplateFault as found:
        return found


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join), st.text()
    )
)
def test_any_template_renders_or_has_a_fault_with_a_place(source: str) -> None:
    for version in (Version(source, "", ""), Version("", "", source)):
        outcome = _outcome(version)
        if isinstance(outcome, Rendered):
            assert "\n" not in outcome.subject
            assert "<class" not in outcome.subject + outcome.html
        else:
            assert outcome.details["part"] in {"subject", "html"}
            assert 1 <= outcome.details["line"] <= source.count("\n") + source.count("\r") + 1
            assert outcome.details["column"] >= 1
    check(source, "text")


LEAVES = _words("a b i 1 -2 1.5 'x' '' '3' null true [] text order {x:1}")
OPERATORS = _words("+ - * / // % ** ~ == != < > <=> in .. and or ?? ?: matches")
FILTERS = _words(
    "upper length first last keys sort reverse join json_encode url_encode e raw nl2br trim abs round"
    " number_format date default title striptags"
)
TESTS = _words("empty null defined even iterable odd")
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, OPERATORS, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("{}|{}".format, inner, FILTERS),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("{}|map(v => {})".format, inner, inner),
        st.builds("({} is {})".format, inner, TESTS),
        st.builds("[{}, 1]".format, inner),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS)
def test_any_expression_has_a_value_or_a_fault_with_a_place(expression: str) -> None:
    source = f"{{{{ {expression} }}}}"
    for version in (Version("", source, ""), Version("", "", source)):
        outcome = _outcome(version)
        if isinstance(outcome, TemplateFault):
            assert outcome.details["line"] == 1
            assert 1 <= outcome.details["column"] <= len(source)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(blacklist_characters="{"), max_size=200))
def test_text_outside_of_the_delimiters_is_never_touched(source: str) -> None:
    wanted = source.replace("\r\n", "\n").replace("\r", "\n")
    assert render(Version("", f"[{source}]", f"[{source}]"), {}).text == f"[{wanted}]"
    assert render(Version("", "", f"[{source}]"), {}).html == f"[{wanted}]"


@settings(deadline=None)
@given(st.text(max_size=50))
def test_html_of_a_value_cannot_break_out(value: str) -> None:
    printed = render(
        Version("", "", '<p title="{{ x }}">{{ text }}</p>'), {"x": value, "text": PlainText(value)}
    ).html
    inner = printed.removeprefix('<p title="').removesuffix("</p>").replace('">', "", 1).replace("<br>", "")
    assert not set(inner) & set("<>\"'")


def test_it_renders_in_threads_beside_an_open_store(tmp_path: Path) -> None:
    """No child process: a fork would warn here (Python 3.12 does), and would carry the connection away."""
    connection = sqlite3.connect(tmp_path / "store.db", check_same_thread=False)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("INSERT INTO t VALUES (1)")
    results: list[str] = []

    def work(number: int) -> None:
        results.extend(text("{% for i in 1..50 %}{{ n }}{% endfor %}", n=number) for _ in range(5))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    connection.commit()
    connection.close()
    assert sorted(results) == sorted(str(number) * 50 for number in range(4) for _ in range(5))
