"""Text blocks inside of templates, and what a message's templates may use together."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plentymsg.errors import TemplateFault
from plentymsg.templates.limits import MAX_OUTPUT
from plentymsg.templates.names import References, references
from plentymsg.templates.render import Allowance, Rendered, Shelf, Version, render
from plentymsg.templates.variables import build

BLOCKS = {
    "Gruß": Version("", "Ihre {{ contact.fullName }}", ""),
    "Öffnungs zeiten": Version("", "", "<p>Mo &amp; Di<br>9 Uhr {{ contact.fullName }}</p>"),
    "Both": Version("", "text", "<b>html</b>"),
    "Outer": Version("", "[{{ textBlocks.Gruß }}]", ""),
    "Itself": Version("", "{{ textBlocks['Itself'] }}", "<p>{{ textBlocks['Itself'] }}</p>"),
    "Ping": Version("", "{{ textBlocks.Pong }}", ""),
    "Pong": Version("", "", "{{ textBlocks.Ping }}"),
    "Wrong": Version("", "x\n{{ nane }}", ""),
    "Large": Version("", "{% for i in 1..999 %}" + "x" * 500 + "{% endfor %}", ""),
    "Busy": Version("", "{% for a in 1..999 %}{% for b in 1..99 %}{% endfor %}{% endfor %}", ""),
}
NUMBERS = {name: index + 101 for index, name in enumerate(BLOCKS)}
SHELF = Shelf(
    load=lambda number: list(BLOCKS.values())[number - 101],
    blocks={**NUMBERS, "Foreign": None},
    text_of=lambda html: html.replace("<br>", "\n").replace("<p>", "").replace("</p>", ""),
)
VALUES = build({"contact.fullName": "Eva <B>"})


def shown(text: str = "", html: str = "", subject: str = "", allowance: Allowance | None = None) -> Rendered:
    return render(Version(subject, text, html), VALUES, shelf=SHELF, allowance=allowance)


def fault(text: str = "", html: str = "", allowance: Allowance | None = None) -> TemplateFault:
    with pytest.raises(TemplateFault) as found:
        shown(text, html, allowance=allowance)
    return found.value


@pytest.mark.parametrize(
    ("source", "text", "html"),
    [
        ("{{ textBlocks.Gruß }}", "Ihre Eva <B>", "Ihre Eva &lt;B&gt;"),
        ("{{ textBlocks['Gruß']|raw }}", "Ihre Eva <B>", "Ihre Eva &lt;B&gt;"),
        ("{{ textBlocks.Both }}", "text", "<b>html</b>"),
        ("{{ textBlocks.Outer }}", "[Ihre Eva <B>]", "[Ihre Eva &lt;B&gt;]"),
        (
            "{{ textBlocks['Öffnungs zeiten'] }}",
            "Mo &amp; Di\n9 Uhr Eva &lt;B&gt;",
            "<p>Mo &amp; Di<br>9 Uhr Eva &lt;B&gt;</p>",
        ),
        ("{% for i in 1..3 %}{{ textBlocks.Both }}{% endfor %}", "text" * 3, "<b>html</b>" * 3),
        ("{{ textBlocks.Nope|default('-') }}{{ textBlocks.Both is defined }}", "-1", "-1"),
        ("{% include 102 %}", None, "<p>Mo &amp; Di<br>9 Uhr Eva &lt;B&gt;</p>"),
    ],
)
def test_a_text_block_is_a_variable_in_the_form_of_each_part(
    source: str, text: str | None, html: str
) -> None:
    assert shown(html=source).html == html
    if text is not None:
        assert shown(text=source).text == text


def test_in_a_subject_a_text_block_is_one_line() -> None:
    assert shown(subject="{{ textBlocks['Öffnungs zeiten'] }}!").subject == "Mo &amp; Di 9 Uhr Eva &lt;B&gt;!"


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        ("{{ textBlocks.Grus }}", 'no variable "textBlocks.Grus"', "textBlocks.Gruß"),
        ("{{ textBlocks['Öffnungszeiten'] }}", "textBlocks.Öffnungszeiten", "textBlocks['Öffnungs zeiten']"),
        ("{{ textBlocks.Foreign }}", 'text block "Foreign" has no version in the language', "all languages"),
        ("{{ textBlocks.Itself }}", "too deeply", "includes itself"),
        ("{{ textBlocks.Ping }}", "too deeply", "includes itself"),
        ("{{ textBlocks.Wrong }}", "text of template 108:2:4: There is no variable", ""),
        ("{{ textBlocks }}", "A mapping cannot be printed", ""),
        ("{% include 102 %}", "language ID 102 has no text", ""),
    ],
)
def test_what_cannot_be_shown_is_a_fault_with_its_place(source: str, message: str, hint: str) -> None:
    found = fault(text=source)
    assert message in found.message
    assert hint in found.hint
    assert found.details["line"] >= 1


def test_text_blocks_take_from_the_budget_of_the_template() -> None:
    started = time.process_time()
    assert "longer than" in fault(text="{{ textBlocks.Large }}" * 3).message
    assert "too much work" in fault(text="{% for i in 1..9 %}{% include 110 %}{% endfor %}").message
    blocks = "".join(f"{{% set a = textBlocks['{name}'] %}}" for name in ("Busy", "Large", "Busy"))
    assert (
        "too"
        in fault(
            text=blocks * 2 + "{% for i in 1..9999 %}{% for j in 1..50 %}{% endfor %}{% endfor %}"
        ).message
    )
    assert time.process_time() - started < 6


@pytest.mark.parametrize("part", ["text", "html"])
def test_header_template_and_footer_have_together_what_one_may_use(part: str) -> None:
    allowance = Allowance()
    half = "{% for i in 1..600 %}" + "x" * 1000 + "{% endfor %}"
    shown(**{part: half}, allowance=allowance)
    assert f"longer than {MAX_OUTPUT:,}" in fault(**{part: half}, allowance=allowance).message
    busy = "{% for a in 1..400 %}{% for b in 1..400 %}{% set x = a + b %}{% endfor %}{% endfor %}"
    allowance = Allowance()
    with pytest.raises(TemplateFault, match=r"too much work|takes too long"):
        for _ in range(3):
            shown(**{part: busy}, allowance=allowance)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{% extends 7 %}", References(extends=frozenset({7}))),
        (
            "{% if 1 %}{% include 8 %}{% endif %}{% include a ? 9 : 10 %}",
            References(includes=frozenset({8, 9, 10})),
        ),
        ("{{ textBlocks.a ~ textBlocks['b c']|upper }}", References(blocks=frozenset({"a", "b c"}))),
        ("{% for x in [textBlocks.a] %}{% endfor %}{{ textBlocks[x] }}", References(blocks=frozenset({"a"}))),
        ("textBlocks.a {# {{ textBlocks.b }} #}", References()),
        ("{{ textBlocks.a", References()),
    ],
)
def test_what_a_template_names_is_known_without_rendering_it(source: str, found: References) -> None:
    assert references(source, "text") == found


@given(st.text(min_size=1, max_size=20))
def test_a_text_block_of_any_name_can_be_shown(name: str) -> None:
    shelf = Shelf(load=lambda _: Version("", "found", ""), blocks={name: 1})
    quoted = "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"
    source = f"{{{{ textBlocks[{quoted}] }}}}"
    if "\r" not in name:
        assert render(Version("", source, ""), {}, shelf=shelf).text == "found"
