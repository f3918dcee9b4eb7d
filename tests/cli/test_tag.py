"""Tags: adding, changing and deleting them, and what they may be put on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_group import converse
from tests.desk import Desk

KINDS = [
    "category",
    "contact",
    "messageBillable",
    "messenger",
    "order",
    "redistribution",
    "reorder",
    "variation",
]


def add(desk: Desk, *options: str, name: str = "Urgent") -> dict[str, object]:
    tag: dict[str, object] = desk.json(
        *("tag", "add", name, "--colour", "#ff8800", "--availabilities", "messenger"), *options
    )
    return tag


def coloured(desk: Desk, colour: str) -> object:
    return desk.json("tag", "add", "Urgent", "--colour", colour, "--availabilities", "order")["colour"]


def test_a_tag_needs_a_name_which_may_have_spaces(desk: Desk) -> None:
    """A tag has a name, in which there may be spaces; without one it is refused.

    M-074 `plentymsg tag add "Collector's item"`
    """
    assert add(desk, name="Collector's item  ")["name"] == "Collector's item"
    options = ("--colour", "#ff8800", "--availabilities", "messenger")
    assert "NAME" in desk.refused("tag", "add", *options, code=2)["message"]
    assert "it is empty" in desk.refused("tag", "add", " ", *options, code=2)["message"]


@pytest.mark.parametrize("colour", ["rgb(255, 136, 0)", "rgb(255,136,0)", "RGB(255, 136, 0)"])
def test_a_colour_may_be_given_by_its_red_green_and_blue(desk: Desk, colour: str) -> None:
    """A tag must have a colour, and it may be given as red, green and blue from 0 to 255.

    M-075 `plentymsg tag add Urgent --colour "rgb(255, 136, 0)" --availabilities messenger`
    """
    missing = desk.refused("tag", "add", "Urgent", "--availabilities", "order", code=2)
    assert [problem["key"] for problem in missing["problems"]] == ["colour"]
    assert coloured(desk, colour) == "#ff8800"


@pytest.mark.parametrize("colour", ["hsl(32, 100%, 50%)", "HSL(32,100%,50%)"])
def test_a_colour_may_be_given_by_hue_saturation_and_lightness(desk: Desk, colour: str) -> None:
    """A colour may be given as hue, saturation and lightness.

    M-076 `plentymsg tag add Urgent --colour "hsl(32, 100%, 50%)" --availabilities messenger`
    """
    assert coloured(desk, colour) == "#ff8800"


@pytest.mark.parametrize("colour", ["#ff8800", "FF8800", "#f80"])
def test_a_colour_may_be_given_in_hexadecimal(desk: Desk, colour: str) -> None:
    """A colour may be given in hexadecimal, long or short, with or without `#`.

    M-077 `plentymsg tag add Urgent --colour "#ff8800" --availabilities messenger`
    """
    assert coloured(desk, colour) == "#ff8800"


@pytest.mark.parametrize(
    "colour",
    [
        "rgb(256,0,0)",
        "rgb(1,2)",
        "hsl(32, 120%, 50%)",
        "#ff88",
        "#ff8800aa",
        "rgba(1,2,3,0.5)",
        "orangy",
        "",
        "0",
    ],
)
def test_what_is_no_opaque_colour_is_refused(desk: Desk, colour: str) -> None:
    error = desk.refused("tag", "add", "U", "--colour", colour, "--availabilities", "order", code=2)
    assert error["message"].startswith("colour: ")


def test_a_tag_may_be_available_for_each_of_the_eight_kinds(desk: Desk) -> None:
    """A tag is available for at least one of eight kinds of things, and may be for all of them.

    M-078 `plentymsg tag add Urgent --colour "#ff8800" --availabilities messenger,order`
    """
    tag = desk.json("tag", "add", "Urgent", "--colour", "#f80", "--availabilities", ",".join(reversed(KINDS)))
    assert tag["availabilities"] == KINDS
    desk.do("tag", "set", "Urgent", "--availabilities", "order", "--availabilities", "contact, order")
    assert desk.json("tag", "show", "Urgent")["availabilities"] == ["contact", "order"]


def test_a_tag_is_available_for_something(desk: Desk) -> None:
    missing = desk.refused("tag", "add", "Urgent", code=2)
    assert [problem["key"] for problem in missing["problems"]] == ["colour", "availabilities"]
    add(desk)
    assert "empty" in desk.refused("tag", "set", "Urgent", "--availabilities", "", code=2)["message"]
    error = desk.refused("tag", "set", "Urgent", "--availabilities", "ticket", code=2)
    assert all(kind in error["message"] for kind in KINDS)


def test_an_id_is_automatic_and_never_used_again(desk: Desk) -> None:
    """A tag's ID is given by the store, stays when everything else of it changes, and is no later tag's.

    M-082 `plentymsg tag set 1 --name Pressing`
    """
    tag = add(desk)
    desk.do("tag", "set", "Urgent", "--name", "Pressing", "--colour", "blue", "--availabilities", "order")
    assert desk.json("tag", "show", "Pressing")["id"] == tag["id"]
    assert "--id" in desk.refused("tag", "set", "Pressing", "--id", "7", code=2)["message"]
    desk.do("tag", "delete", "Pressing", "--yes")
    assert add(desk)["id"] == int(str(tag["id"])) + 1


def test_translations_are_added_and_removed_one_by_one(desk: Desk) -> None:
    """A tag's name can be translated with the tag and after, language by language.

    M-084 `plentymsg tag set Urgent --translations de=Eilig`
    """
    add(desk, "--translations", "de=Eilig", "--translations", "pl=Pilne")
    desk.do("tag", "set", "Urgent", "--translations", "de=", "--translations", "fr=Urgent = vite")
    assert desk.json("tag", "show", "Urgent")["translations"] == {"fr": "Urgent = vite", "pl": "Pilne"}
    desk.refused("tag", "set", "Urgent", "--translations", "xx=Eilig", code=2)
    assert "de=Eilig" in desk.refused("tag", "set", "Urgent", "--translations", "Eilig", code=2)["hint"]


def test_a_translation_that_is_left_out_is_no_difference(desk: Desk) -> None:
    add(desk, "--translations", "de=Eilig")
    assert add(desk)["changed"] is False


def test_clients_are_those_of_the_settings(desk: Desk) -> None:
    """Only a tag for variations has clients, out of the list in the settings; it loses them with Variation.

    M-083 `plentymsg tag add Vintage --colour blue --availabilities variation --clients "Holzweg Shop"`
    """
    desk.do("settings", "set", "--clients", "Holzweg Shop,Holzweg Outlet")
    error = desk.refused(
        "tag", "add", "V", "--colour", "blue", "--availabilities", "order", "--clients", "x", code=2
    )
    assert "available for variations" in error["message"]
    new = ("tag", "add", "V", "--colour", "blue", "--availabilities", "order,variation")
    error = desk.refused(*new, "--clients", "Holzweg", code=3)
    assert "There are: Holzweg Outlet, Holzweg Shop." in error["hint"]
    assert desk.json(*new, "--clients", "holzweg shop, Holzweg Outlet, HOLZWEG SHOP")["clients"] == [
        "Holzweg Outlet",
        "Holzweg Shop",
    ]
    desk.do("tag", "set", "V", "--colour", "red")
    assert len(desk.json("tag", "show", "V")["clients"]) == 2
    assert desk.json("tag", "set", "V", "--availabilities", "order")["clients"] == []
    desk.refused("tag", "set", "V", "--clients", "Holzweg Shop", code=2)
    desk.do("tag", "set", "V", "--clients", "Holzweg Shop", "--availabilities", "variation")
    assert desk.json("tag", "set", "V", "--clients", "")["clients"] == []


def test_a_client_that_tags_have_stays(desk: Desk) -> None:
    desk.do("settings", "set", "--clients", "Holzweg Shop,Holzweg Outlet")
    for name in ("Vintage", "Neu"):
        desk.do(
            *("tag", "add", name, "--colour", "blue", "--availabilities", "variation"),
            *("--clients", "Holzweg Shop"),
        )
    error = desk.refused("settings", "set", "--clients", "Holzweg Outlet", code=1)
    assert "'Holzweg Shop' is still a client of the tags Neu, Vintage" in error["message"]
    assert desk.json("settings")["clients"] == ["Holzweg Outlet", "Holzweg Shop"]
    desk.do("settings", "set", "--clients", "HOLZWEG SHOP")
    assert desk.json("settings")["clients"] == ["HOLZWEG SHOP"]
    assert desk.json("tag", "show", "Neu")["clients"] == ["HOLZWEG SHOP"]
    assert desk.json("settings", "set", "--clients", "HOLZWEG SHOP")["changed"] is False


def test_a_configuration_file_has_clients(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(
        "version: 1\n"
        "settings: {clients: [Holzweg Shop]}\n"
        "tags: [{name: Vintage, colour: blue, availabilities: [variation], clients: [Holzweg Shop]}]\n"
    )
    desk.do("apply", "-f", str(tmp_path / "shop.yaml"))
    assert desk.json("tag", "show", "Vintage")["clients"] == ["Holzweg Shop"]
    lines = len(desk.history())
    desk.do("apply", "-f", str(tmp_path / "shop.yaml"))
    assert len(desk.history()) == lines


def test_a_tag_exists_before_the_messenger_uses_it(desk: Desk) -> None:
    """A tag must exist before a channel can put it on conversations.

    M-086 `plentymsg channel add Laden --tags Urgent`
    """
    assert "no tag 'Urgent'" in desk.refused("channel", "add", "Laden", "--tags", "Urgent", code=3)["message"]
    add(desk)
    assert desk.json("channel", "add", "Laden", "--tags", "Urgent")["tags"] == ["Urgent"]


def test_only_tags_of_the_messenger_go_on_conversations(desk: Desk) -> None:
    """Tags for Messenger conversations and for billable messages go on conversations, and no others.

    M-109 `plentymsg channel set Laden --tags Urgent`
    """
    for kind in KINDS:
        desk.do("tag", "add", f"for {kind}", "--colour", "red", "--availabilities", kind)
    desk.do("channel", "add", "Laden")
    for kind in KINDS:
        if kind in ("messenger", "messageBillable"):
            desk.do("channel", "set", "Laden", "--tags", f"for {kind}")
        else:
            error = desk.refused("channel", "set", "Laden", "--tags", f"for {kind}", code=2)
            assert "is not available for the messenger" in error["message"]
            assert f"--availabilities {kind},messenger" in error["hint"]


def test_all_tags_are_listed_by_name(desk: Desk) -> None:
    """All tags are listed, by name.

    M-089 `plentymsg tag list`
    """
    for name in ("vintage", "Urgent", "Sale"):
        add(desk, name=name)
    assert [tag["name"] for tag in desk.json("tag", "list")] == ["Sale", "Urgent", "vintage"]


def test_several_tags_are_changed_together(desk: Desk) -> None:
    """Several tags are changed by one command, each by what is given; all of them or none.

    M-100 `plentymsg tag set Sale Urgent Vintage --colour "#0084ff"`
    """
    for name in ("Vintage", "Urgent", "Sale"):
        add(desk, "--translations", f"de={name} (de)", name=name)
    done = desk.json("tag", "set", "sale", "Urgent", "Vintage", "1", "--colour", "#0084ff")
    assert [(tag["name"], tag["changed"]) for tag in done] == [
        ("Sale", True),
        ("Urgent", True),
        ("Vintage", True),
    ]
    assert {tag["colour"] for tag in desk.json("tag")} == {"#0084ff"}
    assert desk.json("tag", "show", "Sale")["translations"] == {"de": "Sale (de)"}
    before = desk.json("tag"), desk.history()
    desk.refused("tag", "set", "Sale", "Nope", "--colour", "red", code=3)
    desk.refused("tag", "set", "Sale", "Urgent", "--availabilities", "ticket", code=2)
    assert "one name" in desk.refused("tag", "set", "Sale", "Urgent", "--name", "X", code=2)["message"]
    assert "Would have changed" in desk.do("tag", "set", "Sale", "Urgent", "--colour", "red", "--dry-run")
    assert (desk.json("tag"), desk.history()) == before


def test_several_tags_are_deleted_together(desk: Desk) -> None:
    for name in ("Vintage", "Urgent", "Sale"):
        add(desk, name=name)
    error = desk.refused("tag", "delete", "Sale", "Urgent", code=2)
    assert "Delete the tags Sale, Urgent?" in error["message"]
    desk.refused("tag", "delete", "Sale", "Nope", "--yes", code=3)
    assert len(desk.json("tag")) == 3
    assert len(json.loads(desk.do("tag", "delete", "Sale", "Urgent", "--yes", "--json"))) == 2
    assert [tag["name"] for tag in desk.json("tag")] == ["Vintage"]


def test_deleting_a_tag_takes_it_from_all_that_bear_it(desk: Desk) -> None:
    """A tag that is deleted is gone from channels, conversations and records; `tag show` counts these.

    M-108 `plentymsg tag delete Urgent --yes`
    """
    tag = add(desk, "--availabilities", "variation")
    desk.do("channel", "add", "Laden", "--tags", "Urgent")
    conversation = converse(desk, 1)
    lines = f"messenger,{conversation},{tag['id']}\nvariation,1,{tag['id']}\nvariation,2,{tag['id']}\n"
    desk.do("tag", "link", "import", "-", stdin=lines.encode())
    shown = desk.json("tag", "show", "Urgent")
    assert shown["link_count"] == 3
    assert shown["links"] == [{"kind": "conversation", "count": 1}, {"kind": "variation", "count": 2}]
    done = desk.run("tag", "delete", "Urgent", "--yes")
    assert done.err.splitlines() == [
        "Warning: The channel Laden has lost this tag.",
        "Warning: It was on other things too, which have lost it (conversation: 1, variation: 2).",
    ]
    assert desk.json("channel", "show", "Laden")["tags"] == []
    assert desk.rows("SELECT count(*) FROM conversation_tag") == [(0,)]
    assert desk.rows("SELECT count(*) FROM tag_link") == [(0,)]
    assert add(desk, name="Other")["id"] != tag["id"]


@pytest.mark.parametrize(
    ("right", "words"),
    [
        ("Read", ("tag", "list")),
        ("Read", ("tag", "show", "Urgent")),
        ("Read", ("tag", "export")),
        ("Read", ("tag", "filter", "save", "U", "--name", "urgent")),
        ("Create", ("tag", "add", "Neu", "--colour", "red", "--availabilities", "order")),
        ("Update", ("tag", "set", "Urgent", "--colour", "red")),
        ("Delete", ("tag", "delete", "Urgent", "--yes")),
        ("Tag relationship > Create", ("tag", "link", "import", "-")),
    ],
)
def test_work_with_tags_takes_a_right_of_setup_tag(desk: Desk, right: str, words: tuple[str, ...]) -> None:
    """Reading, creating, changing and deleting tags each take their right of the section Setup > Tag.

    M-107 `plentymsg tag list`
    """
    tag = add(desk, "--availabilities", "messenger,variation")
    desk.do("user", "add", "jan.kiefer")
    others = {"Read", "Create", "Update", "Delete", "Tag relationship > Create"} - {right}
    grant(desk, "jan.kiefer", *(f"Setup > Tag > {other}" for other in others))
    desk.become("jan.kiefer")
    stdin = f"variation,1,{tag['id']}\n".encode()
    assert desk.refused(*words, code=5, stdin=stdin)["missing"] == [f"Setup > Tag > {right}"]
    grant(desk, "jan.kiefer", f"Setup > Tag > {right}")
    desk.do(*words, stdin=stdin)


def test_the_overview_is_filtered_by_the_tags_that_a_channel_gives(desk: Desk, tmp_path: Path) -> None:
    """New conversations have their channel's tags, and the overview can be narrowed to a tag.

    M-087 `plentymsg conversation list --tag Urgent`
    """
    for name, tag in (("Laden", "Urgent"), ("Werkstatt", "Vintage")):
        add(desk, name=tag)
        for folder in ("cur", "new", "tmp"):
            (tmp_path / name / folder).mkdir(parents=True)
        (tmp_path / name / "new" / "1").write_text(
            f"From: a@example.com\nTo: shop@holzweg.example\nSubject: An {name}\n"
            "Date: Tue, 24 Nov 2026 10:00:00 +0000\n\nHallo\n"
        )
        maildir = ("--incoming-protocol", "maildir", "--incoming-path", str(tmp_path / name))
        desk.do("channel", "add", name, "--tags", tag, "--since", "2026-11-01", *maildir)
    desk.do("fetch")
    found = {
        tag: [(c["subject"], c["tags"]) for c in desk.json("conversation", "list", "--tag", tag)]
        for tag in ("urgent", "Vintage")
    }
    assert found == {"urgent": [("An Laden", ["Urgent"])], "Vintage": [("An Werkstatt", ["Vintage"])]}
    desk.refused("conversation", "list", "--tag", "Nope", code=3)


def grant(desk: Desk, login: str, *rights: str) -> None:
    """Give an account these rights, by an access role of its own."""
    role = desk.rows("INSERT INTO access_role (name, advanced) VALUES (?, 1) RETURNING id", " ".join(rights))
    for right in rights:
        desk.rows("INSERT INTO access_role_right VALUES (?, ?) RETURNING 1", role[0][0], right)
    desk.rows(
        "INSERT INTO user_access_role SELECT id, ? FROM user_account WHERE login = ? RETURNING 1",
        role[0][0],
        login,
    )


def test_names_in_several_languages_may_stand_in_one_option(desk: Desk) -> None:
    """Commas part the languages, and stay where they are part of a name."""
    tag = add(desk, "--translations", "de=Eilig, sofort,fr=Urgent")
    assert tag["translations"] == {"de": "Eilig, sofort", "fr": "Urgent"}


def test_an_availability_is_known_in_any_case(desk: Desk) -> None:
    added = desk.json("tag", "add", "Fee", "--colour", "red", "--availabilities", "Messenger,messagebillable")
    assert added["availabilities"] == ["messageBillable", "messenger"]
