"""What a channel gives to the mail that it receives, and to the messages that it sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk
from tests.journeys.mails import mail


class Mailbox:
    """A Maildir that a channel reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True)

    def receive(self, number: int, **headers: str) -> None:
        """A mail arrives."""
        (self.folder / "new" / f"{number}.M{number}.example").write_bytes(mail(number, **headers))


@pytest.fixture
def mailbox(desk: Desk, tmp_path: Path) -> Mailbox:
    """The mailbox of the channel Laden, which also sends into a Maildir."""
    box = Mailbox(tmp_path / "in")
    desk.do("tag", "add", "Amazon FR", "--colour", "#f80", "--availabilities", "messenger")
    desk.do("tag", "add", "Urgent", "--colour", "#f00", "--availabilities", "messenger")
    desk.do("role", "add", "Bearbeitung")
    desk.do("role", "add", "Vertretung")
    desk.do("user", "add", "eva.berg", "--admin")
    desk.do(
        *("channel", "add", "Laden", "--default", "--incoming-protocol", "maildir"),
        *("--incoming-path", str(box.folder), "--outgoing-protocol", "maildir"),
        *("--outgoing-path", str(tmp_path / "out"), "--sender-email", "shop@holzweg.example"),
    )
    return box


def _received(desk: Desk, mailbox: Mailbox, number: int = 1) -> dict[str, Any]:
    mailbox.receive(number)
    desk.do("fetch")
    newest: dict[str, Any] = desk.json("conversation", "list")[0]
    return newest


def _sent(desk: Desk) -> dict[str, Any]:
    sent = desk.json("send", "--to", "jan@example.com", "--subject", "x", "--text", "y")
    conversation: dict[str, Any] = desk.json("conversation", "show", str(sent["conversation"]))
    return conversation


def test_what_is_received_and_what_is_sent_gets_the_tags(desk: Desk, mailbox: Mailbox) -> None:
    """Conversations that a channel begins, by mail that it receives or sends, get its tags.

    M-133 `plentymsg channel set CHANNEL --tags TAGS`
    """
    desk.do("channel", "set", "Laden", "--tags", "amazon fr,Urgent")
    assert _received(desk, mailbox)["tags"] == ["Amazon FR", "Urgent"]
    assert _sent(desk)["tags"] == ["Amazon FR", "Urgent"]
    desk.do("channel", "set", "Laden", "--tags", "")
    assert _received(desk, mailbox, 2)["tags"] == []


def test_conversations_are_found_by_the_tags_of_their_channel(desk: Desk, mailbox: Mailbox) -> None:
    """Conversations are filtered by the tags that their channel has given them.

    M-134 `plentymsg conversation list --tag TAG`
    """
    before = _received(desk, mailbox)["id"]
    desk.do("channel", "set", "Laden", "--tags", "Amazon FR")
    tagged = _received(desk, mailbox, 2)["id"]
    assert [c["id"] for c in desk.json("conversation", "list", "--tag", "amazon fr")] == [tagged]
    assert desk.json("conversation", "list", "--tag", "Urgent") == []
    assert {c["id"] for c in desk.json("conversation", "list")} == {before, tagged}


def test_new_conversations_get_the_owners_in_their_roles(desk: Desk, mailbox: Mailbox) -> None:
    """New conversations of a channel get its owners, each in their role.

    M-135 `plentymsg channel set CHANNEL --owners ROLE=LOGIN`
    """
    login = next(user["login"] for user in desk.json("user") if user["login"] != "eva.berg")
    desk.do("channel", "set", "Laden", "--owners", f"Bearbeitung=eva.berg,Vertretung={login}")
    for number in (_received(desk, mailbox)["id"], _sent(desk)["id"]):
        owners = desk.rows(
            "SELECT r.name_de, u.login FROM conversation_owner o JOIN messenger_role r ON r.id = o.role_id"
            " JOIN user_account u ON u.id = o.user_id WHERE o.conversation_id = ? ORDER BY r.id",
            number,
        )
        assert owners == [("Bearbeitung", "eva.berg"), ("Vertretung", login)]


def test_new_conversations_get_group_type_and_status(desk: Desk, mailbox: Mailbox) -> None:
    """New conversations of a channel go into its group, with its type and status.

    M-136 `plentymsg channel set CHANNEL --group GROUP --type TYPE --status STATUS`
    """
    desk.do("group", "add", "Maßarbeit", "--en", "Custom made")
    desk.do("type", "add", "Maßarbeit/Anfrage")
    desk.do("status", "add", "Maßarbeit/Anfrage/Neu", "--progress", "0", "--colour", "#0084ff")
    desk.do("channel", "set", "Laden", "--group", "custom made", "--type", "Anfrage", "--status", "Neu")
    for conversation in (_received(desk, mailbox), _sent(desk)):
        placed = (conversation["group"], conversation["type"], conversation["status"])
        assert placed == ("Maßarbeit", "Anfrage", "Neu")


def test_a_later_choice_stays_when_more_mail_comes(desk: Desk, mailbox: Mailbox) -> None:
    """A type and a status that somebody has chosen stay, whatever the channel gives to what is new.

    M-154 `plentymsg conversation set ID --type TYPE --status STATUS`
    """
    desk.do("channel", "set", "Laden", "--type", "Reklamation", "--status", "Neu")
    number = _received(desk, mailbox)["id"]
    desk.do("conversation", "set", str(number), "--type", "Retoure", "--status", "Erledigt")
    mailbox.receive(2, subject="Re: Wo ist mein Regal?", answers="<1@customer.example>")
    desk.do("fetch")
    desk.do("conversation", "reply", str(number), "--text", "Gern.")
    (conversation,) = desk.json("conversation", "list")
    assert conversation["message_count"] == 3
    assert (conversation["type"], conversation["status"]) == ("Retoure", "Erledigt")
