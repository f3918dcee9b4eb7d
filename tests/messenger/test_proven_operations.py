"""What filters and functions make of values: only what keeps the promise of a type is settled by it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from plentymsg.messenger.value_types import Declared, misfit
from plentymsg.store.driver import Connection
from tests.messenger.proofs import CARRIERS, VARIABLE, broken_by, proof

PHONE, EMOJI, LINKS, LENGTH = "telephone", "emoji", "plentyone", "length"


@pytest.mark.parametrize(
    ("type", "text", "pack", "value"),
    [
        (None, '{{ max(v, "A") }}', LINKS, "www.meinshop.de"),
        (None, '{{ min(v, "zz") }}', LINKS, "meinshop.de"),
        (None, "{{ max([v]) }}", LINKS, "meinshop.de"),
        (None, '{{ max(v, "A") }}', LENGTH, "b" * 12_000),
        ("no_links", '{{ v|trim("x") }}', LINKS, "meinshop.dexx"),
        ("order_id", 'x.{{ v|trim("1") }}', LINKS, "de1"),
        ("order_id", "x.{{ v|slice(0, 2) }}", LINKS, "de1"),
        ("order_id", "x.{{ v|replace({1: ''}) }}", LINKS, "de1"),
        ("order_id", "{{ v|trim }} it is", PHONE, "0170-1234567"),
        ("order_id", "{{ v|upper }} it is", PHONE, "0170-1234567"),
        ("order_id", "Nr{{ v }} it is", PHONE, "A-0170-1234567"),
        ("name", '{{ v|trim("x") }} 600700800', PHONE, "xTelx"),
        ("name", "{{ v }}l. 600700800", PHONE, "Te"),
        ("name", "Tel. {{ v }} {{ order.id }}", PHONE, ""),
        ("name", "Tel. {{ v }} {{ contact.lastName }} {{ order.id }}", PHONE, ""),
        ("name", "Call us, {{ v }}: {{ order.id }}", PHONE, ""),
        ("name", "Dear {{ v }}: {{ order.id }}", PHONE, "Hans Ruf"),
        ("name", "Dear {{ v }}, 12345 of us thank you", PHONE, "Hans Ruf"),
        ("name", "Tel.\n{{ order.id }}", PHONE, ""),
        (None, '{{ v|date("Y-m-d H") }}', PHONE, "0617-11-25 14:30"),
        ("date", '{{ v|date("0H dmy") }}', PHONE, "2026-11-25 17:00"),
        ("date", '{{ v|date("H d m y s") }}', PHONE, "2026-11-25 08:00:12"),
        ("date", 'x.{{ v|date("M") }}', LINKS, "2026-10-05"),
        ("number", "{{ v|number_format(4, '.', '.') }}", PHONE, "1800555.0199"),
        ("number", "{{ v|number_format(0, '', 'x.d') }}", LINKS, "1"),
    ],
)  # fmt: skip
def test_what_is_made_of_a_value_is_not_taken_for_settled(
    connection: Connection, type: str | None, text: str, pack: str, value: str
) -> None:
    types = {} if type is None else {VARIABLE: type, "contact.lastName": type}
    own = text.replace("(v", f"({VARIABLE}").replace("[v", f"[{VARIABLE}").replace("{{ v", f"{{{{ {VARIABLE}")
    assert proof(connection, own, pack, types, is_alone=True).verdict != "clean"
    assert type is None or not misfit(Declared(type), value)


@pytest.mark.parametrize(
    ("type", "text", "pack"),
    [
        ("integer", "Your order number: {{ max(v, 3, order.id) }}", PHONE),
        ("integer", "x.{{ max(v, 3) }}", LINKS),
        ("integer", "{{ max(v, 3) }}", LENGTH),
        ("no_links", "Dear {{ v|trim }},", LINKS),
        ("name", "Dear {{ v|trim }}, your order {{ order.id }}", PHONE),
        ("name", "Dear {{ v }},\n\n{{ text }}\n\nYour order: {{ order.id }}", PHONE),
        ("name", "Hello {{ v }}\ufe0f", EMOJI),
        ("order_id", "Order {{ v|upper }}.", PHONE),
        ("order_id", "?id={{ v|e('url') }}", LINKS),
        ("date", 'Call us on {{ v|date("l, d. F Y \\\\a\\\\t H:i") }}, or come.', PHONE),
        ("date", 'It is {{ v|date_modify("+14 days")|date("d.m.Y") }}', PHONE),
        ("date", '{{ v|date("Y-m-d") }}.de', EMOJI),
        ("number", "EUR {{ v|number_format(2, ',', '.') }}", PHONE),
    ],
)  # fmt: skip
def test_what_keeps_the_promise_is_settled(connection: Connection, type: str, text: str, pack: str) -> None:
    own = text.replace("(v", f"({VARIABLE}").replace("{{ v", f"{{{{ {VARIABLE}")
    assert proof(connection, own, pack, type, is_alone=True).verdict == "clean"


def test_no_type_is_suggested_that_an_operation_would_lose(connection: Connection) -> None:
    def suggested(text: str) -> set[str | None]:
        return {gap.suggested_type for gap in proof(connection, text, LINKS, is_alone=True).gaps}

    assert suggested("{{ contact.fullName|trim }}") == {"no_links"}
    assert (
        suggested("{{ contact.fullName|slice(1) }}")
        == suggested("{{ max(contact.fullName, 'A') }}")
        == {None}
    )
    assert suggested("{{ order.formattedProperties.externalOrderId|upper }}") == {"order_id"}


@pytest.mark.parametrize("text", ["Tel. {{ text }}", "0170 {{ text }}", "{{ text }} 600700800"])
def test_a_number_that_someone_writes_behind_a_word_for_telephones_is_shown(
    connection: Connection, text: str
) -> None:
    told = proof(connection, text, PHONE)
    assert told.verdict == "violates"
    assert told.example is not None
    assert {"PM203"} == {each.code for each in told.example.violations}


def test_a_number_behind_a_call_in_the_line_before_is_told_of(connection: Connection) -> None:
    told = proof(connection, "Thank you for your call.\n\n{{ text }}", PHONE)
    assert [gap.variable for gap in told.gaps] == ["text"]
    assert "put words around it" in told.gaps[0].reason


# -- what is proven holds, whatever is made of values

_TYPED = {
    "contact.fullName": "name",
    "contact.lastName": "name",
    "contact.title": "no_links",
    "order.formattedProperties.externalOrderId": "order_id",
    "contact.number": "integer",
    "order.formattedGeneral.openAmount": "number",
    "order.formattedDates.createdOn": "date",
    "order.formattedShipping.providerName": "one_of",
}
_ANNOUNCING = frozenset({"Hans Ruf", "Tel."})
_UNTYPED = "contact.firstName"
_VALUES: dict[str, tuple[str, ...]] = {
    "name": ("", "Anna", "Hans Ruf", "Tel.", "xTelx", "Te", "de", "Shop", "com", "My Service", "w", "-A"),
    "no_links": ("", "Shop", "meinshop.dexx", "Tel", "0170 1234567", "☺", "12", "A&B", "de", "1234567"),
    "order_id": (
        "",
        "0170-1234567",
        "302-1234567-1234567",
        "0612345678",
        "12",
        "de1",
        "030",
        "A-0170-1234567",
    ),
    "integer": ("", "0612345678", "+4917012345678", "347", "1234567", "12", "-5"),
    "number": ("", "600 700 800", "12.50", "0800 123", "1234567", "1800555.0199", "600700800", "0"),
    "date": ("", "2026-11-25", "25.11.2026 08:30", "2026-10-03 06:00:12", "1999-01-02", "12-31-1999"),
    "one_of": ("", *CARRIERS),
    "": ("", "meinshop.de", "www.shop.de", "Tel. 030 1234567", "☺", "0617-11-25 14:30", "12345678", "Ruf"),
    "text": ("", "Hello", "1234567", "Call", "Tel.", "12", "My service", "shop"),
    "own": ("347", "1234567", "12"),
}
_WRITTEN = st.sampled_from(
    [
        *(" ", " ", ", ", "\n", ". ", "-", "/", "(", ") ", "0", "030", " 1234567", "+49 ", " EUR", "\ufe0f"),
        *("Tel. ", "Order number ", "Your order ", " client ", "It is ", "l. 600700800"),
        *("www.", "x.", ".de", " dot com"),
    ]
)
_FILTERS = st.sampled_from(
    """
    -
    -
    -
    |trim
    |trim("x")
    |trim("1", "right")
    |upper
    |lower
    |capitalize
    |title
    |nl2br
    |slice(0, 2)
    |slice(1)
    |first
    |last
    |reverse
    |replace({'x': ''})
    |split(' ')|first
    |split('')|join('.')
    |abs
    |round
    |round(2)
    |length
    |e('url')
    |striptags
    |spaceless
    |number_format(2, ',', '.')
    |number_format(0, '', ' ')
    |number_format(4, '.', '.')
    |date('d.m.Y')
    |date('d.m.Y H:i')
    |date('H d m y s')
    |date('0H dmy')
    |date('M')
    |date('U')
    |date('l, d. F Y')
    |date('m-d-Y')
    |date_modify('+1 day')|date('Y-m-d')
    |format
    |default('de')
    |url_encode
    |json_encode
    |raw
    |date
    """.replace("-\n", "\n")
    .strip("\n")
    .split("\n")
).map(str.strip)
_NAMES = st.sampled_from([*_TYPED, *_TYPED, _UNTYPED, "text", "order.id", "order.id"])
_EXPRESSIONS = st.one_of(
    st.builds("{}{}".format, _NAMES, _FILTERS),
    st.builds("{}{}".format, _NAMES, _FILTERS),
    st.builds("max({}, {})".format, _NAMES, st.one_of(_NAMES, st.sampled_from(["'A'", "3"]))),
    st.builds("min([{}, {}]){}".format, _NAMES, _NAMES, _FILTERS),
    st.builds("({} ~ '{}' ~ {}){}".format, _NAMES, st.sampled_from(["", " ", "."]), _NAMES, _FILTERS),
    st.builds("{} ?: {}".format, _NAMES, _NAMES),
    st.builds("({} {} 3)".format, _NAMES, st.sampled_from(["+", "-", "*", "=="])),
    st.builds("'%s.%s'|format({}, {})".format, _NAMES, _NAMES),
    st.builds("[{}, {}]|join('{}')".format, _NAMES, _NAMES, st.sampled_from([" ", "", "."])),
)
_PIECES = st.one_of(_WRITTEN, _EXPRESSIONS.map("{{{{ {} }}}}".format))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pieces=st.lists(_PIECES, min_size=1, max_size=6),
    pack=st.sampled_from([LINKS, PHONE, PHONE, EMOJI]),
    is_html=st.booleans(),
    data=st.data(),
)
def test_nothing_that_is_proven_clean_is_broken_by_what_is_made_of_values(
    connection: Connection, pieces: list[str], pack: str, is_html: bool, data: st.DataObject
) -> None:
    text = "".join(pieces)
    parts = {"text": "", "html": f"<p>{text}</p>"} if is_html else {"text": text}
    told = proof(connection, pack=pack, types=_TYPED, is_alone=True, allowed=CARRIERS, **parts)
    assume(told.verdict == "clean")
    kinds = {**_TYPED, _UNTYPED: "", "text": "text", "order.id": "own"}
    fitting = {
        name: [text for text in _VALUES[kind] if kind not in _TYPED.values() or kind == "one_of"
               or not misfit(Declared(kind), text)]
        for name, kind in kinds.items() if name in text
    }  # fmt: skip
    for _ in range(25):
        values = {name: data.draw(st.sampled_from(texts)) for name, texts in fitting.items()}
        if values.get("text", "")[:1].isdigit() and _ANNOUNCING.intersection(values.values()):
            continue  # what someone writes behind a name is judged with that name
        broken = broken_by(connection, pack, values, is_alone=True)
        assert broken is None, (values, broken)
