from __future__ import annotations

from tests.desk import Desk


def test_live_mode_is_off_until_somebody_switches_it_on(desk: Desk) -> None:
    settings = desk.json("settings")
    assert settings["live_mode"] is False
    assert settings["client_name"] == "Holzweg GmbH"


def test_switching_live_mode_on_says_what_that_means_and_needs_consent(desk: Desk) -> None:
    error = desk.refused("settings", "set", "--live-mode", code=2)
    assert "messages reach your customers" in error["message"]
    assert "--yes" in error["hint"]
    assert desk.json("settings", "show")["live_mode"] is False
    assert desk.json("settings", "set", "--live-mode", "--yes")["changed"] is True
    assert desk.json("settings", "show")["live_mode"] is True


def test_nothing_is_asked_where_nothing_is_switched_on(desk: Desk) -> None:
    desk.do("settings", "set", "--no-live-mode")
    assert "Would have changed" in desk.do("settings", "set", "--live-mode", "--dry-run")
    desk.do("settings", "set", "--live-mode", "--yes")
    assert "unchanged" in desk.do("settings", "set", "--live-mode")
    assert "live_mode true → false" in desk.do("settings", "set", "--no-live-mode")


def test_the_client_name_can_be_changed_and_taken_away(desk: Desk) -> None:
    desk.do("settings", "set", "--client-name", "Holzweg & Söhne")
    assert desk.json("settings", "set", "--client-name", "Holzweg & Söhne")["changed"] is False
    assert desk.json("settings", "set", "--client-name", "")["client_name"] == ""
    lines = [line for line in desk.history() if line["kind"] == "settings"]
    assert [line["after"]["client_name"] for line in lines] == ["Holzweg & Söhne", ""]


def test_only_an_admin_changes_settings_and_is_asked(desk: Desk) -> None:
    desk.do("user", "add", "jan.kiefer")
    desk.become("jan.kiefer")
    assert desk.refused("settings", "set", "--live-mode", code=5)["missing"] == ["Administrator"]
    desk.refused("settings", "show", code=5)
