from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk


@pytest.fixture(autouse=True)
def bodies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("de.txt").write_text("Guten Tag,\n\n  {{ text }}  \n\n")
    Path("en.html").write_text("<p>{{ text }}</p>\n")


def add(desk: Desk) -> dict[str, object]:
    template: dict[str, object] = desk.json(
        "template", "add", "Kurz", "--language", "de", "--subject", "Hallo", "--text-file", "de.txt"
    )
    return template


def test_a_store_begins_with_the_default_template(desk: Desk) -> None:
    (template,) = desk.json("template")
    assert (template["name"], template["folder"]) == ("Messenger default NEW", "Default templates")
    assert "de" in template["languages"]


def test_a_text_is_kept_to_the_letter(desk: Desk) -> None:
    add(desk)
    (version,) = desk.json("template", "show", "Kurz", "--language", "de")["versions"]
    assert version["text"] == "Guten Tag,\n\n  {{ text }}  \n\n"
    assert version["subject"] == "Hallo"


def test_set_adds_a_language_and_changes_only_what_is_given_of_one(desk: Desk) -> None:
    add(desk)
    desk.do("template", "set", "Kurz", "--language", "en", "--html-file", "en.html")
    desk.do("template", "set", "Kurz", "--language", "de", "--subject", "Servus")
    german, english = desk.json("template", "show", "Kurz")["versions"]
    assert (german["subject"], german["text"][:5], german["html"]) == ("Servus", "Guten", "")
    assert (english["subject"], english["text"], english["html"]) == ("", "", "<p>{{ text }}</p>\n")
    assert german["id"] < english["id"]


def test_a_version_keeps_its_language_id_when_it_changes(desk: Desk) -> None:
    add(desk)
    (before,) = desk.json("template", "show", "Kurz")["versions"]
    desk.do("template", "set", "Kurz", "--language", "de", "--subject", "Servus")
    assert desk.json("template", "show", "Kurz")["versions"][0]["id"] == before["id"]


def test_twig_that_cannot_work_is_refused_with_every_place(desk: Desk) -> None:
    add(desk)
    Path("bad.html").write_text("<p>{{ txet }}</p>\n{{ text | shout }}")
    error = desk.refused("template", "set", "Kurz", "--language", "de", "--html-file", "bad.html", code=4)
    assert error["code"] == "template-fault"
    assert [problem["key"] for problem in error["problems"]] == ["versions.0.html", "versions.0.html"]
    assert "html:1:7" in error["message"]
    assert "html:2:11" in error["message"]
    assert desk.json("template", "show", "Kurz")["versions"][0]["html"] == ""


def test_a_version_says_something(desk: Desk) -> None:
    error = desk.refused("template", "add", "Leer", "--language", "de", "--subject", "Hallo", code=2)
    assert "neither text nor HTML in de" in error["message"]
    assert "versions" in desk.refused("template", "add", "Leer", code=2)["message"]


def test_a_language_is_one_that_plentyone_knows(desk: Desk) -> None:
    options = ("--text-file", "de.txt")
    assert "'xx'" in desk.refused("template", "add", "Kurz", "--language", "xx", *options, code=2)["message"]
    assert "--language" in desk.refused("template", "add", "Kurz", *options, code=2)["hint"]
    error = desk.refused("template", "show", "1", "--language", "fr", code=3)
    assert "de, en" in error["hint"]


def test_a_template_that_a_channel_uses_stays(desk: Desk) -> None:
    add(desk)
    desk.do("channel", "add", "Laden", "--template-reply", "Kurz")
    for name in ("Kurz", "Messenger default NEW"):
        error = desk.refused("template", "delete", name, "--yes", code=1)
        assert "the channel Laden" in error["message"]
    desk.do("channel", "delete", "Laden", "--yes")
    desk.do("template", "delete", "Kurz", "--yes")


@pytest.mark.parametrize(("content", "problem"), [(b"\xff\xfe", "UTF-8"), (b"a\0b", "U+0000")])
def test_a_body_that_is_no_text_is_refused(desk: Desk, content: bytes, problem: str) -> None:
    Path("body").write_bytes(content)
    error = desk.refused("template", "add", "K", "--language", "de", "--text-file", "body", code=2)
    assert problem in error["message"]


def test_a_body_may_come_from_standard_input(desk: Desk) -> None:
    made = desk.json("template", "add", "K", "--language", "de", "--text-file", "-", stdin="Grüße".encode())
    assert made["versions"][0]["text"] == "Grüße"
