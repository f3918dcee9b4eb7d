"""What `check` prints in each of its formats, and that the formats agree."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.desk import Desk
from tests.messenger.customers import add_channel

SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
FORMATS = ("text", "json", "github", "sarif", "junit")
PDF = b"%PDF-1.7\n"


@pytest.fixture
def here(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Files to check in the folder that one is in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answer, 1:1 100%.txt").write_text(
        "Guten Tag,\n\nsiehe www.shop.de und Meinshop.De bietet.\n"
    )
    (tmp_path / "answer.html").write_text("<p>a\n<img\n src='cid:a'></p>")
    (tmp_path / "agb.pdf").write_bytes(PDF)
    return desk


MESSAGE = (
    *("check", "--marketplace", "ebay", "--subject", "Regal", "--text-file", "answer, 1:1 100%.txt"),
    *("--html-file", "answer.html", "--attach", "agb.pdf"),
)
ODD = (
    "check",
    "--marketplace",
    "ebay",
    "--subject",
    "\x1b]0;x\x07 ]]> <b> %0A",
    "--text",
    "\x00www.\u202eshop.de/&<",
)


@pytest.mark.parametrize("form", FORMATS)
def test_the_exit_code_is_the_same_in_every_format(here: Desk, form: str) -> None:
    assert here.run(*MESSAGE, "--format", form).code == 4
    good = ("check", "--marketplace", "ebay", "--text", "Guten Tag", "--format", form)
    assert here.run(*good).code == 0
    warned = ("check", "--marketplace", "ebay", "--text", "Meinshop.De bietet", "--format", form)
    assert here.run(*warned).code == 0
    assert here.run(*warned, "--strict").code == 4


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_names_every_violation_and_says_the_same_each_time(here: Desk, form: str) -> None:
    printed = here.run(*MESSAGE, "--format", form)
    assert printed.err == ""
    assert {code for code in ("PM201", "PM301", "PM303") if code in printed.out} == {
        "PM201",
        "PM301",
        "PM303",
    }
    assert here.run(*MESSAGE, "--format", form).out == printed.out


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_lets_text_act_on_a_terminal_or_end_its_own_quotation(here: Desk, form: str) -> None:
    printed = here.run(*ODD, "--format", form)
    assert printed.code == 4
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed.out)
    if form in ("json", "sarif"):
        json.loads(printed.out)
    if form == "junit":
        ElementTree.fromstring(printed.out)


def test_an_unknown_format_is_refused_with_those_that_there_are(desk: Desk) -> None:
    error = desk.refused("check", "--text", "x", "--format", "xml", code=2)
    assert all(form in error["message"] for form in FORMATS)
    desk.refused("check", "--text", "x", "--format", "text", code=2)


def test_json_is_a_format_as_well(here: Desk) -> None:
    assert here.run(*MESSAGE, "--json").out == here.run(*MESSAGE, "--format", "json").out


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_is_missing_is_an_error_and_no_report(desk: Desk, form: str) -> None:
    done = desk.run("check", "--text-file", "/no/such/file", "--format", form)
    assert (done.code, done.out) == (2, "")
    assert "/no/such/file" in done.err


def test_github_gets_the_line_of_the_file(here: Desk) -> None:
    lines = here.run(*MESSAGE, "--format", "github").out.splitlines()
    assert lines == [
        "::error file=answer%2C 1%3A1 100%25.txt,line=3,endLine=3,col=7,endColumn=18,title=PM201 no-links::"
        "eBay does not allow links. Take the link out and say in words what it leads to.",
        "::warning file=answer%2C 1%3A1 100%25.txt,line=3,endLine=3,col=23,endColumn=34,"
        "title=PM201 no-links::eBay may take this for a link. Put a space behind the full stop.",
        "::error file=answer.html,line=2,endLine=3,title=PM303 no-body-image::"
        "eBay does not allow images in the text. Take the image out of the text and attach it as a file.",
        "::error file=agb.pdf,title=PM301 no-attachments::attachments:1:1 eBay does not allow attachments "
        "that are no images. Take the attachment out, or send what it says in the text or as an image.",
    ]


def test_what_is_in_no_file_has_none(desk: Desk) -> None:
    (line,) = desk.run(
        "check", "--marketplace", "otto", "--text", "a\n%0D\nwww.shop.de", "--format", "github"
    ).out.splitlines()
    assert line.startswith("::error title=PM201 no-links::text:3:1 OTTO does not allow links.")


def sarif(desk: Desk, *args: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(desk.run(*args, "--format", "sarif").out)
    jsonschema.validate(log, SCHEMA)
    return log["runs"][0]  # type: ignore[no-any-return]


def test_sarif_is_valid_and_has_the_regions(here: Desk) -> None:
    run = sarif(here, *MESSAGE)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == ["PM201", "PM201", "PM303", "PM301"]
    assert [each["level"] for each in run["results"]] == ["error", "warning", "error", "error"]
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"] == {"uri": "answer%2C%201%3A1%20100%25.txt", "uriBaseId": "%SRCROOT%"}
    region = first["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 7, 18)
    assert region["snippet"] == {"text": "www.shop.de"}
    assert "region" not in run["results"][3]["locations"][0]["physicalLocation"]


def fixed(content: str, run: dict[str, Any], file: str) -> str:
    """What a tool makes of a file that does all fixes of the log."""
    changes = [
        change
        for each in run["results"]
        for fix in each.get("fixes", ())
        for change in fix["artifactChanges"]
    ]
    replacements = {
        (each["deletedRegion"]["charOffset"], each["deletedRegion"]["charLength"]): each["insertedContent"]
        for change in changes
        if change["artifactLocation"]["uri"] == file
        for each in change["replacements"]
    }
    for (offset, length), inserted in sorted(replacements.items(), reverse=True):
        content = content[:offset] + inserted["text"] + content[offset + length :]
    return content


LONG_ANSWER = "😀 Guten Tag,\r\n\r\nsiehe (www.shop.de) und Meinshop.De bietet.\r\n"
ANSWER_PAGE = "<p>siehe <a href='https://shop.de'>hier</a></p>\n<img\n src='cid:a'>"
FILES = ("--text-file", "a.txt", "--html-file", "a.html")


@pytest.mark.parametrize("place", [("--marketplace", "ebay"), ("--channel", "kurz", "--to", "a@example.com")])
def test_the_fixes_in_sarif_make_of_the_files_what_fix_does(
    here: Desk, tmp_path: Path, place: tuple[str, ...]
) -> None:
    template = ("--language", "de", "--text-file", "-")
    here.do("template", "add", "Kurz", *template, stdin=b"Hallo www.holzweg.de\n{{ text }}\nGru\xc3\x9f\n")
    add_channel(here, "kurz", "--marketplace", "ebay", "--template-new", "Kurz")
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + LONG_ANSWER.encode())
    (tmp_path / "a.html").write_text(ANSWER_PAGE)
    run = sarif(here, "check", *place, *FILES)
    text, page = fixed(LONG_ANSWER, run, "a.txt"), fixed(ANSWER_PAGE, run, "a.html")
    here.run("check", *place, *FILES, "--fix", "--unsafe-fixes")
    assert text == (tmp_path / "a.txt").read_bytes().decode("utf-8-sig") != LONG_ANSWER
    assert page == (tmp_path / "a.html").read_text() != ANSWER_PAGE


def test_sarif_says_which_fix_loses_something_and_has_none_for_what_is_in_no_file(here: Desk) -> None:
    results = sarif(here, *MESSAGE)["results"]
    told = [[fix["description"]["text"] for fix in each.get("fixes", ())] for each in results]
    assert told == [
        ["Take the link out and say in words what it leads to. (This fix only takes it out.)"],
        ["Put a space behind the full stop."],
        ["Take the image out of the text and attach it as a file. (This fix only takes it out.)"],
        [],
    ]
    typed = sarif(here, "check", "--marketplace", "amazon", "--subject", "Regal", "--text", "www.shop.de")
    assert [each["ruleId"] for each in typed["results"]] == ["PM101", "PM201"]
    assert not any("fixes" in each for each in typed["results"])


def test_sarif_knows_a_violation_again_when_lines_come_before_it(here: Desk, tmp_path: Path) -> None:
    def prints() -> list[str]:
        message = ("check", "--marketplace", "otto", "--text-file", "a.txt")
        return [next(iter(each["partialFingerprints"].values())) for each in sarif(here, *message)["results"]]

    (tmp_path / "a.txt").write_text("www.a.de\nwww.b.de\nwww.a.de\n")
    before = prints()
    (tmp_path / "a.txt").write_text("Hallo\n\nwww.a.de\nwww.b.de\nwww.a.de\n")
    assert prints() == before
    assert len(set(before)) == 3


@pytest.mark.parametrize("words", [ODD, ("check", "--marketplace", "ebay", "--text", "Guten Tag")])
def test_sarif_is_valid_whatever_is_judged(here: Desk, words: tuple[str, ...]) -> None:
    told = here.run(*words, "--format", "json").out
    assert len(sarif(here, *words)["results"]) == len(json.loads(told)["violations"])


@pytest.mark.parametrize(
    ("words", "category"),
    [
        (MESSAGE, "ebay/answer, 1:1 100%.txt/answer.html/agb.pdf"),
        (("check", "--marketplace", "otto", "--html-file", "./answer.html"), "otto/./answer.html"),
        (("check", "--text-file", "answer.html"), "answer.html"),
        (("check", "--marketplace", "ebay", "--text", "Guten Tag"), "ebay/message"),
    ],
)
def test_sarif_has_a_category_for_each_file_and_marketplace(
    here: Desk, words: tuple[str, ...], category: str
) -> None:
    """GitHub refuses runs of one category in one upload, and takes the id up to its last slash for it."""
    assert sarif(here, *words)["automationDetails"] == {"id": f"plentymsg/check/{category}/"}


def test_junit_has_a_test_for_each_requirement(here: Desk) -> None:
    root = ElementTree.fromstring(here.run(*MESSAGE, "--format", "junit").out)
    assert root.tag == "testsuites"
    (suite,) = root
    cases = {case.get("name"): case for case in suite}
    assert suite.get("tests") == str(len(cases))
    assert suite.get("failures") == "3"
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {"PM201 no-links", "PM301 no-attachments", "PM303 no-body-image"}
    failure = cases["PM201 no-links"].find("failure")
    assert failure is not None
    assert failure.get("type") == "PM201"
    assert "text:3:7" in (failure.text or "")
    assert "Meinshop.De" in (cases["PM201 no-links"].findtext("system-out") or "")
    assert {case.get("classname") for case in suite} == {"answer, 1:1 100%.txt"}


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A template with a link, which channels of two marketplaces use."""
    desk.do(
        *("template", "add", "Kurz", "--language", "de", "--subject", "Wichtig"),
        *("--text-file", "-"),
        stdin=b"Guten Tag\n{{ text }}\nsiehe www.shop.de\n",
    )
    for name in ("otto", "amazon"):
        add_channel(desk, name, "--marketplace", name, "--template-new", "Kurz")
    return desk


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_lists_all_templates(shop: Desk, form: str) -> None:
    printed = shop.run("check", "--all-templates", "--format", form)
    assert printed.code == 4
    if form == "json":
        told = json.loads(printed.out)["templates"]
        found = {(each["template"], each["language"], each["channel"]) for each in told}
        assert {("Kurz", "de", "otto"), ("Kurz", "de", "amazon")} <= found
    else:
        assert "Kurz (de) in otto" in printed.out
        assert "Kurz (de) in amazon" in printed.out


@pytest.fixture
def unsure(shop: Desk) -> Desk:
    """A template of which it cannot be told, and one with a fault; `shop` has one that violates."""
    texts = {"Offen": b"{{ contact.fullName }}", "Kaputt": b"{{ 1 / 0 }}"}
    for name, text in texts.items():
        shop.do("template", "add", name, "--language", "de", "--text-file", "-", stdin=text)
    return shop


WORDS = ("template", "lint", "Kurz", "Offen", "Kaputt", "--marketplace", "otto")
LINK = "its value may be or hold a link"


def test_github_is_told_of_templates_that_are_not_proven(unsure: Desk) -> None:
    printed = unsure.run(*WORDS, "--format", "github")
    assert [line.partition("::Off")[0].partition("::Kap")[0] for line in printed.out.splitlines()[1:]] == [
        "::warning title=cannot-tell",
        "::error title=template-fault",
    ]
    assert LINK in printed.out
    assert "division by zero" in printed.out
    assert "::error title=cannot-tell::" in unsure.run(*WORDS, "--format", "github", "--strict").out


def test_sarif_is_told_of_templates_that_are_not_proven(unsure: Desk) -> None:
    run = sarif(unsure, *WORDS)
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    told = [(names[each["ruleIndex"]], each["ruleId"], each["level"]) for each in run["results"]]
    assert told == [
        ("PM201", "PM201", "error"),
        ("cannot-tell", "cannot-tell", "note"),
        ("template-fault", "template-fault", "error"),
    ]
    (place,) = run["results"][1]["locations"][0]["logicalLocations"]
    assert place["fullyQualifiedName"] == "Offen (de)"
    strict = sarif(unsure, *WORDS, "--strict")["results"]
    assert [each["level"] for each in strict] == ["error", "error", "error"]


def test_sarif_has_a_category_for_each_template_and_place(unsure: Desk) -> None:
    found = [
        sarif(unsure, *words)["automationDetails"]["id"]
        for words in (
            ("check", "--all-templates"),
            ("check", "--all-templates", "--marketplace", "otto"),
            ("check", "--template", "Offen"),
            ("check", "--template", "Offen", "--language", "de"),
        )
    ]
    assert found == [
        "plentymsg/check/templates/",
        "plentymsg/check/otto/templates/",
        "plentymsg/check/Offen/",
        "plentymsg/check/Offen/de/",
    ]


def test_junit_is_told_of_templates_that_are_not_proven(unsure: Desk) -> None:
    (suite,) = ElementTree.fromstring(unsure.run(*WORDS, "--format", "junit").out)
    cases = {case.get("classname"): case for case in suite if case.get("name", "")[:2] != "PM"}
    assert (suite.get("failures"), suite.get("skipped")) == ("2", "1")
    assert LINK in (cases["Offen (de)"].findtext("skipped") or "")
    assert "division by zero" in (cases["Kaputt (de)"].findtext("failure") or "")
    assert [case.get("name") for case in suite if case.get("classname") == "Kaputt (de)"] == [
        "template-fault"
    ]
    (strict,) = ElementTree.fromstring(unsure.run(*WORDS, "--format", "junit", "--strict").out)
    assert (strict.get("failures"), strict.get("skipped")) == ("3", "0")


def test_a_place_in_a_template_names_it(shop: Desk) -> None:
    lines = shop.run("check", "--template", "Kurz").out.splitlines()
    assert lines[0] == "Kurz (de) in amazon: violates (amazon)"
    assert lines[1] == "    template 'Kurz' (de, text):3:7 PM201 Amazon does not allow links."
    assert lines[2:4] == ["        siehe www.shop.de", "              ^^^^^^^^^^^"]
    (result, _) = sarif(shop, "check", "--template", "Kurz")["results"]
    (logical,) = result["locations"][0]["logicalLocations"]
    assert logical["fullyQualifiedName"] == "Kurz (de) in amazon: template 'Kurz' (de, text):3:7"


def test_send_prints_what_check_prints(shop: Desk) -> None:
    words = ("--channel", "otto", "--to", "x@customer.otto.market", "--text", "Hallo")
    checked = shop.run("check", *words).out.splitlines()
    sent = shop.run("send", *words).err.splitlines()
    assert sent[1:-1] == [line for line in checked if not line.endswith("--unsafe-fixes.")]
