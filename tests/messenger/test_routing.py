"""Which channel a mail lands in: that of its target address, else that whose mailbox has it."""

from __future__ import annotations

import itertools

import pytest

from plentymsg.mail.source import Batch, Fetched
from plentymsg.messenger import fetch
from plentymsg.store import arrivals, views
from plentymsg.store.driver import Connection, transaction
from plentymsg.store.views import Row
from tests.journeys.mails import mail

TARGET = "k7x2m9@in.holzweg.example"
_names = itertools.count()


@pytest.fixture
def target(connection: Connection, other: Row) -> str:
    """The target address of the channel Other, which has a group and defaults of its own."""
    with transaction(connection):
        connection.execute(
            "UPDATE channel SET target_address = ?, group_id = 8 WHERE id = ?", (TARGET, other["id"])
        )
    return TARGET


def fetched(connection: Connection, channel: Row, *raws: bytes) -> fetch._Counts:
    """What a fetch of the channel's mailbox counts that finds these mails."""
    counts = fetch._Counts()
    mails = tuple(Fetched(str(next(_names)), raw, None) for raw in raws)
    fetch.file_batch(connection, channel, f"test:{channel['name']}", Batch(mails, "here", 0), counts)
    return counts


def landed(connection: Connection) -> list[tuple[str, str]]:
    """The channel and group of each conversation."""
    rows = views.select(connection, "v_conversation", order_by="id")
    return [(row["channel"], row["group_name"]) for row in rows]


def set_aside(connection: Connection) -> list[tuple[str, str]]:
    return [(row["channel"], row["reason"]) for row in views.select(connection, "v_quarantine")]


@pytest.mark.parametrize("header", ["Delivered-To", "X-Original-To", "X-Forwarded-To", "To", "Cc"])
def test_a_mail_to_a_target_address_lands_in_its_channel_whichever_mailbox_has_it(
    connection: Connection, shop: Row, target: str, header: str
) -> None:
    """A mail that was forwarded to a channel's target address gets that channel's group and defaults.

    M-141 `plentymsg fetch`
    """
    raw = f"{header}: Shop <{target.upper()}>\r\nFrom: petra@example.com\r\nSubject: x\r\n\r\nHi".encode()
    assert fetched(connection, shop, raw).fetched == 1
    assert landed(connection) == [("Other", "Amazon")]


def test_any_other_mail_stays_in_the_channel_of_its_mailbox(
    connection: Connection, shop: Row, target: str
) -> None:
    other_host = mail(1).replace(b"To: shop@", b"To: k7x2m9@elsewhere.example, shop@")
    fetched(connection, shop, other_host, mail(2, text=f"Schreiben Sie an {target}"))
    assert landed(connection) == [("Shop", "Allgemein")] * 2


def test_what_servers_noted_counts_before_what_the_sender_wrote(
    connection: Connection, shop: Row, target: str
) -> None:
    with transaction(connection):
        connection.execute("UPDATE channel SET target_address = 'own@in.x' WHERE id = ?", (shop["id"],))
    raw = f"Delivered-To: {target}\r\nTo: own@in.x\r\nFrom: petra@example.com\r\n\r\nHi".encode()
    fetched(connection, shop, raw)
    assert landed(connection) == [("Other", "Amazon")]


def test_a_mail_that_two_mailboxes_have_is_filed_once_in_the_channel_it_was_sent_to(
    connection: Connection, shop: Row, other: Row, target: str
) -> None:
    raw = b"Delivered-To: " + target.encode() + b"\r\n" + mail(1)
    assert fetched(connection, shop, raw).fetched == 1
    assert fetched(connection, other, raw).fetched == 0
    assert fetched(connection, shop, b"Received: by elsewhere\r\n" + raw).fetched == 0
    assert landed(connection) == [("Other", "Amazon")]
    for channel in (shop, other):
        assert arrivals.position_of(connection, channel["id"], f"test:{channel['name']}") == "here"


def test_an_answer_to_a_routed_mail_joins_it(
    connection: Connection, shop: Row, other: Row, target: str
) -> None:
    raw = b"Delivered-To: " + target.encode() + b"\r\n" + mail(1)
    fetched(connection, shop, raw, mail(2, answers="<1@customer.example>"))
    (row,) = views.select(connection, "v_conversation")
    assert (row["channel"], row["message_count"]) == ("Other", 2)


def test_a_mailbox_that_is_read_anew_files_nothing_twice_though_its_target_channel_was_deleted(
    connection: Connection, shop: Row, other: Row, target: str
) -> None:
    raw = b"Delivered-To: " + target.encode() + b"\r\n" + mail(1)
    fetched(connection, shop, raw)
    with transaction(connection):
        connection.execute("UPDATE channel SET deleted_at = 'x' WHERE id = ?", (other["id"],))
    late = b"Delivered-To: " + target.encode() + b"\r\n" + mail(2)
    assert fetched(connection, shop, raw, late).fetched == 1
    assert [row["channel"] for row in views.select(connection, "v_conversation", order_by="id")] == [
        "Other",
        "Shop",
    ]


def test_a_channel_that_is_not_active_receives_nothing_and_its_mail_is_kept(
    connection: Connection, shop: Row, other: Row, target: str
) -> None:
    with transaction(connection):
        connection.execute("UPDATE channel SET active = 0 WHERE id = ?", (other["id"],))
    raw = mail(1, subject="Dringend").replace(b"To: shop@holzweg.example", b"To: " + target.encode())
    counts = fetched(connection, shop, raw, mail(2))
    assert (counts.fetched, counts.refused, counts.quarantined) == (1, 1, 0)
    assert landed(connection) == [("Shop", "Allgemein")]
    assert set_aside(connection) == [("Other", "The channel Other is not active, so it receives nothing.")]
    assert bytes(connection.execute("SELECT raw FROM quarantine").fetchone()[0]) == raw


@pytest.fixture
def guarded(connection: Connection, other: Row, target: str) -> str:
    """The target address of a channel that takes mail to it from two addresses only."""
    with transaction(connection):
        connection.executemany(
            "INSERT INTO channel_allowed_sender (channel_id, address) VALUES (?, ?)",
            [(other["id"], a) for a in ("petra@example.com", "Shop@holzweg.example", "jan@müller.example")],
        )
    return target


def to(target: str, sender: str, trace: str = "") -> bytes:
    return f"{trace}From: {sender}\r\nTo: {target}\r\nSubject: x\r\n\r\n{sender}".encode()


def test_a_channel_with_allowed_senders_sets_aside_what_others_send_to_its_target_address(
    connection: Connection, shop: Row, guarded: str
) -> None:
    """Mail to a target address from somebody who is not allowed is set aside whole, with the reason.

    M-152 `plentymsg fetch`
    """
    raw = to(guarded, "Spam <spam@example.net>")
    counts = fetched(connection, shop, raw, to(guarded, "Petra <PETRA@example.com>"))
    assert (counts.fetched, counts.refused, counts.quarantined) == (1, 1, 0)
    reason = "spam@example.net is not among the allowed senders of the channel Other."
    assert set_aside(connection) == [("Other", reason)]
    assert bytes(connection.execute("SELECT raw FROM quarantine").fetchone()[0]) == raw
    assert fetched(connection, shop, raw).refused == 0, "it is set aside once"


@pytest.mark.parametrize(
    "trace",
    [
        "Delivered-To: shop@holzweg.example\r\n",
        "X-Forwarded-For: shop@holzweg.example k7x2m9@in.holzweg.example\r\n",
        "Resent-From: Shop <shop@holzweg.example>\r\n",
        "Return-Path: <shop@holzweg.example>\r\n",
    ],
)
def test_a_mailbox_that_forwards_is_allowed_for_all_that_it_forwards(
    connection: Connection, shop: Row, guarded: str, trace: str
) -> None:
    """Providers forward a customer's mail with the customer still in From."""
    assert fetched(connection, shop, to(guarded, "stranger@example.net", trace)).fetched == 1
    assert landed(connection) == [("Other", "Amazon")]


def test_an_allowed_sender_is_known_in_the_form_of_the_wire(
    connection: Connection, shop: Row, guarded: str
) -> None:
    assert fetched(connection, shop, to(guarded, "Jan@xn--mller-kva.example")).fetched == 1


def test_allowed_senders_do_not_narrow_the_channels_own_mailbox(
    connection: Connection, other: Row, guarded: str
) -> None:
    assert fetched(connection, other, mail(1, sender="stranger@example.net")).fetched == 1


def test_what_was_filed_before_its_sender_was_disallowed_stays_once(
    connection: Connection, shop: Row, other: Row, target: str
) -> None:
    raw = to(target, "petra@example.com")
    fetched(connection, shop, raw)
    with transaction(connection):
        connection.execute(
            "INSERT INTO channel_allowed_sender (channel_id, address) VALUES (?, 'x@example.com')",
            (other["id"],),
        )
    counts = fetched(connection, shop, raw)
    assert (counts.fetched, counts.refused) == (0, 0)
