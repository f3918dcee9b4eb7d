"""The tree of known variables, and how it is filled."""

from __future__ import annotations

import pytest

from plentymsg.errors import TemplateFault
from plentymsg.templates.render import Rendered, Version, render
from plentymsg.templates.variables import TREE, PlainText, build


def _text(source: str, known: dict[str, object]) -> Rendered:
    return render(Version("", source, ""), build(known))


@pytest.mark.parametrize(
    "name",
    [
        "globals.clientName",
        "globals.account.EORINumber",
        "globals.bank.iban",
        "globals.links.linkWebstore",
        "globals.legalInformation.privacyPolicy.plain",
        "globals.coupons.couponCode10",
        "contact.formattedSalutation.label",
        "contact.formattedUser.signatureNoHtml",
        "order.formattedDates.createdOnDateAndTime",
        "order.formattedShipping.packageNumberList",
        "order.formattedAddresses.deliveryAddress.country.name",
        "order.formattedAddresses.invoiceAddress.formattedOptions.telephone",
        "messenger.formattedMessage.conversationHistory",
        "text",
        "order.orderItems[0].formattedAmounts.grossPrice",
        "contact.formattedOptions.phonePrivate",
    ],
)
def test_a_known_name_without_value_is_empty_with_a_warning(name: str) -> None:
    rendered = _text(f"<{{{{ {name} }}}}>", {})
    assert rendered.text == "<>"
    assert rendered.warnings == (f"text:1:5: `{name}` is empty.",)


@pytest.mark.parametrize(
    "name", ["clientName", "globals.clientname", "contact.fulName", "order.items", "x.y"]
)
def test_an_unknown_name_is_an_error(name: str) -> None:
    with pytest.raises(TemplateFault, match="There is no variable"):
        _text(f"{{{{ {name} }}}}", {})


def test_values_come_from_flat_names_and_nested_mappings_alike() -> None:
    rendered = _text(
        "{{ contact.fullName }} {{ contact.id }} {{ order.formattedReferrer.name }} {{ block }}",
        {
            "contact.fullName": "Petra",
            "contact": {"id": 5},
            "order": {"formattedReferrer": {"name": "eBay"}},
            "block": "B",
        },
    )
    assert rendered == Rendered("", "Petra 5 eBay B", "", ())


def test_a_later_nested_mapping_keeps_the_flat_values_before_it() -> None:
    assert _text("{{ contact.id }}", {"contact": {"id": 5}, "contact.fullName": "P"}).text == "5"


def test_order_items_are_a_list_whose_entries_know_their_names() -> None:
    rendered = _text(
        "{% for item in order.orderItems %}{{ item.quantity }}x{{ item.variation.number }};{% endfor %}",
        {"order.orderItems": [{"quantity": 2, "variation.number": "A"}, {"quantity": 3}]},
    )
    assert rendered.text == "2xA;3x;"
    assert rendered.warnings == ("text:1:58: `item.variation.number` is empty.",)
    with pytest.raises(TemplateFault, match="is a list and has no"):
        _text("{{ order.orderItems.quantity }}", {"order.orderItems": [{"quantity": 2}]})


@pytest.mark.parametrize(
    ("known", "printed"), [({}, "none"), ({"order.id": None}, "none"), ({"order.id": 7}, "order 7")]
)
def test_a_branch_is_true_if_anything_in_it_has_a_value(known: dict[str, object], printed: str) -> None:
    assert _text("{% if order %}order {{ order.id }}{% else %}none{% endif %}", known).text == printed


def test_a_branch_iterates_over_what_has_a_value() -> None:
    source = "{% for k, v in globals.bank %}{{ k }}={{ v }};{% endfor %}{{ globals.bank|length }}"
    assert _text(source, {"globals.bank.iban": "DE1", "globals.bank.bic": None}).text == "iban=DE1;1"


def test_plain_text_is_escaped_and_keeps_its_lines_only_in_html() -> None:
    text = PlainText("Grüße <3\r\n& mehr")
    rendered = render(Version("{{ text }}", "{{ text }}", "<p>{{ text }}</p>"), build({"text": text}))
    assert rendered.subject == "Grüße <3 & mehr"
    assert rendered.text == "Grüße <3\r\n& mehr"
    assert rendered.html == "<p>Grüße &lt;3<br>\n&amp; mehr</p>"


def test_a_whispered_message_is_warned_of() -> None:
    name = "messenger.formattedMessage.conversationLastWhisperedMessage"
    rendered = _text(f"{{{{ {name} }}}}", {name: "secret"})
    assert rendered.warnings == ("text:1:31: This is a whispered message, which is internal.",)


def test_every_name_of_the_tree_can_be_read() -> None:
    def names(branch: dict[str, object], prefix: str) -> list[str]:
        found = []
        for name, below in branch.items():
            path = f"{prefix}{name}"
            if isinstance(below, dict):
                found += names(below, f"{path}.")
            elif name != "*" and not isinstance(below, list):
                found.append(path)
        return found

    leaves = names(TREE, "")
    assert len(leaves) > 90
    rendered = _text("".join(f"{{{{ {name} }}}};" for name in leaves), dict.fromkeys(leaves, "x"))
    assert rendered.text == "x;" * len(leaves)
