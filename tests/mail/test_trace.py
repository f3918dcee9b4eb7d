"""The way that a mail has taken, as servers note it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plentymsg.mail.parse import parse

NOTED = ("Delivered-To", "X-Original-To", "X-Forwarded-To", "X-Forwarded-For", "Resent-From", "Return-Path")


def test_each_servers_note_is_read_whatever_its_form() -> None:
    mail = parse(
        b"Return-Path: <Bounce@Shop.example>\n"
        b"Delivered-To: ZZ9@in.example\n"
        b"X-Forwarded-To: a@in.example, B@in.example\n"
        b"X-Forwarded-For: shop@gmail.example zz9@in.example\n"
        b"X-Original-To:\n folded@in.example\n"
        b"Delivered-To: shop@holzweg.example\n\nHi"
    )
    assert mail.delivered_to == (
        *("zz9@in.example", "shop@holzweg.example", "folded@in.example"),
        *("a@in.example", "b@in.example"),
    )
    assert set(mail.passed_on_by) >= {"bounce@shop.example", "shop@gmail.example", "shop@holzweg.example"}


def test_what_the_sender_wrote_is_no_note_of_a_server() -> None:
    mail = parse(b"From: a@example.com\nTo: zz9@in.example\nSender: b@example.com\n\nHi")
    assert (mail.delivered_to, mail.passed_on_by) == ((), ())


@given(st.sampled_from(NOTED), st.text(alphabet='ab@<> ,;:"()\x00\né=?', max_size=200))
def test_any_note_gives_addresses_or_nothing(name: str, value: str) -> None:
    mail = parse(f"{name}: {value}".encode())
    for address in (*mail.delivered_to, *mail.passed_on_by):
        local, at, domain = address.partition("@")
        assert all((local, at, domain))
        assert "@" not in domain
        assert not any(letter.isspace() for letter in address)
