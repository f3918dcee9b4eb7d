"""Templates for the tests of templates: made in one line, with their texts in files."""

from __future__ import annotations

from typing import Any

from tests.desk import Desk


def version(desk: Desk, language: str, text: str = "", html: str = "", subject: str = "") -> list[str]:
    """The options for a language version."""
    options = ["--language", language, *(["--subject", subject] if subject else [])]
    for part, content in (("text", text), ("html", html)):
        if content:
            path = desk.store.parent / f"{language}.{part}"
            path.write_text(content)
            options += [f"--{part}-file", str(path)]
    return options


def put(
    desk: Desk,
    name: str,
    text: str = "",
    html: str = "",
    *options: str,
    language: str = "de",
    kind: str = "template",
    subject: str = "",
) -> dict[str, Any]:
    """Add a template, header, footer or text block with one version."""
    words = version(desk, language, text, html, subject)
    added: dict[str, Any] = desk.json("template", "add", name, "--kind", kind, *words, *options)
    return added


def customer(desk: Desk, language: str = "en", name: str = "Petra") -> None:
    """A contact, with the ID 7, and its order 70."""
    desk.rows(
        "INSERT INTO contact (id, external_id, number, first_name, last_name, company, title, gender,"
        " language, email_private, email_work, details)"
        " VALUES (7, '', '', ?, 'Müller', '', '', '', ?, 'petra@example.com', '', '{}')",
        name,
        language,
    )
    desk.rows(
        "INSERT INTO sales_order (id, external_id, contact_id, referrer, status, created_at, currency, total,"
        " details) VALUES (70, '305-1234567-1234567', 7, '', '', '2026-11-03', 'EUR', '1234.5', '{}')"
    )
    desk.rows(
        "INSERT INTO order_item (order_id, place, name, quantity, price, number)"
        " VALUES (70, 0, 'Buchenbrett', '2', '49.95', 'BB-40'), (70, 1, 'Öl', '1', '9', 'OE-1')"
    )


def shop(desk: Desk, *options: str) -> None:
    """A default channel that delivers into a folder."""
    desk.do(
        *("channel", "add", "Laden", "--default", "--sender-email", "laden@holzweg.example"),
        *("--outgoing-protocol", "maildir", "--outgoing-path", str(desk.store.parent / "out"), *options),
    )


def sent(desk: Desk) -> dict[str, Any]:
    """The newest message that was written here."""
    keys = ("subject", "text", "html")
    (row,) = desk.rows(
        "SELECT subject, text, html FROM message WHERE direction = 'out' ORDER BY id DESC LIMIT 1"
    )
    return dict(zip(keys, row, strict=True))
