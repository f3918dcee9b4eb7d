"""Templates as they leave: previews, languages, what of Twig works."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.shelf import customer, put, sent, shop, version
from tests.desk import Desk


def preview(desk: Desk, name: str, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.json("template", "preview", name, *options)
    return found


def test_every_store_begins_with_the_default_template(desk: Desk) -> None:
    """`Messenger default NEW` is shipped, in the folder Default templates.

    M-169 `plentymsg template list`
    """
    (row,) = desk.json("template", "list")
    assert (row["name"], row["folder"], row["kind"]) == (
        "Messenger default NEW",
        "Default templates",
        "template",
    )


def test_the_default_template_can_be_adjusted(desk: Desk) -> None:
    """The default template is changed as any other, and the next message shows it.

    M-170 `plentymsg template set "Messenger default NEW"`
    """
    shop(desk)
    desk.do(
        "template", "set", "Messenger default NEW", *version(desk, "de", "Moin! {{ text }}", subject="Neu")
    )
    desk.do("send", "--to", "a@example.com", "--text", "Ja", "--queue")
    assert (sent(desk)["subject"], sent(desk)["text"]) == ("Neu", "Moin! Ja")


def test_the_default_template_is_preselected_for_new_conversations(desk: Desk) -> None:
    """A new channel has the default template for new conversations.

    M-171 `plentymsg channel add NAME`
    """
    assert desk.json("channel", "add", "Laden")["templates"]["new"] == "Messenger default NEW"


def test_the_default_template_names_the_shop_the_customer_and_the_writer(desk: Desk) -> None:
    """The default template has the shop's name as subject, the customer's full name, the HTML signature.

    M-172 `plentymsg template preview "Messenger default NEW" --contact ID`
    """
    customer(desk, name="<Petra>")
    signature = desk.store.parent / "signature.html"
    signature.write_text("<b>Ihr Team</b>")
    desk.do("account", "set", "--signature-html-file", str(signature))
    shown = preview(desk, "Messenger default NEW", "--contact", "7", "--text", "Gern.")
    assert shown["subject"] == "Holzweg GmbH"
    assert shown["html"] == ("<p>Hello &lt;Petra&gt; Müller,</p>\n<p>Gern.</p>\n<div><b>Ihr Team</b></div>")
    assert shown["text"] == "Hello <Petra> Müller,\n\nGern.\n\nIhr Team"
    for each in desk.json("template", "show", "Messenger default NEW")["versions"]:
        assert "{{ globals.account.signatureHTML | raw }}" in each["html"]


def test_own_templates_are_made_and_chosen(desk: Desk) -> None:
    """Own templates are made, given to a channel, and chosen for a single message.

    M-174 `plentymsg template add NAME`
    """
    put(desk, "Kurz", "Kurz: {{ text }}", subject="Kurz")
    put(desk, "Lang", "Lang: {{ text }}", subject="Lang")
    shop(desk, "--template-new", "Kurz")
    desk.do("send", "--to", "a@example.com", "--text", "Ja", "--queue")
    assert sent(desk)["text"] == "Kurz: Ja"
    desk.do("send", "--to", "a@example.com", "--text", "Ja", "--template", "Lang", "--queue")
    assert sent(desk)["text"] == "Lang: Ja"


def test_a_subject_is_twig_and_becomes_one_line(desk: Desk) -> None:
    """A subject may have Twig in double curly brackets, and is always one line.

    M-173 `plentymsg template preview NAME`
    """
    customer(desk, name="Petra\r\nBcc: all@example.com")
    put(desk, "Kurz", "x", subject="{{ globals.clientName }}: {{ contact.firstName }}{# why #}")
    shown = preview(desk, "Kurz", "--contact", "7")
    assert shown["subject"] == "Holzweg GmbH: Petra Bcc: all@example.com"
    assert (
        "a line break"
        in desk.refused("template", "set", "Kurz", "--language", "de", "--subject", "a\nb", code=2)["message"]
    )


def test_the_variables_of_an_editor_do_not_exist_in_a_subject(desk: Desk) -> None:
    """What is no Twig stays as it is written in a subject, and a variable that does not exist is refused.

    M-173 `plentymsg template set NAME --subject SUBJECT`
    """
    put(desk, "Kurz", "x", subject="$OrderId [contact.fullName] {contact.fullName}")
    assert preview(desk, "Kurz")["subject"] == "$OrderId [contact.fullName] {contact.fullName}"
    words = ("template", "set", "Kurz", "--language", "de", "--subject", "Hallo {{ fullName }}")
    assert "subject:1:10" in desk.refused(*words, code=4)["message"]


def test_a_template_is_shown_with_an_orders_data(desk: Desk) -> None:
    """A template is shown as text or as HTML with the data of an order and its customer.

    M-182 `plentymsg template preview NAME --order ID`
    """
    customer(desk)
    put(
        desk,
        "Rechnung",
        "{{ contact.fullName }}: {{ order.id }}\n{{ text }}",
        "<b>{{ contact.fullName }}</b> {{ text }}",
        subject="Auftrag {{ order.formattedProperties.externalOrderId }}",
    )
    words = ("template", "preview", "Rechnung", "--order", "70", "--text", "Danke & bis bald")
    assert desk.do(*words) == ("Subject: Auftrag 305-1234567-1234567\n\nPetra Müller: 70\nDanke & bis bald\n")
    assert desk.do(*words, "--html") == "<b>Petra Müller</b> Danke &amp; bis bald\n"
    shown = preview(desk, "Rechnung", "--order", "305-1234567-1234567", "--contact", "7")
    assert set(shown) == {"subject", "text", "html", "language", "warnings"}


def test_what_is_known_but_empty_is_warned_of(desk: Desk) -> None:
    """Where a variable that exists has no value, the preview warns and names the place.

    M-182 `plentymsg template preview NAME`
    """
    put(desk, "Kurz", "Hallo\n  {{ contact.fullName }}")
    done = desk.run("template", "preview", "Kurz")
    assert done.out == "Hallo\n"
    assert "text:2:6: `contact.fullName` is empty." in done.err


@pytest.mark.parametrize(
    ("options", "code", "problem"),
    [
        (["--order", "71"], 3, "no order"),
        (["--contact", "eva"], 3, "no contact"),
        (["--order", "9" * 400], 3, "no order"),
        (["--language", "fr"], 3, "no version in 'fr'"),
        (["--language", "x\x1b[31m"], 3, "no version"),
        (["--contact", ""], 3, "no contact"),
    ],
)
def test_a_preview_of_what_is_not_there_is_refused(
    desk: Desk, options: list[str], code: int, problem: str
) -> None:
    customer(desk)
    assert (
        problem
        in desk.refused("template", "preview", "Messenger default NEW", *options, code=code)["message"]
    )


def test_a_preview_shows_customers_only_to_who_may_read_them(desk: Desk) -> None:
    customer(desk)
    desk.do("user", "add", "jan.kiefer")
    desk.rows("INSERT INTO access_role (id, name, advanced) VALUES (1, 'Texts', 1)")
    desk.rows("INSERT INTO access_role_right (role_id, \"right\") VALUES (1, 'CRM > EmailBuilder > Read')")
    desk.rows("INSERT INTO user_access_role SELECT id, 1 FROM user_account WHERE login = 'jan.kiefer'")
    desk.become("jan.kiefer")
    desk.do("template", "preview", "Messenger default NEW")
    error = desk.refused("template", "preview", "Messenger default NEW", "--contact", "7", code=5)
    assert error["missing"] == ["CRM > Messenger > Read"]


@pytest.mark.parametrize(
    ("text", "html", "wanted"),
    [
        (
            "",
            "<p>Hallo <b>Eva</b></p><p>&amp; alle</p>",
            ("Hallo Eva\n\n& alle", "<p>Hallo <b>Eva</b></p><p>&amp; alle</p>"),
        ),
        (
            "Hallo <Eva>\n\nTschüss",
            "",
            ("Hallo <Eva>\n\nTschüss", "<p>Hallo &lt;Eva&gt;</p>\n<p>Tschüss</p>"),
        ),
        ("Text", "<i>HTML</i>", ("Text", "<i>HTML</i>")),
    ],
)
def test_a_mail_has_text_and_html_whichever_the_template_has(
    desk: Desk, text: str, html: str, wanted: tuple[str, str]
) -> None:
    """A mail has a text and an HTML part; a template with only one of them gives the other too.

    M-181 `plentymsg send --template NAME`
    """
    put(desk, "Kurz", text, html, subject="x")
    shop(desk)
    desk.do("send", "--to", "a@example.com", "--template", "Kurz", "--queue")
    assert (sent(desk)["text"], sent(desk)["html"]) == wanted
    (raw,) = desk.rows("SELECT raw FROM message_raw")[0]
    assert b"multipart/alternative" in raw


def test_a_version_in_the_recipients_language_is_taken(desk: Desk) -> None:
    customer(desk, language="en")
    put(desk, "Antwort", "Hallo", subject="x")
    desk.do("template", "set", "Antwort", *version(desk, "en", "Hello"))
    assert preview(desk, "Antwort", "--contact", "7")["text"] == "Hello"
    assert preview(desk, "Antwort", "--order", "70")["language"] == "en"
    assert preview(desk, "Antwort")["language"] == "de"


def test_another_language_than_the_recipients_is_a_warning(desk: Desk) -> None:
    """A template in another language than its recipient's is sent, with a warning that names both.

    M-177 `plentymsg template preview NAME --contact ID`
    """
    customer(desk, language="fr_CH")
    put(desk, "Antwort", "Hallo", subject="x")
    warning = "The template 'Antwort' is in de, but the recipient's language is fr."
    assert preview(desk, "Antwort", "--contact", "7")["warnings"] == [warning]
    assert warning in desk.run("template", "preview", "Antwort", "--contact", "7").err
    desk.do("template", "set", "Antwort", *version(desk, "fr", "Bonjour"))
    assert preview(desk, "Antwort", "--contact", "7")["warnings"] == []
    assert preview(desk, "Antwort", "--contact", "7", "--language", "de")["warnings"] == [warning]
    desk.do("template", "set", "Antwort", *version(desk, "all", "Hi"))
    desk.do("template", "delete", "Antwort", "--language", "fr", "--yes")
    everyone = preview(desk, "Antwort", "--contact", "7")
    assert (everyone["language"], everyone["warnings"]) == ("all", [])


def test_a_message_to_a_contact_is_in_their_language(desk: Desk) -> None:
    """A message to a contact takes their language and data; where it cannot have the language, that is said.

    M-177 `plentymsg send --to contact:ID`
    """
    customer(desk, language="en")
    shop(desk, "--template-new", "Messenger default NEW")
    words = ("send", "--to", "contact:7", "--text", "Yes", "--queue")
    assert desk.run(*words).err.count("Warning") == 0
    assert sent(desk)["text"] == "Hello Petra Müller,\n\nYes"
    warning = "The template 'Messenger default NEW' is in de, but the recipient's language is en."
    assert warning in desk.run(*words, "--language", "de").err
    assert sent(desk)["text"] == "Hallo Petra Müller,\n\nYes"
    error = desk.refused(*words, "--language", "fr", code=3)
    assert "no version in 'fr'" in error["message"]


def test_globals_contact_and_order_can_be_shown(desk: Desk) -> None:
    """Templates show the shop, the customer, the order with its lines, and text blocks.

    M-178 `plentymsg template preview NAME --order ID`
    """
    customer(desk)
    put(desk, "Gruß", "Ihr {{ globals.clientName }}", kind="text_block")
    put(
        desk,
        "Alles",
        "{{ globals.clientName }}/{{ contact.firstName }}/{{ contact.lang }}/"
        "{{ order.formattedGeneral.invoiceTotal }}"
        "{% for item in order.orderItems %} {{ item.quantity }}x{{ item.orderItemName }}{% endfor %}"
        " {{ textBlocks.Gruß }}",
    )
    assert preview(desk, "Alles", "--order", "70")["text"] == (
        "Holzweg GmbH/Petra/en/1234.5 2xBuchenbrett 1xÖl Ihr Holzweg GmbH"
    )


TWIG = [
    (
        "{% if contact.lang == 'de' %}Hallo{% elseif contact.lang == 'en' %}Hello{% else %}?{% endif %}",
        "Hello",
    ),
    ("{% if contact.lang == 'de' %}Hallo{% else if contact.lang == 'en' %}Hello{% endif %}", "Hello"),
    ("{{ contact.lang is same as('en') ? 'yes' : (order.id ? 'no' : 'none') }}", "yes"),
    (
        "{{ '2026-11-25'|date('d.m.Y') }} {{ '2026-11-25 18:30'|date('j.n.y H:i') }}",
        "25.11.2026 25.11.26 18:30",
    ),
    ("{{ order.formattedGeneral.invoiceTotal|number_format(2, ',', '.') }}", "1.234,50"),
    (
        "{{ order.orderItems|map(p => \"#{p.quantity} #{p.orderItemName}\")|join(', ') }}",
        "2 Buchenbrett, 1 Öl",
    ),
    ("{{ contact.firstName ~ '!' }} {{ '<b>'|raw }}", "Petra! <b>"),
    ("{% block greeting %}Hi{% endblock %}{% for i in 1..3 if i != 2 %}{{ i }}{% endfor %}{# no #}", "Hi13"),
]


@pytest.mark.parametrize(("source", "printed"), TWIG)
def test_twig_works_as_plentyone_users_write_it(desk: Desk, source: str, printed: str) -> None:
    """Twig's tags, operators, tests and filters work as PlentyONE's users write them.

    M-179 `plentymsg template preview NAME`
    """
    customer(desk)
    put(desk, "Twig", source)
    assert preview(desk, "Twig", "--order", "70")["text"] == printed


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a\n{% macro x() %}", "text:2:4"),
        ("{{ order.id|localizeddate }}", "text:1:13"),
        ("{{ order.idd }}", "text:1:10"),
        ("{% if order.id %}", "text:1:4"),
        ("{{ contact.fullName", "text:1:1"),
    ],
)
def test_twig_that_cannot_be_read_is_an_error_with_its_place(desk: Desk, source: str, place: str) -> None:
    """Twig that cannot be read is refused with line and column, before it is stored.

    M-179 `plentymsg template add NAME --text-file FILE`
    """
    words = ("template", "add", "Twig", *version(desk, "de", source))
    assert place in desk.refused(*words, code=4)["message"]
    desk.refused("template", "show", "Twig", code=3)
