"""`plentymsg collect`: mail that other systems have sent is in the conversation too."""

from __future__ import annotations

from pathlib import Path

import pytest

from plentymsg.messenger.collecting import SOURCES
from tests.desk import Desk
from tests.journeys.mails import mail

COLLECT = ("collect", "--source", "order_events")


def sent(number: int, subject: str = "Ihre Bestellung", attachment: bytes = b"") -> bytes:
    """A mail that a shop system has sent to a customer."""
    raw = mail(number, subject=subject, sender="Holzweg <shop@holzweg.example>", attachment=attachment)
    return raw.replace(b"To: shop@holzweg.example", b"To: Petra <petra@example.com>")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A store with a channel that collects."""
    desk.do("settings", "set", "--target-domain", "in.holzweg.example")
    desk.do("channel", "add", "Shop", "--default")
    desk.do("collect", "set", "--active", "--channel", "Shop")
    return desk


def target(desk: Desk) -> str:
    """Where mail for the channel Shop is sent to."""
    return str(desk.json("channel", "show", "Shop")["target_address"])


def conversation(desk: Desk, number: int = 1) -> dict:
    return desk.json("conversation", "show", str(number))


def test_a_sent_mail_is_collected_once_it_is_switched_on(desk: Desk) -> None:
    """Collecting is off at first, and says how to switch it on; then sent mail is filed as sent by us.

    M-157 `plentymsg collect set --active`
    """
    desk.do("channel", "add", "Shop")
    error = desk.refused(*COLLECT, code=1, stdin=sent(1))
    assert "plentymsg collect set --active" in error["hint"]
    assert desk.rows("SELECT count(*) FROM message") == [(0,)]
    assert desk.json("collect", "set", "--active", "--channel", "shop")["changed"] is True
    done = desk.json(*COLLECT, stdin=sent(1))
    assert done == {"changed": True, "id": 1, "conversation": 1, "channel": "Shop"}
    (message,) = conversation(desk)["messages"]
    assert (message["direction"], message["delivery"]) == ("out", None)
    assert (message["from"], message["to"]) == (
        "Holzweg <shop@holzweg.example>",
        ["Petra <petra@example.com>"],
    )
    assert desk.json("outbox", "list") == [], "it was sent already"


def test_attachments_are_kept_only_if_that_is_switched_on(shop: Desk) -> None:
    """Without the switch the text is kept, and an attachment is neither listed nor stored.

    M-158 `plentymsg collect set --attachments`
    """
    light, whole = sent(1, attachment=b"PDF" * 1000), sent(2, attachment=b"PDF" * 1000)
    shop.do(*COLLECT, stdin=light)
    shop.do("collect", "set", "--attachments")
    shop.do(*COLLECT, stdin=whole)
    assert [len(conversation(shop, n)["messages"][0]["attachments"]) for n in (1, 2)] == [0, 1]
    assert "wann kommt das Regal" in conversation(shop, 1)["messages"][0]["text"]
    first, second = (row[0] for row in shop.rows("SELECT raw FROM message_raw ORDER BY message_id"))
    assert second == whole
    assert len(first) < 2000
    assert shop.json(*COLLECT, stdin=light)["changed"] is False, "it is recognised all the same"


def test_collected_mail_goes_into_the_channel_that_was_chosen(shop: Desk) -> None:
    """The channel is chosen once, for all collected mail; another one takes what comes from then on.

    M-159 `plentymsg collect set --channel NAME`
    """
    shop.do("channel", "add", "Versand")
    shop.do(*COLLECT, stdin=sent(1))
    shop.do("collect", "set", "--channel", "Versand")
    shop.do(*COLLECT, stdin=sent(2))
    assert [row["channel"] for row in shop.json("conversation", "list")] == ["Versand", "Shop"]
    shop.refused("collect", "set", "--channel", "Nirgends", code=3)


def test_new_conversations_get_the_tags_that_were_chosen(shop: Desk) -> None:
    """Tags go on collected conversations, not the channel's own; only tags that are for the messenger may.

    M-160 `plentymsg collect set --tags A,B`
    """
    for name in ("Versandt", "Automatisch", "Kanal"):
        shop.do("tag", "add", name, "--colour", "#ff8800", "--availabilities", "messenger")
    shop.do("tag", "add", "Artikel", "--colour", "#ff8800", "--availabilities", "variation")
    shop.do("channel", "set", "Shop", "--tags", "Kanal")
    shop.do("collect", "set", "--tags", "versandt,Automatisch")
    shop.do(*COLLECT, stdin=sent(1))
    assert conversation(shop)["tags"] == ["Automatisch", "Versandt"]
    assert "not available" in shop.refused("collect", "set", "--tags", "Artikel", code=2)["message"]
    assert shop.json("collect", "set", "--tags", "")["tags"] == []


def test_automatic_mail_has_a_group_of_its_own(shop: Desk) -> None:
    """Unless another group is chosen, collected mail goes into Automatically sent emails.

    M-056 `plentymsg collect show`
    """
    assert shop.json("collect", "show")["group"] == "Automatisch versendete E-Mails"
    shop.do(*COLLECT, stdin=sent(1))
    assert conversation(shop)["group"] == "Automatisch versendete E-Mails"


def test_another_group_can_be_chosen_for_new_conversations(shop: Desk) -> None:
    """The group of the integration, in either language, is that of new collected conversations.

    M-161 `plentymsg collect set --group NAME`
    """
    shop.do("collect", "set", "--group", "general")
    shop.do(*COLLECT, stdin=sent(1))
    assert conversation(shop)["group"] == "Allgemein"
    assert shop.json("collect", "set", "--group", "")["group"] == "Automatisch versendete E-Mails"
    assert "nothing is filed in it" in shop.refused("collect", "set", "--group", "All", code=2)["message"]


def test_the_group_is_for_new_conversations_only(shop: Desk) -> None:
    """A collected mail that answers joins its conversation, which keeps its group; others begin here.

    M-058 `plentymsg collect set --group NAME`
    """
    shop.do("collect", "set", "--group", "Amazon")
    shop.do("ingest", "--to", target(shop), stdin=mail(1))
    answer = sent(2).replace(b"Message-ID:", b"In-Reply-To: <1@customer.example>\r\nMessage-ID:")
    assert shop.json(*COLLECT, stdin=answer)["conversation"] == 1
    thing = conversation(shop)
    assert (thing["group"], thing["message_count"]) == ("Allgemein", 2)
    shop.do(*COLLECT, stdin=sent(3))
    assert conversation(shop, 2)["group"] == "Amazon"


def test_a_customers_later_answer_joins_what_was_collected(shop: Desk) -> None:
    shop.do(*COLLECT, stdin=sent(1))
    answer = mail(2, answers="<1@customer.example>")
    shop.do("ingest", "--to", target(shop), stdin=answer)
    assert [message["direction"] for message in conversation(shop)["messages"]] == ["out", "in"]


def test_an_answer_that_came_first_is_joined_too(shop: Desk) -> None:
    answer = mail(2, answers="<1@customer.example>")
    shop.do("ingest", "--to", target(shop), stdin=answer)
    shop.do(*COLLECT, stdin=sent(1))
    assert len(shop.json("conversation", "list")) == 1
    assert conversation(shop)["message_count"] == 2


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)
def test_each_of_the_six_sources_is_known_by_its_key_and_both_names(shop: Desk, source) -> None:
    """Mail is collected from the six sources of PlentyONE, named in German or English.

    M-162 `plentymsg collect --source SOURCE`
    """
    for number, name in enumerate((source.key, source.name_en.upper(), source.name_de.lower())):
        shop.do("collect", "--source", name, stdin=sent(number))
    assert shop.rows("SELECT count(*) FROM message") == [(3,)]
    assert shop.rows("SELECT DISTINCT evidence FROM message") == [
        (f"begins a conversation; collected from {source.key}",)
    ]


def test_there_are_six_sources_and_any_other_is_refused(shop: Desk) -> None:
    """From anywhere else nothing is collected; the error lists the six.

    M-162 `plentymsg collect --source SOURCE`
    """
    assert len(SOURCES) == 6
    error = shop.refused("collect", "--source", "newsletter", code=2, stdin=sent(1))
    assert all(source.key in error["hint"] for source in SOURCES)
    assert "--source" in shop.refused("collect", code=2, stdin=sent(1))["message"]
    assert shop.rows("SELECT count(*) FROM message") == [(0,)]


def test_it_cannot_be_switched_on_before_a_channel_is_set_up(desk: Desk) -> None:
    """Switching it on is refused until there is a channel, and then until one is chosen.

    M-163 `plentymsg collect set --active`
    """
    error = desk.refused("collect", "set", "--active", code=1)
    assert "plentymsg channel add" in error["hint"]
    desk.do("channel", "add", "Shop")
    assert "--channel NAME; there are: Shop." in desk.refused("collect", "set", "--active", code=1)["hint"]
    desk.do("collect", "set", "--active", "--channel", "Shop")
    desk.refused("collect", "set", "--channel", "", code=1)
    assert desk.json("collect", "show")["active"] is True


def test_the_same_mail_again_is_recognised(shop: Desk) -> None:
    raw = sent(1)
    first = shop.json(*COLLECT, stdin=raw)
    again = shop.json(*COLLECT, stdin=b"Received: by elsewhere\n" + raw.replace(b"\r\n", b"\n"))
    assert again == {**first, "changed": False}
    copy = f"Delivered-To: {target(shop)}\n".encode() + raw
    assert shop.json("ingest", stdin=copy)["state"] == "known", "nor is its blind copy a customer's mail"


def test_what_cannot_be_filed_any_more_says_the_way_out(shop: Desk) -> None:
    shop.do("channel", "set", "Shop", "--inactive")
    assert "--active" in shop.refused(*COLLECT, code=1, stdin=sent(1))["hint"]
    shop.do("channel", "delete", "Shop", "--yes")
    assert "--channel NAME" in shop.refused(*COLLECT, code=1, stdin=sent(1))["hint"]
    assert "standard input" in shop.refused(*COLLECT, code=2, stdin=b"\n \n")["message"]


@pytest.mark.parametrize("raw", [b"\x00\xff\xfe", b"no headers", b"From: " + b"<" * 9000, b"\r\n\r\nx"])
def test_hostile_bytes_are_collected_like_any_other(shop: Desk, raw: bytes) -> None:
    shop.do(*COLLECT, stdin=raw)
    assert shop.rows("SELECT raw FROM message_raw") == [(raw,)]


def test_nobody_is_told_of_what_was_sent(shop: Desk) -> None:
    shop.do("channel", "set", "Shop", "--notifications")
    shop.do(*COLLECT, stdin=sent(1))
    assert shop.json("notification", "list") == []
    assert shop.json("conversation", "list")[0]["unread"] is False


def test_a_configuration_file_sets_up_collecting(desk: Desk, tmp_path: Path) -> None:
    """The section `collect` may name what the same file adds."""
    file = tmp_path / "shop.yaml"
    file.write_text(
        "version: 1\nchannels: [{name: Versand}]\n"
        "tags: [{name: Automatisch, colour: '#ff8800', availabilities: [messenger]}]\n"
        "collect: {active: true, attachments: true, channel: Versand, group: Automatically sent emails,"
        " tags: [Automatisch]}\n"
    )
    desk.do("apply", "-f", str(file))
    assert desk.json("collect", "show") == {
        "active": True,
        "attachments": True,
        "channel": "Versand",
        "group": "Automatisch versendete E-Mails",
        "tags": ["Automatisch"],
    }
    assert "0 changed" in desk.do("apply", "-f", str(file))
    file.write_text("version: 1\ncollect:\n  channel: Nirgends\n")
    (problem,) = desk.refused("apply", "-f", str(file), code=2)["problems"]
    assert (problem["key"], problem["where"]) == ("collect.channel", f"{file}:3:12")


def test_mail_to_two_customers_is_two_conversations_though_its_system_threads_it(shop: Desk) -> None:
    """A system may answer a mail of its own that is not here: what they share is us, not the customer."""
    first = sent(1).replace(
        b"Subject:", b"Reply-To: shop@holzweg.example\r\nReferences: <run@shop>\r\nSubject:"
    )
    second = sent(2).replace(b"Subject:", b"References: <run@shop>\r\nSubject:")
    shop.do(*COLLECT, stdin=first)
    shop.do(*COLLECT, stdin=second.replace(b"petra@", b"ines@"))
    assert len(shop.json("conversation", "list")) == 2
    shop.do(*COLLECT, stdin=sent(3).replace(b"Subject:", b"References: <run@shop>\r\nSubject:"))
    assert [len(conversation(shop, n)["messages"]) for n in (1, 2)] == [2, 1]
