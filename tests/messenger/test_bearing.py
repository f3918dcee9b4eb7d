"""Which types settle which rules, for a template that prints a value of the type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from plentymsg.messenger.proving.bearing import BEARING
from plentymsg.messenger.proving.telephones import LIKE_TELEPHONES
from plentymsg.messenger.setup.typed_variables import VariableFields
from plentymsg.messenger.value_types import NATURAL, TYPES, Declared, misfit
from plentymsg.rules.catalogue import rules
from plentymsg.rules.requirements import no_emoji
from plentymsg.rules.telephone.finding import find_telephones
from plentymsg.rules.telephone.words import ANNOUNCING, FILLING, SERVICES
from plentymsg.store.driver import Connection
from tests.messenger.proofs import VARIABLE, proof

PACKS = ("plentyone", "addresses", "telephone", "emoji", "length")

CLEAN, VIOLATES, UNTOLD = "clean", "violates", "cannot tell"
SETTLED = {
    "text": (UNTOLD, UNTOLD, UNTOLD, UNTOLD, UNTOLD),
    "no_links": (CLEAN, CLEAN, UNTOLD, UNTOLD, UNTOLD),
    "name": (CLEAN, CLEAN, CLEAN, CLEAN, UNTOLD),
    "number": (CLEAN, CLEAN, UNTOLD, CLEAN, CLEAN),
    "integer": (CLEAN, CLEAN, UNTOLD, CLEAN, CLEAN),
    "date": (CLEAN, CLEAN, CLEAN, CLEAN, CLEAN),
    "order_id": (CLEAN, CLEAN, UNTOLD, CLEAN, CLEAN),
    "one_of": (CLEAN, CLEAN, CLEAN, CLEAN, CLEAN),
    "email": (CLEAN, VIOLATES, UNTOLD, UNTOLD, CLEAN),
    "url": (VIOLATES, VIOLATES, VIOLATES, VIOLATES, VIOLATES),
}
"""By type, what is said under each of `PACKS` of a template that prints one value with blanks around it."""


def test_it_is_known_of_every_rule_how_a_value_can_break_it() -> None:
    assert BEARING.keys() == {rule.code for rule in rules()}


def test_every_type_can_be_configured_and_stands_in_the_table() -> None:
    assert set(get_args(VariableFields.model_fields["type"].annotation)) == TYPES.keys() == SETTLED.keys()


@pytest.mark.parametrize(
    ("type", "pack", "verdict"),
    [(type, pack, SETTLED[type][at]) for type in SETTLED for at, pack in enumerate(PACKS)],
)
def test_a_type_settles_a_rule(connection: Connection, type: str, pack: str, verdict: str) -> None:
    assert proof(connection, f"Thank you, {{{{ {VARIABLE} }}}}, for it.", pack, type).verdict == verdict


@pytest.mark.parametrize("pack", PACKS)
def test_what_someone_writes_is_judged_when_it_is_written(connection: Connection, pack: str) -> None:
    assert proof(connection, "Hello,\n\n{{ text }}\n\nYour shop", pack).verdict == CLEAN


@pytest.mark.parametrize(
    ("type", "text", "verdict"),
    [
        ("order_id", "Bestellnummer: {{ v }}.", CLEAN),
        ("integer", "Your order number {{ v }}", CLEAN),
        ("number", "It costs EUR {{ v }}", CLEAN),
        ("order_id", "Tel. {{ v }}", VIOLATES),
        ("date", "Tel. {{ v }}", CLEAN),
        ("date", "On 12 {{ v }}", UNTOLD),
        ("date", "On {{ v }} 12", UNTOLD),
        ("date", "On {{ v }} {{ order.id }}", UNTOLD),
        ("date", "On {{ v }} of {{ order.id }}", CLEAN),
        ("name", "Call {{ v }}, order {{ order.id }}", CLEAN),
        ("name", "{{ v|upper }} and {{ v|trim }}", UNTOLD),
    ],
)
def test_a_number_is_no_telephone_number_where_that_is_clear(
    connection: Connection, type: str, text: str, verdict: str
) -> None:
    assert proof(connection, text.replace("{{ v", f"{{{{ {VARIABLE}"), "telephone", type).verdict == verdict


def test_a_value_in_a_tag_may_be_a_telephone_number_too(connection: Connection) -> None:
    def told(type: str, tag: str) -> str:
        html = tag.format(f"{{{{ {VARIABLE} }}}}")
        return proof(connection, "", "telephone", type, html=html, is_alone=True).verdict

    assert told("no_links", "<a href='{}'>x</a>") == UNTOLD
    assert told("integer", "<p style='width: {}px'>x</p>") == CLEAN
    assert told("integer", "<a href='tel:{}'>x</a>") == VIOLATES


def test_numbers_beside_one_another_are_told_of_both(connection: Connection) -> None:
    told = proof(
        connection,
        "On {{ contact.fullName }} - {{ order.formattedDates.createdOn }}!",
        "telephone",
        "date",
    )
    assert [gap.variable for gap in told.gaps] == ["contact.fullName", "order.formattedDates.createdOn"]
    assert "say in front what number it is" in told.gaps[0].reason


def test_a_type_is_suggested_that_settles_it(connection: Connection) -> None:
    def suggested(text: str, pack: str, types: Mapping[str, str] | str | None = None) -> set[str | None]:
        return {gap.suggested_type for gap in proof(connection, text, pack, types).gaps}

    assert suggested("{{ contact.fullName }}", "plentyone") == {"no_links"}
    assert suggested("{{ contact.fullName }}", "telephone") == {"name"}
    assert suggested("{{ contact.fullName }}", "emoji", "no_links") == {"name"}
    carrier = "order.formattedShipping.providerName"
    assert suggested(f"{{{{ {carrier} }}}}", "telephone", {carrier: "no_links"}) == {None}


def test_values_that_look_like_telephone_numbers_are_known_of_each_type_of_numbers() -> None:
    of_numbers = {name for name, type in TYPES.items() if not type.is_free and not type.is_wordy}
    assert LIKE_TELEPHONES.keys() == of_numbers - {"one_of", "url"}
    for type, values in LIKE_TELEPHONES.items():
        for value in values:
            assert misfit(Declared(type), value) == ""
            assert list(find_telephones(f"It is {value}.")) != [], value


_WORDS = sorted({*ANNOUNCING, *FILLING, *SERVICES, "Anna", "Müller", "Nr.", "-", "&", "é", "10", "①", "ℹ"})
_NAMES = st.one_of(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join),
    st.text(st.characters(categories=("L", "M", "P", "Zs", "N")), max_size=12),
)


@settings(suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
@given(
    name=_NAMES,
    before=st.sampled_from(["", "Tel. ", "Tel. 030 ", "(030) ", "+49 ", "600 ", "© ", "Order number "]),
    behind=st.sampled_from(["", ", order number 0612345678", ": it is", " \ufe0f\u20e3", "\ufe0f"]),
)
@example(name="①②③④⑤⑥⑦", before="Tel. ", behind="")
@example(name="My Service", before="", behind=", order number 0612345678")
def test_a_name_is_no_telephone_number_and_no_emoji_and_makes_none(
    name: str, before: str, behind: str
) -> None:
    """Only of a number behind it that nothing says what it is, a name such as `Ruf` may make one."""
    assume(name and not misfit(Declared("name"), name))
    assert not list(find_telephones(f"{before}{name}{behind}"))
    assert not list(no_emoji._pattern().finditer(f"{name}{behind}"))


_TWO_DIGITS = st.integers(0, 99).map(str) | st.integers(0, 99).map("{:02}".format)


@given(
    st.tuples(_TWO_DIGITS, _TWO_DIGITS, st.sampled_from(["26", "2026", "1"])),
    st.sampled_from("./-"),
    st.sampled_from(["", " 08:30", "T08:30:00+0100"]),
)
def test_a_date_is_no_telephone_number(parts: tuple[str, ...], sign: str, time: str) -> None:
    for value in (sign.join(parts) + time, sign.join(reversed(parts)) + time):
        if not misfit(Declared("date"), value):
            assert not list(find_telephones(f"Tel. {value}"))


_TYPED = {
    "contact.fullName": "name",
    "contact.title": "name",
    "order.formattedProperties.externalOrderId": "order_id",
    "order.formattedGeneral.openAmount": "number",
    "contact.number": "integer",
    "order.formattedDates.createdOn": "date",
    "order.id": "integer",
}
_VALUES = {
    "name": ("", "Anna", "Nr-A", "Bestell", "Müller GmbH", "Hans Ruf"),
    "order_id": ("0170-1234567", "302-1234567-1234567", "0612345678", "12", "030", "1234567", "347", ""),
    "number": ("600 700 800", "12.50", "0800 123", "347", "1234567", "0612345678", ""),
    "integer": ("0612345678", "+4917012345678", "347", "1234567", "12"),
    "date": ("01.02.20", "2026-11-25", "25.11.2026 08:30"),
}
_WRITTEN = (
    *("Tel. ", "Bestellnummer ", "Nr. ", " ", " ", ", ", "-", "/", "(", ") ", "030", " 1234567", "+49 "),
    *(" und ", "\n", " EUR", "0", "347 "),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pieces=st.lists(
        st.one_of(st.sampled_from(_WRITTEN), st.sampled_from(sorted(_TYPED)).map("{{{{ {} }}}}".format)),
        min_size=1,
        max_size=6,
    ),
    data=st.data(),
)
def test_no_telephone_number_comes_of_what_is_proven_to_have_none(
    connection: Connection, pieces: list[str], data: st.DataObject
) -> None:
    own = {name: type for name, type in _TYPED.items() if name not in NATURAL}
    assume(proof(connection, "".join(pieces), "telephone", own).verdict == CLEAN)
    for _ in range(20):
        values = {name: data.draw(st.sampled_from(_VALUES[type])) for name, type in _TYPED.items()}
        values["order.id"] = data.draw(st.sampled_from(["347", "1234567", "12"]))
        text = "".join(values.get(piece.strip("{} "), piece) for piece in pieces)
        assert not list(find_telephones(text)), text
