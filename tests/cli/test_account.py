"""`plentymsg account`: the signature under messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk

SEND = ("send", "--to", "petra@example.com", "--subject", "Regal", "--text", "Es kommt.")


@pytest.fixture
def shop(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A store whose channel writes with the default template."""
    monkeypatch.chdir(tmp_path)
    Path("signature.html").write_text("<b>Holzweg</b> GmbH", encoding="utf-8")
    desk.do(
        *("channel", "add", "Shop", "--default", "--sender-email", "shop@holzweg.example"),
        *("--outgoing-protocol", "maildir", "--outgoing-path", str(tmp_path / "out")),
    )
    return desk


def sent(desk: Desk) -> tuple[str, str]:
    """The two parts of a message that is sent now."""
    number = desk.json(*SEND)["id"]
    return desk.rows("SELECT text, html FROM message WHERE id = ?", number)[0]


def test_the_account_begins_empty_and_keeps_what_it_is_given(shop: Desk) -> None:
    empty = {"signature_text": "", "signature_html": "", "test_address": ""}
    assert shop.json("account") == empty
    shop.do(
        "account", "set", "--signature-text", "Ihr Holzweg-Team", "--test-address", "test@holzweg.example"
    )
    changed = shop.json("account", "set", "--signature-html-file", "signature.html")
    assert changed["changed"] is True
    assert shop.json("account", "show") == {
        "signature_text": "Ihr Holzweg-Team",
        "signature_html": "<b>Holzweg</b> GmbH",
        "test_address": "test@holzweg.example",
    }
    assert shop.json("account", "set", "--test-address", "test@holzweg.example")["changed"] is False
    cleared = ("--signature-text", "", "--signature-html-file", "", "--test-address", "")
    shop.do("account", "set", *cleared)
    assert shop.json("account") == empty
    assert [line["kind"] for line in shop.history() if line["kind"] == "account"] == ["account"] * 3


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--test-address", "nobody"), "test_address: 'nobody' is no e-mail address"),
        (("--signature-html-file", "missing.html"), "There is no file missing.html"),
        (("--signature-text", "a", "--signature-text-file", "signature.html"), "both give the signature"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(
    shop: Desk, options: tuple[str, ...], problem: str
) -> None:
    before = shop.json("account")
    assert problem in shop.refused("account", "set", *options, code=2)["message"]
    assert "Would have changed" in shop.do("account", "set", "--signature-text", "x", "--dry-run")
    assert shop.json("account") == before


def test_the_accounts_signature_stands_under_messages(shop: Desk) -> None:
    """The default template ends with the account's signature, in the HTML and in the text of a message.

    M-166 `plentymsg account set --signature-html-file FILE`
    """
    shop.do("account", "set", "--signature-text", "Ihr Holzweg-Team")
    shop.do("account", "set", "--signature-html-file", "signature.html")
    text, html = sent(shop)
    assert text.rstrip().endswith("Ihr Holzweg-Team")
    assert "<b>Holzweg</b> GmbH" in html


def test_who_writes_signs_with_their_own_signature(shop: Desk) -> None:
    """A user's own signature goes before the account's.

    M-166 `plentymsg send`
    """
    shop.do("account", "set", "--signature-html-file", "signature.html")
    shop.rows("UPDATE user_account SET signature_text = 'Eva & Co'")
    text, html = sent(shop)
    assert text.rstrip().endswith("Eva & Co")
    assert "Eva &amp; Co" in html, "the HTML says the same as the text"
    assert "Holzweg</b>" not in html


def test_one_form_of_the_signature_makes_the_other(shop: Desk) -> None:
    shop.do("account", "set", "--signature-html-file", "signature.html")
    assert sent(shop)[0].rstrip().endswith("Holzweg GmbH")


def test_a_signature_that_breaks_a_rule_stops_the_message(shop: Desk) -> None:
    """It is judged as it would leave: the signature may hold no link where links are forbidden."""
    shop.do("channel", "set", "Shop", "--marketplace", "kaufland", "--group", "Kaufland")
    shop.do(*SEND)
    shop.do("account", "set", "--signature-text", "www.holzweg.example")
    assert "PM201" in str(shop.refused(*SEND, code=4)["violations"])


def test_a_configuration_file_sets_the_account(shop: Desk) -> None:
    """The section `account` has the same keys; the HTML comes from a file beside the configuration."""
    file = Path("shop.yaml")
    file.write_text(
        "version: 1\naccount: {signature_text: Ihr Team, signature_html_file: signature.html,"
        " test_address: test@holzweg.example}\n"
    )
    shop.do("apply", "-f", str(file))
    assert shop.json("account")["signature_html"] == "<b>Holzweg</b> GmbH"
    assert "0 changed" in shop.do("apply", "-f", str(file))
    file.write_text("version: 1\naccount: {signature_html_file: ../../etc/passwd, signature_text: x}\n")
    error = shop.refused("apply", "-f", str(file), code=2)
    assert error["problems"][0]["key"] == "account.signature_html_file"
