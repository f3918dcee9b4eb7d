"""Each character of a message leads back to where it was written, and never to anywhere else."""

from __future__ import annotations

import re
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from plentymsg.messenger.passages import Derived, Joined, Original, Passage, Printed, as_html, as_text
from plentymsg.templates.render import PlainText, Shelf, Version, render

WORD = re.compile(r"[gtbvq][0-9]+x")

blanks = st.sampled_from([" ", "\n", "\r\n", "\n\n", "  \n ", "\t", " & ", " < ", " ' ", ' " ', "; > ", "ä"])
tags = st.sampled_from(
    ["<p>", "</p>", "<b>", "<!-- t -->", "<br>", "&amp;", "<td>", "<table><tr>", "<a href='/'>"]
)
FORMS = (
    *("{T}", "{{{{ text }}}}", "{{{{ text|trim }}}}", "{{{{ text|raw }}}}", "{{{{ globals.clientName }}}}"),
    *(
        "{{{{ textBlocks.B }}}}",
        "{{{{ textBlocks.B|raw }}}}",
        "{{{{ '{T}' }}}}",
        "{{{{- ' ' ~}}}}",
        "{{# {T} #}}",
    ),
    *("{{% set s %}}{T} {T}{{% endset %}}{{{{ s }}}}", "{{% set s = text %}}{{{{ s }}}} {{{{ s|upper }}}}"),
    *(
        "{{% apply trim %}} {T}{{{{ text }}}} {{% endapply %}}",
        "{{% if text %}}{T}{{% else %}}{T}{{% endif %}}",
    ),
    *(
        "{{% for i in 1..2 %}}{T} {{{{ loop.index }}}}{{% endfor %}}",
        "{{% apply trim|raw %}}\n{T}{{% endapply %}}",
    ),
    *("{{{{ text ~ globals.clientName }}}}", "{{% verbatim %}}{{{{ {T}{{% endverbatim %}}"),
    "{{% set a %}}{{% set b %}}{T}{{% endset %}}{{{{ b }}}}{T}{{% endset %}}{{{{ a }}}}",
)


@st.composite
def written(draw: st.DrawFn, letter: str, forms: tuple[str, ...], between: st.SearchStrategy[str]) -> str:
    """A text in which each word is there once."""
    numbers = count()
    chosen = draw(st.lists(st.tuples(st.sampled_from(forms), between), max_size=8))
    shapes = (f"{form}{blank.replace('{', '')}" for form, blank in chosen)
    return (
        re.sub(r"\{T\}", lambda _: f"{letter}{next(numbers)}x", "".join(shapes))
        .replace("{{", "{")
        .replace("}}", "}")
    )


def check(passage: Passage, *, always: bool = True) -> None:
    """That each word of a passage leads to itself, or to an expression in the template that printed it."""
    letters = {"given": "g", "Antwort": "t", "B": "b"}
    for word in WORD.finditer(passage.text):
        spot = passage.find(*word.span())
        if spot is None:
            assert not always
            continue
        where = letters[spot.original.name or spot.original.kind]
        there = spot.original.text[spot.start : spot.end]
        if spot.expression:
            assert where in "tb"
            assert spot.expression.replace("\n", "") == there.replace("\r\n", "")
            assert word.group() in there or word.group()[0] in "gbv"
        else:
            assert there == word.group()
            assert where == word.group()[0]


@given(
    *(
        written("g", ("{T}", "\n\n{T}"), blanks),
        written("b", ("{T}", "{{{{ text }}}}", "{{{{ globals.clientName }}}}"), blanks),
        written("t", FORMS, blanks),
        written("t", FORMS, blanks | tags),
    )
)
def test_each_word_of_a_message_leads_to_where_it_was_written(
    text: str, block: str, plain: str, html: str
) -> None:
    given_text = Original("given", "text", text)
    block += "."  # a version without any text is none
    originals = {
        (number, part): Original("template", part, source, name, "de")
        for number, name, sources in ((None, "Antwort", (plain, html)), (7, "B", (block, "")))
        for part, source in zip(("text", "html"), sources, strict=True)
    }
    rendered = render(
        Version("", plain, html),
        {"text": PlainText(text), "globals": {"clientName": "v0x"}},
        shelf=Shelf(lambda _: Version("", block, ""), {"B": 7}),
    )
    passages = {
        part: Printed(trace, given_text, lambda source: originals[source.template, source.part])
        for part, trace in rendered.traces.items()
    }
    for part, passage in passages.items():
        assert passage.text == getattr(rendered, part)
        check(passage)
        check(Derived(" ".join(passage.text.split()), passage))
    if "text" in passages:
        check(as_html(passages["text"]), always=False)
        check(Joined([given_text, passages["text"]], "\n\n"))
    if "html" in passages:
        check(as_text(passages["html"]), always=False)


@given(written("g", ("{T}", "\r\n{T}"), blanks))
def test_html_of_a_text_leads_back_to_the_text(text: str) -> None:
    check(as_html(Original("given", "text", text)))
    check(as_text(as_html(Original("given", "text", text))))


def test_words_that_are_not_there_as_often_lead_nowhere() -> None:
    source = Original("given", "html", "<p>shop</p><p hidden>shop</p>")
    assert Derived("shop", source, is_html=False).find(0, 4) is None
    assert Derived("anders", source, is_html=False).find(0, 6) is None


def test_what_stands_there_several_times_leads_to_its_own_place() -> None:
    source = Original("given", "text", "shop\n\n& shop\n<shop>")
    found = [
        as_html(source).find(place.start(), place.end())
        for place in re.finditer("shop", as_html(source).text)
    ]
    assert [spot.start for spot in found if spot] == [0, 8, 14]
    mended = Derived("[Wichtig] shop & shop <shop>", source)
    assert [(spot := mended.find(at, at + 4)) and spot.start for at in (10, 17, 23)] == [0, 8, 14]


def test_crlf_in_a_template_counts_in_its_offsets() -> None:
    source = "a\r\n\r\nb {{ x }}\r\n{{ x }}c"
    trace = render(Version("", source, ""), {"x": 1}).traces["text"]
    passage = Printed(trace, Original("given", "text", ""), lambda _: Original("template", "text", source))
    spots = [passage.find(trace.text.index(char), trace.text.index(char) + 1) for char in "abc"]
    assert [source[spot.start : spot.end] for spot in spots if spot] == ["a", "b", "c"]
