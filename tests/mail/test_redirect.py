"""A mail turned to another address: no way out may find the customer in it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from plentymsg.mail.compose import Outgoing, compose
from plentymsg.mail.message import Address
from plentymsg.mail.parse import parse
from plentymsg.mail.redirect import redirected

names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=80)
addresses = st.builds(Address, names, st.sampled_from(["petra@example.com", "a.b@müller.example"]))


@given(st.lists(addresses, min_size=1, max_size=5), st.lists(addresses, max_size=3), st.text(max_size=50))
def test_only_the_new_recipient_is_left_and_all_else_stays(
    to: list[Address], cc: list[Address], text: str
) -> None:
    raw = compose(
        Outgoing(
            sender=Address("Holzweg", "shop@holzweg.example"),
            to=tuple(to),
            cc=tuple(cc),
            bcc=(),
            subject="Ihr Regal",
            text=f"To: mail@inside.example\n\nTo: {text}",
            html="",
            attachments=(),
            message_id="<1@holzweg.example>",
            date=datetime(2026, 11, 24, tzinfo=UTC),
        )
    )
    before, after = parse(raw), parse(redirected(raw, "test@holzweg.example"))
    assert after.to == (Address("", "test@holzweg.example"),)
    assert after.cc == ()
    assert (after.text, after.subject, after.message_id) == (before.text, before.subject, before.message_id)


def test_whom_it_was_written_to_is_told() -> None:
    to = b"TO: Petra\r\n <petra@example.com>\r\ncc: b@x.example\r\nBcc: c@x\r\n"
    raw = b"From: a@x.example\r\n" + to + b"\r\nTo: x\r\n"
    assert redirected(raw, "test@holzweg.example") == (
        b"To: test@holzweg.example\r\nFrom: a@x.example\r\nX-Original-TO: Petra\r\n <petra@example.com>\r\n"
        b"X-Original-cc: b@x.example\r\nX-Original-Bcc: c@x\r\n\r\nTo: x\r\n"
    )
