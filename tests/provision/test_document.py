from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from plentymsg.errors import InvalidInput
from plentymsg.provision.document import Document, read_document


def read(text: str, folder: Path = Path("/nowhere")) -> Document:
    return read_document(f"version: 1\n{text}".encode(), file="shop.yaml", folder=folder)


def problems(text: str, folder: Path = Path("/nowhere")) -> list[dict[str, Any]]:
    with pytest.raises(InvalidInput) as caught:
        read(text, folder)
    found: list[dict[str, Any]] = caught.value.details["problems"]
    return found


@pytest.mark.parametrize(
    ("text", "where", "key", "words"),
    [
        ("chanels: []", "2:1", "chanels", "did you mean channels?"),
        ("settings: {live_mod: true}", "2:12", "settings.live_mod", "did you mean live_mode?"),
        (
            "channels: [{name: A, incoming: {hots: x}}]",
            "2:33",
            "channels[0].incoming.hots",
            "did you mean host?",
        ),
        (
            "channels: [{name: A, templates: {xyz: x}}]",
            "2:34",
            "channels[0].templates.xyz",
            "there are new, reply",
        ),
        ("settings: {live_mode: on}", "2:23", "settings.live_mode", "true or false"),
        ("groups: [{position: 1}]", "2:10", "groups[0]", "no name"),
        ("groups: [{system: amazn}]", "2:10", "groups[0]", "amazon"),
        ("groups: [{name: Amazon}]", "2:17", "groups[0].name", "mapping"),
        ("groups: [{name: {en: A}}]", "2:17", "groups[0].name.de", "missing"),
        ("groups: [{name: {de: A}, position: '1'}]", "2:36", "groups[0].position", "whole number, not '1'"),
        (
            f"groups: [{{name: {{de: A}}, position: {'9' * 900}}}]",
            "2:36",
            "groups[0].position",
            "… is more than 1",
        ),
        ("groups: {}", "2:9", "groups", "list"),
        ("groups:", "2:8", "groups", "list"),
        ("tags: [{name: A, colour: 112233}]", "2:26", "tags[0].colour", "in quotes"),
        ("tags: [{name: A, colour: #112233\n  }]", "2:25", "tags[0].colour", "in quotes"),
        ("tags: [{name: A, translations: {xx: B}}]", "2:37", "tags[0].translations.xx", "'xx' is not one of"),
        ("users: [{name: Eva}]", "2:9", "users[0].login", "missing"),
        ("channels: [{name: A, since: 2026-02-30}]", "2:29", "channels[0].since", "2026-11-30"),
        ("channels: [{name: A, owners: [eva]}]", "2:31", "channels[0].owners[0]", "mapping"),
        (
            "channels: [{name: A, default: true}, {name: B, default: true}]",
            "2:57",
            "channels[1].default",
            "'A' is the default",
        ),
        ("forwarding: []", "2:1", "forwarding", "there is no such key"),
    ],
)
def test_a_problem_has_its_place_its_key_and_the_way_out(text: str, where: str, key: str, words: str) -> None:
    (problem,) = problems(text)
    assert (problem["where"], problem["key"]) == (f"shop.yaml:{where}", key)
    assert words in problem["message"]


@pytest.mark.parametrize("text", ["{}", "version: 2", "version: '1'", "version:", "[]", "x", "1"])
def test_a_file_is_of_version_1(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_document(text.encode(), file="shop.yaml", folder=Path("/nowhere"))


def test_all_problems_are_told_at_once() -> None:
    found = problems("groups: [{}, {name: {de: ''}}]\ntags: [{name: A, colour: red-ish}]\nx: 1")
    assert [problem["where"] for problem in found] == [
        f"shop.yaml:{w}" for w in ("2:10", "2:26", "3:26", "4:1")
    ]


LITERALS = """
hunter2 | 'hunter2' | {value: hunter2} | [hunter2] | {env: hunter2, file: hunter2} | {env: 'hunter 2'}
{env: {x: hunter2}} | {command: hunter2} | {command: []} | {file: ''} | {} | 12345
"""


@pytest.mark.parametrize(
    "password", [word.strip() for word in LITERALS.replace("\n", "|").split("|") if word.strip()]
)
def test_a_literal_password_is_refused_without_being_shown(password: str) -> None:
    text = f"channels: [{{name: A, incoming: {{host: h, username: u, password: {password}}}}}]"
    (problem,) = problems(text)
    assert problem["key"] == "channels[0].incoming.password"
    assert "env: NAME" in problem["message"]
    assert "hunter" not in str(problem)
    assert "12345" not in str(problem)


def test_paths_start_at_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/eva")
    document = read(
        "channels:\n"
        "  - name: A\n"
        "    incoming: {protocol: maildir, path: mail/in}\n"
        "    outgoing: {protocol: maildir, path: /abs}\n"
        "  - {name: B, incoming: {host: h, password: {file: pw}}, outgoing: {password: {file: ~/pw}}}\n"
        "  - {name: C, incoming: {protocol: maildir, path: ~/mail}}\n",
        tmp_path,
    )
    one, two, three = (channel.given() for channel in document.contents.channels)
    assert (one["incoming"]["path"], one["outgoing"]["path"]) == (str(tmp_path / "mail/in"), "/abs")
    assert two["incoming"]["password"] == {"file": str(tmp_path / "pw")}
    assert two["outgoing"]["password"] == {"file": "~/pw"}
    assert three["incoming"]["path"] == "/home/eva/mail"


def with_text_file(name: str) -> str:
    return f"templates: [{{name: T, versions: [{{language: de, text_file: {name!r}}}]}}]"


def test_a_body_stands_in_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.txt").write_bytes("Grüße\r\n\n".encode("utf-8-sig"))
    version = read(with_text_file("t/a.txt"), tmp_path).contents.templates[0].versions[0]
    assert version.text == "Grüße\r\n\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no.txt", "cannot be read: No such file"),
        ("folder", "cannot be read: Is a directory"),
        ("latin.txt", "not UTF-8"),
        ("big.txt", "larger than"),
        ("../secret.txt", "outside the folder"),
        ("/etc/hostname", "outside the folder"),
        ("link.txt", "outside the folder"),
        ("folder/../../secret.txt", "outside the folder"),
        ("loop", "cannot be read"),
    ],
)
def test_a_body_that_cannot_be_read_or_lies_elsewhere_is_refused(
    tmp_path: Path, name: str, words: str
) -> None:
    """A configuration from a repository must not put this machine's files into mail."""
    (tmp_path / "secret.txt").write_text("hunter2")
    folder = tmp_path / "shop"
    (folder / "folder").mkdir(parents=True)
    (folder / "latin.txt").write_bytes(b"Gr\xfc\xdfe")
    (folder / "big.txt").write_bytes(b"x" * 1_000_001)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    os.symlink("loop", folder / "loop")
    (problem,) = problems(with_text_file(name), folder)
    assert problem["key"] == "templates[0].versions[0].text_file"
    assert words in problem["message"]


def test_a_body_stands_in_one_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    text = "templates: [{name: T, versions: [{language: de, text: x, text_file: a.txt}]}]"
    (problem,) = problems(text, tmp_path)
    assert "only one of them" in problem["message"]
