from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.journeys.program import ROOT

SHOP = ROOT / "examples" / "shop.yaml"


def write(desk: Desk, text: str) -> str:
    path = desk.store.parent / "shop.yaml"
    path.write_text(f"version: 1\n{text}", encoding="utf-8")
    return str(path)


def apply(desk: Desk, text: str, *options: str) -> list[str]:
    return desk.do("apply", "-f", write(desk, text), *options).splitlines()


def test_the_example_is_applied_once_and_then_unchanged(desk: Desk) -> None:
    desk.do("settings", "set", "--client-name", "")
    lines = desk.do("apply", "-f", str(SHOP)).splitlines()
    assert "+ channel Amazon DE" in lines
    assert "~ group Amazon: position 8 → 2, visible false → true" in lines
    assert lines[-1] == f"{sum(line.startswith('+') for line in lines)} added, 4 changed, 0 unchanged"
    history = desk.history()
    count = len(lines) - 1
    assert desk.do("apply", "-f", str(SHOP)) == f"0 added, 0 changed, {count} unchanged\n"
    assert desk.json("apply", "-f", str(SHOP)) == {
        "changed": False,
        "dry_run": False,
        "changes": [],
        "unchanged": count,
    }
    assert desk.history() == history


def test_the_example_sets_up_all_of_a_channel(desk: Desk) -> None:
    desk.do("apply", "-f", str(SHOP))
    channel = desk.json("channel", "show", "Amazon DE")
    assert channel["incoming"] == {"protocol": "maildir", "path": str(ROOT / "examples/mail/amazon-de")}
    assert (channel["type"], channel["status"], channel["since"]) == ("Kundenanfrage", "Neu", "2026-09-01")
    assert channel["owners"] == [{"role": "Bearbeitung", "user": "eva.berg"}]
    assert channel["templates"] == {"new": "Amazon new message", "reply": "Amazon answer"}
    german = desk.json("template", "show", "Amazon answer", "--language", "de")["versions"][0]
    assert german["text"] == (ROOT / "examples/templates/answer-de.txt").read_text(encoding="utf-8")


def test_a_copy_elsewhere_is_the_same_but_for_its_paths(desk: Desk, tmp_path: Path) -> None:
    desk.do("apply", "-f", str(SHOP))
    shutil.copytree(SHOP.parent / "templates", tmp_path / "copy" / "templates")
    shutil.copy(SHOP, tmp_path / "copy")
    changes = desk.json("apply", "-f", str(tmp_path / "copy" / "shop.yaml"))["changes"]
    assert {key for change in changes for key in change["fields"]} == {"incoming.path", "outgoing.path"}


def test_json_tells_each_field_before_and_after(desk: Desk) -> None:
    path = write(desk, "groups: [{system: amazon, visible: true}]\nroles: [{name: {de: Bearbeitung}}]")
    done = desk.json("apply", "-f", path)
    assert (done["changed"], done["unchanged"]) == (True, 0)
    group, role = done["changes"]
    assert group == {
        "action": "changed",
        "kind": "group",
        "name": "Amazon",
        "fields": {"visible": {"before": False, "after": True}},
    }
    assert (role["action"], role["kind"], role["name"]) == ("added", "role", "Bearbeitung")
    assert role["fields"]["name"] == {"before": None, "after": {"de": "Bearbeitung", "en": None}}


def test_what_the_file_leaves_out_is_left_alone(desk: Desk) -> None:
    desk.do("apply", "-f", str(SHOP))
    before = desk.json("channel", "show", "Amazon DE")
    tag = desk.json("tag", "show", "Urgent")
    apply(
        desk, "channels: [{name: amazon de, active: false}]\ntags: [{name: Urgent, translations: {fr: Vite}}]"
    )
    after = desk.json("channel", "show", "amazon de")
    assert {key for key in before if before[key] != after[key]} == {"name", "active"}
    assert desk.json("tag", "show", "Urgent")["translations"] == {**tag["translations"], "fr": "Vite"}
    assert len(desk.json("channel")) == 4


def test_a_dry_run_shows_the_same_and_does_nothing(desk: Desk) -> None:
    lines = desk.do("apply", "-f", str(SHOP), "--dry-run").splitlines()
    assert desk.json("channel") == []
    assert desk.history() == []
    done = desk.do("apply", "-f", str(SHOP)).splitlines()
    assert lines[:-1] == done[:-1]
    assert lines[-1] == f"Dry run, nothing is done: {done[-1]}"


def test_one_problem_and_nothing_is_done(desk: Desk) -> None:
    text = "groups: [{name: {de: Maßarbeit}}]\nchannels: [{name: A}, {name: B, group: Masarbeit}]"
    error = desk.refused("apply", "-f", write(desk, text), code=2)
    told = ":3:40: channels[1].group: There is no group 'Masarbeit'. Did you mean Maßarbeit?"
    assert error["message"].endswith(told)
    assert desk.json("channel") == []
    assert desk.history() == []
    desk.refused("group", "show", "Maßarbeit", code=3)


def test_every_problem_is_told_with_its_place(desk: Desk) -> None:
    path = write(
        desk,
        "tags: [{name: Urgent, colour: '#f00'}]\n"
        "users: [{login: eva}]\n"
        "templates: [{name: T, versions: [{language: de, text: '{{ txet }}'}]}]\n"
        "channels:\n"
        "  - {name: A, tags: [Urgent], type: Complait}\n"
        "  - {name: B, marketplace: ebay, group: General, templates: {new: T}}\n"
        "  - {name: C, owners: [{role: Nobody, user: eva}]}\n",
    )
    done = desk.run("apply", "-f", path)
    assert done.code == 2
    first, *lines, hint = done.err.splitlines()
    assert first == f"Error: {path} has 6 problems."
    assert hint == "Hint: Nothing was changed; mend the file and try again."
    assert [line.strip().removeprefix(f"{path}:").split(" ")[:2] for line in lines] == [
        ["2:8:", "tags[0].availabilities:"],
        ["3:17:", "users[0].login:"],
        ["4:55:", "templates[0].versions[0].text:"],
        ["6:37:", "channels[0].type:"],
        ["7:41:", "channels[1].group:"],
        ["8:31:", "channels[2].owners[0].role:"],
    ]


def test_every_problem_of_one_channel_is_told(desk: Desk) -> None:
    path = write(
        desk,
        "tags: [{name: Urgent, colour: '#f00'}]\n"
        "channels: [{name: C, group: nope, tags: [Urgent, zz], subscribers: [nobody9]}]\n",
    )
    problems = desk.refused("apply", "-f", path, code=2)["problems"]
    assert [p["key"] for p in problems] == [
        "tags[0].availabilities",
        "channels[0].group",
        "channels[0].tags[1]",
        "channels[0].subscribers[0]",
    ]
    error = desk.refused("channel", "add", "C", "--group", "nope", "--subscribers", "nobody9", code=2)
    assert [p["key"] for p in error["problems"]] == ["group", "subscribers.0"]
    desk.refused("channel", "add", "C", "--group", "nope", code=3)
    desk.refused("channel", "show", "C", code=3)


def test_what_fails_only_because_another_thing_of_the_file_does_is_not_told(desk: Desk) -> None:
    path = write(
        desk,
        "groups: [{name: {de: G, en: Gee}, types: [{name: {de: T}, statuses: [{name: {de: S}}]}]}]\n"
        "channels: [{name: A, group: Gee, type: T, status: s}]\n",
    )
    error = desk.refused("apply", "-f", path, code=2)
    assert {p["key"].partition("[")[0] for p in error["problems"]} == {"groups"}


def test_a_template_that_breaks_is_a_template_fault(desk: Desk) -> None:
    path = write(desk, "templates: [{name: T, versions: [{language: de, text: '{{ txet }}'}]}]")
    assert desk.refused("apply", "-f", path, code=4)["code"] == "template-fault"


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("tags:\n  - {name: A, colour: '#fff', availabilities: [order]}\n  - {name: a}", "tags[1]", 3),
        ("groups:\n  - {system: amazon}\n  - {name: {de: AMAZON}}", "groups[1]", 3),
        ("channels:\n  - {name: A}\n\n  - {name: A, active: true}", "channels[1]", 3),
    ],
)
def test_the_same_thing_twice_is_refused(desk: Desk, text: str, key: str, line: int) -> None:
    error = desk.refused("apply", "-f", write(desk, text), code=2)
    assert f"{key}: " in error["message"]
    assert f"stands in line {line} already" in error["message"]


def test_live_mode_needs_consent_and_nothing_else_does(desk: Desk) -> None:
    path = write(desk, "settings: {live_mode: true}\nroles: [{name: {de: R}}]")
    assert "reach your customers" in desk.refused("apply", "-f", path, code=2)["message"]
    assert desk.json("role") == []
    assert "Dry run" in desk.do("apply", "-f", path, "--dry-run")
    desk.do("apply", "-f", path, "--yes")
    assert desk.json("settings")["live_mode"] is True
    assert "0 changed" in desk.do("apply", "-f", path)
    apply(desk, "settings: {live_mode: false}")


def test_a_system_group_is_found_by_its_key_and_can_be_renamed(desk: Desk) -> None:
    text = "groups: [{system: amazon, name: {de: A-Markt, en: null}}]"
    assert apply(desk, text)[0] == "~ group Amazon: name.de Amazon → A-Markt, name.en Amazon → nothing"
    assert apply(desk, text) == ["0 added, 0 changed, 1 unchanged"]


def test_another_default_channel_takes_over_once(desk: Desk) -> None:
    apply(desk, "channels: [{name: A, default: true}]")
    path = write(desk, "channels: [{name: B, default: true}, {name: A, default: false}]")
    done = desk.run("apply", "-f", path)
    assert "channel B: The channel A is no longer the default." in done.err
    again = desk.run("apply", "-f", path)
    assert (again.out, again.err) == ("0 added, 0 changed, 2 unchanged\n", "")


def test_a_file_may_come_from_standard_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.store.parent)
    content = b"version: 1\nchannels: [{name: A, incoming: {protocol: maildir, path: in}}]"
    desk.do("apply", "-f", "-", stdin=content)
    assert desk.json("channel", "show", "A")["incoming"]["path"] == str(desk.store.parent / "in")
    assert (
        "standard input:1:10: version"
        in desk.refused("apply", "-f", "-", code=2, stdin=b"version: 2")["message"]
    )


def test_only_who_has_the_right_of_each_change_applies(desk: Desk) -> None:
    desk.do("user", "add", "jan.kiefer")
    desk.become("jan.kiefer")
    assert desk.refused("apply", "-f", str(SHOP), code=5)["missing"] == ["Administrator"]
    tags = write(desk, "tags: [{name: A, colour: '#fff', availabilities: [order]}]")
    assert desk.refused("apply", "-f", tags, code=5)["missing"] == ["Setup > Tag > Create"]


def test_a_missing_file_and_a_missing_option_are_told(desk: Desk) -> None:
    assert "nowhere.yaml" in desk.refused("apply", "-f", "nowhere.yaml", code=2)["message"]
    desk.refused("apply", code=2)


def test_names_that_could_act_on_a_terminal_do_not_get_there(desk: Desk) -> None:
    for text in (
        'roles: [{name: {de: "\\e[31m"}}]',
        '"\\e[31m": 1',
        'channels: [{name: A, group: "\\e[31m"}]',
    ):
        done = desk.run("apply", "-f", write(desk, text))
        assert done.code == 2
        assert "\x1b" not in done.err


def test_the_output_of_a_pipeline_is_the_same_from_run_to_run(desk: Desk) -> None:
    first = json.dumps(desk.json("apply", "-f", str(SHOP), "--dry-run"))
    assert json.dumps(desk.json("apply", "-f", str(SHOP), "--dry-run")) == first
