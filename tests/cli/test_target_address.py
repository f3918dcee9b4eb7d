"""The target address of a channel: made once, its own for ever."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from plentymsg.messenger.setup.targets import new_address
from plentymsg.store.engine import session_at
from tests.desk import Desk

DOMAIN = ("settings", "set", "--target-domain")


def _address(desk: Desk, channel: str) -> str | None:
    address: str | None = desk.json("channel", "show", channel)["target_address"]
    return address


def test_each_channel_gets_an_address_of_its_own(desk: Desk) -> None:
    """Each channel has a target address of its own, which is shown for copying.

    M-139 `plentymsg channel show CHANNEL --json`
    """
    desk.do("channel", "add", "Amazon DE")
    assert _address(desk, "Amazon DE") is None
    desk.do(*DOMAIN, "in.holzweg.example")
    desk.do("channel", "add", "Größe & Maß")
    first, second = _address(desk, "Amazon DE"), _address(desk, "Größe & Maß")
    assert re.fullmatch(r"amazon-de-[0-9a-f]{8}@in\.holzweg\.example", str(first))
    assert re.fullmatch(r"groesse-mass-[0-9a-f]{8}@in\.holzweg\.example", str(second))
    assert f"target_address\t{first}\n" in desk.do("channel", "show", "Amazon DE")


def test_a_target_address_is_made_once(desk: Desk, tmp_path: Path) -> None:
    """A target address cannot be changed: not by a name, a domain, an option or a file.

    M-140 `plentymsg channel set CHANNEL --name TEXT`
    """
    desk.do(*DOMAIN, "in.holzweg.example")
    desk.do("channel", "add", "Laden")
    made = _address(desk, "Laden")
    desk.do("channel", "set", "Laden", "--name", "Geschäft", "--inactive")
    for domain in ("other.example", "", "in.holzweg.example"):
        desk.do(*DOMAIN, domain)
        assert _address(desk, "Geschäft") == made
    desk.refused("channel", "set", "Geschäft", "--target-address", "x@y.example", code=2)
    file = tmp_path / "shop.yaml"
    file.write_text("version: 1\nchannels:\n  - name: Geschäft\n    target_address: x@y.example\n")
    error = desk.refused("apply", "-f", str(file), code=2)
    assert "it is made by plentymsg, once, and cannot be set" in str(error)
    assert "shop.yaml:4:5" in str(error)
    assert _address(desk, "Geschäft") == made


def test_what_a_channel_gets_is_in_its_history(desk: Desk) -> None:
    desk.do("channel", "add", "Laden")
    desk.do(*DOMAIN, "in.holzweg.example")
    line = next(line for line in desk.history() if line["kind"] == "channel" and line["action"] == "changed")
    assert line["before"]["target_address"] is None
    assert line["after"]["target_address"] == _address(desk, "Laden")


def test_the_address_of_a_deleted_channel_is_not_given_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    chances = iter(["00000001", "00000001", "00000002"])
    monkeypatch.setattr(secrets, "token_hex", lambda _: next(chances))
    desk.do(*DOMAIN, "in.example")
    desk.do("channel", "add", "Laden")
    desk.do("channel", "delete", "Laden", "--yes")
    desk.do("channel", "add", "Laden")
    assert _address(desk, "Laden") == "laden-00000002@in.example"
    held = desk.rows("SELECT target_address FROM channel ORDER BY id")
    assert [row[0] for row in held] == ["laden-00000001@in.example", "laden-00000002@in.example"]


@pytest.mark.parametrize(
    ("domain", "kept"),
    [
        ("IN.Holzweg.Example", "in.holzweg.example"),
        ("möbel.example", "xn--mbel-5qa.example"),
        (" a.example ", "a.example"),
    ],
)
def test_a_domain_is_kept_as_mail_servers_write_it(desk: Desk, domain: str, kept: str) -> None:
    assert desk.json(*DOMAIN, domain)["target_domain"] == kept


@pytest.mark.parametrize(
    "domain",
    ["no domain", "a@b.example", "nodot", "-.example", "x\ny.example", "x" * 300, ".".join(["x" * 60] * 4)],
)
def test_what_is_no_domain_is_refused(desk: Desk, domain: str) -> None:
    error = desk.refused(*DOMAIN, domain, code=2)
    assert error["problems"][0]["key"] == "target_domain"
    assert desk.json("settings")["target_domain"] == ""


def test_a_dry_run_makes_no_address(desk: Desk) -> None:
    desk.do("channel", "add", "Laden")
    desk.do(*DOMAIN, "in.example", "--dry-run")
    assert _address(desk, "Laden") is None


@pytest.fixture(scope="module")
def session(first_store: Path) -> Iterator[Session]:
    """A store that is only read."""
    with session_at(first_store) as opened:
        yield opened


@given(name=st.text(max_size=200))
def test_any_name_makes_an_address_that_every_carrier_takes(session: Session, name: str) -> None:
    local, _, domain = str(new_address(session, name, "in.example")).partition("@")
    assert domain == "in.example"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", local)
    assert len(local) <= 64
