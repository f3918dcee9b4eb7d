"""Proofs of templates: what is said to be clean is, and what is said to violate does."""

from __future__ import annotations

import json
import time
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from plentymsg.errors import PlentymsgError
from plentymsg.messenger import access, judging, writing
from plentymsg.messenger.policy import in_force
from plentymsg.messenger.proving.cases import Place, Proven, prove_templates
from plentymsg.messenger.proving.real import entries_of
from plentymsg.messenger.value_types import Declared, misfit
from plentymsg.messenger.writing import Given
from plentymsg.store.driver import Connection

TYPES = {
    "contact.firstName": Declared("no_links"),
    "contact.lastName": Declared("no_links"),
    "order.orderItems.orderItemName": Declared("no_links", max_length=20),
    "order.formattedProperties.externalOrderId": Declared("order_id"),
    "order.formattedGeneral.openAmount": Declared("number"),
    "order.formattedShipping.providerName": Declared("one_of", values=("DHL", "de", "www.")),
}
BLOCK = "{{ textBlocks.Block }}"


class Bench:
    """A store with one template, whose version is written anew for each trial."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.actor = access.identify(connection)
        self.standard = in_force(connection)
        for name, declared in TYPES.items():
            connection.execute(
                "INSERT INTO template_variable (name, type, max_length, allowed) VALUES (?, ?, ?, ?)",
                (name, declared.type, declared.max_length, json.dumps(declared.values)),
            )
        for number, name, kind in (
            (91, "T", "template"),
            (92, "Block", "text_block"),
            (93, "Other", "template"),
        ):
            connection.execute(
                "INSERT INTO template (id, name, folder, kind) VALUES (?, ?, '', ?)", (number, name, kind)
            )
            connection.execute(
                "INSERT INTO template_version (id, template_id, language, subject, text, html)"
                " VALUES (?, ?, 'en', '', 'x', '')",
                (number, number),
            )

    def write(
        self, text: str = "", html: str = "", subject: str = "", block: str = "x", other: str = "x"
    ) -> None:
        write = "UPDATE template_version SET subject = ?, text = ?, html = ? WHERE id = ?"
        for number, parts in ((91, (subject, text, html)), (92, ("", block, "")), (93, ("", other, other))):
            self.connection.execute(write, (*parts, number))

    def proven(self, marketplace: str = "ebay", **parts: str) -> Proven:
        self.write(**parts)
        (proven,) = prove_templates(
            self.connection, self.actor, self.standard, ["T"], Given(), Place(marketplace)
        )
        return proven

    def verdict(self, marketplace: str = "ebay", **parts: str) -> str:
        return self.proven(marketplace, **parts).proof.verdict

    def violates(self, values: dict[str, object], entries: dict[str, int], marketplace: str = "ebay") -> bool:
        """Whether the message that is really rendered from these values breaks a rule."""
        known = writing.variables_of(self.connection, None, user_id=self.actor.id)
        variables = {**known, **entries_of(values, entries)}
        said = Given(template="T", text=str(variables.pop("text", "") or ""))
        message = writing.write(self.connection, said, template_id=None, variables=variables)
        draft = judging.draft_of(message, (), frozenset({marketplace}), marketplace)
        return bool(judging.errors(judging.judged(message, draft, self.standard)))


@pytest.fixture
def bench(connection: Connection) -> Bench:
    return Bench(connection)


@pytest.mark.parametrize(
    "text",
    [
        "Dear {{ contact.firstName }} {{ contact.lastName }},\n\n{{ text }}",
        "Hello {{ contact.firstName ?: 'you' }}! ({{ contact.lastName }})",
        "Nr.{{ order.formattedProperties.externalOrderId }}.Danke",
        "{{ order.formattedGeneral.openAmount|number_format(2, ',', '.') }}EUR",
        "Order {{ order.id }} of {{ order.formattedDates.createdOn|date('d.m.Y') }}",
        "{% for i in order.orderItems %}{{ i.quantity }} x {{ i.orderItemName }}\n{% endfor %}",
        "{% for i in order.orderItems %}{{ i.orderItemName }}{{ loop.last ? '.' : ', ' }}{% endfor %}",
        "{% if contact.number %}yes{% else %}no{% endif %}",
        "{% if contact.lang == 'de' %}Hallo{% else %}Hello{% endif %} {{ textBlocks.Block }}",
        "{% include 93 %} {{ text }}",
        "{% apply upper %}No. {{ order.id }}{% endapply %}",
        "{{ globals.clientName }} {{ globals.bank.iban }}",
    ],
)
def test_what_is_clean(bench: Bench, text: str) -> None:
    assert bench.verdict(text=text) == "clean"
    assert bench.verdict(html=f"<p>{text}</p>") == "clean"


@pytest.mark.parametrize(
    "text",
    [
        "{% if order.id %}Thanks{% else %}See www.shop.de{% endif %}",
        "{% if contact.lang == 'fr' %}shop.de{% endif %} x",
        "{% if order.formattedGeneral.openAmount > 100 %}shop.de{% endif %} x",
        "{% if contact.number starts with 'A' and contact.title %}shop.de{% endif %} x",
        "{{ contact.gender == 'f' ? 'a' : 'shop.de' }}",
        "{{ contact.title|default('shop.de') }}",
        "{% for i in order.orderItems %}x{% else %}shop.de{% endfor %}",
        "{% for i in order.orderItems %}{{ loop.first ? 'shop' : '.de' }}{% endfor %}",
        "{% for i in order.orderItems %}{{ loop.first or loop.last ? 'x' : ' shop.de ' }}{% endfor %}",
        "{% for i in order.orderItems %}{% if loop.index == 3 %} shop.de {% endif %}{% endfor %}x",
        "{% if order.orderItems|length > 5 %} shop.de {% endif %}x",
        "www.{{ contact.firstName }}",
        "{{ contact.firstName }}.de",
        "{{ contact.firstName }} dot com",
        "{{ contact.firstName }}{{ contact.lastName }}",
        "www{{ contact.firstName }}.shop.de",
        "https://{{ order.formattedProperties.externalOrderId }}",
        "www.{{ text }}",
        "{{ order.formattedShipping.providerName }}shop.de",
        "shop.{{ order.formattedShipping.providerName }}",
        "{{ order.formattedShipping.trackingURL }}",
        "{{ globals.links.linkBasket }}",
        "{% include 93 %}{{ textBlocks.Block }}",
    ],
)
def test_what_violates_is_shown(bench: Bench, text: str) -> None:
    """The values of the example, rendered by hand, break the rule."""
    for parts in ({"text": text}, {"html": f"<p>{text}</p>"}):
        proven = bench.proven(**parts, block=".de", other="shop")
        assert proven.proof.verdict == "violates", parts
        example = proven.proof.example
        assert example is not None
        assert bench.violates(example.values, example.entries)
        assert judging.errors(example.violations)


@pytest.mark.parametrize(
    ("text", "variable", "line", "suggested"),
    [
        ("Dear\n{{ contact.fullName }}", "contact.fullName", 2, "no_links"),
        ("{{ order.formattedShipping.profileId }}", "order.formattedShipping.profileId", 1, "order_id"),
        ("\n\n{{ order.formattedGeneral.openAmount ~ contact.number }}", "contact.number", 3, "order_id"),
        ("x{{ contact.firstName }}", "contact.firstName", 1, None),
        ("{{ contact.firstName|upper }}", "contact.firstName", 1, None),
        ("x{% for w in contact.firstName|split(' ') %}{{ w }}{% endfor %}", "contact.firstName", 1, None),
        ("{{ messenger.formattedMessage.conversationHistory|raw }}",
         "messenger.formattedMessage.conversationHistory", 1, None),
        ("{{ order.formattedDates.createdOn|date(contact.firstName) }}", "contact.firstName", 1, None),
    ],
)  # fmt: skip
def test_what_cannot_be_told_names_the_variable(
    bench: Bench, text: str, variable: str, line: int, suggested: str | None
) -> None:
    proven = bench.proven(text=text)
    assert proven.proof.verdict == "cannot tell"
    gaps = {(gap.variable, gap.line, gap.suggested_type) for gap in proven.proof.gaps}
    assert gaps == {(variable, line, suggested)}


def test_a_value_inside_of_a_tag_needs_more_than_words(bench: Bench) -> None:
    tag = "<p style='width: {}px'>x</p>"
    assert bench.verdict(html=tag.format("{{ contact.firstName }}")) == "cannot tell"
    assert bench.verdict(html=tag.format("{{ order.formattedGeneral.openAmount }}")) == "clean"
    assert bench.verdict(html="<img src='cid:{{ order.id }}'>") == "violates"


def test_the_subject_needs_its_word_whatever_the_values_are(bench: Bench) -> None:
    for subject, verdict in {
        "[Important] {{ messenger.title|length }}": "clean",
        "Important{{ order.id }}": "violates",
        "{{ globals.clientName }}": "violates",
        "{% if order.id %}Wichtig{% else %}Hallo{% endif %}": "violates",
    }.items():
        assert bench.verdict("amazon", subject=subject, text="x") == verdict, subject


def test_a_violation_on_a_way_that_no_values_open_is_not_claimed(bench: Bench) -> None:
    proven = bench.proven(text="{% if contact.lang == 'de' and contact.lang == 'en' %}shop.de{% endif %} x")
    assert proven.proof.verdict == "cannot tell"
    assert [gap.variable for gap in proven.proof.gaps] == ["contact.lang"]


def test_without_requirements_everything_is_clean(bench: Bench) -> None:
    assert bench.verdict("bol", text="{{ contact.fullName }} www.shop.de") == "clean"


def test_a_hostile_template_ends_soon_and_is_not_called_clean(bench: Bench) -> None:
    many = "".join(f"{{% if contact.lang == '{n}' %}}a{n} {{% endif %}}" for n in range(700))
    circle = "{% include 91 %}"
    begin = time.thread_time()
    assert bench.verdict(text=many) == "cannot tell"
    assert bench.verdict(text=circle) == "violates"
    assert time.thread_time() - begin < 15
    assert "deep" in str(bench.proven(text=circle).proof.fault)


# -- what is proven holds

_VARIABLES = (*TYPES, "order.id", "text")
_NAMES = [name if "orderItems" not in name else "contact.firstName" for name in _VARIABLES]
_LITERALS = [
    " ",
    " ",
    "\n",
    "Hallo ",
    ", ",
    ".",
    ". ",
    "www.",
    ".de",
    " dot ",
    "shop",
    "com",
    ":",
    "/",
    "(",
    ") ",
    "-",
]
_name = st.sampled_from(_NAMES)
_print = st.one_of(
    _name.map("{{{{ {} }}}}".format),
    _name.map("{{{{ {}|raw }}}}".format),
    _name.map("{{{{ {}|default('Shop') }}}}".format),
    _name.map("{{{{ {}|trim }}}}".format),
    st.builds("{{{{ {} ?: {} }}}}".format, _name, _name),
    st.builds("{{{{ {} ~ ' ' ~ {} }}}}".format, _name, _name),
)
_piece = st.one_of(st.sampled_from(_LITERALS), st.sampled_from(_LITERALS), _print)
_pieces = st.lists(_piece, min_size=1, max_size=4).map("".join)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, _name, inner, inner),
        st.builds("{{% if {} == 'DHL' %}}{}{{% endif %}}".format, _name, inner),
        st.builds("{{% for i in order.orderItems %}}{}{{{{ i.orderItemName }}}}{{% endfor %}}".format, inner),
        st.builds("{}{}".format, inner, inner),
        st.builds("{}{}".format, inner, st.sampled_from([BLOCK, "{% include 93 %}"])),
    )


_sources = st.recursive(_pieces, _nested, max_leaves=3)
_SCRAPS = ["shop", "De", "com", "dot", "www", ".", " ", "Anna", "d", "e", ",", "1", "Dr", "("]
_WORDS = sorted({"".join(scraps) for count in (1, 2) for scraps in product(_SCRAPS, repeat=count)})
_FITTING = [text for text in _WORDS if not misfit(Declared("no_links", max_length=20), text)]


def _value(name: str) -> st.SearchStrategy[object]:
    declared = TYPES.get(name, Declared("no_links"))
    if name == "order.id":
        return st.integers(1, 10**6)
    values: dict[str, st.SearchStrategy[str]] = {
        "order_id": st.sampled_from(["A1", "304-12", "com-1", "7", "1-de", "www7", "a-1-b"]),
        "number": st.sampled_from(["0", "12.50", "-3", "127", "1.234,5"]),
        "one_of": st.sampled_from(declared.values or ("",)),
        "no_links": st.lists(st.sampled_from(_FITTING), min_size=1, max_size=2).map(" ".join),
    }
    return st.one_of(st.none(), values[declared.type].filter(lambda text: not misfit(declared, text)))


_values = st.fixed_dictionaries({name: _value(name) for name in _VARIABLES if "orderItems" not in name})
_items = st.lists(_value("order.orderItems.orderItemName"), max_size=3)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    source=_sources,
    block=_pieces,
    other=_pieces,
    is_html=st.booleans(),
    trials=st.lists(st.tuples(_values, _items), min_size=4, max_size=4),
)
def test_what_is_proven_clean_is_clean_with_any_values(
    bench: Bench, source: str, block: str, other: str, is_html: bool, trials: list
) -> None:
    parts = {"html" if is_html else "text": f"<p>{source}</p>" if is_html else source}
    proven = bench.proven(**parts, block=block, other=other)
    example = proven.proof.example
    if example is not None:
        assert bench.violates(example.values, example.entries)
    assume(proven.proof.verdict == "clean")
    for values, items in trials:
        whole = {**values, **{f"order.orderItems[{n}].orderItemName": item for n, item in enumerate(items)}}
        try:
            assert not bench.violates(whole, {"order.orderItems": len(items)}), whole
        except PlentymsgError:
            continue
