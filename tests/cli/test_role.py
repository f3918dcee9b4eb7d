from __future__ import annotations

import json

from tests.cli.test_group import converse
from tests.desk import Desk


def own(desk: Desk, conversation: int, role: int) -> None:
    """Make the first user the owner of a conversation, in this role."""
    desk.execute(
        "INSERT INTO conversation_owner (conversation_id, role_id, user_id) VALUES (?, ?, 1)",
        conversation,
        role,
    )


def test_a_role_has_two_names_and_a_place(desk: Desk) -> None:
    """A role is added with its names, and stands behind the others unless it is given a position.

    M-111 `plentymsg role add NAME --en NAME --position 1`
    """
    first = desk.json("role", "add", "Bearbeitung", "--en", "Handling", "--position", "3")
    assert (first["name"], first["position"]) == ({"de": "Bearbeitung", "en": "Handling"}, 3)
    assert desk.json("role", "add", "Vertretung")["position"] == 4
    assert desk.json("role", "add", "Leitung", "--position", "0")["position"] == 0
    assert [role["name"]["de"] for role in desk.json("role")] == ["Leitung", "Bearbeitung", "Vertretung"]


def test_roles_are_listed_edited_and_deleted(desk: Desk) -> None:
    """Roles are listed and changed, and deleted one by one or several at once, all or none.

    M-119 `plentymsg role delete ROLE...`
    """
    for name in ("Bearbeitung", "Vertretung", "Leitung"):
        desk.do("role", "add", name)
    assert desk.json("role", "set", "Leitung", "--en", "Lead")["name"]["en"] == "Lead"
    desk.refused("role", "delete", "Bearbeitung", "Vertrteung", "--yes", code=3)
    gone = json.loads(desk.do("role", "delete", "Bearbeitung", "Vertretung", "--yes", "--json"))
    assert [role["name"]["de"] for role in gone] == ["Bearbeitung", "Vertretung"]
    assert [role["name"]["de"] for role in desk.json("role")] == ["Leitung"]
    assert desk.rows("SELECT count(*) FROM messenger_role") == [(3,)]


def test_a_role_in_use_stays_unless_it_is_taken_from_its_owners(desk: Desk) -> None:
    role = desk.json("role", "add", "Bearbeitung")["id"]
    keeping = desk.json("role", "add", "Vertretung")["id"]
    login = desk.rows("SELECT login FROM user_account")[0][0]
    desk.do("channel", "add", "Laden", "--owners", f"Bearbeitung={login}")
    conversations = [converse(desk, 1), converse(desk, 1)]
    for conversation in conversations:
        own(desk, conversation, role)
    own(desk, conversations[0], keeping)
    error = desk.refused("role", "delete", "Bearbeitung", "--yes", code=1)
    assert error["used_by"] == ["the channel Laden", "2 conversations"]
    desk.do("role", "delete", "Bearbeitung", "--force", "--yes")
    assert desk.json("channel", "show", "Laden")["owners"] == []
    assert desk.rows("SELECT conversation_id, role_id FROM conversation_owner") == [
        (conversations[0], keeping)
    ]
    told = [line for line in desk.history() if line["kind"] == "conversation"]
    assert [line["thing_id"] for line in told] == conversations
    assert [owner["role"] for owner in told[0]["before"]["owners"]] == ["Bearbeitung", "Vertretung"]
    assert [owner["role"] for owner in told[0]["after"]["owners"]] == ["Vertretung"]
