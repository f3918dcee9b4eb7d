"""What is required of messages: listed, explained, compared; on another day, and with another pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk


def test_a_message_is_checked_for_a_day(desk: Desk) -> None:
    desk.do("check", "--marketplace", "ebay", "--text", "Guten Tag", "--on", "2027-01-01")
    error = desk.refused("check", "--text", "x", "--on", "2027-02-29", code=2)
    assert "'2027-02-29' is no day" in error["message"]


@pytest.mark.parametrize("command", [("check", "--text", "x")])
def test_a_pack_that_there_is_not_is_told_with_those_that_there_are(
    desk: Desk, command: tuple[str, ...]
) -> None:
    error = desk.refused(*command, "--pack", "plentytwo", code=3)
    assert "'plentytwo'" in error["message"]
    assert "plentyone" in error["hint"]


def test_without_a_store_the_shipped_packs_that_are_on_are_judged_by(desk: Desk, tmp_path: Path) -> None:
    desk.refused("--store", str(tmp_path / "none.db"), "check", "--text", "x", "--pack", "nothing", code=3)
    desk.do("--store", str(tmp_path / "none.db"), "check", "--text", "x", "--pack", "plentyone")
