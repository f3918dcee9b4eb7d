from __future__ import annotations

import pytest

from plentymsg.mail.parse import parse


@pytest.mark.parametrize(
    ("header", "marks"),
    [
        ("Auto-Submitted: auto-replied (vacation)", {"auto-reply"}),
        ("Auto-Submitted: auto-generated; owner=x", {"auto-reply"}),
        ("Auto-Submitted: no", set()),
        ("Precedence: auto_reply", {"auto-reply"}),
        ("X-Autoreply: yes", {"auto-reply"}),
        ("X-Auto-Response-Suppress: All", {"auto-reply"}),
        ("X-Auto-Response-Suppress: DR, RN", set()),
        ("Precedence: bulk", {"list"}),
        ("List-Id: <a.example.com>", {"list"}),
        ("Return-Path: <petra@example.com>", set()),
        ("Return-Path: <>", {"auto-reply"}),
        ("Return-Path: < >\nFrom: MAILER-DAEMON@example.com", {"auto-reply", "bounce"}),
        ("From: postmaster@example.com", set()),
    ],
)
def test_what_the_headers_say(header: str, marks: set[str]) -> None:
    assert parse(f"{header}\nSubject: x\n\nx\n".encode()).marks == marks


@pytest.mark.parametrize(("action", "bounced"), [("failed", True), ("delayed", False), ("delivered", False)])
def test_only_a_report_of_failure_is_a_bounce(action: str, bounced: bool) -> None:
    report = (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: {action}\n--b--\n"
    )
    assert ("bounce" in parse(report.encode()).marks) is bounced
