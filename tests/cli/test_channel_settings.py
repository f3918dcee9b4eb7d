"""Every field of a channel, by command: what PlentyONE's settings of a channel hold."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_channel import IN, OUT
from tests.desk import Desk

MARKETPLACES = (
    "amazon",
    "bol",
    "ebay",
    "kaufland",
    "limango",
    "netto",
    "otto",
    "shopify",
    "woocommerce",
    "zalando",
)


def test_there_may_be_any_number_of_channels_one_for_each_marketplace(desk: Desk) -> None:
    """There may be any number of channels: one for each marketplace, or several.

    M-121 `plentymsg channel add NAME --marketplace MARKETPLACE`
    """
    for marketplace in MARKETPLACES:
        desk.do("channel", "add", marketplace.title(), "--marketplace", marketplace)
    desk.do("channel", "add", "Amazon FR", "--marketplace", "amazon")
    listed = desk.json("channel", "list")
    assert {channel["marketplace"] for channel in listed} == set(MARKETPLACES)
    assert len(listed) == 11


def test_channels_are_listed_searched_shown_edited_and_deleted(desk: Desk) -> None:
    """Channels are listed, found by a part of their name, shown, edited, and deleted.

    M-150 `plentymsg channel list|show|set|delete`
    """
    for name in ("Amazon DE", "Amazon FR", "Größe XL"):
        desk.do("channel", "add", name)
    assert [c["name"] for c in desk.json("channel", "list", "--name", "aMAZ")] == ["Amazon DE", "Amazon FR"]
    assert [c["name"] for c in desk.json("channel", "list", "--name", "GRÖSS")] == ["Größe XL"]
    assert [c["name"] for c in desk.json("channel", "--limit", "1", "--page", "2")] == ["Amazon FR"]
    assert desk.json("channel", "list", "--name", "eBay") == []
    desk.do("channel", "set", "Amazon FR", "--name", "Amazon IT")
    assert desk.json("channel", "show", "amazon it")["id"] == 2
    desk.refused("channel", "delete", "Amazon DE", "Größe", "--yes", code=3)
    assert len(desk.json("channel")) == 3
    desk.do("channel", "delete", "Amazon IT", "größe xl", "--yes")
    assert [c["name"] for c in desk.json("channel")] == ["Amazon DE"]


def test_deleting_the_channel_of_collected_mail_is_warned_of(desk: Desk) -> None:
    for name in ("Eins", "Zwei"):
        desk.do("channel", "add", name)
    desk.do("collect", "set", "--active", "--channel", "Eins")
    assert "Warning" not in desk.run("channel", "delete", "Zwei", "--yes").err
    assert "plentymsg collect set --channel NAME" in desk.run("channel", "delete", "Eins", "--yes").err


def test_a_channel_is_known_by_its_name(desk: Desk) -> None:
    """A channel has a name that no other channel has, in whatever case, and that can be changed.

    M-130 `plentymsg channel set CHANNEL --name TEXT`
    """
    desk.do("channel", "add", "Laden")
    desk.do("channel", "add", "Zwei 😀 لي")
    error = desk.refused("channel", "set", "2", "--name", "LADEN", code=1)
    assert "'Laden' (1)" in error["message"]
    desk.refused("channel", "add", "", code=2)
    desk.refused("channel", "add", "x" * 501, code=2)
    assert desk.json("channel", "show", "zwei 😀 لي")["id"] == 2


def test_login_details_hold_where_the_password_is(desk: Desk) -> None:
    """The login details of the mailbox are kept, of a password only where it is.

    M-124 `plentymsg channel set CHANNEL --incoming-username … --incoming-password env:NAME`
    """
    desk.do("channel", "add", "Laden", *IN, "--incoming-password", "env:SHOP_PASSWORD")
    incoming = desk.json("channel", "show", "Laden")["incoming"]
    assert (incoming["host"], incoming["port"]) == ("mail.holzweg.example", 993)
    assert (incoming["username"], incoming["folder"]) == ("shop@holzweg.example", "INBOX")
    assert incoming["password"] == {"env": "SHOP_PASSWORD"}
    assert "hunter2" not in desk.run("channel", "set", "Laden", "--incoming-password", "hunter2").err


def test_switches_and_lists_are_set_and_cleared(desk: Desk) -> None:
    """Notifications, matching with orders, and who may write to the channel are set for each channel.

    M-152 `plentymsg channel set CHANNEL --allowed-senders ADDRESSES`
    """
    desk.do(
        *("channel", "add", "Laden", "--notifications", "--match-orders"),
        *("--allowed-senders", "Petra@Example.com,jan@example.com", "--allowed-senders", "petra@example.COM"),
    )
    channel = desk.json("channel", "show", "Laden")
    assert (channel["notifications"], channel["match_orders"]) == (True, True)
    assert channel["allowed_senders"] == ["jan@example.com", "petra@example.com"]
    same = ("--allowed-senders", "jan@example.com,PETRA@example.com")
    assert desk.json("channel", "set", "Laden", *same)["changed"] is False
    desk.do("channel", "set", "Laden", "--no-notifications", "--no-match-orders", "--allowed-senders", "")
    channel = desk.json("channel", "show", "Laden")
    assert (channel["notifications"], channel["match_orders"]) == (False, False)
    assert channel["allowed_senders"] == []
    (problem,) = desk.refused("channel", "set", "Laden", "--allowed-senders", "petra", code=2)["problems"]
    assert problem["key"] == "allowed_senders.0"


def test_the_summary_has_everything_on_one_screen(desk: Desk, screen: Run) -> None:
    """A terminal of 80 columns shows all that is set of a channel on one screen, in PlentyONE's sections.

    M-150 `plentymsg channel show CHANNEL`
    """
    desk.do("settings", "set", "--target-domain", "in.holzweg.example")
    desk.do("role", "add", "Bearbeitung")
    desk.do("tag", "add", "Urgent", "--colour", "#f00", "--availabilities", "messenger")
    login = desk.json("user", "list")[0]["login"]
    desk.do(
        *("channel", "add", "Amazon DE", "--marketplace", "amazon", "--tags", "Urgent", "--skip-orders"),
        *("--type", "Reklamation", "--status", "Neu", "--owners", f"Bearbeitung={login}"),
        *("--subscribers", login, "--skip-emails", r"@invalid\.example$", "--template-reply", "1"),
        *(*IN, "--incoming-password", "env:AMAZON", *OUT, "--outgoing-username", "shop@holzweg.example"),
        *("--outgoing-password", "keyring:amazon-de", "--sender-name", "Holzweg"),
    )
    lines = screen("channel", "show", "Amazon DE", NO_COLOR="1", TERM="dumb").out.splitlines()
    assert len(lines) <= 23, "one line is the prompt's"
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == [
        "Activate",
        "Login",
        "General",
        "Receiving",
        "Sending",
    ]
    told = " ".join(" ".join(lines).split())
    address = desk.json("channel", "show", "1")["target_address"]
    for part in (
        *("mail.holzweg.example:993 ssl", "password env:AMAZON", "password keyring:amazon-de", address),
        *("Holzweg <shop@holzweg.example>", "Amazon / Reklamation / Neu", "Urgent", f"Bearbeitung={login}"),
        *("orders, addresses like @invalid", "Messenger default NEW"),
    ):
        assert part in told


def test_exactly_one_channel_is_the_default_or_none(desk: Desk) -> None:
    """At most one channel is the default one; while there is none, each message must name its channel.

    M-153 `plentymsg channel set CHANNEL --no-default`
    """
    desk.do("channel", "add", "Eins", *OUT, "--default")
    desk.do("channel", "add", "Zwei", *OUT, "--default")
    assert [c["name"] for c in desk.json("channel") if c["default"]] == ["Zwei"]
    desk.do("channel", "set", "Zwei", "--no-default")
    error = desk.refused("send", "--to", "a@example.com", "--subject", "x", "--text", "y", code=2)
    assert "Eins, Zwei" in error["hint"]
    assert desk.json("conversation", "list") == []


@pytest.fixture
def outbound(desk: Desk, tmp_path: Path) -> Desk:
    """Two channels that send into Maildirs, `a` and `b` in the test's folder; live mode is off."""
    for name in ("a", "b"):
        desk.do(
            *("channel", "add", name, "--outgoing-protocol", "maildir"),
            *("--outgoing-path", str(tmp_path / name), "--sender-email", f"{name}@holzweg.example"),
            *("--sender-name", f"Holzweg {name}"),
        )
    return desk


def _sent(desk: Desk, channel: str) -> str:
    message = ("--to", "petra@example.com", "--subject", "x", "--text", "y")
    return str(desk.json("send", "--channel", channel, *message)["state"])


def test_without_live_mode_nothing_reaches_a_customer(outbound: Desk, tmp_path: Path) -> None:
    """Mail is delivered only in live mode; without it, it goes into the capture folder.

    M-128 `plentymsg settings set --live-mode`
    """
    done = outbound.run(
        "send", "--channel", "a", "--to", "petra@example.com", "--subject", "x", "--text", "y"
    )
    assert "LIVE MODE IS OFF" in done.err
    assert not (tmp_path / "a").exists()
    outbound.do("settings", "set", "--live-mode", "--yes")
    outbound.do("send")
    assert not (tmp_path / "a").exists(), "what was captured stays so"
    assert _sent(outbound, "a") == "sent"
    assert len(list((tmp_path / "a" / "new").iterdir())) == 1


def test_live_mode_is_one_switch_for_all_channels(outbound: Desk) -> None:
    """Live mode is one switch for whatever is sent, by any channel.

    M-129 `plentymsg settings set --live-mode`
    """
    assert {_sent(outbound, "a"), _sent(outbound, "b")} == {"captured"}
    outbound.do("settings", "set", "--live-mode", "--yes")
    assert {_sent(outbound, "a"), _sent(outbound, "b")} == {"sent"}


def test_recipients_see_the_sender_of_the_channel(outbound: Desk, tmp_path: Path) -> None:
    """Recipients see the sender's address and name that the channel has.

    M-126 `plentymsg channel set CHANNEL --sender-email ADDRESS --sender-name TEXT`
    """
    outbound.do("settings", "set", "--live-mode", "--yes")
    outbound.do("channel", "set", "a", "--sender-name", "Möbel, Holzweg")
    _sent(outbound, "a")
    (file,) = (tmp_path / "a" / "new").iterdir()
    leaving = message_from_bytes(file.read_bytes(), policy=default)
    assert leaving["From"].addresses[0].addr_spec == "a@holzweg.example"
    assert leaving["From"].addresses[0].display_name == "Möbel, Holzweg"


def test_the_default_channel_is_taken_unless_another_is_named(outbound: Desk) -> None:
    """A message that names no channel goes out by the default one.

    M-131 `plentymsg channel set CHANNEL --default`
    """
    outbound.do("channel", "set", "b", "--default")
    words = ("send", "--to", "petra@example.com", "--subject", "x", "--text", "y")
    outbound.do(*words)
    outbound.do(*words, "--channel", "a")
    assert [line["channel"] for line in outbound.json("outbox")] == ["a", "b"]


@pytest.mark.parametrize("verb", ["activate", "deactivate"])
def test_a_channel_is_activated_and_deactivated_at_any_time(outbound: Desk, verb: str) -> None:
    """A channel is switched off, and on again, at any time.

    M-123 `plentymsg channel set CHANNEL --active|--inactive`
    """
    outbound.do("channel", "set", "a", "--inactive")
    assert outbound.json("channel", "show", "a")["active"] is False
    if verb == "activate":
        outbound.do("channel", "set", "a", "--active")
        assert _sent(outbound, "a") == "captured"
    else:
        assert _sent(outbound, "b") == "captured"


def test_an_inactive_channel_neither_sends_nor_receives(outbound: Desk, tmp_path: Path) -> None:
    """A channel that is switched off neither sends nor receives, not even what waits already.

    M-151 `plentymsg channel set CHANNEL --inactive`
    """
    words = ("send", "--channel", "a", "--to", "petra@example.com", "--subject", "x", "--text", "y")
    outbound.do("settings", "set", "--live-mode", "--yes")
    outbound.do(*words, "--queue")
    outbound.do(
        "channel", "set", "a", "--inactive", "--incoming-protocol", "maildir", "--incoming-path", "/x"
    )
    error = outbound.refused(*words, code=1)
    assert "--active" in error["hint"]
    outbound.do("send")
    assert outbound.json("outbox")[0]["state"] == "queued"
    assert not (tmp_path / "a").exists()
    assert outbound.refused("fetch", "a", code=2)["hint"].endswith("--active")
    assert outbound.json("fetch") == []
    outbound.do("channel", "set", "a", "--active")
    outbound.do("send")
    assert outbound.json("outbox")[0]["state"] == "sent"


def test_a_template_for_new_conversations_and_one_for_replies(outbound: Desk, tmp_path: Path) -> None:
    """A new conversation begins with the channel's template for it.

    M-146 `plentymsg channel set CHANNEL --template-new TEMPLATE`
    """
    text = tmp_path / "body.txt"
    text.write_text("Hallo!\n\n{{ text }}\n\nBis bald")
    outbound.do("template", "add", "Neu", "--language", "de", "--subject", "Neues", "--text-file", str(text))
    outbound.do("channel", "set", "a", "--template-new", "Neu")
    sent = outbound.json("send", "--channel", "a", "--to", "petra@example.com", "--text", "Das Regal")
    (message,) = outbound.json("conversation", "show", str(sent["conversation"]))["messages"]
    assert message["subject"] == "Neues"
    assert message["text"].strip() == "Hallo!\n\nDas Regal\n\nBis bald"


def test_a_reply_has_a_template_of_its_own(outbound: Desk, tmp_path: Path) -> None:
    """A reply begins with the channel's template for replies, whatever new conversations begin with.

    M-147 `plentymsg channel set CHANNEL --template-reply TEMPLATE`
    """
    text = tmp_path / "body.txt"
    text.write_text("Zu Ihrer Frage: {{ text }}")
    outbound.do("template", "add", "Antwort", "--language", "de", "--subject", "R", "--text-file", str(text))
    outbound.do("channel", "set", "a", "--template-reply", "Antwort")
    words = ("--channel", "a", "--to", "petra@example.com", "--subject", "Regal", "--text", "Hallo")
    number = str(outbound.json("send", *words)["conversation"])
    outbound.do("conversation", "reply", number, "--text", "Ja")
    first, second = outbound.json("conversation", "show", number)["messages"]
    assert "Zu Ihrer Frage" not in first["text"]
    assert second["text"].strip() == "Zu Ihrer Frage: Ja"
