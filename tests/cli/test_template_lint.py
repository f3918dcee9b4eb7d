"""`template lint`, and `check` of templates: a verdict for each template, language and channel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shelf import put, shop, version
from tests.desk import Desk


def also(desk: Desk, name: str, text: str, language: str) -> None:
    """Give a template another version, or the same one anew."""
    desk.do("template", "set", name, *version(desk, language, text))


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A template that the channel of a marketplace uses in two languages, one good and one not."""
    put(desk, "Antwort", "Guten Tag, {{ contact.fullName }}", language="de")
    also(desk, "Antwort", "{% if order.id %}Thanks{% else %}See shop.de{% endif %}", "en")
    shop(desk, "--template-new", "Antwort", "--marketplace", "ebay")
    return desk


def linted(desk: Desk, *words: str, code: int) -> dict[str, Any]:

    done = desk.run(*words, "--json")
    assert done.code == code, done.out + done.err
    return json.loads(done.out)


def test_there_is_a_verdict_for_each_language_and_channel(filled: Desk) -> None:
    told = linted(filled, "template", "lint", "Antwort", code=4)
    assert told["ok"] is False
    german, english = told["templates"]
    assert (german["template"], german["language"], german["channel"]) == ("Antwort", "de", "Laden")
    assert (german["verdict"], german["ok"], german["marketplaces"]) == ("cannot tell", True, ["ebay"])
    (gap,) = german["unknown"]
    assert (gap["variable"], gap["part"], gap["line"], gap["column"]) == ("contact.fullName", "text", 1, 15)
    assert gap["suggested_type"] == "no_links"
    assert (english["verdict"], english["ok"]) == ("violates", False)
    assert english["example"]["text"] == "See shop.de"
    assert [(v["code"], v["excerpt"]) for v in english["violations"][:1]] == [("PM201", "shop.de")]


def test_a_type_makes_a_template_clean(filled: Desk) -> None:
    filled.do("template", "variable", "set", "contact.fullName", "--type", "no_links")
    told = linted(filled, "template", "lint", "Antwort", "--language", "de", code=0)
    assert [each["verdict"] for each in told["templates"]] == ["clean"]


def test_what_cannot_be_told_counts_only_when_strict(filled: Desk) -> None:
    words = ("template", "lint", "Antwort", "--language", "de")
    assert linted(filled, *words, code=0)["ok"] is True
    assert linted(filled, *words, "--strict", code=4)["ok"] is False


def test_check_proves_templates_too(filled: Desk) -> None:
    assert linted(filled, "check", "--template", "Antwort", code=4) == linted(
        filled, "template", "lint", "Antwort", code=4
    )
    names = {each["template"] for each in linted(filled, "check", "--all-templates", code=4)["templates"]}
    assert names == {"Antwort", "Messenger default NEW"}


def test_a_person_reads_what_is_wrong_and_with_which_values(filled: Desk) -> None:
    done = filled.run("template", "lint")
    lines = done.out.splitlines()
    assert done.code == 4
    assert lines[0] == "Antwort (de) in Laden: cannot tell (ebay)"
    assert lines[1].startswith("    text:1:15 contact.fullName: ")
    assert lines[1].endswith("no_links")
    assert lines[2] == "Antwort (en) in Laden: violates (ebay)"
    assert lines[3].strip().startswith("template 'Antwort' (en, text):1:38 PM201")
    assert "      text| See shop.de" in lines


def test_what_the_shop_has_is_known(filled: Desk) -> None:
    also(filled, "Antwort", "{{ globals.clientName }} {{ globals.account.signatureText }}", "en")
    words = ("template", "lint", "Antwort", "--language", "en")
    assert linted(filled, *words, code=0)["templates"][0]["verdict"] == "clean"
    filled.do("account", "set", "--signature-text", "www.holzweg.example")
    (told,) = linted(filled, *words, code=4)["templates"]
    assert told["violations"][0]["origin"]["kind"] == "signature"


def test_each_signature_is_tried(filled: Desk) -> None:
    also(filled, "Antwort", "{{ globals.account.signatureText }}.", "en")
    words = ("template", "lint", "Antwort", "--language", "en")
    assert linted(filled, *words, code=0)["ok"] is True
    filled.do("user", "add", "eva.berg", "--signature-text", "eva.example.com")
    assert linted(filled, *words, code=4)["templates"][0]["verdict"] == "violates"


def test_header_and_footer_belong_to_it_and_are_named(filled: Desk) -> None:
    put(filled, "Fuss", "x\n{{ contact.title }}", kind="footer", language="all")
    filled.do("template", "set", "Antwort", "--footer", "Fuss")
    told = linted(filled, "template", "lint", "Antwort", "--language", "de", code=0)
    gaps = [(gap["variable"], gap["side"], gap["line"]) for gap in told["templates"][0]["unknown"]]
    assert gaps == [("contact.fullName", None, 1), ("contact.title", "footer", 2)]


def test_a_template_of_all_languages_is_tried_with_the_text_blocks_of_each(filled: Desk) -> None:
    put(filled, "Zeiten", "9-17", kind="text_block", language="all")
    also(filled, "Zeiten", "www.shop.nl", "nl")
    put(filled, "Alle", "{{ textBlocks.Zeiten }}", language="all")
    told = linted(filled, "template", "lint", "Alle", "--marketplace", "ebay", code=4)
    assert [(each["language"], each["verdict"]) for each in told["templates"]] == [("all", "violates")]


def test_a_fault_is_told_and_the_others_are_proven_all_the_same(filled: Desk) -> None:
    put(filled, "Alt", "{{ order.id ? 1 / 0 : 2 }}", language="de")
    told = linted(filled, "template", "lint", code=4)
    fault = next(each for each in told["templates"] if each["template"] == "Alt")
    assert (fault["verdict"], fault["fault"]["line"]) == ("violates", 1)
    assert "division by zero" in fault["fault"]["message"]
    assert len(told["templates"]) == 5


def test_what_cannot_be_proven_is_refused(filled: Desk) -> None:
    filled.refused("template", "lint", "Nix", code=3)
    filled.refused("template", "lint", "Antwort", "--language", "fr", code=3)
    filled.refused("template", "lint", "--marketplace", "Nix", code=3)
    assert "--fix" in filled.refused("check", "--template", "Antwort", "--fix", code=2)["message"]


def test_a_text_that_is_given_stands_in_the_template(filled: Desk) -> None:
    also(filled, "Antwort", "www.{{ text }}", "en")
    words = ("check", "--template", "Antwort", "--language", "en")
    told = linted(filled, *words, "--text", "shop.de", code=4)
    assert told["templates"][0]["example"]["text"] == "www.shop.de"


@pytest.mark.parametrize(
    ("pack", "text", "name", "verdict"),
    [
        ("addresses", "{{ contact.fullName }}", "", "clean"),
        ("addresses", "{{ contact.fullName }}@shop.de", "", "violates"),
        ("emoji", "{{ contact.fullName }}", "", "cannot tell"),
        ("emoji", "{{ order.id }}", "", "clean"),
        ("telephone", "{{ contact.fullName }}", "", "cannot tell"),
        ("telephone", "Thank you.", "", "clean"),
        ("length", "{{ contact.fullName }}", "", "cannot tell"),
        ("length", "{{ contact.fullName }}", "100", "clean"),
        ("length", "{{ contact.fullName }}", "5000", "cannot tell"),
        ("order-number", "Thank you.", "", "cannot tell"),
    ],
)
def test_stricter_packs_are_proven_as_far_as_types_settle_them(
    filled: Desk, pack: str, text: str, name: str, verdict: str
) -> None:
    longest = ["--max-length", name] if name else []
    filled.do("template", "variable", "set", "contact.fullName", "--type", "no_links", *longest)
    also(filled, "Antwort", text, "en")
    filled.do("template", "set", "Antwort", "--language", "en", "--subject", "[Important]")
    asked = "amazon" if pack == "emoji" else "ebay"
    words = ("template", "lint", "Antwort", "--language", "en", "--marketplace", asked, "--pack", pack)
    done = filled.run(*words, "--strict", "--json")
    (told,) = json.loads(done.out)["templates"]
    assert told["verdict"] == verdict, told


def test_check_proves_a_template_for_the_channel_that_is_named(filled: Desk) -> None:
    filled.do("channel", "add", "Markt", "--marketplace", "amazon", "--inactive")
    words = ("check", "--template", "Antwort", "--language", "de", "--channel", "markt")
    (proven,) = linted(filled, *words, code=4)["templates"]
    assert (proven["channel"], proven["marketplaces"]) == ("Markt", ["amazon"])
    assert [each["code"] for each in proven["violations"]] == ["PM101"]
    done = filled.run(*words)
    assert done.out.splitlines()[-1] == "      subject| "
    filled.refused("check", "--template", "Antwort", "--channel", "Nirgends", code=3)


def test_check_judges_the_recipients_of_a_template_too(filled: Desk) -> None:
    filled.do("channel", "add", "Kauf", "--marketplace", "kaufland", "--inactive")
    words = ("check", "--template", "Antwort", "--language", "de", "--channel", "Kauf", "--to")
    (proven,) = linted(filled, *words, "order:1", code=4)["templates"]
    assert [each["code"] for each in proven["violations"]] == ["PM401"]
    assert linted(filled, *words, "eva@example.com", code=0)["templates"][0]["verdict"] == "cannot tell"
    filled.do("channel", "set", "Kauf", "--skip-orders")
    linted(filled, *words, "order:1", code=0)


def test_an_attachment_that_breaks_a_rule_is_told_with_the_message(filled: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("no image")
    words = ("--template", "Antwort", "--language", "de", "--attach", str(tmp_path / "a.txt"))
    done = filled.run("check", *words)
    assert done.code == 4, done.err
    assert "PM301" in done.out
    assert "      text| Guten Tag, " in done.out


def test_of_a_template_that_no_channel_uses_it_is_said_that_nothing_was_asked(filled: Desk) -> None:
    put(filled, "Frei", "siehe www.shop.de", language="de")
    done = filled.run("template", "lint", "Frei")
    assert done.out == "Frei (de): clean (no channel uses it)\n"
    assert done.err.startswith("Warning: 'Frei' is a template that no channel uses")
    assert "--marketplace" in done.err
    assert linted(filled, "template", "lint", "Frei", code=0)["templates"][0]["channel"] is None
    named = filled.run("template", "lint", "Frei", "--marketplace", "ebay")
    assert (named.code, named.err) == (4, "")
    assert named.out.startswith("Frei (de): violates (ebay)\n")


def test_a_fault_is_told_with_the_way_out(filled: Desk) -> None:
    put(filled, "Lang", "{% for i in 1..99999 %}x{% endfor %}", language="de")
    told = filled.run("template", "lint", "Lang")
    assert told.code == 4
    assert told.out.splitlines()[1].endswith("A range has more than 10,000 numbers. Use a smaller one.")
    assert told.err == ""


def test_of_too_many_ways_it_is_said_what_to_do(filled: Desk) -> None:
    def told_of(questions: int) -> Any:
        asked = (f"{{{{ contact.lang == '{n}' ? 'a' : 'b' }}}} " for n in range(questions))
        also(filled, "Antwort", "".join(asked), "en")
        (told,) = linted(filled, "template", "lint", "Antwort", "--language", "en", code=0)["templates"]
        return told

    assert told_of(10)["verdict"] == "clean"
    told = told_of(11)
    assert told["verdict"] == "cannot tell"
    assert told["unknown"][0]["reason"].endswith("ask fewer questions in it, or make two templates of it")


def test_answers_that_exclude_one_another_are_few_ways_in_one_question(filled: Desk) -> None:
    words = ["if", *["elseif"] * 11]
    asked = (f"{{% {word} contact.lang == '{n}' %}}{n}" for n, word in enumerate(words))
    also(filled, "Antwort", "".join(asked) + "{% endif %}", "en")
    (told,) = linted(filled, "template", "lint", "Antwort", "--language", "en", code=0)["templates"]
    assert told["verdict"] == "clean"
