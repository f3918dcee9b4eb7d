"""Going every way through a template while its values are not known."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from plentymsg.templates.render import Shelf, Version, render
from plentymsg.templates.unknown import Terms
from plentymsg.templates.variables import build
from plentymsg.templates.walk import Layer, walk
from plentymsg.templates.way import BLANK, FULL, NULL, ZERO, Way


class Found(NamedTuple):
    terms: Terms
    ways: tuple[Way, ...]
    complete: bool


def walked(
    source: str, *, part: str = "text", shelf: Shelf | None = None, most: int = 500, seconds: float = 20
) -> Found:
    terms = Terms()
    found = walk(
        terms,
        [Layer(part, source)],
        {},
        lambda path: path.startswith("globals"),
        shelf or Shelf(),
        most=most,
        until=time.thread_time() + seconds,
    )
    return Found(terms, *found)


def filled(walked: Found, **values: object) -> set[str]:
    """What the ways print, each variable filled with its value, or else its path."""

    class Names(dict[str, object]):
        def get(self, key: object, default: object = None) -> object:
            return values.get(str(key), f"<{key}>")

    return {walked.terms.fill(text, Names()) for way in walked.ways for text in way.texts}


def test_each_branch_is_walked_and_the_same_question_has_one_answer() -> None:
    found = walked("{% if order.id %}a{% else %}b{% endif %}{% if not order.id %}c{% endif %}{{ text }}")
    assert filled(found) == {"a<text>", "bc<text>"}
    assert found.complete


def test_decisions_inside_of_expressions_are_walked() -> None:
    source = (
        "{{ contact.lang == 'de' ? 'ja' : 'no' }}{{ contact.title ?: 'x' }}{{ contact.gender|default('y') }}"
    )
    assert filled(walked(source)) == {
        f"{a}{b}{c}"
        for a in ("ja", "no")
        for b in ("<contact.title>", "x")
        for c in ("<contact.gender>", "y")
    }


def test_an_unknown_list_has_two_entries_or_one_or_none() -> None:
    source = "{% for i in order.orderItems %}{{ i.quantity }};{% else %}none{% endfor %}"
    one, two = "<order.orderItems[0].quantity>;", "<order.orderItems[1].quantity>;"
    assert filled(walked(source)) == {"none", one, one + two}


def test_a_loop_that_asks_for_its_turn_has_a_middle_one() -> None:
    source = "{% for i in order.orderItems %}{{ loop.first ? 'f' : loop.last ? 'l' : 'm' }}{% endfor %}"
    assert filled(walked(source)) == {"", "f", "fl", "fmml"}


def test_what_a_filter_makes_of_a_value_is_worked_out_when_it_is_known() -> None:
    found = walked(
        "{{ contact.fullName|upper|slice(0, 3) }}|{{ order.orderItems|map(i => i.quantity ~ 'x')|join }}"
    )
    values = {
        "contact.fullName": "müller",
        "order.orderItems[0].quantity": 2,
        "order.orderItems[1].quantity": 3,
    }
    assert filled(found, **values) == {"MÜL|", "MÜL|2x", "MÜL|2x3x"}


def test_html_is_escaped_when_it_is_filled_unless_it_is_raw() -> None:
    source = "<p>{{ text }}{{ text|raw }}{{ text|e }}{% set x %}<b>{{ text }}</b>{% endset %}{{ x }}</p>"
    assert filled(walked(source, part="html"), text="<i>") == {"<p>&lt;i&gt;<i>&lt;i&gt;<b>&lt;i&gt;</b></p>"}


def test_included_templates_and_text_blocks_are_walked_too() -> None:
    library = {
        1: Version("", "{% block a %}A{{ text }}{% endblock %}", ""),
        2: Version("", "{% if order.id %}one{% else %}two{% endif %}", ""),
    }
    shelf = Shelf(library.__getitem__, {"Hours": 2})
    source = "{% extends 1 %}{% block a %}{{ parent() }}{% include 2 %}{{ textBlocks.Hours }}{% endblock %}"
    found = walked(source, shelf=shelf)
    assert filled(found) == {"A<text>oneone", "A<text>twotwo"}
    assert {(p.line, p.template) for at in found.terms.printed.values() for p in at} == {(1, 1)}


def test_what_tags_capture_and_text_blocks_that_are_changed_are_walked_too() -> None:
    capture = "{% set a %}a {{ contact.fullName }}{% endset %}"
    assert filled(walked(capture + "{{ a }}{{ a|upper }}"), **{"contact.fullName": "Jo"}) == {"a JoA JO"}
    apply = "{% apply upper %}a {{ contact.fullName }}{% endapply %}"
    assert filled(walked(apply), **{"contact.fullName": "Jo"}) == {"A JO"}
    shelf = Shelf({2: Version("", "h {{ contact.fullName }}", "")}.__getitem__, {"H": 2})
    blocks = walked("{{ textBlocks.H|upper }}{{ textBlocks.H }}", shelf=shelf)
    assert filled(blocks, **{"contact.fullName": "Jo"}) == {"H JOh Jo"}


def test_what_cannot_be_followed_is_said() -> None:
    doubts = {
        "{% for w in contact.fullName|split(' ') %}{{ w }}{% endfor %}": "a list that is not known",
        "{{ order.orderItems|slice(0, 1)|length }}": "what this gives for a longer list",
        "{% set n = 0 %}{% for i in order.orderItems %}{% set n = n + 1 %}{% endfor %}{{ n }}": "makes of n",
    }
    for source, doubt in doubts.items():
        ways = walked(source).ways
        assert any(doubt in said.what for way in ways for said in way.doubts), source


def test_a_template_that_fails_on_a_way_has_its_fault() -> None:
    faults = [way.fault.message for way in walked("{{ order.id ? 1 / 0 : 2 }}").ways if way.fault]
    assert faults == ["text:1:17: A division by zero."]


def test_a_text_with_marks_in_it_is_refused() -> None:
    (way,) = walked("a \ufdd00\ufdd1").ways
    assert way.fault is not None
    assert "none" in way.fault.message


def test_a_thousand_decisions_end_and_are_known_to_be_too_many() -> None:
    source = "".join(f"{{% if text == {n} %}}x{{% endif %}}" for n in range(1000))
    begin = time.thread_time()
    assert not walked(source, seconds=1).complete
    assert time.thread_time() - begin < 3
    few = walked(source, most=4)
    assert (len(few.ways), few.complete) == (4, False)


# -- every rendering is one of the ways

_NAMES = ("contact.fullName", "contact.lang", "order.id", "text")
_TESTS = (
    "{0}",
    "not {0}",
    "{0} is empty",
    "{0} is null",
    "{0} == 'de'",
    "{0} starts with 'd'",
    "{0}|length > 2",
    "{0} in ['de', 'x']",
    "{0} and {1}",
    "{0} or {1} == 'x'",
    "{0} == {1}",
)
_PRINTS = (
    "{{{{ {0} }}}}",
    "{{{{ {0}|upper }}}}",
    "{{{{ {0}|default('-') }}}}",
    "{{{{ {0} ?? {1} }}}}",
    "{{{{ {0} ?: 'none' }}}}",
    "{{{{ {0} ~ {1} }}}}",
    "{{{{ {0} == 'de' ? {1} : 'b' }}}}",
    "{{% set a = {0} %}}{{{{ a }}}}",
    "{{{{ {0}|replace({{'e': '1'}})|slice(0, 2) }}}}",
    "{{{{ {0}|length }}}}",
    "{{{{ {0}|first }}}}{{{{ {1}|reverse }}}}",
    "{{{{ [{0}, {1}]|join('+') }}}}{{{{ [{1}, {0}]|first }}}}",
    "{{{{ [{0}, 'x']|map(v => v ~ '!')|join }}}}",
    "{{% set a %}}{{{{ {0} }}}}-{{% endset %}}{{{{ a|upper }}}}{{{{ a }}}}",
    "{{% apply upper %}}{{{{ {0} }}}}{{% endapply %}}",
)
_names = st.sampled_from(_NAMES)


def _shape(patterns: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda pattern, *names: pattern.format(*names), st.sampled_from(patterns), _names, _names
    )


_leaf = st.one_of(st.sampled_from(["a", " ", "\n", "."]), _shape(_PRINTS))


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, _shape(_TESTS), inner, inner),
        st.builds("{{% for i in order.orderItems %}}{{{{ i.quantity }}}}{}{{% endfor %}}".format, inner),
        st.builds("{}{}".format, inner, inner),
    )


_sources = st.recursive(_leaf, _nested, max_leaves=4)
_values = st.one_of(st.none(), st.sampled_from(["", "0", "de", "x", "dexe", 7]))
_items = st.lists(st.fixed_dictionaries({"quantity": _values}), max_size=2)


@settings(max_examples=300, deadline=None)
@given(source=_sources, values=st.fixed_dictionaries(dict.fromkeys(_NAMES, _values)), items=_items)
def test_every_rendering_is_one_of_the_ways(source: str, values: dict[str, object], items: list) -> None:
    found = walked(source)
    real = render(Version("", source, ""), build({**values, "order.orderItems": items})).text
    assert found.complete
    flat = {**values}
    for at, item in enumerate(items):
        flat[f"order.orderItems[{at}].quantity"] = item["quantity"]
    gone = [way for way in found.ways if _holds(way, flat, len(items))]
    printed = {found.terms.fill(text, flat).strip("\r\n").rstrip() for way in gone for text in way.texts}
    assert printed == {real}


def _holds(way: Way, values: Mapping[str, object], items: int) -> bool:
    return (
        all(condition.test(values) == condition.outcome for condition in way.conditions)
        and all(_state(values.get(path)) in states for path, states in way.states.items())
        and way.counts.get("order.orderItems", items) == items
    )


def _state(value: object) -> str:
    return {None: NULL, "": BLANK, "0": ZERO}.get(value, FULL)  # type: ignore[call-overload]
