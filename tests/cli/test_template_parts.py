"""Headers, footers and text blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shelf import customer, put, sent, shop, version
from tests.desk import Desk


def preview(desk: Desk, name: str, *options: str) -> dict[str, object]:
    found: dict[str, object] = desk.json("template", "preview", name, *options)
    return found


def test_header_and_footer_stand_around_the_text_in_both_parts(desk: Desk) -> None:
    """A message has its template's header above and its footer below, in the text and in the HTML.

    M-176 `plentymsg template set NAME --header HEADER --footer FOOTER`
    """
    put(desk, "Kopf", "{{ globals.clientName }}", "<h1>{{ globals.clientName }}</h1>", kind="header")
    put(desk, "Fuß", "Bis bald", kind="footer")
    put(desk, "Antwort", "Guten Tag\n{{ text }}", "", "--header", "Kopf", "--footer", "Fuß", subject="Hallo")
    shop(desk, "--template-new", "Antwort")
    desk.do("send", "--to", "petra@example.com", "--text", "Gern & bald", "--queue")
    assert sent(desk) == {
        "subject": "Hallo",
        "text": "Holzweg GmbH\n\nGuten Tag\nGern & bald\n\nBis bald",
        "html": "<h1>Holzweg GmbH</h1>\n<p>Guten Tag<br>\nGern &amp; bald</p>\n<p>Bis bald</p>",
    }


def test_header_and_footer_take_from_the_limits_of_the_template(desk: Desk) -> None:
    large = "{% for i in 1..400 %}" + "x" * 1000 + "{% endfor %}"
    for name in ("header", "footer"):
        put(desk, name, large, kind=name)
    put(desk, "Antwort", large)
    assert len(str(preview(desk, "Antwort")["text"])) == 400_000
    desk.do("template", "set", "Antwort", "--header", "header", "--footer", "footer")
    error = desk.refused("template", "preview", "Antwort", code=4)
    assert "In the footer 'footer': text:1:" in error["message"]
    assert "longer than 1,000,000 characters" in error["message"]


def test_a_header_may_open_what_the_footer_closes(desk: Desk) -> None:
    put(desk, "Auf", "", "<table><tr><td>links</td><td>", kind="header")
    put(desk, "Zu", "", "</td></tr></table>", kind="footer")
    put(desk, "Antwort", "", "<b>rechts</b>", "--header", "Auf", "--footer", "Zu")
    assert preview(desk, "Antwort")["text"] == "links  rechts"


def test_a_change_of_a_header_acts_on_every_template_that_has_it(desk: Desk) -> None:
    put(desk, "Kopf", "alt", kind="header")
    for name in ("Eins", "Zwei"):
        put(desk, name, name, "", "--header", "Kopf")
    desk.do("template", "set", "Kopf", *version(desk, "de", "neu"))
    assert [preview(desk, name)["text"] for name in ("Eins", "Zwei")] == ["neu\n\nEins", "neu\n\nZwei"]
    desk.do("template", "set", "Zwei", "--header", "")
    assert preview(desk, "Zwei")["text"] == "Zwei"


@pytest.mark.parametrize("side", ["header", "footer"])
def test_a_header_without_the_language_of_the_template_is_refused(desk: Desk, side: str) -> None:
    """Header and footer must have each language of the template, or be for all; else it is refused.

    M-176 `plentymsg template set NAME --header HEADER`
    """
    put(desk, "Teil", "en", kind=side, language="en")
    put(desk, "Überall", "all", kind=side, language="all")
    put(desk, "Antwort", "x")
    error = desk.refused("template", "set", "Antwort", f"--{side}", "Teil", code=4)
    assert f"The {side} 'Teil' has no version in de" in error["message"]
    assert "template set 'Teil' --language de" in error["hint"]
    assert desk.json("template", "show", "Antwort")[side] is None
    desk.do("template", "set", "Antwort", f"--{side}", "Überall")
    desk.do("template", "set", "Antwort", *version(desk, "fr", "y"))
    error = desk.refused("template", "set", "Antwort", f"--{side}", "Teil", code=4)
    desk.do("template", "set", "Teil", *version(desk, "de", "de"))
    error = desk.refused("template", "set", "Antwort", f"--{side}", "Teil", code=4)
    assert "in fr" in error["message"]


def test_a_header_keeps_the_languages_that_templates_need(desk: Desk) -> None:
    put(desk, "Kopf", "de", kind="header")
    desk.do("template", "set", "Kopf", *version(desk, "en", "en"))
    put(desk, "Antwort", "x", "", "--header", "Kopf")
    assert "in de" in desk.refused("template", "delete", "Kopf", "--language", "de", code=4)["message"]
    desk.do("template", "delete", "Kopf", "--language", "en", "--yes")
    assert [v["language"] for v in desk.json("template", "show", "Kopf")["versions"]] == ["de"]


def test_what_a_store_has_lost_is_refused_before_it_is_sent(desk: Desk) -> None:
    """A mail whose header is not there in its language is not sent.

    M-176 `plentymsg send --template NAME`
    """
    put(desk, "Kopf", "de", kind="header")
    put(desk, "Antwort", "x", "", "--header", "Kopf", subject="x")
    shop(desk)
    desk.rows("UPDATE template_version SET language = 'fr' WHERE text = 'de'")
    words = ("send", "--to", "a@example.com", "--template", "Antwort")
    assert "The header 'Kopf' has no version in de" in desk.refused(*words, code=4)["message"]
    assert desk.rows("SELECT count(*) FROM message") == [(0,)]


@pytest.mark.parametrize(
    ("kind", "options", "problem"),
    [
        ("header", ["--subject", "x"], "a header has no subject"),
        ("text_block", ["--subject", "x"], "a text block has no subject"),
        ("footer", ["--header", "Kopf"], "a footer has no header of its own"),
        ("text_block", ["--footer", "Kopf"], "a text block has no footer of its own"),
        ("template", ["--header", "Block"], "'Block' is a text block, not a header"),
        ("template", ["--header", "Kopff"], "no header 'Kopff'"),
        ("template", ["--header", "Messenger default NEW"], "is a template, not a header"),
        ("letter", [], "letter"),
    ],
)
def test_each_kind_has_what_belongs_to_it(desk: Desk, kind: str, options: list[str], problem: str) -> None:
    put(desk, "Kopf", "x", kind="header")
    put(desk, "Block", "x", kind="text_block")
    words = ["template", "add", "Neu", "--kind", kind, *version(desk, "de", "x"), *options]
    done = desk.run(*words)
    assert done.code in (2, 3)
    assert problem in done.err


def test_only_a_template_is_sent_or_given_to_a_channel(desk: Desk) -> None:
    put(desk, "Kopf", "x", kind="header")
    shop(desk, "--template-new", "Messenger default NEW")
    for words in (
        ("channel", "set", "Laden", "--template-new", "Kopf"),
        ("send", "--to", "a@example.com", "--template", "Kopf"),
        ("check", "--template", "Kopf"),
    ):
        assert "'Kopf' is a header, not a template" in desk.refused(*words, code=2)["message"]
    lines = desk.do("check", "--all-templates").splitlines()
    proven = ["Messenger default NEW (de) in Laden", "Messenger default NEW (en) in Laden"]
    assert [line.partition(":")[0] for line in lines] == proven


def test_a_text_block_is_a_variable_in_every_template(desk: Desk) -> None:
    """Every template inserts a text block by its name, in the language of the message.

    M-184 `plentymsg template add NAME --kind text_block`
    """
    block = put(desk, "Öffnungszeiten & mehr", "Mo–Fr, {{ contact.firstName }}", kind="text_block")
    desk.do("template", "set", "Öffnungszeiten & mehr", *version(desk, "en", html="<b>Mon–Fri</b>"))
    variable = desk.json("template", "show", "Öffnungszeiten & mehr")["variable"]
    assert variable == "textBlocks['Öffnungszeiten & mehr']"
    put(desk, "Antwort", f"[{{{{ {variable} }}}}]", f"<p>{{{{ {variable} }}}}</p>")
    desk.do("template", "set", "Antwort", *version(desk, "en", f"({{{{ {variable} }}}})"))
    customer(desk, name="<Eva>")
    german = preview(desk, "Antwort", "--contact", "7", "--language", "de")
    assert (german["text"], german["html"]) == ("[Mo–Fr, <Eva>]", "<p>Mo–Fr, &lt;Eva&gt;</p>")
    assert preview(desk, "Antwort", "--contact", "7")["text"] == "(Mon–Fri)"
    assert block["versions"][0]["subject"] == ""


def test_an_unknown_text_block_gets_the_nearest_one(desk: Desk) -> None:
    """A template that names a text block which does not exist is refused, with the nearest names.

    M-184 `plentymsg template add NAME --text-file FILE`
    """
    put(desk, "Lange Pause", "x", kind="text_block")
    words = version(desk, "de", "{{ textBlocks['Lange Pose'] }}")
    error = desk.refused("template", "add", "Antwort", *words, code=4)
    assert "text:1:15" in error["message"]
    assert error["hint"] == "Did you mean textBlocks['Lange Pause']?"


def test_a_text_block_needs_the_language_of_the_message(desk: Desk) -> None:
    put(desk, "Gruß", "Grüße", kind="text_block")
    put(desk, "Answer", "{{ textBlocks.Gruß }}", language="en")
    error = desk.refused("template", "preview", "Answer", code=4)
    assert 'The text block "Gruß" has no version in the language of the message' in error["message"]
    desk.do("template", "set", "Gruß", *version(desk, "all", "Tschüss"))
    assert preview(desk, "Answer")["text"] == "Tschüss"


def test_text_blocks_do_not_contain_themselves(desk: Desk) -> None:
    """A text block that would contain itself, directly or by way of others, is refused.

    M-184 `plentymsg template set NAME --text-file FILE`
    """
    put(desk, "A", "a", kind="text_block")
    put(desk, "B", "{{ textBlocks.A }}", kind="text_block")
    put(desk, "C", "{{ textBlocks.B }}", kind="text_block")
    error = desk.refused("template", "set", "A", *version(desk, "de", "{{ textBlocks.C }}"), code=4)
    assert "The text block 'A' would contain itself: A > C > B > A." in error["message"]
    error = desk.refused("template", "set", "A", *version(desk, "de", "{{ textBlocks['A'] }}"), code=4)
    assert "A > A" in error["message"]
    put(desk, "Vorlage", "{{ textBlocks.C }}")
    assert preview(desk, "Vorlage")["text"] == "a"


def test_a_circle_that_is_hidden_ends_with_an_error(desk: Desk) -> None:
    put(desk, "A", "{% set n = 'A' %}{{ textBlocks[n] }}", kind="text_block")
    assert "too deeply" in desk.refused("template", "preview", "A", code=4)["message"]


def test_the_name_of_a_text_block_in_use_stays(desk: Desk) -> None:
    put(desk, "Gruß", "x", kind="text_block")
    put(desk, "Antwort", "{{ textBlocks.Gruß }}")
    error = desk.refused("template", "set", "Gruß", "--name", "Ende", code=1)
    assert "the template 'Antwort' (text block)" in error["message"]
    error = desk.refused("template", "set", "Gruß", "--kind", "footer", code=1)
    assert "The kind of 'Gruß' cannot change" in error["message"]
    desk.do("template", "set", "Antwort", *version(desk, "de", "nichts"))
    desk.do("template", "set", "Gruß", "--name", "Ende", "--kind", "footer")


def test_includes_and_extends_name_language_ids_that_exist(desk: Desk) -> None:
    """`extends` and `include` take another template by its language ID; one that does not exist is refused.

    M-179 `plentymsg template add NAME --text-file FILE`
    """
    base = put(desk, "Basis", "<{% block mitte %}-{% endblock %}>")["versions"][0]["id"]
    put(desk, "Erbe", f"{{% extends {base} %}}{{% block mitte %}}{{{{ text }}}}{{% endblock %}}")
    put(desk, "Teil", f"a{{% include {base} %}}b")
    assert preview(desk, "Erbe", "--text", "Hallo")["text"] == "<Hallo>"
    assert preview(desk, "Teil")["text"] == "a<->b"
    error = desk.refused("template", "add", "X", *version(desk, "de", "a\n {% include 999 %}"), code=4)
    assert "text:2:13: There is no template with the language ID 999" in error["message"]
    uses = desk.json("template", "usage", "Basis")
    assert [(use["name"], use["as"], use["language"]) for use in uses] == [
        ("Erbe", "extends", "de"),
        ("Teil", "include", "de"),
    ]
    desk.do("template", "set", "Basis", *version(desk, "en", "x"))
    error = desk.refused("template", "delete", "Basis", "--language", "de", code=1)
    assert "the template 'Erbe' (extends), the template 'Teil' (include)" in error["message"]


def test_a_configuration_file_names_parts_in_any_order(desk: Desk, tmp_path: Path) -> None:
    """A configuration file has headers, footers and text blocks, in any order, and applies them twice alike.

    M-176 `plentymsg apply -f FILE`
    """
    (tmp_path / "shop.yaml").write_text(
        """\
version: 1
templates:
  - name: Antwort
    header: Kopf
    owner: jan.kiefer
    versions: [{language: de, text: "{{ textBlocks.Gruß }}"}]
  - {name: Gruß, kind: text_block, versions: [{language: de, text: "{{ textBlocks['Ende'] }}"}]}
  - {name: Ende, kind: text_block, versions: [{language: all, text: Bis bald}]}
  - {name: Kopf, kind: header, versions: [{language: de, text: Kopf}]}
"""
    )
    desk.do("user", "add", "jan.kiefer")
    first = desk.json("apply", "-f", str(tmp_path / "shop.yaml"))
    assert preview(desk, "Antwort")["text"] == "Kopf\n\nBis bald"
    assert desk.json("template", "show", "Antwort")["owner"] == "jan.kiefer"
    again = desk.json("apply", "-f", str(tmp_path / "shop.yaml"))
    assert first != again
    assert "added" not in str(again)


def test_text_blocks_of_a_file_that_contain_one_another_are_refused_at_their_places(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "shop.yaml").write_text(
        """\
version: 1
templates:
  - {name: A, kind: text_block, versions: [{language: de, text: "{{ textBlocks.B }}"}]}
  - {name: B, kind: text_block, versions: [{language: de, text: "{{ textBlocks.A }}"}]}
"""
    )
    error = desk.refused("apply", "-f", str(tmp_path / "shop.yaml"), code=4)
    assert {problem["key"][:12] for problem in error["problems"]} == {"templates[0]", "templates[1]"}
    assert [row["name"] for row in desk.json("template", "list")] == ["Messenger default NEW"]


@pytest.mark.parametrize(
    ("entry", "place", "problem"),
    [
        ("{name: K, kind: head, versions: []}", "3:21", "not one of"),
        ("{name: K, kind: header, header: X, versions: []}", "3:37", "a header has no header of its own"),
        ("{name: K, header: Nope, versions: [{language: de, text: x}]}", "3:23", "no header 'Nope'"),
        ("{name: K, owner: nope, versions: [{language: de, text: x}]}", "3:22", "no user 'nope'"),
        (
            "{name: K, kind: footer, versions: [{language: de, subject: x}]}",
            "3:39",
            "a footer has no subject",
        ),
    ],
)
def test_a_wrong_part_in_a_file_is_named_with_its_place(
    desk: Desk, tmp_path: Path, entry: str, place: str, problem: str
) -> None:
    (tmp_path / "shop.yaml").write_text(f"version: 1\ntemplates:\n  - {entry}\n")
    error = desk.refused("apply", "-f", str(tmp_path / "shop.yaml"), code=2)
    assert f"shop.yaml:{place}" in error["message"]
    assert problem in error["message"]
