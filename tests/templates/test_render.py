"""Rendering all parts: subjects, warnings, undefined names, and checks before anything is rendered."""

from __future__ import annotations

import subprocess
import sys

import pytest

from plentymsg.errors import TemplateFault
from plentymsg.templates.render import Rendered, Version, check, render
from plentymsg.templates.variables import build
from tests.templates.twig import fault, place


def test_each_part_is_rendered_by_its_own_rules() -> None:
    source = "{{ x }} & {{ '<' }}"
    assert render(Version(source, source, source), {"x": "<b>"}) == Rendered(
        "<b> & <", "<b> & <", "&lt;b&gt; & <", ()
    )


def test_a_part_that_is_not_given_stays_empty() -> None:
    assert render(Version("s", "t", ""), {}) == Rendered("s", "t", "", ())
    assert render(Version("", "", "h"), {}) == Rendered("", "", "h", ())


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("a\r\nBcc: x@example.com", "a Bcc: x@example.com"),
        ("a\n\n b\tc", "a b c"),
        ("a\x0bb\x0cc\x85d\u2028e\u2029f\x00g\x1bh", "a b c d e f g h"),
        ("  a  ", "a"),
        ("Grüße\u00a05 €", "Grüße\u00a05 €"),
    ],
)
def test_a_subject_is_one_line(value: str, subject: str) -> None:
    assert render(Version("{{ x }}", "", ""), {"x": value}).subject == subject


def test_a_subject_may_have_tags() -> None:
    source = "{% if n %}\nOrder {{ n }}\n{% else %}\nNews\n{% endif %}"
    assert render(Version(source, "", ""), {"n": 5}).subject == "Order 5"


def test_blank_lines_around_a_part_go_and_others_stay() -> None:
    assert render(Version("", "\n\n  a \n\n-- \nb  \n\n", ""), {}).text == "  a \n\n-- \nb"


@pytest.mark.parametrize(
    ("source", "warned"),
    [
        ("{{ empty }}", ["1:4: `empty`"]),
        ("{{ nil|upper }}", ["1:4: `nil|upper`"]),
        ("{{ 'Dear ' ~ empty ~ nil }}", ["1:14: `empty`", "1:22: `nil`"]),
        ('{{ "Dear #{empty}" }}', ["1:12: `empty`"]),
        ("{{ true ? empty : 'x' }}", ["1:11: `empty`"]),
        ("{{ nil ?? empty }}", ["1:4: `nil ?? empty`"]),
        ("{{ null }}{{ null|upper }}", []),
        ("{{ nil|number_format(2) }}", ["1:4: `nil|number_format(2)`"]),
        ("{{ nil|date('d.m.Y') }}", ["1:4: `nil|date('d.m.Y')`"]),
        ("{{ nil * 2 }}", ["1:4: `nil * 2`"]),
        ("{{ list.x.y }}", ["1:4: `list.x.y`"]),
        ("a\n  {{ empty }}{{ empty }}", ["2:6: `empty`", "2:17: `empty`"]),
        ("{% for i in 1..3 %}{{ empty }}{% endfor %}", ["1:23: `empty`"]),
        # not what the author provided for
        ("{{ empty|default('x') }}{{ empty ?: 'x' }}{{ nil ?? 'x' }}", []),
        ("{{ empty|default }}{{ true ? '' : empty }}{{ '' }}", []),
        ("{% if empty %}{{ empty }}{% endif %}{{ empty ? empty : 'x' }}", []),
        ("{% if empty ~ nil == '' %}x{% endif %}{% set a = empty ~ nil %}", []),
        ("{{ empty == '' }}{{ empty is empty }}{{ zero }}{{ no }}{{ 'x' ~ zero }}", []),
    ],
)
def test_what_is_known_but_empty_is_warned_of(source: str, warned: list[str]) -> None:
    values = {"empty": "", "nil": None, "zero": 0, "no": False, "list": {"x": None}}
    found = render(Version("", f"{source}", ""), values).warnings
    assert found == tuple(f"text:{each} is empty." for each in warned)


def test_an_undefined_name_is_said_with_its_place_in_each_part() -> None:
    for part, version in {
        "subject": Version("a {{ contact.fulName }}", "", ""),
        "text": Version("", "a {{ contact.fulName }}", ""),
        "html": Version("", "", "a {{ contact.fulName }}"),
    }.items():
        with pytest.raises(TemplateFault) as caught:
            render(version, build({}))
        assert caught.value.message == f'{part}:1:14: There is no variable "contact.fulName".'
        assert caught.value.hint.startswith("Did you mean contact.fullName")
        assert caught.value.details == {"line": 1, "column": 14, "part": part}


def test_the_place_is_that_of_the_word_at_fault_deep_inside_of_an_expression() -> None:
    source = "x\n{% for i in 1..2 %}\n  {{ 'a' ~ ([1, 2]|map(v => v + nane)|join(', ')) }}\n{% endfor %}"
    assert place(fault(source)) == (3, 33)


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("{{ contact.fullName }} {{ order.orderItems[0].quantity }} {{ text }}", []),
        ("{% set a = 1 %}{{ a }}{% for k, v in order.orderItems %}{{ k }}{{ loop.index }}{% endfor %}", []),
        ("{{ [1]|map(x => x)|first }}{{ nane|default('x') }}{{ contact.x ?? 1 }}{{ q is defined }}", []),
        ("{{ textBlocks.Gruß }}{{ textBlocks['Opening hours'] }}{{ textBlocks[contact.lang] }}", []),
        ("{{ textBlocks['Opening hour'] }}{{ Gruß }}", [(1, 15), (1, 36)]),
        ("{{ contact.formattedOptions.anything }}{{ globals.links.linkX }}", []),
        ("{{ contact.fulName }}\n{{ nane }}", [(1, 12), (2, 4)]),
        ("{{ x|uper }}{{ contact.id is emty }}{{ dump() }}", [(1, 4), (1, 6), (1, 30), (1, 40)]),
        ("{% for i in order.orderItems if i.quantit %}{{ i.variation.nr }}{% endfor %}", [(1, 35), (1, 60)]),
        ("{% for i in order.orderItems %}{% endfor %}{% set i = {nr: 1} %}{{ i.nr }}", []),
        ("{% for i in [{nr: 1}] %}{{ i.nr }}{% endfor %}{{ order.formattedDates.paidOn }}", [(1, 71)]),
        ("{% for a in order.formattedAddresses %}{{ a.name9 }}{% endfor %}", []),
        ("{{ globals.bank.ibn|upper }}{{ contact.fullName|date(1, 2, 3) }}", [(1, 17), (1, 49)]),
        ("{{ nane.x.y }}{{ nane.x }}", [(1, 4), (1, 18)]),
        ("{{ 1 +", [(1, 1)]),
        ("{{ 'a' }", [(1, 8)]),
        ("{% include 105 %}{% block a %}{{ parent() }}{% endblock %}", []),
    ],
)
def test_check_finds_what_is_wrong_before_anything_is_rendered(
    source: str, faults: list[tuple[int, int]]
) -> None:
    found = check(source, "html", text_blocks=["Gruß", "Opening hours"])
    assert [place(each) for each in found] == faults
    assert all(each.details["part"] == "html" and each.hint for each in found)


def test_neither_checking_nor_an_empty_template_imports_jinja() -> None:
    code = (
        "import sys; from plentymsg.templates.render import *;"
        "check('{{ contact.id|upper }}', 'text'); render(Version('', '', ''), {});"
        "sys.exit('jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
