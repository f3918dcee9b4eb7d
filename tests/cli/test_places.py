"""A violation has its place in the text that its author wrote: given, of a template, of a mail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shelf import put, shop
from tests.desk import Desk
from tests.journeys.mails import mail
from tests.messenger.customers import add_channel


@pytest.fixture
def ebay(desk: Desk) -> Desk:
    """A default channel of eBay, whose messages are in the template `Antwort` if there is one."""
    shop(desk, "--marketplace", "ebay")
    return desk


def found(desk: Desk, *options: str, stdin: bytes = b"") -> list[dict[str, Any]]:
    """What `check` finds; `send` must refuse the message with the same."""
    message = ("--to", "petra@example.com", *options, "--json")
    checked = desk.run("check", "--channel", "Laden", *message, stdin=stdin)
    violations: list[dict[str, Any]] = json.loads(checked.out)["violations"]
    sent = desk.run("send", *message, stdin=stdin)
    assert checked.code == sent.code == 4
    assert json.loads(sent.err.splitlines()[-1])["error"]["violations"] == violations
    return violations


def place(violation: dict[str, Any]) -> tuple[str, int, int, str]:
    return violation["part"], violation["line"], violation["column"], violation["excerpt"]


def told(desk: Desk, *options: str) -> list[str]:
    """The lines of `check` that say where something is."""
    lines = desk.run("check", "--channel", "Laden", *options).out.splitlines()
    return [line for line in lines if "PM201" in line]


def use(desk: Desk, text: str, html: str = "", *options: str, subject: str = "Hallo") -> None:
    put(desk, "Antwort", text, html, *options, subject=subject)
    desk.do("channel", "set", "Laden", "--template-new", "Antwort")


def test_a_link_in_a_given_text_is_told_once_and_in_the_line_that_was_written(ebay: Desk) -> None:
    use(ebay, "Guten Tag,\n\n{{ text }}\n\nIhr Holzweg", "<p>Guten Tag,</p>\n<p>{{ text }}</p>")
    given = "Das Öl <neu> & mehr\r\n\r\nSiehe www.holzweg.de/?a=1&b=2 dazu."
    (violation,) = found(ebay, "--text", given)
    assert place(violation) == ("text", 3, 7, "www.holzweg.de/?a=1&b=2")
    assert given[violation["offset"] :][: violation["length"]] == "www.holzweg.de/?a=1&b=2"
    assert [(each["part"], each["line"], each["column"]) for each in violation["in_message"]] == [
        ("text", 5, 7),
        ("html", 4, 7),
    ]
    assert violation["origin"]["kind"] == "given"
    assert violation["origin"]["snippet"] == "Siehe www.holzweg.de/?a=1&b=2 dazu."


def test_without_a_template_the_html_made_of_a_text_is_not_told_again(ebay: Desk) -> None:
    ebay.do("channel", "set", "Laden", "--template-new", "")
    (violation,) = found(ebay, "--subject", "Hallo", "--text", "Hallo,\n\n\nwww.holzweg.de & mehr")
    assert place(violation) == ("text", 4, 1, "www.holzweg.de")


def test_text_that_was_made_of_given_html_leads_to_the_html(ebay: Desk, tmp_path: Path) -> None:
    html = "<p>Hallo</p>\n<table><tr><td>www.<b>holzweg</b>.de</td></tr></table>\n"
    (tmp_path / "a.html").write_text(html)
    ebay.do("channel", "set", "Laden", "--template-new", "")
    (violation,) = found(ebay, "--subject", "Hallo", "--html-file", str(tmp_path / "a.html"))
    assert place(violation) == ("html", 2, 16, "www.<b>holzweg</b>.de")
    assert {each["part"] for each in violation["in_message"]} == {"text", "html"}


def test_a_given_subject_is_meant_as_it_was_given(ebay: Desk) -> None:
    (violation,) = found(ebay, "--subject", "  Zu   www.holzweg.de", "--text", "Hallo")
    assert place(violation) == ("subject", 1, 8, "www.holzweg.de")


def test_what_a_template_says_is_told_in_its_own_lines(ebay: Desk) -> None:
    html = "<p>{{ text }}</p>\r\n\r\n<a href='//x.de'>x</a>"
    use(ebay, "Guten Tag\n{{ text }}\n\nMehr: www.holzweg.de", html)
    assert told(ebay, "--text", "eins\nzwei") == [
        "template 'Antwort' (de, text):4:7 PM201 eBay does not allow links.",
        "template 'Antwort' (de, html):3:10 PM201 eBay does not allow links.",
    ]


def test_a_template_of_text_alone_is_told_once(ebay: Desk) -> None:
    use(ebay, "Guten Tag\n\nwww.holzweg.de\n{{ text }}", subject="Zu {{ text }} auf www.holzweg.de")
    assert told(ebay, "--text", "eins") == [
        "template 'Antwort' (de, subject):1:19 PM201 eBay does not allow links.",
        "template 'Antwort' (de, text):3:1 PM201 eBay does not allow links.",
    ]


def test_header_footer_text_block_and_include_are_named(ebay: Desk) -> None:
    put(ebay, "Kopf", "Holzweg\nwww.kopf.de", kind="header")
    put(ebay, "Fuß", "www.fuss.de", kind="footer")
    put(ebay, "Zeiten", "Offen:\n www.zeiten.de", kind="text_block")
    part = put(ebay, "Teil", "\n\nwww.teil.de")["versions"][0]["id"]
    include = f"{{% include {part} %}}"
    use(ebay, "{{ textBlocks.Zeiten }}" + include + "{{ text }}", "", "--header", "Kopf", "--footer", "Fuß")
    assert told(ebay, "--text", "eins") == [
        "template 'Kopf' (de, text):2:1 PM201 eBay does not allow links.",
        "template 'Zeiten' (de, text):2:2 PM201 eBay does not allow links.",
        "template 'Teil' (de, text):3:1 PM201 eBay does not allow links.",
        "template 'Fuß' (de, text):1:1 PM201 eBay does not allow links.",
    ]


def test_what_parent_prints_is_told_of_the_template_that_is_extended(ebay: Desk) -> None:
    base = put(ebay, "Basis", "Hallo\n{% block b %}\n www.basis.de {{ text }}{% endblock %}")["versions"][0][
        "id"
    ]
    block = "{% block b %}{% set x %}{{ parent() }}{% endset %}{{ x }} {{ parent()|raw }}{% endblock %}"
    use(ebay, f"{{% extends {base} %}}{block}", "<p>Hallo</p>")
    place_of_base = "template 'Basis' (de, text):3:2 PM201 eBay does not allow links."
    assert told(ebay, "--text", "eins") == [place_of_base, place_of_base]
    assert len(told(ebay, "--text", "www.given.de")) == 4


def test_a_text_block_of_text_is_told_once_where_it_is_printed_in_both_parts(ebay: Desk) -> None:
    put(ebay, "Zeiten", "Offen & gut:\n www.zeiten.de", kind="text_block")
    use(ebay, "{{ textBlocks.Zeiten }}", "<i>{{ textBlocks.Zeiten|raw }}</i>")
    assert told(ebay, "--text", "eins") == [
        "template 'Zeiten' (de, text):2:2 PM201 eBay does not allow links.",
    ]


def test_a_link_that_a_template_puts_together_is_told_with_all_that_makes_it(ebay: Desk) -> None:
    use(ebay, "Siehe https://{{ globals.clientName }}", "<p>Hallo</p>")
    (violation,) = found(ebay, "--text", "eins")
    assert place(violation) == ("text", 1, 7, "https://{{ globals.clientName }}")


def test_the_signature_is_named_with_its_owner_and_told_once(ebay: Desk) -> None:
    use(ebay, "{{ text }}\n{{ globals.account.signatureText }}", "{{ globals.account.signatureHTML|raw }}")
    ebay.do("account", "set", "--signature-text", "Holzweg\nwww.holzweg.de")
    told_of = "template 'Antwort' (de, text):2:4 PM201 eBay does not allow links. It comes from"
    assert told(ebay, "--text", "eins") == [f"{told_of} globals.account.signatureText, the signature."]
    login = ebay.rows("SELECT login FROM user_account")[0][0]
    ebay.do("user", "set", login, "--signature-text", "Eva\nwww.eva.de")
    assert told(ebay, "--text", "eins") == [
        f"{told_of} globals.account.signatureText, the signature of {login}."
    ]
    (violation,) = found(ebay, "--text", "eins")
    assert violation["origin"]["kind"] == "signature"
    assert violation["excerpt"] == "www.eva.de"


def test_what_an_answer_quotes_is_named_and_told_once(ebay: Desk) -> None:
    history = "{{ messenger.formattedMessage.conversationHistory|raw }}"
    put(ebay, "Zitat", f"{{{{ text }}}}\n\n{history}", f"<p>{{{{ text }}}}</p>{history}", subject="Hallo")
    ebay.do("settings", "set", "--target-domain", "in.holzweg.example")
    target = ebay.json("channel", "show", "Laden")["target_address"]
    ebay.do("ingest", "--to", target, stdin=mail(1, text="Wo ist mein Regal?\n\nwww.petra.de"))
    answer = ("conversation", "reply", "1", "--template", "Zitat", "--text")
    (quoted,) = ebay.refused(*answer, "Es kommt.", code=4)["violations"]
    assert place(quoted) == ("text", 3, 4, "www.petra.de")
    assert (quoted["origin"]["kind"], quoted["origin"]["name"]) == ("history", "Zitat")
    given, quoted = ebay.refused(*answer, "Es kommt:\nwww.holzweg.de", code=4)["violations"]
    assert place(given) == ("text", 2, 1, "www.holzweg.de")
    shown = ebay.run(*answer, "Es kommt.").err
    assert (
        "template 'Zitat' (de, text):3:4 PM201 eBay does not allow links."
        " It comes from messenger.formattedMessage.conversationHistory, quoted messages."
    ) in shown


@pytest.mark.parametrize(
    ("template", "line", "column"),
    [
        ("a\n{% set x %}b\nwww.holzweg.de{% endset %}\n{{ x }}", 3, 1),
        ("a\n{% apply trim %}b\n www.holzweg.de{% endapply %}", 3, 2),
        ("a\n{% for i in 1..2 %}\n{% if i == 2 %} www.holzweg.de{% endif %}\n{% endfor %}", 3, 17),
        ("a\n{{ 'Siehe www.holzweg.de' }}", 2, 11),
        ("a\n{% block b %}b\nwww.holzweg.de{% endblock %}", 3, 1),
        ("\n\n\na www.holzweg.de", 4, 3),
        ("a\n{{- '\n' }} {%- set x = 'www.holzweg.de' %}\n{{ x }}", 4, 4),
        ("a\n{% set x %}{% apply upper %}WWW.HOLZWEG.DE{% endapply %}{% endset %}b{{ x }}", 2, 29),
        ("a {# www.anders.de\n #}{% verbatim %}\n {{ www.holzweg.de }}{% endverbatim %}", 3, 5),
    ],
)
def test_places_are_right_through_all_tags(ebay: Desk, template: str, line: int, column: int) -> None:
    use(ebay, template, "<p>Hallo</p>")
    (violation,) = found(ebay, "--text", "eins")
    assert (violation["line"], violation["column"]) == (line, column)
    assert violation["origin"]["name"] == "Antwort"


def test_a_missing_word_is_told_of_the_subject_that_lacks_it(desk: Desk) -> None:
    add_channel(desk, "amazon", "--marketplace", "amazon")
    put(desk, "Antwort", "{{ text }}", subject="Ihr Regal")
    words = ("--text", "Hallo", "--to", "petra@example.com", "--channel", "amazon")
    assert desk.run("check", *words, "--subject", "Regal").out.startswith("subject:1:1 PM101 The subject")
    desk.do("channel", "set", "amazon", "--template-new", "Antwort")
    assert desk.run("check", *words).out.startswith("template 'Antwort' (de, subject):1:1 PM101 The subject")
    assert desk.run("check", *words, "--subject", "Regal").out.startswith("subject:1:1 PM101")


def test_what_a_fix_leaves_is_told_in_what_the_fix_has_made_of_it(desk: Desk) -> None:
    add_channel(desk, "amazon", "--marketplace", "amazon")
    words = ("--channel", "amazon", "--subject", "Zu shop.de", "--text", "a\nwww.holzweg.de")
    checked = json.loads(desk.run("check", *words, "--fix", "--json").out)
    subject, text = checked["violations"]
    assert place(subject) == ("subject", 1, checked["fixed"]["subject"].index("shop.de") + 1, "shop.de")
    assert place(text) == ("text", 2, 1, "www.holzweg.de")
    refused = desk.refused("send", "--to", "petra@example.com", *words, "--fix", code=4)["violations"]
    assert [place(violation) for violation in refused] == [
        ("subject", 1, 4, "shop.de"),
        ("text", 2, 1, "www.holzweg.de"),
    ]


def test_a_raw_message_is_told_by_its_decoded_parts(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(
        b"To: petra@example.com\r\nSubject: =?utf-8?q?Z=C3=BC_www=2Eholzweg=2Ede?=\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"f=C3=BCr\r\nwww.holz=\r\nweg.de\r\n"
    )
    done = desk.run("check", "--marketplace", "ebay", "--eml", str(tmp_path / "a.eml"), "--json")
    violations = json.loads(done.out)["violations"]
    assert [place(violation) for violation in violations] == [
        ("subject", 1, 4, "www.holzweg.de"),
        ("text", 2, 1, "www.holzweg.de"),
    ]
    assert [violation["origin"]["kind"] for violation in violations] == ["mail", "mail"]
