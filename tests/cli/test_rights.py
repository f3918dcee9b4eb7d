"""Every command asks for its right before it does anything; init, completion and the rules need none."""

from __future__ import annotations

import pytest

from plentymsg.cli.app import COMMANDS, root
from tests.desk import Desk

ADMIN = "Administrator"
READ, UPDATE = "CRM > Messenger > Read", "CRM > Messenger > Update"
CREATE = "CRM > Message > Create"

COMMANDS_AND_RIGHTS = [
    (("fetch",), UPDATE),
    (("send",), UPDATE),
    (("send", "--to", "a@example.com", "--text", "x"), CREATE),
    (("sync",), UPDATE),
    (("ingest", "--to", "x@in.example"), UPDATE),
    (("check", "--channel", "Shop", "--text", "x"), READ),
    (("check", "--all-templates"), "CRM > EmailBuilder > Read"),
    (("conversation", "list"), READ),
    (("conversation", "show", "1"), READ),
    (("conversation", "reply", "1", "--text", "x"), CREATE),
    (("outbox", "list"), READ),
    (("outbox", "show", "1"), READ),
    (("outbox", "retry", "1", "--yes"), READ),
    (("outbox", "settle", "1", "--sent"), UPDATE),
    (("outbox", "cancel", "1", "--yes"), UPDATE),
    (("collect", "file", "--source", "orders"), UPDATE),
    (("collect", "show"), READ),
    (("collect", "set", "--no-attachments"), ADMIN),
    (("account", "show"), READ),
    (("account", "set", "--signature-text", "x"), ADMIN),
    (("notification", "list"), READ),
    (("notification", "open", "1"), READ),
    (("notification", "close", "--all"), READ),
    (("apply", "-f", "examples/shop.yaml"), ADMIN),
    (("store", "info"), READ),
    (("settings", "show"), READ),
    (("settings", "set", "--client-name", "x"), ADMIN),
    (("channel", "list"), READ),
    (("channel", "show", "Shop"), READ),
    (("channel", "add", "New"), ADMIN),
    (("channel", "set", "Shop", "--inactive"), ADMIN),
    (("channel", "delete", "Shop", "--yes"), ADMIN),
    (("channel", "test", "Shop"), ADMIN),
    (("group", "list"), READ),
    (("group", "show", "Amazon"), READ),
    (("group", "add", "Neu"), ADMIN),
    (("group", "set", "Amazon", "--hidden"), ADMIN),
    (("group", "delete", "Eigene", "--yes"), ADMIN),
    (("type", "list"), READ),
    (("type", "show", "Eigene/Art"), READ),
    (("type", "add", "Eigene/Neu"), ADMIN),
    (("type", "set", "Eigene/Art", "--en", "x"), ADMIN),
    (("type", "delete", "Eigene/Art", "--yes"), ADMIN),
    (("status", "list"), READ),
    (("status", "show", "Eigene/Art/Neu"), READ),
    (("status", "add", "Eigene/Art/Alt", "--progress", "10", "--colour", "#ff0000"), ADMIN),
    (("status", "set", "Eigene/Art/Neu", "--en", "x"), ADMIN),
    (("status", "delete", "Eigene/Art/Neu", "--yes"), ADMIN),
    (("role", "list"), READ),
    (("role", "show", "Bearbeitung"), READ),
    (("role", "add", "Neu"), ADMIN),
    (("role", "set", "Bearbeitung", "--en", "x"), ADMIN),
    (("role", "delete", "Bearbeitung", "--yes"), ADMIN),
    (("user", "add", "someone"), ADMIN),
    (("user", "set", "jan.kiefer", "--admin"), ADMIN),
    (("user", "delete", "jan.kiefer", "--yes"), ADMIN),
    (("tag", "list"), "Setup > Tag > Read"),
    (("tag", "show", "Urgent"), "Setup > Tag > Read"),
    (("tag", "add", "Neu", "--colour", "#ff0000", "--availabilities", "messenger"), "Setup > Tag > Create"),
    (("tag", "set", "Urgent", "--colour", "#00ff00"), "Setup > Tag > Update"),
    (("tag", "delete", "Urgent", "--yes"), "Setup > Tag > Delete"),
    (("template", "list"), "CRM > EmailBuilder > Read"),
    (("template", "show", "Messenger default NEW"), "CRM > EmailBuilder > Read"),
    (("template", "add", "Neu", "--language", "de", "--text-file", "LICENSE"), "CRM > EmailBuilder > Create"),
    (("template", "set", "Messenger default NEW", "--folder", "x"), "CRM > EmailBuilder > Update"),
    (("template", "delete", "Messenger default NEW", "--yes"), "CRM > EmailBuilder > Delete"),
]

NEEDS_AN_ACCOUNT = {("user", "list"), ("user", "show")}
"""Who is refused something must be able to see whom to ask."""

NEEDS_NO_RIGHT = {("init",), ("rules", "list"), ("rules", "explain"), ("store", "migrate")}
"""What makes the store has nobody to ask in it yet, and the rules are public."""


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A store with one thing of each kind, where the OS user becomes one who may do nothing."""
    for words in (
        ("user", "add", "jan.kiefer", "--name", "Jan"),
        ("group", "add", "Eigene"),
        ("type", "add", "Eigene/Art"),
        ("status", "add", "Eigene/Art/Neu", "--progress", "0", "--colour", "#0084ff"),
        ("role", "add", "Bearbeitung"),
        ("tag", "add", "Urgent", "--colour", "#ff0000", "--availabilities", "messenger"),
        (
            *("channel", "add", "Shop", "--default", "--sender-email", "shop@holzweg.example"),
            *("--outgoing-protocol", "maildir", "--outgoing-path", str(desk.store.parent / "out")),
        ),
        ("send", "--to", "a@example.com", "--subject", "x", "--text", "y", "--queue"),
    ):
        desk.do(*words)
    desk.become("jan.kiefer")
    return desk


def test_every_command_is_refused_to_who_lacks_its_right_and_changes_nothing(filled: Desk) -> None:
    before = filled.rows("SELECT count(*), max(id) FROM history")
    for words, right in COMMANDS_AND_RIGHTS:
        # A mail server is to keep the mail until somebody has given the right.
        error = filled.refused(*words, code=75 if words[0] == "ingest" else 5)
        assert right in error["message"], f"{words}: {error}"
        assert error["code"] == "forbidden"
    assert filled.rows("SELECT count(*), max(id) FROM history") == before
    assert not (filled.store.parent / f"{filled.store.name}.captured").exists()


def test_the_table_above_has_every_command() -> None:
    commands = set()
    context = root().make_context("plentymsg", [], resilient_parsing=True)
    for name in COMMANDS:
        command = root().get_command(context, name)
        verbs = getattr(command, "commands", None)
        commands |= {(name, verb) for verb in verbs} if verbs else {(name,)}
    listed = {words[:2] if words[:2] in commands else words[:1] for words, _ in COMMANDS_AND_RIGHTS}
    assert listed | NEEDS_AN_ACCOUNT | NEEDS_NO_RIGHT == commands


def test_an_account_that_is_not_there_is_refused_too(filled: Desk) -> None:
    assert filled.json("user", "list")
    filled.become("stranger")
    for words in (("group", "list"), ("user", "list"), ("user", "show", "jan.kiefer")):
        assert "no active account" in filled.refused(*words, code=5)["message"]


def test_who_is_made_an_admin_may_at_once(filled: Desk) -> None:
    filled.refused("group", "list", code=5)
    filled.rows("UPDATE user_account SET admin = 1 WHERE login = 'jan.kiefer'")
    assert filled.json("group", "list")
