"""A mail without its attachments."""

from __future__ import annotations

from pathlib import Path

import pytest

from plentymsg.mail.lighten import without_attachments
from plentymsg.mail.parse import parse
from tests.journeys.mails import mail

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.eml"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_texts_and_who_wrote_to_whom_stay(path: Path) -> None:
    before = parse(path.read_bytes())
    after = parse(without_attachments(path.read_bytes(), before))
    assert after.attachments == ()
    for key in ("message_id", "references", "in_reply_to", "subject", "sender", "to", "cc", "date"):
        assert getattr(after, key) == getattr(before, key), key
    assert after.text.split() == before.text.split()
    assert after.html.split() == before.html.split()


def test_the_bytes_of_an_attachment_are_gone() -> None:
    raw = mail(1, html="<p>Rechnung</p>", attachment=b"geheim" * 100)
    light = without_attachments(raw, parse(raw))
    assert len(light) < len(raw) / 1.5
    assert parse(light).text == parse(raw).text


def test_a_mail_without_any_is_left_as_it_is() -> None:
    raw = mail(1)
    assert without_attachments(raw, parse(raw)) == raw
