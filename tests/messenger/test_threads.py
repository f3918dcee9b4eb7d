"""Joining through a parent that never came: who takes part, and what the search costs."""

from __future__ import annotations

from plentymsg.mail.parse import parse
from plentymsg.messenger import threads
from plentymsg.messenger.threads import Joined
from plentymsg.store import filing
from plentymsg.store.clock import now, stamp
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.filing import AddressLine, ConversationRecord, MessageRecord
from plentymsg.store.views import Row

NEWSLETTER = "<newsletter@holzweg.example>"
BEGINS = Joined(None, "begins a conversation")


def file(
    connection: Connection, channel: Row, sender: str, *, direction: str = "in", to: str = "", into: int = 0
) -> int:
    """File a message that names the newsletter, in a conversation of its own or `into` one; its ID."""
    record = MessageRecord(
        direction,
        channel["id"],
        header_id="",
        subject="Re: News",
        from_name="",
        from_email=sender,
        date=stamp(now()),
        text="",
        html="",
        raw=b"",
        references=(NEWSLETTER,),
        addresses=[AddressLine("to", "", to)] if to else [],
    )
    conversation = ConversationRecord("Re: News", channel["id"], 1, None, None, None, stamp(now()))
    with transaction(connection):
        number = into or filing.open_conversation(connection, conversation)
        filing.file_message(connection, number, record)
    return number


def find(connection: Connection, channel: Row, sender: str) -> Joined:
    mail = parse(f"From: {sender}\r\nMessage-ID: <new@x>\r\nReferences: {NEWSLETTER}\r\n\r\nHi".encode())
    return threads.find(connection, channel["id"], mail, sender)


def test_the_first_conversation_of_the_sender_is_joined(connection: Connection, shop: Row) -> None:
    file(connection, shop, "petra@example.com")
    first, _ = (file(connection, shop, "Paul@Example.com") for _ in "ab")
    joined = find(connection, shop, "paul@example.com")
    assert joined == Joined(first, f"answers {NEWSLETTER}, as others here do")


def test_whom_the_shop_has_written_to_takes_part(connection: Connection, shop: Row) -> None:
    number = file(connection, shop, "petra@example.com")
    file(connection, shop, "shop@holzweg.example", direction="out", to="Paul@example.com", into=number)
    assert find(connection, shop, "paul@example.com").conversation_id == number
    assert find(connection, shop, "shop@holzweg.example") == BEGINS


def test_neither_a_stranger_nor_another_channel_is_joined(
    connection: Connection, shop: Row, other: Row
) -> None:
    file(connection, shop, "petra@example.com")
    assert find(connection, shop, "paul@example.com") == BEGINS
    assert find(connection, other, "petra@example.com") == BEGINS


def test_however_many_answer_a_newsletter_one_query_finds_the_senders_conversation(
    connection: Connection, shop: Row
) -> None:
    """It is asked for each of their mails, under the write lock."""
    for number in range(20):
        file(connection, shop, f"{number}@example.com")
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    find(connection, shop, "paul@example.com")
    connection.set_trace_callback(None)
    assert len(asked) == 3  # its parents, its answers, its siblings
